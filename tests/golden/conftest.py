from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

CHANGES = pytest.StashKey[list[str]]()


@pytest.fixture
def golden_changes(request: pytest.FixtureRequest) -> list[str] | None:
    """What ``--update-golden`` has changed so far; null where nothing is to be updated."""
    if not request.config.getoption("update_golden"):
        return None
    return request.config.stash.setdefault(CHANGES, [])


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Print what ``--update-golden`` has changed."""
    if config.getoption("update_golden"):
        terminalreporter.section("golden texts")
        for change in config.stash.get(CHANGES, []) or ["nothing has changed"]:
            terminalreporter.write_line(change)
