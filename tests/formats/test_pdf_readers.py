"""Both readers of PDF pages say the same, and pdfium leaves to pdfplumber what it may get wrong."""

from __future__ import annotations

import importlib
from io import BytesIO
from typing import TYPE_CHECKING

import pdfplumber
import pypdfium2
import pytest
from pypdfium2.internal import ObjectTracker
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.formats.pdf import pdfium, plumber, read_pdf
from pipeline.formats.pdf.frame import frame_of
from pipeline.formats.pdf.pages import PrintedPage, PrintedTable, read_page
from pipeline.model import Paragraph, Table
from tests.building import SOURCES
from tests.building.printed import pdf_file
from tests.building.source import read as read_source
from tests.rendering import SAMPLE, drawing, printed
from tests.rendering.drawing import (
    FOUR,
    HEIGHT,
    HELD,
    NAMED,
    SHAPELESS,
    boxes,
    drawn,
    fills,
    four_cells,
    frames,
    rule,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from reportlab.pdfgen.canvas import Canvas

    from pipeline.formats.pdf.characters import Line


def pdf_of(*pages: Callable[[Canvas], None]) -> bytes:
    return drawn(*pages, font=HELD)


def first_reading(data: bytes) -> list[PrintedPage]:
    with pdfplumber.open(BytesIO(data)) as pdf, pdfium.opened(data) as document:
        assert document is not None
        frames = [frame_of(page.page_obj) for page in pdf.pages]
        return [read_page(pdfium.content_of(document, at, frame), at + 1) for at, frame in enumerate(frames)]


def second_reading(data: bytes) -> list[PrintedPage]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [read_page(plumber.content_of(page), number) for number, page in enumerate(pdf.pages, start=1)]


def said(item: Line | PrintedTable) -> object:
    if isinstance(item, PrintedTable):
        return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in item.cells]
    return item.text


def edges(item: Line | PrintedTable) -> list[float]:
    if isinstance(item, PrintedTable):
        return [edge for cell in item.cells for edge in cell.anchor.box or ()]
    return [item.x0, item.top, item.x1, item.bottom, item.size]


def assert_same(data: bytes) -> None:
    for one, other in zip(first_reading(data), second_reading(data), strict=True):
        assert (one.number, one.width, one.height) == (other.number, other.width, other.height)
        assert (one.apart, one.has_drawings) == (other.apart, other.has_drawings)
        assert one.pictured == pytest.approx(other.pictured)
        assert [said(item) for item in one.items] == [said(item) for item in other.items]
        assert [edges(item) for item in one.items] == [pytest.approx(edges(item), abs=0.11) for item in other.items]


def with_its_font(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, make: Callable[[], bytes]
) -> tuple[bytes, bytes]:
    """A file that only names its font, and the same with a font that it holds."""
    named = make()
    with pdfplumber.open(BytesIO(named)) as pdf:
        signs = "".join(found["text"] for page in pdf.pages for found in page.chars)
    monkeypatch.setattr(module, "registerFont", lambda _: None)
    monkeypatch.setitem(pdfmetrics._fonts, NAMED, TTFont(NAMED, BytesIO(boxes(signs))))
    return named, make()


def cells_of(pages: list[PrintedPage]) -> list[tuple[int, int, int, int, int, str]]:
    """All cells with their page; a line may end elsewhere in another font."""
    return [
        (page.number, cell.row, cell.col, cell.rowspan, cell.colspan, cell.text.replace("\n", ""))
        for page in pages
        for item in page.items
        if isinstance(item, PrintedTable)
        for cell in item.cells
    ]


