"""A report as a PDF: ruled tables, one of them cut by a page end, page numbers, and no embedded font."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.rendering import Grid, Heading, n_columns, placed
from tests.rendering.printed import parts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from tests.building.source import Report

FONT = "STSong-Light"
PLAIN = ParagraphStyle("plain", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
HEAD = ParagraphStyle("head", parent=PLAIN, fontSize=14, leading=26)
TITLE = ParagraphStyle("title", parent=PLAIN, fontSize=17, leading=30, firstLineIndent=0, alignment=1)
IN_CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK", alignment=1)
USABLE = A4[0] - 4 * cm


def pdf_file(report: Report) -> bytes:
    """The bytes of the file; ``page_break_before_row`` of its source cuts the request table there."""
    registerFont(UnicodeCIDFont(FONT))
    look = report.facts["look"]
    story: list[Any] = [Paragraph(report.title, TITLE)]
    for block in report.blocks:
        if not isinstance(block, Grid):
            story.append(Paragraph(block.text, HEAD if isinstance(block, Heading) else PLAIN))
        elif block.rows[0][0].text.startswith(look["page_break_in"]):
            upper, lower = parts(block, look["page_break_before_row"])
            story += [ruled(upper), PageBreak(), ruled(lower), Spacer(1, 0.4 * cm)]
        else:
            story += [KeepTogether(ruled(block)), Spacer(1, 0.4 * cm)]

    def frame(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(2 * cm, A4[1] - 1.2 * cm, look["running_head"])
        canvas.drawCentredString(A4[0] / 2, 1.1 * cm, f"— {page.page} —")

    stream = BytesIO()
    pages = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=2 * cm,
        rightMargin=2 * cm,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        title=report.title,
        author=report.facts["agency"],
        invariant=1,
    )
    pages.build(story, onFirstPage=frame, onLaterPages=frame)
    return stream.getvalue()


def ruled(grid: Grid) -> Table:
    columns = n_columns(grid)
    shares = [1.0] * columns
    if columns == 10:
        shares = [1.1, 1.3, 3.2, *[0.9] * 7]
    cells: list[list[Any]] = [[""] * columns for _ in grid.rows]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for row, col, slot in placed(grid):
        cells[row][col] = Paragraph(slot.text, IN_CELL)
        style.append(("SPAN", (col, row), (col + slot.colspan - 1, row + slot.rowspan - 1)))
    return Table(cells, colWidths=[USABLE * share / sum(shares) for share in shares], style=style)
