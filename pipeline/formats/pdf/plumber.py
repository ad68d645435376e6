"""The second reader: pdfplumber, slow, and right where pdfium has no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.formats.pdf.characters import Character, standing
from pipeline.formats.pdf.content import PageContent
from pipeline.formats.pdf.frame import frame_of, sheet_of
from pipeline.formats.pdf.rulings import rulings_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page

    from pipeline.formats.pdf.frame import Box
    from pipeline.formats.pdf.rulings import Point

_SLANT = 0.1
_OFF_ORIGIN = 0.1


def content_of(page: Page) -> PageContent:
    """Return what ``page`` holds; raises whatever pdfminer stumbles over."""
    frame = frame_of(page.page_obj)
    left, top, _, _ = sheet_of(page.page_obj).box(frame.x0, frame.y0, frame.x1, frame.y1)
    corner = (left + float(page.bbox[0]), top + float(page.bbox[1]))
    segments = [
        segment
        for points, is_stroked in _outlines(page, corner)
        for segment in segments_of(points, is_stroked=is_stroked)
    ]
    pictures = [_area(_box(image, corner)) for image in page.images]
    return PageContent(
        frame.width,
        frame.height,
        tuple(_character(found, page, corner) for found in page.chars),
        rulings_of(segments),
        max(pictures, default=0.0) / max(1.0, frame.width * frame.height),
        bool(page.curves or page.lines or page.rects),
    )


def _character(found: dict[str, Any], page: Page, corner: Point) -> Character:
    text, size = str(found["text"]), float(found["size"])
    a, b, _, _, along, up = found["matrix"]
    x0, top, x1, bottom = _box(found, corner)
    origin = float(page.bbox[0]) + float(along) - corner[0]
    runs_down = min(abs(origin - x0), abs(origin - x1)) > _OFF_ORIGIN * size
    is_backwards = float(found["adv"]) < 0 and not runs_down
    if abs(b) >= _SLANT * (-a if is_backwards else a):
        return Character(text, x0, top, x1, bottom, size, upright=False)
    baseline = bottom if runs_down else float(page.bbox[3]) - float(up) - corner[1]
    return standing(text, x0, x1, baseline, size)


def _outlines(page: Page, corner: Point) -> Iterator[tuple[list[Point], bool]]:
    for rect in page.rects:
        x0, top, x1, bottom = _box(rect, corner)
        yield [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)], bool(rect.get("stroke"))
    for drawn in (*page.lines, *page.curves):
        yield [(float(x) - corner[0], float(y) - corner[1]) for x, y in drawn["pts"]], bool(drawn.get("stroke"))


def _box(found: dict[str, Any], corner: Point) -> Box:
    left, top = corner
    return (
        float(found["x0"]) - left,
        float(found["top"]) - top,
        float(found["x1"]) - left,
        float(found["bottom"]) - top,
    )


def _area(box: Box) -> float:
    x0, top, x1, bottom = box
    return max(0.0, x1 - x0) * max(0.0, bottom - top)
