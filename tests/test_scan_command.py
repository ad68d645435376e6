from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli import scan as command
from pipeline.model import DocumentStatus
from pipeline.running.scan import ScannedFile

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[1]
REPORT = "岚溪县人民政府{}年政府信息公开工作年度报告\n\n全县主动公开政府信息2312条。\n"


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def rows(printed: str) -> list[tuple[str, ...]]:
    return [tuple(re.split(r"\s{2,}", line.strip())) for line in printed.splitlines()]


def scanned(path: str, **known: object) -> ScannedFile:
    unknown = dict.fromkeys(each.name for each in fields(ScannedFile))
    return ScannedFile(**{**unknown, "path": path, "size": 1, **known})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, year in (("a.txt", 2021), ("b.txt", 2022), ("copy.txt", 2022), ("page.html", 2023)):
        (folder / name).write_text(REPORT.format(year), encoding="utf-8")
    (folder / "news.txt").write_text("今天天气晴朗。\n", encoding="utf-8")
    (folder / "nothing.txt").write_bytes(b"")
    return folder


def test_counts_come_first_and_then_what_needs_a_look(folder: Path) -> None:
    result = gongkai("scan", folder, "--jobs", "1")
    assert (result.exit_code, [line for line in result.stderr.splitlines() if " of 6 files" not in line]) == (0, [])
    printed = rows(result.stdout)
    size = f"{sum(each.stat().st_size for each in folder.iterdir()) / 1024:.1f} kB"
    assert printed[: printed.index(("needs a look", "file", "why"))] == [
        ("what", "is", "files"),
        ("all", size, "6"),
        ("type", "txt, utf-8", "5"),
        ("type", "unknown", "1"),
        ("status", "duplicate", "1"),
        ("status", "failed (zero_byte)", "1"),
        ("status", "not_report (other)", "1"),
        ("status", "ok", "3"),
        ("kind", "other", "1"),
        ("kind", "report", "4"),
        ("body", "government", "3"),
        ("level", "county", "3"),
        ("place", "not proven", "3"),
        ("scope", "jurisdiction", "3"),
        ("form", "prose", "3"),
        ("year", "2021", "1"),
        ("year", "2022", "1"),
        ("year", "2023", "1"),
    ]
    assert [row[:2] for row in printed[printed.index(("needs a look", "file", "why")) + 1 :]] == [
        ("unreadable", "nothing.txt"),
        ("wrong suffix", "page.html"),
        ("duplicate", "copy.txt"),
        ("no report", "news.txt"),
    ]


def test_the_list_says_of_each_file_whose_report_it_is_and_when(folder: Path) -> None:
    school_year = "岚溪大学2022-2023学年信息公开年度报告\n\n我校主动公开信息30条，未收到公开申请。\n"
    (folder / "school.txt").write_text(school_year, encoding="utf-8")
    result = gongkai("scan", folder, "--jobs", "1", "--list", "--only", "[bcns]*.txt")
    assert result.exit_code == 0
    assert rows(result.stdout) == [
        ("file", "is", "body", "place", "year", "form", "scope"),
        ("b.txt", "report", "岚溪县人民政府", "2022", "prose", "jurisdiction"),
        ("copy.txt", "duplicate"),
        ("news.txt", "not_report (other)"),
        ("nothing.txt", "failed (zero_byte)"),
        ("school.txt", "report", "岚溪大学", "2022-09/2023-08", "prose", "own"),
    ]


def test_json_is_one_object_a_line_in_the_order_of_paths(folder: Path) -> None:
    result = gongkai("scan", folder, "--jobs", "1", "--json")
    files = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [each["path"] for each in files] == ["a.txt", "b.txt", "copy.txt", "news.txt", "nothing.txt", "page.html"]
    assert list(files[0]) == [each.name for each in fields(ScannedFile)]
    assert (files[0]["agency"], files[0]["year"], files[0]["status"]) == ("岚溪县人民政府", 2021, "ok")
    assert (files[0]["agency_evidence"], files[0]["year_evidence"]) == (
        "岚溪县人民政府",
        "岚溪县人民政府2021年政府信息公开工作年度报告",
    )
    assert (files[2]["duplicate_of"], files[5]["suffix_fits"]) == ("b.txt", False)


def test_quick_looks_at_bytes_alone(folder: Path) -> None:
    result = gongkai("scan", folder, "--jobs", "1", "--quick", "--only", "[ab].txt")
    assert result.exit_code == 0
    assert rows(result.stdout)[2:] == [("type", "txt, utf-8", "2"), ("status", "not looked into", "2")]


def test_nothing_to_read_has_its_exit_code(tmp_path: Path) -> None:
    result = gongkai("scan", tmp_path)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "There is no file in" in result.stderr


def test_a_long_list_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [scanned(f"{number:02}.txt", status=DocumentStatus.NEEDS_OCR, message="scan") for number in range(13)]
    monkeypatch.setattr(command, "scan_corpus", lambda *_, **__: iter(files))
    result = gongkai("scan", "anywhere")
    assert rows(result.stdout)[-2:] == [("unreadable", "09.txt", "scan"), ("and 3 more",)]
    assert result.stderr == "All of them: --json\n"


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        (scanned("a.txt", status=DocumentStatus.OK, is_report=True, year=2021, agency="岚溪县"), []),
        (scanned("a.txt", status=DocumentStatus.OK, is_report=True), ["no year", "no agency"]),
        (
            scanned("a.txt", status=DocumentStatus.PARTIAL, is_report=True, year=2021, is_template=True),
            ["read in part", "no agency", "template"],
        ),
        (scanned("a.txt", is_report=True, year=2021, agency="岚溪县", is_tampered=True), ["tampered"]),
        (
            scanned("a.doc", format="html", suffix_fits=False, same_bytes_as="a.html", duplicate_of="a.html"),
            ["wrong suffix", "duplicate"],
        ),
        (
            scanned(
                "a.txt", is_report=True, year=2021, agency="岚溪县", duplicate_of="b", reissue_of="c", clone_of="d"
            ),
            ["duplicate", "re-issue", "clone"],
        ),
        (scanned("a.txt", status=DocumentStatus.NOT_REPORT, is_report=False), ["no report"]),
        (scanned("a.txt"), []),
    ],
    ids=["fine", "nobody", "template", "tampered", "copy", "relations", "news", "not looked into"],
)
def test_what_needs_a_look(file: ScannedFile, kinds: list[str]) -> None:
    assert [kind for kind, _ in command._concerns(file)] == kinds
    assert set(kinds) <= set(command._KINDS)


def test_every_key_is_documented() -> None:
    documented = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    assert [each.name for each in fields(ScannedFile) if f"`{each.name}`" not in documented] == []
