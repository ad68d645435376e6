"""Choose what is exported: tables with their words, those of values with the identity of their report in front.

Names stand in place of codes where their list is short; indicators, concepts and identities keep their ids, and their
names follow in a column of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model import DocumentStatus
from pipeline.rulebook.forms import Names
from pipeline.tables.labels import LabelledColumn, in_language, label_columns
from pipeline.tables.parquet import opened, read_schema, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.tables.manifest import Manifest

EXPORTED = (
    *("panel", "panel_values", "observations", "documents", "coverage"),
    *("checks", "problems", "similarity", "terms"),
)
"""The tables that are exported as files or sheets, in their order."""

_IDENTITY = ("path", "agency_name", "province", "prefecture", "county", "year", "era")
_OF_REPORTS = ("observations", "checks", "terms")
_NAMED = frozenset({"indicator", "identity", "concept"})
_NAME_OF = {"zh": "名称", "en": "name"}
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table to export: its columns with their words, and its rows batch by batch.

    ``language`` is zh or en, or null for ids alone.
    """

    name: str
    names: Names
    columns: tuple[LabelledColumn, ...]
    path: Path
    language: str | None
    book: Rulebook
    row: Names
    reports: pa.Table | None

    @property
    def titles(self) -> tuple[str, ...]:
        """The headers in the language of the export."""
        return tuple(title_of(column, self.language) for column in self.columns)

    def batches(self) -> Iterator[pa.Table]:
        """Yield the rows with the columns of the export, one batch at least; codes are still ids."""
        with opened(self.path) as file:
            if not file.metadata.num_rows:
                yield self._exported(file.schema_arrow.empty_table())
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                yield self._exported(pa.Table.from_batches([batch]))

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows as people read them: codes by their names, lists as one text."""
        shown = [self._shown_values(column) for column in self.columns]
        for batch in self.batches():
            columns = [batch[column.name].to_pylist() for column in self.columns]
            for row in zip(*columns, strict=True):
                yield [_shown(value, names) for value, names in zip(row, shown, strict=True)]

    def _exported(self, table: pa.Table) -> pa.Table:
        table = self._with_reports(table)
        for column in self.columns:
            if column.name not in table.column_names:
                ids = table[column.name.removesuffix("_name")].to_pylist()
                table = table.append_column(column.name, pa.array(self._names_of(ids, column), pa.string()))
        return table.select([column.name for column in self.columns])

    def _with_reports(self, table: pa.Table) -> pa.Table:
        if self.reports is None:
            return table
        places = pc.index_in(table["document_id"], value_set=self.reports["document_id"])
        for name in self.reports.column_names[1:]:
            table = table.append_column(name, pc.take(self.reports[name], places))
        return table

    def _names_of(self, ids: list[str], column: LabelledColumn) -> list[str]:
        codes = column.name.removesuffix("_name")
        known = {each: in_language(self.book.labels.code(codes, each), self.language or "zh") for each in set(ids)}
        return [known[each] for each in ids]

    def _shown_values(self, column: LabelledColumn) -> dict[str, str]:
        if self.language is None or is_named(column):
            return {}
        return {code: in_language(names, self.language) for code, names in column.codes.items()}


def select(out: Path, manifest: Manifest, language: str | None, book: Rulebook) -> tuple[ExportTable, ...]:
    """Return the tables of ``out`` that are exported, of those that its manifest names."""
    reports = _reports(out)
    tables = []
    for name in EXPORTED:
        if name not in manifest.tables:
            continue
        path = out / f"{name}.parquet"
        schema = read_schema(path)
        own = _with_names(label_columns(name, schema, book))
        of_reports = name in _OF_REPORTS
        before = label_columns("documents", reports.schema, book)[1:] if of_reports else ()
        label = book.labels.tables[name]
        tables.append(
            ExportTable(
                name, label.names, (*before, *own), path, language, book, label.row, reports if of_reports else None
            )
        )
    return tuple(tables)


def title_of(column: LabelledColumn, language: str | None) -> str:
    """Return the header of a column: its name in ``language``, or its id."""
    return in_language(column.names, language) if language else column.name


def is_named(column: LabelledColumn) -> bool:
    """Say whether the column keeps its ids because their names stand in the column behind it."""
    return column.name in _NAMED


def _with_names(columns: tuple[LabelledColumn, ...]) -> tuple[LabelledColumn, ...]:
    """Return the columns with one for the name behind each that holds ids of a long list."""
    found: list[LabelledColumn] = []
    for column in columns:
        found.append(column)
        if column.name in _NAMED:
            names = Names(f"{column.names.zh}{_NAME_OF['zh']}", f"{column.names.en} {_NAME_OF['en']}")
            found.append(replace(column, name=f"{column.name}_name", names=names, note=None, codes={}, codes_name=None))
    return tuple(found)


def _reports(out: Path) -> pa.Table:
    """Return whose report each document is, once for all copies."""
    table = read_table(out / "documents.parquet", columns=["document_id", "status", *_IDENTITY])
    first = pc.not_equal(table["status"], DocumentStatus.DUPLICATE.value)
    return table.filter(pc.and_(first, pc.is_valid(table["document_id"]))).drop_columns("status")


def _shown(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 — cells hold text, numbers, flags and days
    if isinstance(value, list):
        return "; ".join(value)
    return names.get(value, value) if names else value