@pytest.mark.parametrize("cut", [None, 3, 5])
def test_the_sample_report_is_the_same_to_both(cut: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("tests.rendering.printed")
    _, held = with_its_font(monkeypatch, module, lambda: printed(SAMPLE, cut=cut))
    assert_same(held)


@pytest.mark.parametrize("name", ["yunxiu_county_2016", "yunxiu_county_2020"])
def test_the_shipped_reports_are_the_same_to_both(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = read_source(SOURCES / f"{name}.yaml")
    named, held = with_its_font(
        monkeypatch, importlib.import_module("tests.building.printed"), lambda: pdf_file(report)
    )
    assert_same(held)
    assert cells_of(first_reading(held)) == cells_of(second_reading(named))


def test_real_reports_are_the_same_to_both(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.pdf")):
        assert_same(path.read_bytes())


@pytest.mark.parametrize("draw", drawing.EVERYTHING)
def test_both_say_the_same(draw: Callable[[Canvas], None]) -> None:
    assert_same(pdf_of(draw))


@pytest.mark.parametrize("draw", [four_cells, fills, frames, drawing.round_frames, drawing.paths])
def test_pdfium_finds_the_rules_whatever_draws_them(draw: Callable[[Canvas], None]) -> None:
    ((table,),) = (page.items for page in first_reading(pdf_of(draw)))
    assert said(table) == FOUR


def test_pdfium_finds_tables_within_forms() -> None:
    ((table,),) = (page.items for page in first_reading(pdf_of(drawing.within_forms)))
    assert said(table) == [(0, 0, 1, 1, "5"), (0, 1, 1, 1, "5")]
    assert isinstance(table, PrintedTable)
    assert table.anchor.box == pytest.approx((96.0, 200.0, 256.0, 232.0), abs=0.1)


def test_marks_stay_on_their_line() -> None:
    ((line,),) = (page.items for page in first_reading(pdf_of(drawing.signs_of_their_own)))
    assert said(line) == "公开1122条，1.5，联系"


def test_a_hyphen_at_a_line_end_stays() -> None:
    (page,) = first_reading(pdf_of(drawing.line_ends))
    assert [said(line) for line in page.items] == ["电话-", "12345", "abc-", "def", "2-", "3"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_count_from_the_corner_that_is_seen(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 60, 500, 700))
        for top in (200, 240, 280):
            rule(canvas, 100, top, 300, top)
        for x in (100, 200, 300):
            rule(canvas, x, 200, x, 280)

    data = pdf_of(draw).replace(b"/MediaBox [ 0 0 600 800 ]", b"/MediaBox [ 9 7 600 800 ]")
    data = data.replace(b"/Rotate 0", b"/Rotate %d" % turn)
    assert_same(data)
    ((table,),) = (page.items for page in first_reading(data))
    assert isinstance(table, PrintedTable)
    assert (
        table.anchor.box
        == {
            0: (50.0, 100.0, 250.0, 180.0),
            90: (460.0, 50.0, 540.0, 250.0),
            180: (200.0, 460.0, 400.0, 540.0),
            270: (100.0, 200.0, 180.0, 400.0),
        }[turn]
    )


def test_numbers_upside_down_are_not_read_backwards() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 700)
        canvas.rotate(180)
        canvas.drawString(0, 0, "公开1122条")

    data = pdf_of(draw)
    assert_same(data)
    assert [page.apart for page in first_reading(data)] == [(("公开1122条", "slanted text"),)]


def test_what_lies_outside_the_visible_page_stands_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 60, 500, 700))
        write(canvas, 100, 200, "公开30条")
        write(canvas, 100, 50, "公开5条")

    data = pdf_of(draw)
    assert_same(data)
    assert [(block.role_reason, block.text) for block in read_pdf(data, DEFAULT_LIMITS).blocks] == [
        (None, "公开30条"),
        ("outside the visible page", "公开5条"),
    ]


def words_in_place_of_others(canvas: Canvas) -> None:
    canvas._code.append("/Span <</ActualText <FEFF0039>>> BDC")
    write(canvas, 100, 100, "5")
    canvas._code.append("EMC")


def one_sign_for_two(canvas: Canvas) -> None:
    write(canvas, 100, 100, "ﬁ")


