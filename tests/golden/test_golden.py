"""What the program says about the sample reports is what it said when somebody last looked at it."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.conftest import pytest_configure
from tests.golden.summary import summarised

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Outcome

CORPUS = Path(__file__).parents[2] / "corpus" / "reports"
EXPECTED = Path(__file__).parent / "expected"
NAMES = sorted(path.name for path in CORPUS.iterdir())
ADVICE = "If this is what the program should say, keep it: pytest tests/golden --update-golden"


def expected_file(name: str) -> Path:
    return EXPECTED / f"{name}.txt"


def difference(name: str, before: str, now: str) -> str:
    lines = unified_diff(before.splitlines(), now.splitlines(), f"{name}, expected", f"{name}, now", "", "", 1, "")
    return "\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_report_is_read_as_before(
    name: str, outcome_of: Callable[[str], Outcome], golden_changes: list[str] | None
) -> None:
    file = expected_file(name)
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    now = summarised(outcome_of(name))
    changes = difference(name, before, now)
    if golden_changes is not None:
        file.write_text(now, encoding="utf-8")
        golden_changes.extend([changes] if changes else [])
    elif changes:
        pytest.fail(f"{changes}\n{ADVICE}", pytrace=False)


def test_every_expected_text_has_its_report(golden_changes: list[str] | None) -> None:
    strangers = sorted({path.name for path in EXPECTED.iterdir()} - {expected_file(name).name for name in NAMES})
    if golden_changes is not None:
        for stranger in strangers:
            (EXPECTED / stranger).unlink()
            golden_changes.append(f"{stranger}: its report is gone, so is it")
    else:
        assert strangers == []


def test_a_difference_shows_the_changed_line_between_its_neighbours() -> None:
    before = "values\n  a = 1条\n  b = 2条\n  c = 3条\n  d = 4条\n"
    assert difference("x.txt", before, before.replace("2", "20")).splitlines()[2:] == [
        "@@ -2,3 +2,3 @@",
        "   a = 1条",
        "-  b = 2条",
        "+  b = 20条",
        "   c = 3条",
    ]


@pytest.mark.parametrize("setting", ["true", "1"])
def test_an_update_is_refused_where_changes_are_to_be_found(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", setting)
    with pytest.raises(pytest.UsageError, match="refused where CI is set"):
        pytest_configure(SimpleNamespace(getoption=lambda _: True))
    pytest_configure(SimpleNamespace(getoption=lambda _: False))


@pytest.mark.parametrize("setting", ["false", ""])
def test_an_update_at_home_is_not_refused(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", setting)
    pytest_configure(SimpleNamespace(getoption=lambda _: True))
