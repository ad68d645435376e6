from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.running.job import read_report
from pipeline.running.run import run
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Outcome


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that keeps what the program says about the sample reports."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the texts of tests/golden/expected anew and print what changed (refused where CI=true)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to update what a check is to compare with."""
    if config.getoption("update_golden") and os.environ.get("CI", "").lower() in {"true", "1"}:
        raise pytest.UsageError("--update-golden is refused where CI is set: update at home, look at it, commit it.")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return no worker where one process must see all, or a few files are sooner done than workers started."""
    one_process = config.getoption("update_golden") or any(".py" in argument for argument in config.args)
    return 0 if one_process else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_corpus_labelled.py")


@pytest.fixture(scope="session")
def rules_folder() -> Path:
    """The rules of the program under test."""
    return shipped_folder("rules")


@pytest.fixture(scope="session")
def book(rules_folder: Path) -> Rulebook:
    """The compiled rules."""
    return load_rulebook(rules_folder)


@pytest.fixture(scope="session")
def outcome_of(book: Rulebook) -> Callable[[str], Outcome]:
    """What the program says about a sample report, by its name; each is read once."""
    reports = shipped_folder("corpus") / "reports"
    return cache(lambda name: read_report(reports / name, name, book))


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over the sample corpus; nobody may change it."""
    out = tmp_path_factory.mktemp("sample_run") / "tables"
    run(shipped_folder("corpus") / "reports", out, jobs=1)
    return out


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and labels; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("GONGKAI_SHARED", "../shared")).resolve()
    if not (folder / "reports").is_dir():
        pytest.skip(f"no real reports at {folder} (set GONGKAI_SHARED)")
    return folder