def turned_page(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(600, 0)
    canvas.rotate(90)
    canvas.drawString(100, 500, "公开1122条")


def single_signs(canvas: Canvas) -> None:
    canvas.setFont(NAMED, 12)
    write(canvas, 100, 100, "开")


def behind_a_scan(canvas: Canvas) -> None:
    canvas.setFont(SHAPELESS, 12)
    write(canvas, 100, 100, "5")


def nothing_in_a_built_in_font(canvas: Canvas) -> None:
    write(canvas, 100, 100, "公开")
    canvas.setFont("Helvetica", 12)
    write(canvas, 200, 100, " ")


@pytest.mark.parametrize(
    ("draw", "reason", "text"),
    [
        (words_in_place_of_others, "other words in its place", "5"),
        (one_sign_for_two, "printed as one", "ﬁ"),
        (turned_page, "turned", "公开1122条"),
        (single_signs, "not in the file", "开"),
        (behind_a_scan, "no shapes", "5"),
        (nothing_in_a_built_in_font, "no shapes", "公开"),
    ],
)
def test_pdfium_refuses_what_it_may_get_wrong(draw: Callable[[Canvas], None], reason: str, text: str) -> None:
    data = pdf_of(draw)
    with pytest.raises(pdfium.RefusedPage, match=reason):
        first_reading(data)
    (block,) = read_pdf(data, DEFAULT_LIMITS).blocks
    assert isinstance(block, Paragraph)
    assert block.text == text


def test_codes_without_a_meaning_are_told_and_never_taken_for_digits() -> None:
    data = pdf_of(lambda canvas: write(canvas, 100, 100, "公开政府信息")).replace(b"/ToUnicode", b"/ToUnicodX")
    with pytest.raises(pdfium.RefusedPage, match="what it prints"):
        first_reading(data)
    reading = read_pdf(data, DEFAULT_LIMITS)
    assert [problem.kind for problem in reading.problems] == ["mojibake"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that the second reader was asked for."""
    numbers: list[int] = []
    content_of = plumber.content_of
    monkeypatch.setattr(plumber, "content_of", lambda page: numbers.append(page.page_number) or content_of(page))
    return numbers


def test_a_table_with_odd_cells_is_asked_for_twice(asked: list[int]) -> None:
    def draw(canvas: Canvas) -> None:
        drawing.four_texts(canvas)
        canvas.rect(100, HEIGHT - 180, 200, 80)
        rule(canvas, 200, 100, 200, 140)
        rule(canvas, 200, 140, 300, 140)

    read_pdf(pdf_of(four_cells, draw), DEFAULT_LIMITS)
    assert asked == [2]


def test_a_page_without_text_is_asked_for_twice(asked: list[int]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 100, 200, 200, fill=1)

    reading = read_pdf(pdf_of(four_cells, draw), DEFAULT_LIMITS)
    assert asked == [2]
    assert [problem.kind for problem in reading.problems] == ["needs_ocr"]


def test_pdfium_is_not_asked_where_it_counts_other_pages(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pypdfium2.PdfDocument, "__len__", lambda _: 3)
    read_pdf(pdf_of(four_cells, four_cells), DEFAULT_LIMITS)
    assert asked == [1, 2]


def test_files_that_pdfium_cannot_open_are_left_to_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> None:
        raise pypdfium2.PdfiumError("unknown format")

    data = pdf_of(four_cells)
    expected = read_pdf(data, DEFAULT_LIMITS)
    monkeypatch.setattr(pypdfium2, "PdfDocument", fail)
    reading = read_pdf(data, DEFAULT_LIMITS)
    assert [block.cells for block in reading.blocks if isinstance(block, Table)] == [
        block.cells for block in expected.blocks if isinstance(block, Table)
    ]


def test_nothing_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pdf(pdf_of(four_cells, single_signs, one_sign_for_two), DEFAULT_LIMITS)
    assert not any(ObjectTracker.values())
    monkeypatch.setattr(pdfium, "_characters", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        first_reading(pdf_of(four_cells))
    assert not any(ObjectTracker.values())
