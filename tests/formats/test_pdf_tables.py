"""Tables of PDF pages: by their rules, whatever draws them, by their columns, and over page ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.formats.pdf import read_pdf
from pipeline.formats.reading import Reading
from pipeline.model import Paragraph, Table
from tests.rendering.drawing import FOUR, HEIGHT, HELD, NAMED, drawn, fills, four_cells, four_texts, frames, rule, write

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Reads = Callable[..., Reading]


@pytest.fixture(params=[NAMED, HELD])
def reading_of(request: pytest.FixtureRequest) -> Reads:
    """Reads drawn pages: with a font that the file only names pdfplumber does it, with one that it holds pdfium."""
    return lambda *pages: read_pdf(drawn(*pages, font=request.param), DEFAULT_LIMITS)


def texts_of(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]


def grid_of(reading: Reading) -> list[tuple[int, int, int, int, str]]:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def test_cells_know_their_page_and_box(reading_of: Reads) -> None:
    (table,) = reading_of(four_cells).blocks
    assert isinstance(table, Table)
    assert (table.anchor.page, table.anchor.box) == (1, (100.0, 100.0, 300.0, 180.0))
    assert table.cells[3].anchor.box == (200.0, 140.0, 300.0, 180.0)


def test_missing_walls_are_merged_cells(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        for top in (100, 180):
            rule(canvas, 100, top, 300, top)
        rule(canvas, 200, 140, 300, 140)
        for x in (100, 200, 300):
            rule(canvas, x, 100, x, 180)
        for x, top, text in ((140, 145, "甲"), (240, 125, "1"), (240, 165, "2")):
            write(canvas, x, top, text)

    assert grid_of(reading_of(draw)) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def strokes(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        for x in range(100, 300, 4):
            rule(canvas, x, top, x + 2.5, top)
    for x in (100, 200, 300):
        for top in range(100, 180, 4):
            rule(canvas, x, top, x, top + 2.5)
    four_texts(canvas)


def open_sides(canvas: Canvas) -> None:
    for top in (100, 140, 180):
        rule(canvas, 100, top, 300, top)
    rule(canvas, 200, 100, 200, 180)
    four_texts(canvas)


@pytest.mark.parametrize("rules", [fills, strokes, open_sides, frames])
def test_whatever_draws_the_rules(reading_of: Reads, rules: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        rules(canvas)

    assert grid_of(reading_of(draw)) == FOUR


def test_an_underline_inside_a_cell_parts_nothing(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        four_cells(canvas)
        rule(canvas, 130, 128, 190, 128)

    assert grid_of(reading_of(draw)) == FOUR


def test_underlines_and_backgrounds_of_text_are_no_table(reading_of: Reads) -> None:
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


def test_letters_in_tables_are_not_read_twice(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 80, "上文")
        four_cells(canvas)
        write(canvas, 100, 220, "下文")

    reading = reading_of(draw)
    assert texts_of(reading) == ["上文", "下文"]
    assert grid_of(reading) == FOUR


def columns_of(rows: tuple[tuple[str, ...], ...]) -> Callable[[Canvas], None]:
    """Prints rows without rules, numbers flush right under their heads."""

    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 80, "一、主动公开政府信息情况")
        for number, (label, *texts) in enumerate(rows):
            write(canvas, 100, 110 + 24 * number, label)
            for place, text in enumerate(texts, start=1):
                canvas.drawRightString(160 + 120 * place, HEIGHT - 110 - 24 * number, text)
        write(canvas, 100, 300, "二、依申请公开情况")

    return draw


ROWS = (("项目", "制发件数", "现行件数"), ("规章", "0", "12"), ("规范性文件", "1,204", "8.5"), ("行政许可", "20", "/"))


def test_a_table_without_rules_is_told_by_its_columns(reading_of: Reads) -> None:
    reading = reading_of(columns_of(ROWS))
    assert grid_of(reading) == [
        (row, col, 1, 1, text) for row, texts in enumerate(ROWS) for col, text in enumerate(texts)
    ]
    assert texts_of(reading) == ["一、主动公开政府信息情况", "二、依申请公开情况"]
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    assert table.anchor.page == 1
    assert table.anchor.box == pytest.approx((100, 99.4, 400, 183.4), abs=0.1)


def test_the_corner_of_a_table_without_rules_may_be_blank(reading_of: Reads) -> None:
    reading = reading_of(columns_of((("", *ROWS[0][1:]), *ROWS[1:])))
    assert grid_of(reading)[0] == (0, 0, 1, 1, "")
    assert grid_of(reading)[-1] == (3, 2, 1, 1, "/")


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:3],
        ROWS[1:],
        (*ROWS[:2], ("规范性文件", "见附件", "8"), ROWS[3]),
        (*ROWS[:2], ("规范性文件", "12"), ROWS[3]),
        (ROWS[0], ("规章制度和规范性文", "100,000,000", "1"), *ROWS[1:]),
    ],
    ids=["two rows", "no head", "words among numbers", "a blank", "columns that meet"],
)
def test_what_is_no_clear_table_stays_text(reading_of: Reads, rows: tuple[tuple[str, ...], ...]) -> None:
    reading = reading_of(columns_of(rows))
    assert [block for block in reading.blocks if isinstance(block, Table)] == []
    joined = "".join(texts_of(reading))
    assert all(text in joined for row in rows for text in row)


def test_text_in_two_columns_stays_text(reading_of: Reads) -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(5):
            write(canvas, 100, 100 + 20 * number, "联系电话")
            write(canvas, 300, 100 + 20 * number, "邮政编码")

    assert all(isinstance(block, Paragraph) for block in reading_of(draw).blocks)


def page_with(*rows: tuple[str, ...]) -> Callable[[Canvas], None]:
    """Prints a table of a wide and three narrow columns from the upper edge of the page down."""

    def draw(canvas: Canvas) -> None:
        xs = (100, 224, 264, 304, 344)
        for level in range(len(rows) + 1):
            rule(canvas, xs[0], 100 + 30 * level, xs[-1], 100 + 30 * level)
        for x in xs:
            rule(canvas, x, 100, x, 100 + 30 * len(rows))
        for level, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                write(canvas, x + 5, 120 + 30 * level, text)

    return draw


def rows_of(reading: Reading) -> list[list[str]]:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)]


HEAD = ("事项", "件", "件", "件")


def test_a_row_that_a_page_end_cuts_in_two_is_one_row(reading_of: Reads) -> None:
    upper, lower = ("没有现成信息需要另", "3", "0", "3"), ("行制作", "", "", "")
    below = ("重复申请", "1", "0", "1")
    whole = [list(HEAD), ["没有现成信息需要另\n行制作", "3", "0", "3"], list(below)]
    assert rows_of(reading_of(page_with(HEAD, upper), page_with(lower, below))) == whole
    numbers_below = reading_of(page_with(HEAD, (upper[0], "", "", "")), page_with((lower[0], *upper[1:]), below))
    assert rows_of(numbers_below) == whole
    (table,) = numbers_below.blocks
    assert isinstance(table, Table)
    assert [(cell.anchor.page, cell.text) for cell in table.cells if cell.row == 1][:2] == [(1, whole[1][0]), (2, "3")]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("行政许可", "3", "0", "3"), ("合计", "", "", "")),
        (("没有现成信息需要另", "3", "0", "3"), ("2.重复申请", "", "", "")),
        (("没有现成信息需要另", "3", "0", "3"), ("行制作", "", "", "5")),
        (("没有现成信息需要另", "3", "0", "3"), ("", "", "", "")),
    ],
    ids=["a label that had room", "an item of its own", "a number of its own", "a blank row"],
)
def test_rows_of_their_own_stay_apart_over_a_page_end(
    reading_of: Reads, upper: tuple[str, ...], lower: tuple[str, ...]
) -> None:
    assert rows_of(reading_of(page_with(HEAD, upper), page_with(lower))) == [list(HEAD), list(upper), list(lower)]
