"""The report as a PDF: ruled tables with merged cells, page numbers and a running head, no embedded font."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.rendering.report import Grid, Heading, Slot, n_columns, placed

if TYPE_CHECKING:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    from tests.rendering.report import Report

_FONT = "STSong-Light"
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
_HEAD = ParagraphStyle("heading", parent=_TEXT, fontSize=14, leading=24)
_TITLE = ParagraphStyle("title", parent=_TEXT, fontSize=18, leading=30, firstLineIndent=0, alignment=1)
_CELL = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=11, wordWrap="CJK")


def printed(report: Report, *, cut: int | None = None, encrypt: StandardEncryption | None = None) -> bytes:
    """Return the bytes of the file; ``cut`` ends the page before that row of the last table."""
    registerFont(UnicodeCIDFont(_FONT))
    story: list[Any] = [Paragraph(report.title, _TITLE)]
    for block in report.blocks:
        if isinstance(block, Heading):
            story.append(Paragraph(block.text, _HEAD))
        elif not isinstance(block, Grid):
            story.append(Paragraph(block.text, _TEXT))
        elif cut is not None and block is report.grids[-1]:
            upper, lower = parts(block, cut)
            story += [KeepTogether(_ruled(upper)), PageBreak(), _ruled(lower), Spacer(1, 0.5 * cm)]
        else:
            story += [KeepTogether(_ruled(block)), Spacer(1, 0.5 * cm)]

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawString(2 * cm, A5[1] - 1.2 * cm, report.agency)
        canvas.drawCentredString(A5[0] / 2, 1.1 * cm, f"- {document.page} -")

    stream = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 2 * cm)
    pages = SimpleDocTemplate(stream, pagesize=A5, title=report.title, encrypt=encrypt, invariant=1, **margins)
    pages.build(story, onFirstPage=frame, onLaterPages=frame)
    return stream.getvalue()


def parts(grid: Grid, cut: int) -> tuple[Grid, Grid]:
    """Return the grid above and below the row ``cut``; what a page end cuts in two goes on as a blank cell."""
    upper: list[list[Slot]] = [[] for _ in grid.rows[:cut]]
    lower: list[list[Slot]] = [[] for _ in grid.rows[cut:]]
    for row, _, slot in placed(grid):
        if row >= cut:
            lower[row - cut].append(slot)
            continue
        height = min(slot.rowspan, cut - row)
        upper[row].append(Slot(slot.text, height, slot.colspan))
        if slot.rowspan > height:
            lower[0].append(Slot("", slot.rowspan - height, slot.colspan))
    return Grid(tuple(map(tuple, upper))), Grid(tuple(map(tuple, lower)))


def _ruled(grid: Grid) -> Table:
    cells: list[list[Any]] = [[""] * n_columns(grid) for _ in grid.rows]
    style: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    for row, col, slot in placed(grid):
        cells[row][col] = Paragraph(slot.text, _CELL)
        style.append(("SPAN", (col, row), (col + slot.colspan - 1, row + slot.rowspan - 1)))
    return Table(cells, colWidths=[(A5[0] - 4 * cm) / n_columns(grid)] * n_columns(grid), style=style)
