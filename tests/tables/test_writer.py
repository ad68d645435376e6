from __future__ import annotations

import errno
import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from pipeline.rulebook.book import PanelRules
from pipeline.rulebook.concepts import FormOrder
from pipeline.tables import writer
from pipeline.tables.errors import OutputError
from pipeline.tables.schema import COMPARING, TABLES
from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Outcome

RULES = PanelRules((), FormOrder((), (), ()), (), {}, frozenset())
FILES = {"manifest.json", "panel.parquet", *(f"{name}.parquet" for name in (*TABLES, *COMPARING))}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def write(out: Path, *outcomes: Outcome, **manifest: object) -> dict[str, int]:
    with TableSet(out, RULES) as tables:
        for outcome in outcomes:
            tables.add(outcome)
        return tables.commit(manifest)


def interrupt(out: Path, *outcomes: Outcome) -> None:
    with suppress(KeyboardInterrupt), TableSet(out, RULES) as tables:
        for outcome in outcomes:
            tables.add(outcome)
        raise KeyboardInterrupt


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_tables_have_their_declared_columns(out: Path, make_outcome: Callable[..., Outcome]) -> None:
    rows = write(out, make_outcome())
    assert set(contents(out)) == FILES
    for name, schema in TABLES.items():
        table = pq.read_table(out / f"{name}.parquet")
        assert table.schema.equals(schema), name
        assert table.num_rows == rows[name]
    written = dict.fromkeys((*TABLES, "panel"), 1)
    compared = {"panel_values": 0, "coverage": 12, "similarity": 0}
    assert rows == {**written, **compared, "blocks": 5, "observations": 2, "numbers": 2, "timings": 2}


def test_the_manifest_names_every_table_with_its_hash(out: Path, make_outcome: Callable[..., Outcome]) -> None:
    write(out, make_outcome(), tool="gongkai")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tool"] == "gongkai"
    assert {table["file"] for table in manifest["tables"].values()} == FILES - {"manifest.json"}
    for table in manifest["tables"].values():
        assert table["sha256"] == hashlib.sha256((out / table["file"]).read_bytes()).hexdigest()
        assert table["rows"] == pq.read_metadata(out / table["file"]).num_rows


def test_tables_without_rows_have_their_columns(out: Path) -> None:
    write(out)
    assert pq.read_table(out / "observations.parquet").schema.equals(TABLES["observations"])


def test_copies_are_written_once(out: Path, make_outcome: Callable[..., Outcome], failed_outcome: Outcome) -> None:
    with TableSet(out, RULES) as tables:
        pointers = [tables.add(make_outcome(path)) for path in ("a.txt", "b.txt", "c.txt")]
        pointers += [tables.add(failed_outcome), tables.add(failed_outcome)]
        rows = tables.commit({})
    assert pointers == [None, "a.txt", "a.txt", None, None]
    assert (rows["documents"], rows["observations"], rows["numbers"]) == (5, 2, 2)


def test_row_groups_are_cut_between_documents(
    out: Path, make_outcome: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_ROWS_PER_GROUP", 3)
    write(out, *(make_outcome(f"{n}.txt", f"{n:064}") for n in range(5)))
    metadata = pq.read_metadata(out / "observations.parquet")
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [4, 4, 2]


def test_leaving_early_keeps_the_old_tables(out: Path, make_outcome: Callable[..., Outcome]) -> None:
    write(out, make_outcome())
    before = contents(out)
    interrupt(out, make_outcome("b.txt", "ef" * 32))
    assert contents(out) == before


def test_a_full_disk_keeps_the_old_tables(
    out: Path, make_outcome: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(out, make_outcome())
    before = contents(out)
    calls = 0

    def refuse(_: object) -> None:
        nonlocal calls
        calls += 1
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writer, "_sync", refuse)
    with pytest.raises(OutputError, match="the disk is full: make room"):
        write(out, make_outcome("b.txt", "ef" * 32))
    assert calls == 1
    assert contents(out) == before


def test_what_a_killed_run_left_is_removed(out: Path, make_outcome: Callable[..., Outcome]) -> None:
    unfinished = out / ".unfinished"
    unfinished.mkdir()
    (unfinished / "observations.parquet").write_bytes(b"half")
    write(out, make_outcome())
    assert set(contents(out)) == FILES


def test_a_move_that_was_cut_short_is_completed(
    out: Path, make_outcome: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(out, make_outcome())
    with monkeypatch.context() as patched:
        patched.setattr(writer, "_move_into_place", lambda *_: None)
        patched.setattr(writer.shutil, "rmtree", lambda *_, **__: None)
        write(out, make_outcome(value=99.0))
    (out / ".unfinished" / "blocks.parquet").replace(out / "blocks.parquet")
    interrupt(out)
    assert set(contents(out)) == FILES
    assert pq.read_table(out / "observations.parquet")["value"].to_pylist() == [99.0, None]


def test_files_of_others_stay(out: Path, make_outcome: Callable[..., Outcome]) -> None:
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    write(out, make_outcome())
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
