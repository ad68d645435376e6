"""The ruled lines of a page: whatever draws them, strokes, frames or thin filled boxes, joined where they continue.

Filled boxes behind text are no lines: word processors paint them under whole paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfplumber.page import Page

_THIN = 2.5
_STRAIGHT = 1.0
_SAME_LINE = 1.5
_GAP = 3.0
_SHORTEST = 4.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: at ``at`` across, from ``start`` to ``end`` along, in points from the upper left corner."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rulings:
    """The lines of a page."""

    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]


def rulings_of(page: Page) -> Rulings:
    """Return the lines of ``page``."""
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    for x0, top, x1, bottom in _segments(page):
        if bottom - top <= _THIN and x1 - x0 > bottom - top:
            horizontal.append(Ruling((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _THIN and bottom - top > x1 - x0:
            vertical.append(Ruling((x0 + x1) / 2, top, bottom))
    return Rulings(tuple(_joined(horizontal)), tuple(_joined(vertical)))


def _segments(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of everything that may be a line."""
    for line in page.lines:
        yield _box(line)
    for rect in page.rects:
        x0, top, x1, bottom = _box(rect)
        if x1 - x0 <= _THIN or bottom - top <= _THIN:
            yield x0, top, x1, bottom
        elif rect.get("stroke"):
            yield x0, top, x1, top
            yield x0, bottom, x1, bottom
            yield x0, top, x0, bottom
            yield x1, top, x1, bottom
    for curve in page.curves:
        if curve.get("stroke"):
            for (ax, ay), (bx, by) in pairwise(curve["pts"]):
                if min(abs(ax - bx), abs(ay - by)) <= _STRAIGHT:
                    yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _box(found: dict[str, Any]) -> tuple[float, float, float, float]:
    return float(found["x0"]), float(found["top"]), float(found["x1"]), float(found["bottom"])


def _joined(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Yield the lines with those that lie on each other or nearly touch end to end made one."""
    for group in _levels(sorted(rulings, key=lambda each: each.at)):
        at = sum(each.at for each in group) / len(group)
        start, end = group[0].start, group[0].end
        for each in sorted(group, key=lambda each: each.start):
            if each.start <= end + _GAP and each.end >= start:
                start, end = min(start, each.start), max(end, each.end)
            else:
                if end - start >= _SHORTEST:
                    yield Ruling(at, start, end)
                start, end = each.start, each.end
        if end - start >= _SHORTEST:
            yield Ruling(at, start, end)


def _levels(ordered: list[Ruling]) -> Iterator[list[Ruling]]:
    group: list[Ruling] = []
    for each in ordered:
        if group and each.at - group[0].at > _SAME_LINE:
            yield group
            group = []
        group.append(each)
    if group:
        yield group
