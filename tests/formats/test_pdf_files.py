from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.formats import Limits, Reason, UnreadableFile
from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.formats.pdf import read_pdf
from pipeline.model import Paragraph, Role, Table
from tests.rendering import SAMPLE, printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.formats.reading import Reading

HEIGHT = 800
FONT = "STSong-Light"


def reading_of(*pages: Callable[[Canvas], None]) -> Reading:
    registerFont(UnicodeCIDFont(FONT))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(600, HEIGHT))
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(stream.getvalue(), DEFAULT_LIMITS)


def write(canvas: Canvas, x: float, top: float, text: str) -> None:
    canvas.drawString(x, HEIGHT - top, text)


def texts_of(reading: Reading, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph) and block.role is role]


def grid_of(reading: Reading) -> list[tuple[int, int, int, int, str]]:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def rule(canvas: Canvas, x0: float, top: float, x1: float, bottom: float) -> None:
    canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def four_texts(canvas: Canvas) -> None:
    for number, text in enumerate("甲乙丙丁"):
        write(canvas, 140 + 100 * (number % 2), 125 + 40 * (number // 2), text)


def four_cells(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        rule(canvas, 100, top, 300, top)
    for x in (100, 200, 300):
        rule(canvas, x, 100, x, 180)
    four_texts(canvas)


FOUR = [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]


def test_cells_know_their_page_and_box() -> None:
    (table,) = reading_of(four_cells).blocks
    assert isinstance(table, Table)
    assert (table.anchor.page, table.anchor.box) == (1, (100.0, 100.0, 300.0, 180.0))
    assert table.cells[3].anchor.box == (200.0, 140.0, 300.0, 180.0)


def test_missing_walls_are_merged_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (100, 180):
            rule(canvas, 100, top, 300, top)
        rule(canvas, 200, 140, 300, 140)
        for x in (100, 200, 300):
            rule(canvas, x, 100, x, 180)
        for x, top, text in ((140, 145, "甲"), (240, 125, "1"), (240, 165, "2")):
            write(canvas, x, top, text)

    assert grid_of(reading_of(draw)) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def boxes(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        canvas.rect(100, HEIGHT - top, 200, 0.7, stroke=0, fill=1)
    for x in (100, 200, 300):
        canvas.rect(x, HEIGHT - 180, 0.7, 80, stroke=0, fill=1)


def strokes(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        for x in range(100, 300, 4):
            rule(canvas, x, top, x + 2.5, top)
    for x in (100, 200, 300):
        for top in range(100, 180, 4):
            rule(canvas, x, top, x, top + 2.5)


def open_sides(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        rule(canvas, 100, top, 300, top)
    rule(canvas, 200, 100, 200, 180)


def frames(canvas: Canvas) -> None:
    for left, top in ((100, 100), (200, 100), (100, 140), (200, 140)):
        canvas.rect(left, HEIGHT - top - 40, 100, 40)


@pytest.mark.parametrize("rules", [boxes, strokes, open_sides, frames])
def test_whatever_draws_the_rules(rules: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        rules(canvas)
        four_texts(canvas)

    assert grid_of(reading_of(draw)) == FOUR


def test_an_underline_inside_a_cell_parts_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        four_cells(canvas)
        rule(canvas, 130, 128, 190, 128)

    assert grid_of(reading_of(draw)) == FOUR


def test_underlines_and_backgrounds_of_text_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        for number in range(6):
            canvas.rect(80, HEIGHT - 120 - 24 * number, 400, 24, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        for number in range(6):
            write(canvas, 80, 115 + 24 * number, f"第{number}行公开")
            rule(canvas, 80, 118 + 24 * number, 200, 118 + 24 * number)
        canvas.rect(70, HEIGHT - 300, 420, 220, stroke=1, fill=0)

    reading = reading_of(draw)
    assert texts_of(reading) == [f"第{number}行公开" for number in range(6)]


def test_letters_in_tables_are_not_read_twice() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 80, "上文")
        four_cells(canvas)
        write(canvas, 100, 220, "下文")

    reading = reading_of(draw)
    assert texts_of(reading) == ["上文", "下文"]
    assert grid_of(reading) == FOUR


def test_a_number_printed_twice_to_look_bold_is_one_number() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开1122条")
        write(canvas, 100.3, 100, "公开1122条")

    assert texts_of(reading_of(draw)) == ["公开1122条"]


def test_columns_without_rules_do_not_run_together() -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(("行政许可", "20", "23", "2532")):
            write(canvas, 100 + 80 * number, 100, text)

    assert texts_of(reading_of(draw)) == ["行政许可 20 23 2532"]


def test_stretched_lines_get_no_spaces() -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate("号，邮编，电话，邮箱"):
            write(canvas, 100 + 22 * number, 100, text)

    assert texts_of(reading_of(draw)) == ["号，邮编，电话，邮箱"]


def test_an_indent_a_short_line_and_a_wide_gap_begin_paragraphs() -> None:
    full = "全年主动公开政府信息共计三千八百一十七条其中网站两千九百条政务微信"

    def draw(canvas: Canvas) -> None:
        lines = ((124, full[:30]), (100, full), (100, "公开九百条。"), (100, full), (124, full[:30]), (100, "终。"))
        for number, (x, text) in enumerate(lines):
            write(canvas, x, 100 + 20 * number, text)
        write(canvas, 100, 300, full)

    assert texts_of(reading_of(draw)) == [
        f"{full[:30]}\n{full}\n公开九百条。",
        full,
        f"{full[:30]}\n终。",
        full,
    ]


def test_a_paragraph_goes_on_over_a_page_end() -> None:
    full = "全年主动公开政府信息共计三千八百一十七条其中网站两千九百条政务微信"

    def first(canvas: Canvas) -> None:
        for number in range(3):
            write(canvas, 100, 100 + 20 * number, full)
        write(canvas, 290, 780, "- 1 -")

    def second(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开。")
        write(canvas, 290, 780, "- 2 -")

    reading = reading_of(first, second)
    assert texts_of(reading) == [f"{full}\n{full}\n{full}\n公开。"]
    assert texts_of(reading, Role.FURNITURE) == ["- 1 -", "- 2 -"]


def test_bare_numbers_are_page_numbers_only_where_they_count_pages() -> None:
    def draw(foot: str) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            write(canvas, 100, 60, "青萝县政府公报")
            write(canvas, 100, 300, f"正文{foot}")
            write(canvas, 290, 780, foot)

        return page

    counting = reading_of(draw("7"), draw("8"))
    assert texts_of(counting, Role.FURNITURE) == ["青萝县政府公报", "7", "青萝县政府公报", "8"]
    assert {block.role_reason for block in counting.blocks} == {None, "page number", "running head"}
    assert texts_of(reading_of(draw("812"), draw("31"), draw("5"))) == ["正文812", "812", "正文31", "31", "正文5", "5"]


def test_a_watermark_stands_apart() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开30条")
        canvas.rotate(45)
        canvas.drawString(500, 100, "样张")

    reading = reading_of(draw)
    assert texts_of(reading) == ["公开30条"]
    assert texts_of(reading, Role.FURNITURE) == ["样张"]


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 600, HEIGHT)


def test_a_page_without_text_layer_needs_recognition() -> None:
    def text(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开30条")

    def numbered(canvas: Canvas) -> None:
        picture(canvas)
        write(canvas, 290, 780, "- 3 -")

    reading = reading_of(text, picture, numbered)
    assert [problem.kind for problem in reading.problems] == ["needs_ocr", "needs_ocr"]
    assert [problem.message[:6] for problem in reading.problems] == ["page 2", "page 3"]
    assert texts_of(reading) == ["公开30条"]


def test_a_scan_is_never_read_as_empty() -> None:
    reading = reading_of(picture, picture)
    assert reading.blocks == ()
    assert [problem.kind for problem in reading.problems] == ["needs_ocr", "needs_ocr"]


def test_a_password_is_told_and_an_owners_password_is_none_to_the_reader() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(printed(SAMPLE, encrypt=StandardEncryption("secret", strength=128)), DEFAULT_LIMITS)
    assert caught.value.reason is Reason.ENCRYPTED
    stream = BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("", "owner", strength=128))
    canvas.drawString(100, 100, "2022: 3817")
    canvas.save()
    assert texts_of(read_pdf(stream.getvalue(), DEFAULT_LIMITS)) == ["2022: 3817"]


def test_pages_beyond_the_limit_are_told() -> None:
    reading = read_pdf(printed(SAMPLE), Limits(pages=1))
    assert [problem.kind for problem in reading.problems] == ["limit_reached"]
    assert {block.anchor.page for block in reading.blocks} == {1}


def test_damaged_content_is_told() -> None:
    data = bytearray(printed(SAMPLE))
    at = data.index(b"stream", data.index(b"/FlateDecode")) + 200
    data[at : at + 5] = b"zzzzz"
    assert "damaged_page" in [problem.kind for problem in read_pdf(bytes(data), DEFAULT_LIMITS).problems]
