"""The first reader: pdfium, fast. A page on which it may be wrong is refused, and left to the second reader."""

from __future__ import annotations

from contextlib import closing, contextmanager
from ctypes import addressof, byref, c_double, c_float, c_int, create_string_buffer
from math import hypot
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from pipeline.formats.pdf.characters import Character, standing
from pipeline.formats.pdf.content import PageContent
from pipeline.formats.pdf.rulings import rulings_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

    from pipeline.formats.pdf.frame import Box, Frame
    from pipeline.formats.pdf.rulings import Point

_SLANT = 0.1
_HYPHEN = 0x02
_MADE_UP = frozenset(b" \r\n")
_BUILT_IN = (b"Courier", b"Helvetica", b"Times-", b"Symbol", b"ZapfDingbats")
_NO_TEXT = frozenset({0, 0xFFFD, *range(0xD800, 0xE000)})
_LONGEST_NAME = 128
_SAME_SIZE = 1e-3
_NO_WIDTH = 0.01

Matrix = tuple[float, float, float, float, float, float]
Drawn = tuple[int, Any, Matrix]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class RefusedPage(Exception):  # noqa: N818 — it names the thing, as FileNotFound would
    """A page of which pdfium cannot tell for sure what it prints; the message says why."""


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument | None]:
    """Open the file and close it with all its pages in the end; null where pdfium cannot open it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield None
        return
    with closing(document):
        yield document


def content_of(document: PdfDocument, index: int, frame: Frame) -> PageContent:
    """Return what the page at ``index``, counted from 0, holds; raises ``RefusedPage``."""
    try:
        page = document[index]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise RefusedPage(str(error)) from error
    with closing(page):
        drawn = list(_objects(page.raw))
        blanks = _passed_over((handle, matrix) for kind, handle, matrix in drawn if kind == raw.FPDF_PAGEOBJ_TEXT)
        paths = [(handle, matrix) for kind, handle, matrix in drawn if kind == raw.FPDF_PAGEOBJ_PATH]
        pictures = [_area(matrix, frame) for kind, _, matrix in drawn if kind == raw.FPDF_PAGEOBJ_IMAGE]
        rulings = rulings_of(segment for path, matrix in paths for segment in _segments(path, matrix, frame))
        with closing(_text_of(page)) as text:
            characters = (*_characters(text.raw, frame), *(_blank(*each, frame) for each in blanks))
    return PageContent(
        frame.width,
        frame.height,
        characters,
        rulings,
        max(pictures, default=0.0) / max(1.0, frame.width * frame.height),
        bool(paths),
    )


def _text_of(page: PdfPage) -> PdfTextPage:
    try:
        return page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise RefusedPage(str(error)) from error


def _passed_over(texts: Iterable[tuple[Any, Matrix]]) -> list[tuple[Any, Matrix]]:
    """Return the blanks, text without width that pdfium leaves out; refuse fonts in which it may be more than that."""
    x0, y0, x1, y1 = c_float(), c_float(), c_float(), c_float()
    edges = byref(x0), byref(y0), byref(x1), byref(y1)
    fonts: dict[int, bool] = {}
    shaped: set[int] = set()
    blanks: list[tuple[Any, Matrix]] = []
    without: set[int] = set()
    for text, around in texts:
        font = raw.FPDFTextObj_GetFont(text)
        if not font or _is_replaced(text):
            raise RefusedPage("text without a font, or with other words in its place")
        address = addressof(font.contents)
        if address not in fonts:
            fonts[address] = _is_held(font)
        raw.FPDFPageObj_GetBounds(text, *edges)
        if x1.value - x0.value < _NO_WIDTH:
            blanks.append((text, around))
            without.add(address)
        elif y1.value - y0.value >= _NO_WIDTH:
            shaped.add(address)
    if any(address not in shaped or not fonts[address] for address in without):
        raise RefusedPage("a font has no shapes for what it prints")
    return blanks


def _blank(text: Any, around: Matrix, frame: Frame) -> Character:  # noqa: ANN401 — a handle of the C library
    own, nominal = raw.FS_MATRIX(), c_float()
    raw.FPDFPageObj_GetMatrix(text, byref(own))
    raw.FPDFTextObj_GetFontSize(text, byref(nominal))
    _, _, c, d, along, up = _product((own.a, own.b, own.c, own.d, own.e, own.f), around)
    x, baseline = frame.point(along, up)
    return standing(" ", x, x, baseline, abs(nominal.value) * hypot(c, d))


def _is_replaced(text: Any) -> bool:  # noqa: ANN401 — a handle of the C library
    """Tell whether the file names words to be read in place of what is printed: pdfium takes those."""
    return any(
        raw.FPDFPageObjMark_GetParamValueType(raw.FPDFPageObj_GetMark(text, at), b"ActualText")
        for at in range(raw.FPDFPageObj_CountMarks(text))
    )


def _is_held(font: Any) -> bool:  # noqa: ANN401 — a handle of the C library
    """Tell whether the file holds the font, or names one that every program has; refuse any other.

    What pdfium takes for it, and then reads, would depend on the machine.
    """
    name = create_string_buffer(_LONGEST_NAME)
    ascent, descent = c_float(), c_float()
    raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    raw.FPDFFont_GetAscent(font, 1.0, byref(ascent))
    raw.FPDFFont_GetDescent(font, 1.0, byref(descent))
    is_held = bool(raw.FPDFFont_GetIsEmbedded(font))
    if not is_held and not name.value.startswith(_BUILT_IN):
        raise RefusedPage("a font is not in the file")
    if not name.value or ascent.value == descent.value:
        raise RefusedPage("a font does not say how large its characters are")
    return is_held


def _characters(text: Any, frame: Frame) -> Iterator[Character]:  # noqa: ANN401 — a handle of the C library
    """Yield the characters that the page prints, without the spaces and line ends that pdfium makes up."""
    loose, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    to_loose, to_matrix, to_x, to_y = byref(loose), byref(matrix), byref(x), byref(y)
    last: Point | None = None
    for at in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _MADE_UP and raw.FPDFText_IsGenerated(text, at):
            continue
        if code in _NO_TEXT or raw.FPDFText_HasUnicodeMapError(text, at):
            raise RefusedPage("a font does not say what it prints")
        raw.FPDFText_GetCharOrigin(text, at, to_x, to_y)
        raw.FPDFText_GetMatrix(text, at, to_matrix)
        raw.FPDFText_GetLooseCharBox(text, at, to_loose)
        origin = frame.point(x.value, y.value)
        if origin == last:
            raise RefusedPage("several characters are printed as one")
        last = origin
        nominal = raw.FPDFText_GetFontSize(text, at)
        size = abs(nominal) * hypot(matrix.c, matrix.d)
        character = "-" if code == _HYPHEN and raw.FPDFText_IsHyphen(text, at) else chr(code)
        along, across = frame.direction(matrix.a * nominal, matrix.b * nominal)
        if abs(across) >= _SLANT * along:
            yield Character(character, *_tight(text, at, frame), size, upright=False)
        elif frame.turns % 2:
            raise RefusedPage("its text is turned")
        else:
            advance = _advance(loose, matrix.a, nominal)
            yield standing(character, origin[0], origin[0] + advance, origin[1], size)


def _advance(loose: Any, scale: float, nominal: float) -> float:  # noqa: ANN401 — a struct of the C library
    """Return the width of a character in points; the box of one in a line that runs downwards comes unscaled."""
    width, height = float(abs(loose.right - loose.left)), float(abs(loose.top - loose.bottom))
    is_downwards = max(abs(width - abs(nominal)), abs(height - abs(nominal))) <= _SAME_SIZE * abs(nominal)
    return abs(scale * nominal) if is_downwards else width


def _tight(text: Any, at: int, frame: Frame) -> Box:  # noqa: ANN401 — a handle of the C library
    x0, x1, y0, y1 = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(text, at, byref(x0), byref(x1), byref(y0), byref(y1))
    return frame.box(x0.value, y0.value, x1.value, y1.value)


def _objects(page: Any) -> Iterator[Drawn]:  # noqa: ANN401 — a handle of the C library
    """Yield what is drawn on the page, also within forms: kind, handle, and the way to the space of the page."""
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _unfolded(raw.FPDFPage_GetObject(page, at), _IDENTITY)


def _unfolded(handle: Any, around: Matrix) -> Iterator[Drawn]:  # noqa: ANN401 — a handle of the C library
    kind = raw.FPDFPageObj_GetType(handle)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield kind, handle, around
        return
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, byref(found))
    matrix = _product((found.a, found.b, found.c, found.d, found.e, found.f), around)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        yield kind, handle, matrix
        return
    for at in range(raw.FPDFFormObj_CountObjects(handle)):
        yield from _unfolded(raw.FPDFFormObj_GetObject(handle, at), matrix)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix, frame: Frame) -> Point:
    a, b, c, d, e, f = matrix
    return frame.point(a * x + c * y + e, b * x + d * y + f)


def _segments(path: Any, matrix: Matrix, frame: Frame) -> Iterator[Box]:  # noqa: ANN401 — a handle of the C library
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    for points in _outlines(path, matrix, frame):
        yield from segments_of(points, is_stroked=bool(stroke.value))


def _outlines(path: Any, matrix: Matrix, frame: Frame) -> Iterator[list[Point]]:  # noqa: ANN401 — a handle
    """Yield the parts of a path; of a curve the ends count, and a closed part ends where it began."""
    x, y = c_float(), c_float()
    to_x, to_y = byref(x), byref(y)
    points: list[Point] = []
    bent = 0
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and len(points) > 1:
            yield points
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points, bent = [], 0
        bent = (bent + 1) % 3 if kind == raw.FPDF_SEGMENT_BEZIERTO else 0
        if bent == 0:
            raw.FPDFPathSegment_GetPoint(segment, to_x, to_y)
            points.append(_moved(x.value, y.value, matrix, frame))
        if raw.FPDFPathSegment_GetClose(segment) and points and points[-1] != points[0]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _area(matrix: Matrix, frame: Frame) -> float:
    """Return the area on the page of a picture, which fills the unit square of its own space."""
    corners = [_moved(x, y, matrix, frame) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
