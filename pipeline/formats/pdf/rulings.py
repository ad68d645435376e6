"""The ruled lines of a page: whatever draws them, strokes, frames or thin filled boxes, joined where they continue.

Filled boxes behind text are no lines: word processors paint them under whole paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.formats.pdf.frame import Box

_THIN = 2.5
_STRAIGHT = 1.0
_SQUARE = 0.01
_SAME_LINE = 1.5
_GAP = 3.0
_SHORTEST = 4.0

Point = tuple[float, float]


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


def segments_of(points: Sequence[Point], *, is_stroked: bool) -> Iterator[Box]:
    """Yield the box of everything in a drawn outline that may be a line; a closed one ends where it began."""
    box = _around(points)
    is_line = len(points) == 2 or (len(points) == 3 and points[0] == points[2])
    is_thin = min(box[2] - box[0], box[3] - box[1]) <= _THIN
    if is_line or (is_thin and _is_rectangle(points)):
        yield box
    elif is_stroked:
        for start, end in pairwise(points):
            if min(abs(start[0] - end[0]), abs(start[1] - end[1])) <= _STRAIGHT:
                yield _around((start, end))


def _is_rectangle(points: Sequence[Point]) -> bool:
    """Tell whether the outline has four corners and its sides run along the edges of the page."""
    if len(points) not in {4, 5} or (len(points) == 5 and points[0] != points[4]):
        return False
    sides = tuple(pairwise((*points[:4], points[0])))
    across = tuple(abs(start[1] - end[1]) <= _SQUARE for start, end in sides)
    down = tuple(abs(start[0] - end[0]) <= _SQUARE for start, end in sides)
    return (across[0] and down[1] and across[2] and down[3]) or (down[0] and across[1] and down[2] and across[3])


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def rulings_of(segments: Iterable[Box]) -> Rulings:
    """Return the lines that the boxes of ``segments`` make up."""
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    for x0, top, x1, bottom in segments:
        if bottom - top <= _THIN and x1 - x0 > bottom - top:
            horizontal.append(Ruling((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _THIN and bottom - top > x1 - x0:
            vertical.append(Ruling((x0 + x1) / 2, top, bottom))
    return Rulings(tuple(_joined(horizontal)), tuple(_joined(vertical)))


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
