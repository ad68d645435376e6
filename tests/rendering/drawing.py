"""PDF pages drawn by hand, with a font that the file only names or with one that it holds."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from fontTools.ttLib.tables._g_l_y_f import Glyph

HEIGHT = 800
NAMED = "STSong-Light"
HELD = "Boxes"
SHAPELESS = "Blanks"
FOUR = [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "0.5")]


def drawn(*pages: Callable[[Canvas], None], font: str) -> bytes:
    """Return a PDF file; the font that it holds has all signs of this module and of the tests of pages."""
    tests = (Path(__file__), *Path(__file__).parents[1].glob("formats/test_pdf_*.py"))
    registerFont(UnicodeCIDFont(NAMED))
    signs = "".join(path.read_text(encoding="utf-8") for path in tests)
    registerFont(TTFont(HELD, BytesIO(boxes(signs))))
    registerFont(TTFont(SHAPELESS, BytesIO(boxes(signs, family=SHAPELESS, blanks=signs))))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(600, HEIGHT), pageCompression=0)
    for draw in pages:
        canvas.setFont(font, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@cache
def boxes(signs: str, *, family: str = HELD, blanks: str = " ") -> bytes:
    """Return a font that prints a box for each of the signs and nothing for ``blanks``: enough for a reader of text."""
    names = {sign: f"u{ord(sign):05X}" for sign in sorted({" ", *signs})}
    widths = {".notdef": 500} | {name: 500 if sign < "\u2000" else 1000 for sign, name in names.items()}
    empty = {names[sign] for sign in blanks}
    font = FontBuilder(1000)
    font.setupGlyphOrder(list(widths))
    font.setupCharacterMap({ord(sign): name for sign, name in names.items()})
    font.setupGlyf({name: _glyph(width, is_blank=name in empty) for name, width in widths.items()})
    font.setupHorizontalMetrics({name: (width, 40) for name, width in widths.items()})
    font.setupHorizontalHeader(ascent=880, descent=-240)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-240, usWinAscent=880, usWinDescent=240)
    font.setupPost()
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _glyph(width: int, *, is_blank: bool) -> Glyph:
    pen = TTGlyphPen(None)
    if not is_blank:
        pen.moveTo((40, -80))
        for corner in ((40, 780), (width - 40, 780), (width - 40, -80)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def write(canvas: Canvas, x: float, top: float, text: str) -> None:
    """Print ``text`` with its baseline ``top`` points below the upper edge."""
    canvas.drawString(x, HEIGHT - top, text)


def rule(canvas: Canvas, x0: float, top: float, x1: float, bottom: float) -> None:
    """Draw a line."""
    canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def four_texts(canvas: Canvas) -> None:
    """Print what stands in ``FOUR``."""
    for number, (*_, text) in enumerate(FOUR):
        write(canvas, 140 + 100 * (number % 2), 125 + 40 * (number // 2), text)


def four_cells(canvas: Canvas) -> None:
    """Print ``FOUR`` with its rules."""
    for top in (100, 140, 180):
        rule(canvas, 100, top, 300, top)
    for x in (100, 200, 300):
        rule(canvas, x, 100, x, 180)
    four_texts(canvas)


def fills(canvas: Canvas) -> None:
    """Print ``FOUR`` with thin filled boxes for rules."""
    for top in (100, 140, 180):
        canvas.rect(100, HEIGHT - top, 200, 0.7, stroke=0, fill=1)
    for x in (100, 200, 300):
        canvas.rect(x, HEIGHT - 180, 0.7, 80, stroke=0, fill=1)
    four_texts(canvas)


def frames(canvas: Canvas) -> None:
    """Print ``FOUR`` with a frame around each cell."""
    for left, top in ((100, 100), (200, 100), (100, 140), (200, 140)):
        canvas.rect(left, HEIGHT - top - 40, 100, 40)
    four_texts(canvas)


def spaces(canvas: Canvas) -> None:
    """Print runs of spaces."""
    write(canvas, 100, 100, "  甲   乙 12  34 a b ")


def spaces_of_their_own(canvas: Canvas) -> None:
    """Print spaces by commands of their own, as word processors do."""
    for x, text in ((100, "公开"), (124, " "), (130, "30条"), (300, " ")):
        write(canvas, x, 100, text)


def line_ends(canvas: Canvas) -> None:
    """Print lines that end in hyphens."""
    for number, text in enumerate(("电话-", "12345", "abc-", "def", "2-", "3")):
        write(canvas, 100, 100 + 20 * number, text)


def signs_of_their_own(canvas: Canvas) -> None:
    """Print each sign by a command of its own, as word processors do."""
    x = 100.0
    for sign in "公开1122条，1.5，联系":
        write(canvas, x, 100, sign)
        x += 6 if sign < "\u2000" else 12


def small_and_raised(canvas: Canvas) -> None:
    """Print a footnote mark behind a number."""
    write(canvas, 100, 100, "公开25")
    canvas.setFont(HELD, 6)
    write(canvas, 136, 95, "3")
    canvas.setFont(HELD, 12)
    write(canvas, 140, 100, "条")


def stretched(canvas: Canvas) -> None:
    """Print narrow and wide signs."""
    for number, share in enumerate((50, 150)):
        text = canvas.beginText(100, HEIGHT - 100 - 30 * number)
        text.setHorizScale(share)
        text.textLine("公开1122条 全年")
        canvas.drawText(text)


def scaled(canvas: Canvas) -> None:
    """Print in a space of its own scale."""
    canvas.scale(0.05, 0.05)
    canvas.setFont(HELD, 240)
    canvas.drawString(2000, 14000, "公开1122条")


def mirrored(canvas: Canvas) -> None:
    """Print a table in a space that counts downwards."""
    canvas.translate(0, HEIGHT)
    canvas.scale(1, -1)
    for top in (100, 140):
        canvas.line(100, top, 300, top)
    for x in (100, 200, 300):
        canvas.line(x, 100, x, 140)
    canvas.translate(110, 125)
    canvas.scale(1, -1)
    canvas.drawString(0, 0, "甲")
    canvas.drawString(100, 0, "5")


def slanted(canvas: Canvas) -> None:
    """Print a watermark."""
    write(canvas, 100, 100, "公开30条")
    canvas.rotate(45)
    canvas.drawString(500, 100, "样张")


def turned_in_a_cell(canvas: Canvas) -> None:
    """Print words upwards in a cell."""
    four_cells(canvas)
    canvas.translate(130, HEIGHT - 178)
    canvas.rotate(90)
    canvas.drawString(0, 0, "公开")


def within_forms(canvas: Canvas) -> None:
    """Print a table by forms within forms."""
    canvas.beginForm("inner")
    canvas.setFont(HELD, 12)
    canvas.rect(100, 700, 100, 40)
    canvas.drawString(110, 710, "5")
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.translate(20, 10)
    canvas.doForm("inner")
    canvas.translate(100, 0)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.scale(0.8, 0.8)
    canvas.doForm("outer")


def round_frames(canvas: Canvas) -> None:
    """Print ``FOUR`` with a round frame around each cell."""
    for left, top in ((100, 100), (200, 100), (100, 140), (200, 140)):
        canvas.roundRect(left, HEIGHT - top - 40, 100, 40, 3)
    four_texts(canvas)


def paths(canvas: Canvas) -> None:
    """Print ``FOUR`` with rules that are parts of one path."""
    path = canvas.beginPath()
    path.moveTo(100, HEIGHT - 100)
    for x, top in ((300, 100), (300, 180), (100, 180)):
        path.lineTo(x, HEIGHT - top)
    path.close()
    for x, top, end, below in ((100, 140, 300, 140), (200, 100, 200, 180)):
        path.moveTo(x, HEIGHT - top)
        path.lineTo(end, HEIGHT - below)
    canvas.drawPath(path)
    four_texts(canvas)


def invisible(canvas: Canvas) -> None:
    """Print what is not shown, as programs do behind scanned pages."""
    text = canvas.beginText(100, HEIGHT - 100)
    text.setTextRenderMode(3)
    text.textLine("公开1122条")
    canvas.drawText(text)


def beside_a_picture(canvas: Canvas) -> None:
    """Print a picture, and a rare sign."""
    canvas.drawImage(ImageReader(Image.new("L", (6, 8), 200)), 50, 50, 300, 400)
    write(canvas, 100, 100, "公开，𠀀")


def with_a_built_in_font(canvas: Canvas) -> None:
    """Print a page number in a font that every program has."""
    write(canvas, 100, 100, "公开")
    canvas.setFont("Helvetica", 9)
    write(canvas, 290, 780, "- 12 -")


EVERYTHING = (
    four_cells,
    fills,
    frames,
    spaces,
    spaces_of_their_own,
    line_ends,
    signs_of_their_own,
    small_and_raised,
    stretched,
    scaled,
    mirrored,
    slanted,
    turned_in_a_cell,
    within_forms,
    round_frames,
    paths,
    invisible,
    beside_a_picture,
    with_a_built_in_font,
)
