from __future__ import annotations

import os
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from pipeline.formats import Limits, Reason, UnreadableFile, read
from tests.rendering import SAMPLE, page, printed, word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Document


def refusal(data: bytes, folder: Path, limits: Limits | None = None) -> UnreadableFile:
    path = folder / "file.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read(path, "file.txt", limits=limits or Limits())
    return caught.value


def archive(**members: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def test_an_empty_file_is_told_with_its_hash(tmp_path: Path) -> None:
    error = refusal(b"", tmp_path)
    assert error.reason is Reason.ZERO_BYTE
    assert error.source is not None
    assert (error.source.size, error.source.document_id) == (0, "e3b0c44298fc1c14")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, Reason.UNSUPPORTED_TYPE),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
        (archive(a=b"x"), Reason.UNSUPPORTED_TYPE),
        (b"{\\rtf1\\ansi text}", Reason.UNSUPPORTED_TYPE),
        (b'<?xml version="1.0"?><w:wordDocument>text</w:wordDocument>', Reason.UNSUPPORTED_TYPE),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\ntext", Reason.UNSUPPORTED_TYPE),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Reason.UNSUPPORTED_TYPE),
        (bytes(range(1, 32)) * 40, Reason.UNSUPPORTED_TYPE),
        (b"%PDF-1.7\n%%EOF\n", Reason.CORRUPT),
    ],
    ids=["doc", "protected docx", "zip", "rtf", "xml", "mht", "picture", "control characters", "pdf without pages"],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, tmp_path: Path) -> None:
    assert refusal(data, tmp_path).reason is reason


@pytest.mark.parametrize("make", [printed, word])
def test_a_cut_file_is_told_as_cut(make: Callable[..., bytes], tmp_path: Path) -> None:
    data = make(SAMPLE)
    error = refusal(data[: len(data) // 3], tmp_path)
    assert error.reason is Reason.TRUNCATED
    assert "fetch it again" in error.message
    assert error.source is not None
    assert error.source.format == {printed: "pdf", word: "docx"}[make]


def test_a_pdf_without_its_last_lines_is_read_and_told_as_cut(read_bytes: Callable[[bytes], Document]) -> None:
    data = printed(SAMPLE)
    document = read_bytes(data[: data.rindex(b"%%EOF")])
    assert [problem.kind for problem in document.problems] == ["truncated"]
    assert document.title == SAMPLE.title


def test_a_damaged_part_of_a_word_file_is_told(tmp_path: Path) -> None:
    data = bytearray(word(SAMPLE))
    at = data.index(b"word/document.xml") + 200
    data[at : at + 4] = b"\0\0\0\0"
    assert refusal(bytes(data), tmp_path).reason is Reason.CORRUPT


def test_an_archive_that_blows_up_is_not_unpacked(tmp_path: Path) -> None:
    bomb = archive(word__document_xml=b"", **{"word__document.xml": b"0" * 3_000_000})
    assert refusal(bomb, tmp_path).reason is Reason.BOMB
    assert refusal(word(SAMPLE), tmp_path, Limits(archive_members=3)).reason is Reason.BOMB
    assert refusal(word(SAMPLE), tmp_path, Limits(unpacked_bytes=1_000)).reason is Reason.BOMB


@pytest.mark.parametrize("make", [page, word])
def test_too_many_cells_are_refused(make: Callable[..., bytes], tmp_path: Path) -> None:
    assert refusal(make(SAMPLE), tmp_path, Limits(cells=10)).reason is Reason.TOO_LARGE


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    error = refusal(b"0123456789", tmp_path, Limits(file_bytes=9))
    assert (error.reason, error.source) == (Reason.TOO_LARGE, None)


def test_a_missing_file_has_vanished(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "gone.pdf", "gone.pdf")
    assert caught.value.reason is Reason.VANISHED


def test_a_folder_and_a_pipe_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    os.mkfifo(tmp_path / "b.txt")
    for name in ("a.pdf", "b.txt"):
        with pytest.raises(UnreadableFile) as caught:
            read(tmp_path / name, name)
        assert caught.value.reason is Reason.SPECIAL_FILE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("公开")
    path.chmod(0)
    with pytest.raises(UnreadableFile) as caught:
        read(path, "a.txt")
    assert caught.value.reason is Reason.PERMISSION
