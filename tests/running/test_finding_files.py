from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.running.corpus import InputFile, find_files
from pipeline.running.errors import CorpusError

posix_only = pytest.mark.skipif(os.name != "posix", reason="names and kinds of files as POSIX has them")


def paths(found: tuple[InputFile, ...]) -> list[str]:
    return [each.relative for each in found]


def refusals(found: tuple[InputFile, ...]) -> dict[str, str]:
    return {each.relative: each.refusal.reason for each in found if each.refusal}


def test_files_come_in_code_point_order_of_their_paths(corpus: Path) -> None:
    for name in ("报告.txt", "Z.txt", "2021.txt", "一.txt"):
        (corpus / name).write_text("x", encoding="utf-8")
    expected = ["2021.txt", "2021/b.txt", "Z.txt", "a.txt", "c.txt", "一.txt", "报告.txt"]
    assert paths(find_files(corpus)) == expected


def test_the_order_of_the_listing_does_not_matter(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = find_files(corpus)
    real = os.scandir

    class Reversed:
        def __init__(self, folder: str) -> None:
            with real(folder) as listing:
                self.entries = sorted(listing, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            self.entries = []

    monkeypatch.setattr(os, "scandir", Reversed)
    assert find_files(corpus) == expected


def test_hidden_files_and_lock_files_are_no_input(corpus: Path) -> None:
    (corpus / ".hidden").mkdir()
    for name in (".hidden/x.txt", ".DS_Store", "~$report.docx"):
        (corpus / name).write_text("x", encoding="utf-8")
    assert paths(find_files(corpus)) == ["2021/b.txt", "a.txt", "c.txt"]


def test_the_output_folder_is_left_out(corpus: Path) -> None:
    out = corpus / "2021" / "tables"
    out.mkdir()
    (out / "documents.parquet").write_bytes(b"x")
    assert paths(find_files(corpus, out=out)) == ["2021/b.txt", "a.txt", "c.txt"]


def test_the_tables_of_a_run_are_no_input(corpus: Path) -> None:
    tables = corpus / "2021" / "tables"
    tables.mkdir()
    for name in ("manifest.json", "documents.parquet", "observations.parquet"):
        (tables / name).write_bytes(b"x")
    assert paths(find_files(corpus)) == ["2021/b.txt", "a.txt", "c.txt"]
    (tables / "manifest.json").unlink()
    assert len(find_files(corpus)) == 5
    assert "2021/tables/documents.parquet" in paths(find_files(corpus))


def test_a_single_file_is_a_corpus(corpus: Path) -> None:
    (found,) = find_files(corpus / "2021" / "b.txt")
    assert (found.relative, found.refusal) == ("b.txt", None)
    assert found.size == (corpus / "2021" / "b.txt").stat().st_size


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("*.txt", ["2021/b.txt", "a.txt", "c.txt"]), ("b*", ["2021/b.txt"]), ("2021/*", ["2021/b.txt"])],
)
def test_a_pattern_selects_paths_or_names(corpus: Path, pattern: str, expected: list[str]) -> None:
    assert paths(find_files(corpus, only=pattern)) == expected


def test_a_pattern_that_selects_nothing_is_told(corpus: Path) -> None:
    with pytest.raises(CorpusError, match=r"no file that matches '\*\.pdf' in"):
        find_files(corpus, only="*.pdf")


@posix_only
def test_links_are_told_and_not_followed(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x", encoding="utf-8")
    (corpus / "file.txt").symlink_to(corpus / "a.txt")
    (corpus / "folder").symlink_to(outside)
    (corpus / "loop").symlink_to(corpus)
    (corpus / "nowhere.txt").symlink_to(corpus / "missing")
    found = find_files(corpus)
    assert refusals(found) == dict.fromkeys(("file.txt", "folder", "loop", "nowhere.txt"), "symlink")
    assert len(found) == 7


@posix_only
def test_a_pipe_is_never_opened(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")
    assert refusals(find_files(corpus)) == {"pipe.txt": "special_file"}


@pytest.mark.skipif(sys.platform != "linux", reason="only here a name may be any bytes")
def test_a_name_that_is_not_utf8_is_told_with_its_bytes(corpus: Path) -> None:
    name = os.fsdecode("报告".encode("gb18030") + b".txt")
    (corpus / name).write_text("x", encoding="utf-8")
    (found,) = [each for each in find_files(corpus) if each.is_escaped]
    assert found.relative == "\\xb1\\xa8\\xb8\\xe6.txt"
    assert found.path.read_text(encoding="utf-8") == "x"


@posix_only
@pytest.mark.parametrize("name", ["a\nb.txt", "<script>.txt", "-rf.txt", "😀.txt", "a\\b.txt", "名 字 .txt", "x" * 255])
def test_odd_names_are_kept(corpus: Path, name: str) -> None:
    (corpus / name).write_text("x", encoding="utf-8")
    assert name in paths(find_files(corpus))


def test_a_folder_that_may_not_be_listed_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(folder: str) -> object:
        if Path(folder).name == "2021":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_files(corpus)
    assert refusals(found) == {"2021": "permission"}
    assert paths(found) == ["2021", "a.txt", "c.txt"]


def test_a_corpus_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="neither a folder nor a file"):
        find_files(tmp_path / "missing")


def test_a_corpus_that_may_not_be_listed_is_an_error(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(CorpusError, match="can't be listed: Permission denied"):
        find_files(corpus)


def test_tables_do_not_go_into_the_corpus_itself(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="--out"):
        find_files(corpus, out=corpus)
