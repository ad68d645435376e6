"""``gongkai explain``: what goes where, in which colours, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

if TYPE_CHECKING:
    from click.testing import Result

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
REPORT = REPORTS / "yunxiu_county_2010.txt"


def explain(*arguments: str | Path, **variables: str) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)], env=variables)


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    path = tmp_path / "memo.txt"
    text = "云岫县水务局2016年政府信息公开工作年度报告\n一、概述\n我局主动公开政府信息320条，召开政务公开圆桌谈6次。\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_is_told_in_its_words(memo: Path) -> None:
    result = explain(memo)
    assert result.exit_code == 0
    assert "agency: 云岫县水务局 — 云岫县水务局" in result.stderr
    assert "3 numerals: " in result.stderr
    titles = [line.strip() for line in result.stdout.splitlines() if line.strip().istitle() and " " not in line.strip()]
    assert titles == ["Sections", "Numerals", "Values", "Unexplained"]
    (line,) = [line for line in result.stdout.splitlines() if "圆桌谈【6】次" in line and "meetings.count" in line]
    assert "meetings.count/held (meetings.yaml:" in line
    assert "the text has 谈" in line


def test_rivals_and_checks_are_told() -> None:
    told = explain(REPORTS / "yunxiu_county_2021.html").stdout
    assert "Rivals" in told
    assert "repeats " in told
    assert "Checks" in told
    assert "row 3, column 2" in told


def test_colours_only_where_they_are_wanted(memo: Path) -> None:
    assert "\x1b[" not in explain(memo).stdout
    assert "\x1b[" in explain(memo, FORCE_COLOR="1").stdout
    plain = explain(memo, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[32m" not in plain
    assert "\x1b[1;31m" not in plain


def test_control_characters_of_a_report_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("云岫县水务局2016年政府信息公开工作年度报告\n一、概述\n公开\x1b[31m信息320条。", encoding="utf-8")
    result = explain(path)
    assert "\x1b" not in result.stdout + result.stderr


def test_a_page_is_written_and_said(memo: Path, tmp_path: Path) -> None:
    result = explain(memo, "--html", tmp_path / "page.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Written: " in result.stderr
    assert "召开政务公开圆桌谈" in (tmp_path / "page.html").read_text(encoding="utf-8")
    both = explain(memo, "--html", tmp_path / "page.html", "--json")
    assert json.loads(both.stdout)["path"] == "memo.txt"


def test_a_page_that_cannot_be_written_ends_with_5(memo: Path, tmp_path: Path) -> None:
    result = explain(memo, "--html", tmp_path / "missing" / "page.html")
    assert result.exit_code == 5
    assert "cannot be written" in result.stderr


def test_the_report_itself_is_never_overwritten(memo: Path) -> None:
    before = memo.read_bytes()
    assert explain(memo, "--html", memo).exit_code == 2
    assert memo.read_bytes() == before


def test_a_file_that_cannot_be_read_is_explained(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"")
    result = explain(tmp_path / "b.pdf")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "status: failed (zero_byte)" in result.stderr


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    assert explain(tmp_path / "missing.txt").exit_code == 2
    assert explain(REPORT, "--indicator", "nothing").exit_code == 2
    assert explain(REPORT, "--html", tmp_path).exit_code == 2
