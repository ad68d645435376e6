"""The report as a Word file with merged cells and a running head."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

from tests.rendering.report import Grid, n_columns, placed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from tests.rendering.report import Report


def word(report: Report) -> bytes:
    """Return the bytes of the file."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = report.agency
    document.add_paragraph(report.title)
    for block in report.blocks:
        if isinstance(block, Grid):
            _add_table(document, block)
        else:
            document.add_paragraph(block.text)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a Word document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=n_columns(grid))
    for row, col, slot in placed(grid):
        cell = table.cell(row, col)
        if slot.rowspan > 1 or slot.colspan > 1:
            cell = cell.merge(table.cell(row + slot.rowspan - 1, col + slot.colspan - 1))
        cell.text = slot.text
