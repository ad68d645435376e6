"""What the bytes alone show: the same type and encoding as reading finds, without a reader at work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest

from pipeline.formats import Reason, UnreadableFile, examine, read, registry, suffix_fits
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = sorted((shipped_folder("corpus") / "reports").iterdir())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_type_size_and_encoding_are_those_of_reading(path: Path) -> None:
    source, problems = examine(path, path.name)
    document = read(path, path.name)
    assert source == document.source
    assert [each for each in document.problems if each.kind in {"encoding_lossy", "declared_encoding_wrong"}] == list(
        problems
    )


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_no_reader_is_called(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        message = "a reader was called"
        raise AssertionError(message)

    told, _ = examine(path, path.name)
    formats = tuple(replace(each, read=refuse) for each in registry.FORMATS)
    monkeypatch.setattr(registry, "FORMATS", formats)
    assert examine(path, path.name)[0] == told


@pytest.mark.parametrize(
    ("content", "encoding", "kinds"),
    [
        ("本年主动公开政府信息36条。".encode("gb18030"), "gb18030", []),
        ("\ufeff本年主动公开政府信息36条。".encode(), "utf-8-sig", []),
        ("本年主动公开政府信息36条。".encode() + b"\xff", "utf-8", ["encoding_lossy"]),
        (
            '<html><meta charset="gb2312"><p>本年主动公开政府信息36条。</p></html>'.encode(),
            "utf-8",
            ["declared_encoding_wrong"],
        ),
    ],
    ids=["gb18030", "mark", "lossy", "wrong label"],
)
def test_the_encoding_is_told_with_what_is_wrong_about_it(
    tmp_path: Path, content: bytes, encoding: str, kinds: list[str]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    source, problems = examine(path, "file")
    assert (source.encoding, [each.kind for each in problems]) == (encoding, kinds)


def test_a_type_that_nobody_reads_is_refused_with_size_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(UnreadableFile) as caught:
        examine(path, "scan.txt")
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE
    assert caught.value.source is not None
    assert (caught.value.source.size, caught.value.source.format) == (72, None)


@pytest.mark.parametrize(
    ("path", "name", "fits"),
    [
        ("2021/report.pdf", "pdf", True),
        ("2021/REPORT.HTM", "html", True),
        ("report.md", "txt", True),
        ("report.html", "txt", False),
        ("report.doc", "html", False),
        ("report.jpg", "txt", False),
        ("view.jsp", "html", None),
        ("report.2021", "txt", None),
        ("report", "pdf", None),
    ],
)
def test_a_suffix_is_wrong_only_where_it_promises_another_type(path: str, name: str, fits: bool | None) -> None:  # noqa: FBT001 — what is expected
    assert suffix_fits(path, name) is fits
