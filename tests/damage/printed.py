"""A report as a PDF: ruled tables with merged cells on broad pages, page numbers, no embedded font."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A3
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.rendering import Grid, Heading, n_columns, placed

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.rendering import Report

_FONT = "STSong-Light"
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
_HEAD = ParagraphStyle("heading", parent=_TEXT, fontSize=14, leading=24)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontSize=18, leading=30, firstLineIndent=0, alignment=1)
_CELL = ParagraphStyle("cell", fontName=_FONT, fontSize=8, leading=10, wordWrap="CJK", alignment=1)
_WIDTH = A3[0] - 4 * cm


def printed(report: Report) -> bytes:
    """Return the bytes of the file."""
    registerFont(UnicodeCIDFont(_FONT))
    story: list[Any] = [Paragraph(report.title, _TITLE)]
    for block in report.blocks:
        if isinstance(block, Grid):
            story += [KeepTogether(_ruled(block)), Spacer(1, 0.5 * cm)]
        else:
            story.append(Paragraph(block.text, _HEAD if isinstance(block, Heading) else _TEXT))

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(A3[0] / 2, 1.1 * cm, f"- {document.page} -")

    stream = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 2 * cm)
    pages = SimpleDocTemplate(stream, pagesize=A3, title=report.title, invariant=1, **margins)
    pages.build(story, onFirstPage=frame, onLaterPages=frame)
    return stream.getvalue()


def _ruled(grid: Grid) -> Table:
    columns = n_columns(grid)
    cells: list[list[Any]] = [[""] * columns for _ in grid.rows]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for row, col, slot in placed(grid):
        cells[row][col] = Paragraph(slot.text, _CELL)
        style.append(("SPAN", (col, row), (col + slot.colspan - 1, row + slot.rowspan - 1)))
    return Table(cells, colWidths=[_WIDTH / columns] * columns, style=style)
