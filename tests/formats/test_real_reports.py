"""The real reports, where they are at hand: each is read, and every table is a full grid."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.formats import read
from pipeline.model import Document, Table

if TYPE_CHECKING:
    from pathlib import Path


def documents(shared: Path, pattern: str) -> list[Document]:
    return [read(path, path.name) for path in sorted((shared / "reports").glob(pattern))]


def tables_of(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_every_report_is_read_without_a_problem(shared: Path) -> None:
    found = documents(shared, "*")
    assert [document.problems for document in found] == [()] * len(found)
    assert all(document.blocks for document in found)


def test_every_place_of_a_ruled_or_merged_table_is_covered_once(shared: Path) -> None:
    for document in [*documents(shared, "*.pdf"), *documents(shared, "*.docx"), *documents(shared, "*.html")]:
        for table in tables_of(document):
            covered = Counter(
                (row, col)
                for cell in table.cells
                for row in range(cell.row, cell.row + cell.rowspan)
                for col in range(cell.col, cell.col + cell.colspan)
            )
            assert covered == Counter((row, col) for row in range(table.n_rows) for col in range(table.n_cols))


def test_the_printed_reports_have_the_three_tables_of_their_form(shared: Path) -> None:
    for document in documents(shared, "*.pdf"):
        assert [(table.n_rows, table.n_cols) for table in tables_of(document)] == [(14, 4), (26, 10), (4, 15)]
