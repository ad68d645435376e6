"""Text of PDF pages: lines, paragraphs, furniture, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.formats import Limits, Reason, UnreadableFile
from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.formats.pdf import read_pdf
from pipeline.formats.reading import Reading
from pipeline.model import Paragraph, Role
from tests.rendering import SAMPLE, printed
from tests.rendering.drawing import HEIGHT, HELD, NAMED, drawn, write

Reads = Callable[..., Reading]


@pytest.fixture(params=[NAMED, HELD])
def reading_of(request: pytest.FixtureRequest) -> Reads:
    """Reads drawn pages: with a font that the file only names pdfplumber does it, with one that it holds pdfium."""
    return lambda *pages: read_pdf(drawn(*pages, font=request.param), DEFAULT_LIMITS)


def texts_of(reading: Reading, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph) and block.role is role]


def test_a_number_printed_twice_to_look_bold_is_one_number(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开1122条")
        write(canvas, 100.3, 100, "公开1122条")

    assert texts_of(reading_of(draw)) == ["公开1122条"]


def test_columns_without_rules_do_not_run_together(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(("行政许可", "20", "23", "2532")):
            write(canvas, 100 + 80 * number, 100, text)

    assert texts_of(reading_of(draw)) == ["行政许可 20 23 2532"]


def test_stretched_lines_get_no_spaces(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate("号，邮编，电话，邮箱"):
            write(canvas, 100 + 22 * number, 100, text)

    assert texts_of(reading_of(draw)) == ["号，邮编，电话，邮箱"]


def test_an_indent_a_short_line_and_a_wide_gap_begin_paragraphs(reading_of: Reads) -> None:
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


def test_a_paragraph_goes_on_over_a_page_end(reading_of: Reads) -> None:
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


def test_bare_numbers_are_page_numbers_only_where_they_count_pages(reading_of: Reads) -> None:
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


def test_a_watermark_stands_apart(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开30条")
        canvas.rotate(45)
        canvas.drawString(500, 100, "样张")

    reading = reading_of(draw)
    assert texts_of(reading) == ["公开30条"]
    assert texts_of(reading, Role.FURNITURE) == ["样张"]


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 600, HEIGHT)


def test_a_page_without_text_layer_needs_recognition(reading_of: Reads) -> None:
    def text(canvas: Canvas) -> None:
        write(canvas, 100, 100, "公开30条")

    def numbered(canvas: Canvas) -> None:
        picture(canvas)
        write(canvas, 290, 780, "- 3 -")

    reading = reading_of(text, picture, numbered)
    assert [problem.kind for problem in reading.problems] == ["needs_ocr", "needs_ocr"]
    assert [problem.message[:6] for problem in reading.problems] == ["page 2", "page 3"]
    assert texts_of(reading) == ["公开30条"]


def test_a_scan_is_never_read_as_empty(reading_of: Reads) -> None:
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
