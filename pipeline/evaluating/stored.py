"""Reports read back from the tables of a run, as far as the tables hold them: texts and grids with their roles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipeline.evaluating.predictions import read_rows
from pipeline.model import Cell, Document, DocumentStatus, Paragraph, Role, SourceFile, Table, speaks_for_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.model import Block

_READ = (DocumentStatus.OK, DocumentStatus.PARTIAL)
_DOCUMENT_COLUMNS = ["document_id", "path", "size", "sha256", "status", "title", "year", "scope", "agency_type"]
_BLOCK_COLUMNS = ["document_id", "block_id", "type", "text", "row", "col", "rowspan", "colspan", "role", "role_reason"]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of a run, with the year that the run gave it, and whether it speaks for a whole jurisdiction."""

    document: Document
    year: int | None
    is_for_all: bool


def stored_reports(out: Path) -> Iterator[StoredReport]:
    """Yield the reports of the output folder ``out``, byte-identical ones once; what was no report is left out.

    Raises ``TablesMissingError`` where the tables can't be read.
    """
    rows = read_rows(out / "documents.parquet", _DOCUMENT_COLUMNS)
    reports = {row["document_id"]: row for row in reversed(rows) if row["status"] in _READ}
    blocks = read_rows(out / "blocks.parquet", _BLOCK_COLUMNS)
    for document_id, parts in groupby(blocks, key=itemgetter("document_id")):
        row = reports.get(document_id)
        if row is not None:
            source = SourceFile(row["path"], row["size"], row["sha256"])
            document = Document(source, tuple(_blocks(parts)), row["title"])
            yield StoredReport(document, row["year"], speaks_for_all(row["scope"], row["agency_type"]))


def _blocks(rows: Iterable[dict[str, Any]]) -> Iterator[Block]:
    table: dict[str, Any] | None = None
    cells: list[Cell] = []
    for row in rows:
        if row["type"] == "cell":
            cells.append(Cell(row["block_id"], row["row"], row["col"], row["text"], row["rowspan"], row["colspan"]))
            continue
        if table is not None:
            yield _table(table, cells)
        table, cells = (row, []) if row["type"] == "table" else (None, [])
        if row["type"] == "paragraph":
            yield Paragraph(row["block_id"], row["text"], role=Role(row["role"]), role_reason=row["role_reason"])
    if table is not None:
        yield _table(table, cells)


def _table(row: dict[str, Any], cells: list[Cell]) -> Table:
    return Table(row["block_id"], tuple(cells), role=Role(row["role"]), role_reason=row["role_reason"])
