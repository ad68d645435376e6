"""Write one SQLite file with every table of the run by its ids, and the words for them in tables of their own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.tables.labels import label_columns
from pipeline.tables.parquet import opened, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.tables.manifest import Manifest

_INDEXED = ("document_id", "indicator", "agency_key", "path")
_ROWS_AT_ONCE = 20_000


def write_sqlite(out: Path, manifest: Manifest, path: Path, book: Rulebook) -> None:
    """Write all tables of ``out`` that ``manifest`` names to ``path``; lists are JSON, days ISO dates, flags 0, 1."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        sources = [out / f"{name}.parquet" for name in sorted(manifest.tables) if name in book.labels.tables]
        for source in sources:
            _copy(database, source)
        _write_words(database, sources, book)
        database.commit()


def _copy(database: sqlite3.Connection, source: Path) -> None:
    with opened(source) as file:
        schema = file.schema_arrow
        columns = {each.name: _affinity(each.type) for each in schema}
        _create(database, source.stem, columns)
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            values = [_stored(batch[each.name], each.type) for each in schema]
            _insert(database, source.stem, len(columns), zip(*values, strict=True))
    for name in _INDEXED:
        if name in columns:
            database.execute(f'CREATE INDEX "{source.stem}_{name}" ON "{source.stem}" ("{name}")')


def _write_words(database: sqlite3.Connection, sources: Iterable[Path], book: Rulebook) -> None:
    """Write what columns and codes are called, and what indicators count."""
    _create(
        database,
        "column_labels",
        dict.fromkeys(("table_name", "column_name", "zh", "en", "note_zh", "note_en"), "TEXT"),
    )
    _create(database, "code_labels", {**dict.fromkeys(("list", "code", "zh", "en"), "TEXT"), "rank": "INTEGER"})
    _create(
        database,
        "indicators",
        dict.fromkeys(("indicator", "zh", "en", "unit", "definition_zh", "definition_en"), "TEXT"),
    )
    for source in sources:
        columns = label_columns(source.stem, read_schema(source), book)
        notes = [(each.note.zh, each.note.en) if each.note else (None, None) for each in columns]
        rows = (
            (source.stem, each.name, each.names.zh, each.names.en, *note)
            for each, note in zip(columns, notes, strict=True)
        )
        _insert(database, "column_labels", 6, rows)
    for name, codes in sorted(book.labels.codes.items()):
        _insert(
            database,
            "code_labels",
            5,
            ((name, code, names.zh, names.en, rank) for rank, (code, names) in enumerate(codes.items(), start=1)),
        )
    described = (
        (each.id, each.names["zh"], each.names["en"], each.unit, each.definition["zh"], each.definition["en"])
        for each in book.indicators
    )
    _insert(database, "indicators", 6, described)


def _create(database: sqlite3.Connection, table: str, columns: dict[str, str]) -> None:
    declared = ", ".join(f'"{name}" {affinity}' for name, affinity in columns.items())
    database.execute(f'CREATE TABLE "{table}" ({declared})')


def _insert(database: sqlite3.Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    database.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})', rows)  # noqa: S608 — our own names


def _affinity(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _stored(column: pa.Array, kind: pa.DataType) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_list(kind):
        return [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
    if pa.types.is_date(kind):
        return [None if value is None else value.isoformat() for value in values]
    return values
