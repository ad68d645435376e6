"""A folder with everything in it that a researcher's folder has, scanned in full and by its bytes alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.model import DocumentStatus
from pipeline.running.corpus import find_files
from pipeline.running.errors import CorpusError
from pipeline.running.job import examine_bytes, identify_report, read_report
from pipeline.running.mock import VARIABLE
from pipeline.running.scan import ScannedFile, scan
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook

REPORT = "岚溪县人民政府{}政府信息公开工作年度报告\n\n一、主动公开政府信息情况\n\n全县主动公开政府信息2312条。\n"
FILES = {
    "a.txt": REPORT.format("2022年").encode(),
    "b/copy.md": REPORT.format("2022年").encode(),
    "b/gb.txt": REPORT.format("2023年").encode("gb18030"),
    "broken.pdf": b"%PDF-1.7\nnothing that a PDF has\n",
    "crash.txt": b"%GONGKAI-MOCK segv\n",
    "empty.txt": b"",
    "empty_too.txt": b"",
    "news.txt": "今天天气晴朗，气温回升。\n".encode(),
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "undated.txt": REPORT.format("").encode(),
}
PAGE = "yunxiu_county_2021.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "b").mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    shutil.copy(shipped_folder("corpus") / "reports" / PAGE, folder / "page.doc")
    return folder


@pytest.fixture(scope="module")
def mocks_allowed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "1")
        yield


@pytest.fixture(scope="module")
def full(folder: Path, mocks_allowed: None) -> dict[str, ScannedFile]:  # noqa: ARG001 — it must stand before
    return {each.path: each for each in scan(folder, jobs=2)}


@pytest.fixture(scope="module")
def quick(folder: Path, mocks_allowed: None) -> dict[str, ScannedFile]:  # noqa: ARG001 — it must stand before
    return {each.path: each for each in scan(folder, jobs=2, quick=True)}


def test_files_come_in_the_order_of_a_run(
    folder: Path, full: dict[str, ScannedFile], quick: dict[str, ScannedFile]
) -> None:
    expected = [each.relative for each in find_files(folder)]
    assert expected == sorted([*FILES, "page.doc"])
    assert list(full) == list(quick) == expected


def test_a_report_is_told_with_body_year_and_form(full: dict[str, ScannedFile]) -> None:
    assert full["a.txt"] == ScannedFile(
        path="a.txt",
        size=len(FILES["a.txt"]),
        sha256=full["b/copy.md"].sha256,
        format="txt",
        suffix_fits=True,
        encoding="utf-8",
        same_bytes_as=None,
        duplicate_of=None,
        reissue_of=None,
        clone_of=None,
        status=DocumentStatus.OK,
        reason=None,
        message=None,
        is_report=True,
        kind="report",
        kind_evidence="岚溪县人民政府2022年政府信息公开工作年度报告",
        agency="岚溪县人民政府",
        agency_evidence="岚溪县人民政府",
        agency_name="岚溪县人民政府",
        agency_key="岚溪县人民政府",
        agency_type="government",
        level="county",
        province=None,
        prefecture=None,
        county=None,
        township=None,
        adcode=None,
        township_code=None,
        place_evidence=None,
        year=2022,
        year_evidence="岚溪县人民政府2022年政府信息公开工作年度报告",
        period_start=None,
        period_end=None,
        published=None,
        era="prose",
        scope="jurisdiction",
        is_template=False,
        is_tampered=False,
        is_traditional=False,
    )
    assert (full["page.doc"].year, full["page.doc"].era) == (2021, "form_2021")
    assert (full["undated.txt"].is_report, full["undated.txt"].year) == (True, None)


def test_what_is_no_report_is_told_with_the_reason(full: dict[str, ScannedFile]) -> None:
    news = full["news.txt"]
    assert (news.is_report, news.status, news.reason) == (False, DocumentStatus.NOT_REPORT, "other")


def test_a_bad_file_is_told_and_the_others_go_on(full: dict[str, ScannedFile]) -> None:
    failed = {each.path: (each.reason, each.format) for each in full.values() if each.status is DocumentStatus.FAILED}
    assert failed == {
        "broken.pdf": ("truncated", "pdf"),
        "crash.txt": ("crash_signal_11", None),
        "empty.txt": ("zero_byte", None),
        "empty_too.txt": ("zero_byte", None),
        "picture.docx": ("unsupported_type", None),
    }
    assert {full[path].is_report for path in failed} == {None}
    assert all(full[path].message for path in failed)


def test_bytes_tell_the_same_in_both_ways(full: dict[str, ScannedFile], quick: dict[str, ScannedFile]) -> None:
    readable = [path for path in full if path != "crash.txt"]
    for each in (full, quick):
        assert {path: each[path].same_bytes_as for path in each if each[path].same_bytes_as} == {"b/copy.md": "a.txt"}
        assert {path: each[path].duplicate_of for path in each if each[path].duplicate_of} == {"b/copy.md": "a.txt"}
        assert [path for path in each if each[path].suffix_fits is False] == ["page.doc"]
        assert each["b/gb.txt"].encoding == "gb18030"
        assert each["page.doc"].format == "html"
    for path in readable:
        assert (quick[path].sha256, quick[path].size) == (full[path].sha256, full[path].size)
        assert (quick[path].format, quick[path].encoding) == (full[path].format, full[path].encoding)


def test_quick_opens_no_file_with_a_reader(quick: dict[str, ScannedFile]) -> None:
    assert {path: each.reason for path, each in quick.items() if each.status} == {
        "empty.txt": "zero_byte",
        "empty_too.txt": "zero_byte",
        "picture.docx": "unsupported_type",
    }
    assert {(each.is_report, each.agency, each.year, each.era) for each in quick.values()} == {(None,) * 4}


def test_quick_still_tells_what_decoding_loses(tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "x.txt").write_bytes(FILES["a.txt"] + b"\xff")
    outcome = examine_bytes(tmp_path / "x.txt", "x.txt", book)
    assert (outcome.status, outcome.reason) == (DocumentStatus.PARTIAL, "encoding_lossy")
    assert [timing.stage for timing in outcome.timings] == ["examine"]


@pytest.mark.parametrize("path", sorted((shipped_folder("corpus") / "reports").iterdir()), ids=lambda path: path.name)
def test_a_scan_promises_what_a_run_finds(path: Path, book: Rulebook) -> None:
    scanned, found = identify_report(path, path.name, book), read_report(path, path.name, book)
    assert (scanned.source, scanned.identity) == (found.source, found.identity)
    assert (scanned.status, scanned.reason, scanned.message) == (found.status, found.reason, found.message)
    assert (scanned.document, scanned.sections, scanned.observations) == (None, (), ())


def test_copies_in_other_formats_re_issues_and_clones_are_told(tmp_path: Path) -> None:
    prose = "".join(
        f"第{number}，{chr(0x4E00 + 61 * number)}{chr(0x5200 + 83 * number)}方面工作扎实推进。" for number in range(40)
    )
    page = "<html><body><h1>{}</h1><p>{}</p></body></html>"
    title = "{}2022年政府信息公开工作年度报告{}"
    files = {
        "a.txt": f"{title.format('岚溪县', '')}\n\n发布时间：2023-01-10\n\n{prose}\n\n主动公开政府信息2312条。\n",
        "b.html": page.format(title.format("岚溪县", ""), f"{prose}</p><p>主动公开政府信息2312条。"),
        "c.txt": f"{title.format('岚溪县', '（更正版）')}\n\n{prose}\n\n主动公开政府信息2313条。\n",
        "d.txt": f"{title.format('南溪县', '')}\n\n{prose}\n\n主动公开政府信息99条。\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {each.path: each for each in scan(tmp_path, jobs=1)}
    assert [each.duplicate_of for each in found.values()] == [None, "a.txt", None, None]
    assert [each.reissue_of for each in found.values()] == [None, None, "a.txt", None]
    assert [each.clone_of for each in found.values()] == ["d.txt", "d.txt", "d.txt", "a.txt"]


def test_progress_counts_files(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    names = [each.path for each in scan(folder, only="b/*", quick=True, jobs=1, progress=lambda *at: seen.append(at))]
    assert names == ["b/copy.md", "b/gb.txt"]
    assert seen == [(1, 2), (2, 2)]


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no file in"):
        list(scan(tmp_path))
