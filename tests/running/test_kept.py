from __future__ import annotations

import os
import pickle
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.model import DocumentStatus, Outcome, SourceFile
from pipeline.running import run as running
from pipeline.running.corpus import find_files
from pipeline.running.kept import KEPT, KeptOutcomes
from pipeline.running.pool import Limits
from pipeline.shipped import shipped_folder
from pipeline.tables.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.running.corpus import InputFile

LIMITS = Limits(60, 4096)


def stable(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet") if path.name != "timings.parquet"}


def values(out: Path) -> dict[str, float]:
    rows = pq.read_table(out / "observations.parquet").to_pylist()
    paths = {row["document_id"]: row["path"] for row in pq.read_table(out / "documents.parquet").to_pylist()}
    return {paths[row["document_id"]]: row["value"] for row in rows}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were really read, in order."""
    paths: list[str] = []
    real = running.read_files

    def noted(files: Sequence[InputFile], rules: Path, limits: Limits, jobs: int) -> Iterator[Outcome]:
        paths.extend(file.relative for file in files)
        yield from real(files, rules, limits, jobs)

    monkeypatch.setattr(running, "read_files", noted)
    return paths


def test_unchanged_files_are_not_read_again(corpus: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    assert pipeline.run(corpus, out, jobs=1).unchanged == 0
    before = stable(out)
    (corpus / "c.txt").write_text((corpus / "c.txt").read_text(encoding="utf-8").replace("4312", "4313"), "utf-8")
    os.utime(corpus / "a.txt")
    read.clear()
    assert pipeline.run(corpus, out, jobs=1).unchanged == 2
    assert read == ["c.txt"]
    assert values(out) == {"2021/b.txt": 3312, "a.txt": 2312, "c.txt": 4313}
    again = tmp_path / "again"
    pipeline.run(corpus, again, jobs=1)
    assert stable(out) == stable(again) != before


def test_a_stopped_run_goes_on_where_it_was(corpus: Path, tmp_path: Path, read: list[str]) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    out, whole = tmp_path / "out", tmp_path / "whole"
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(corpus, out, jobs=1, progress=stop)
    read.clear()
    assert pipeline.run(corpus, out, jobs=1).unchanged == 2
    assert read == ["c.txt"]
    pipeline.run(corpus, whole, jobs=1)
    assert stable(out) == stable(whole)


def test_all_files_are_read_again_where_asked_or_with_other_rules(
    corpus: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    assert pipeline.run(corpus, out, jobs=1, fresh=True).unchanged == 0
    monkeypatch.setattr("pipeline.running.kept.program_hash", lambda *_: "another")
    assert pipeline.run(corpus, out, jobs=1).unchanged == 0
    assert len(read) == 9


def test_files_that_are_gone_are_forgotten_except_where_only_some_are_read(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    assert pipeline.run(corpus, out, jobs=1, only="a.txt").unchanged == 1
    content = (corpus / "c.txt").read_bytes()
    assert pipeline.run(corpus, out, jobs=1).unchanged == 3
    (corpus / "c.txt").unlink()
    pipeline.run(corpus, out, jobs=1)
    (corpus / "c.txt").write_bytes(content)
    assert pipeline.run(corpus, out, jobs=1).unchanged == 2


@pytest.mark.parametrize(
    ("reason", "limits", "options", "held"),
    [
        ("zero_byte", LIMITS, {}, True),
        ("zero_byte", LIMITS, {"retry_failed": True}, False),
        ("zero_byte", Limits(120, 4096), {}, True),
        ("timeout", LIMITS, {}, True),
        ("timeout", Limits(120, 4096), {}, False),
        ("crash_signal_11", Limits(60, 8192), {}, False),
    ],
)
def test_what_could_not_be_read_is_tried_again_where_that_may_help(
    corpus: Path, tmp_path: Path, reason: str, limits: Limits, options: dict[str, bool], held: object
) -> None:
    file = find_files(corpus)[0]
    source = SourceFile(file.relative, file.size or 0, "0" * 64)
    outcome = Outcome(source, DocumentStatus.FAILED, reason, "It was not read.")
    with KeptOutcomes(tmp_path, "1", LIMITS) as kept:
        assert not kept.holds(file)
        kept.keep(file, outcome)
    with KeptOutcomes(tmp_path, "1", limits, **options) as kept:
        assert kept.holds(file) is held
        assert kept.outcome(file) == (outcome if held else None)


def test_a_file_whose_bytes_were_not_read_is_not_kept(corpus: Path, tmp_path: Path) -> None:
    file = find_files(corpus)[0]
    with KeptOutcomes(tmp_path, "1", LIMITS) as kept:
        assert not kept.holds(file)
        kept.keep(file, Outcome(SourceFile(file.relative, 0, ""), DocumentStatus.FAILED, "permission"))
        assert not kept.holds(file)
        assert not kept.holds(replace(file, path=corpus / "gone.txt", relative="gone.txt"))


def test_a_damaged_store_stops_the_run_with_what_to_do(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    (out / KEPT).write_bytes(b"no database" * 500)
    with pytest.raises(OutputError, match="run with --fresh"):
        pipeline.run(corpus, out, jobs=1)
    assert pipeline.run(corpus, out, jobs=1, fresh=True).unchanged == 0


@pytest.mark.parametrize("spoiled", [b"no outcome", b"\x80\x05", b""], ids=["words", "cut off", "empty"])
def test_a_damaged_outcome_stops_the_run_with_what_to_do(corpus: Path, tmp_path: Path, spoiled: bytes) -> None:
    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    for stored in (spoiled, _compressed(spoiled)):
        with closing(sqlite3.connect(out / KEPT)) as data, data:
            data.execute("update outcomes set outcome = ?, size = ?", (stored, len(spoiled)))
        with pytest.raises(OutputError, match="run with --fresh"):
            pipeline.run(corpus, out, jobs=1)


def test_what_is_kept_of_reports_of_every_format_gives_the_same_tables(tmp_path: Path) -> None:
    samples, out = shipped_folder("corpus") / "reports", tmp_path / "out"
    files = pipeline.run(samples, out, jobs=1).files
    before = stable(out)
    assert pipeline.run(samples, out, jobs=1).unchanged == sum(files.values())
    assert stable(out) == before


def test_a_store_that_someone_else_made_runs_nothing(corpus: Path, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch '{tmp_path}/ran'",)

    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    packed = pickle.dumps(Evil())
    with closing(sqlite3.connect(out / KEPT)) as data, data:
        data.execute("update outcomes set outcome = ?, size = ?", (_compressed(packed), len(packed)))
    with pytest.raises(OutputError, match="nothing a report yields"):
        pipeline.run(corpus, out, jobs=1)
    assert not (tmp_path / "ran").exists()


def _compressed(packed: bytes) -> bytes:

    compressed: bytes = pa.compress(packed, codec="zstd", asbytes=True)
    return compressed
