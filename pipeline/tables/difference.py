"""Find what changed between two runs: files, their status, every value with the words of both, and the tables' columns.

Files are paired by their path. A value is paired by what it states: indicator, applicant, item, period and scope; where
a report states that several times, as in a list, by the order of these. Statements that lost against another are left
out, since a change in them shows where they win.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model import Standing
from pipeline.tables.manifest import read_manifest
from pipeline.tables.parquet import read_schema, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.tables.manifest import Manifest

Row = dict[str, Any]

DOCUMENT_COLUMNS = ("status", "reason", "agency_key", "year", "era", "scope", "duplicate_of", "reissue_of")
"""The columns of documents.parquet in which a change is told."""

_FACT = ("indicator", "applicant", "item", "period", "scope")
_SAID = ("value", "unit", "status", "qualifier", "source", "quote", "block_id", "start", "end")


class Change(StrEnum):
    """What became of a file, a value or a column."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is in one run only, or whose ``column`` differs; ``content`` is the column of other bytes."""

    change: Change
    path: str
    column: str | None = None
    old: object = None
    new: object = None


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that is in one run only, or that differs; ``moved`` where only its words or their place do."""

    change: Change
    path: str
    indicator: str
    applicant: str | None
    item: str | None
    period: str
    scope: str | None
    old: Row | None
    new: Row | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table or a column that is in one run only, or a column of another type; or another version in the manifest."""

    change: Change
    name: str
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two runs."""

    tables: tuple[TableChange, ...]
    files: tuple[FileChange, ...]
    values: tuple[ValueChange, ...]

    def __bool__(self) -> bool:
        return bool(self.tables or self.files or self.values)


def difference(old: Path, new: Path) -> Difference:
    """Return what differs between the runs in two folders, in the order of paths and then of reading.

    Raises ``TablesMissingError`` where a folder holds no finished run.
    """
    manifests = read_manifest(old), read_manifest(new)
    documents = _documents(old), _documents(new)
    return Difference(
        tuple(_table_changes((old, new), manifests)),
        tuple(_file_changes(*documents)),
        tuple(_value_changes(old, new, *documents)),
    )


def _table_changes(folders: tuple[Path, Path], manifests: tuple[Manifest, Manifest]) -> Iterator[TableChange]:
    for name, before in manifests[0].versions.items():
        after = manifests[1].versions[name]
        if before != after:
            yield TableChange(Change.CHANGED, name, before, after)
    columns = [_columns(out, manifest) for out, manifest in zip(folders, manifests, strict=True)]
    for name in sorted({*columns[0], *columns[1]}):
        old, new = (each.get(name) for each in columns)
        if old != new:
            yield TableChange(_change(old, new), name, old, new)


def _columns(out: Path, manifest: Manifest) -> dict[str, str]:
    """Return the types of all columns; of a concept of the panel that of its value alone."""
    return {
        f"{name}.{field.name}": str(field.type)
        for name, table in manifest.tables.items()
        for field in read_schema(out / table["file"])
        if "__" not in field.name
    }


def _change(old: object, new: object) -> Change:
    if old is None:
        return Change.ADDED
    return Change.REMOVED if new is None else Change.CHANGED


def _documents(out: Path) -> dict[str, Row]:
    columns = ["path", "document_id", "sha256", *DOCUMENT_COLUMNS]
    return {row["path"]: row for row in read_table(out / "documents.parquet", columns=columns).to_pylist()}


def _file_changes(old: dict[str, Row], new: dict[str, Row]) -> Iterator[FileChange]:
    for path in sorted({*old, *new}):
        before, after = old.get(path), new.get(path)
        if before is None or after is None:
            yield FileChange(_change(before, after), path)
            continue
        if before["sha256"] != after["sha256"]:
            yield FileChange(Change.CHANGED, path, "content", before["sha256"], after["sha256"])
        for column in DOCUMENT_COLUMNS:
            if before[column] != after[column]:
                yield FileChange(Change.CHANGED, path, column, before[column], after[column])


def _value_changes(
    old: Path, new: Path, old_documents: dict[str, Row], new_documents: dict[str, Row]
) -> Iterator[ValueChange]:
    before, after = _Values(old, old_documents), _Values(new, new_documents)
    for path in sorted({*old_documents, *new_documents}):
        if before.same(path, after):
            continue
        said, says = before.of(path), after.of(path)
        for fact in dict.fromkeys((*said, *says)):
            one, other = said.get(fact), says.get(fact)
            if one != other:
                indicator, applicant, item, period, scope, _ = fact
                said_of = indicator, applicant, item, period, scope
                yield ValueChange(_value_change(one, other), path, *said_of, one, other)


def _value_change(old: Row | None, new: Row | None) -> Change:
    if old is not None and new is not None:
        told = ("value", "unit", "status", "qualifier")
        return Change.CHANGED if any(old[name] != new[name] for name in told) else Change.MOVED
    return _change(old, new)


class _Values:
    """The values that speak in one run, by the path of their report; each is told once, under its first path."""

    def __init__(self, out: Path, documents: dict[str, Row]) -> None:
        columns = ["document_id", "standing", *_FACT, *_SAID]
        table = read_table(out / "observations.parquet", columns=columns)
        speaks = pc.equal(table["standing"], Standing.ACCEPTED.value)
        self._table = table.filter(speaks).drop_columns(["standing"]).combine_chunks()
        runs = pc.run_end_encode(self._table["document_id"].combine_chunks()) if self._table.num_rows else None
        names = runs.values.to_pylist() if runs is not None else []
        ends = runs.run_ends.to_pylist() if runs is not None else []
        places = {name: (start, end - start) for name, start, end in zip(names, [0, *ends], ends, strict=False)}
        self._places: dict[str, tuple[int, int]] = {}
        for path in sorted(documents):
            place = places.pop(documents[path]["document_id"], None)
            if place is not None:
                self._places[path] = place

    def same(self, path: str, other: _Values) -> bool:
        """Say whether a report states the very same in another run."""
        return bool(self._rows(path).equals(other._rows(path)))

    def of(self, path: str) -> dict[tuple[Any, ...], Row]:
        """Return what a report states by fact, told apart by a number where it is stated several times."""
        seen = Counter[tuple[Any, ...]]()
        found = {}
        for row in self._rows(path).to_pylist():
            fact = tuple(row[name] for name in _FACT)
            seen[fact] += 1
            found[*fact, seen[fact]] = {name: row[name] for name in _SAID}
        return found

    def _rows(self, path: str) -> pa.Table:
        return self._table.slice(*self._places.get(path, (0, 0)))
