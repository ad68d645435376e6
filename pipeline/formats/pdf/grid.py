"""Rulings to grids: every cell with its spans, told by which walls between the smallest fields are missing."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pipeline.formats.pdf.rulings import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.formats.pdf.rulings import Rulings

_TOUCH = 3.0
_SAME = 3.0
_WALL = 0.6
_FEWEST_OPEN_ENDS = 3
_MOST_CROSSINGS = 1_000_000

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a grid: place, spans."""

    row: int
    col: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the edges of its columns and rows in points, and its cells from the upper left.

    It has broken cells where lines enclose what is no rectangle, as they do when one of them is not seen.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: tuple[Field, ...]
    has_broken_cells: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The outer edges."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, each: Field) -> tuple[float, float, float, float]:
        """Return the edges of one cell."""
        return self.xs[each.col], self.ys[each.row], self.xs[each.col + each.colspan], self.ys[each.row + each.rowspan]

    def place_of(self, x: float, y: float) -> Place | None:
        """Return the row and column of the smallest field at a point, null outside the grid."""
        row, col = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return (row, col) if 0 <= row < len(self.ys) - 1 and 0 <= col < len(self.xs) - 1 else None

    def cells_by_place(self) -> dict[Place, int]:
        """Return the number of the cell that covers each smallest field."""
        return {
            place: number
            for number, each in enumerate(self.fields)
            for place in product(range(each.row, each.row + each.rowspan), range(each.col, each.col + each.colspan))
        }


def grids_of(rulings: Rulings) -> Iterator[Grid]:
    """Yield the grids of a page; frames and underlines, which make one column only, are none."""
    for horizontal, vertical in _connected(rulings):
        grid = _grid(horizontal, vertical)
        if grid is not None and len(grid.xs) > 2:
            yield grid


def _connected(rulings: Rulings) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the lines that cross or touch each other, table by table."""
    horizontal, vertical = rulings.horizontal, rulings.vertical
    if len(horizontal) * len(vertical) > _MOST_CROSSINGS:
        return
    parents = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for (h, across), (v, down) in product(enumerate(horizontal), enumerate(vertical, start=len(horizontal))):
        if _touches(across, down.at) and _touches(down, across.at):
            parents[root(h)] = root(v)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for node in range(len(parents)):
        if node < len(horizontal):
            groups[root(node)][0].append(horizontal[node])
        else:
            groups[root(node)][1].append(vertical[node - len(horizontal)])
    yield from groups.values()


def _touches(ruling: Ruling, at: float) -> bool:
    return ruling.start - _TOUCH <= at <= ruling.end + _TOUCH


def _grid(horizontal: list[Ruling], vertical: list[Ruling]) -> Grid | None:
    walls = _closed(vertical, horizontal)
    floors = _closed(horizontal, vertical)
    floors = [piece for each in floors if (piece := _between(each, walls)) is not None]
    walls = [piece for each in walls if (piece := _between(each, floors)) is not None]
    xs, ys = _levels(each.at for each in walls), _levels(each.at for each in floors)
    if len(xs) < 2 or len(ys) < 2:
        return None
    regions = list(_regions(xs, ys, walls, floors))
    fields = sorted((each for region in regions for each in region), key=lambda each: (each.row, each.col))
    return _without_idle_edges(xs, ys, fields, has_broken_cells=any(len(region) > 1 for region in regions))


def _closed(along: Sequence[Ruling], across: Sequence[Ruling]) -> list[Ruling]:
    """Add the outer line that an open table leaves out where its inner lines all end at one level."""
    closed = list(along)
    for ends in (Counter(round(each.start) for each in across), Counter(round(each.end) for each in across)):
        at, count = ends.most_common(1)[0] if ends else (0, 0)
        if count >= _FEWEST_OPEN_ENDS and not any(abs(each.at - at) <= _TOUCH + 1 for each in along):
            levels = [each.at for each in across]
            closed.append(Ruling(float(at), min(levels), max(levels)))
    return closed


def _between(ruling: Ruling, crossing: Sequence[Ruling]) -> Ruling | None:
    """Return the part of a line between the first and the last line that it meets, null where it meets one at most.

    The outermost lines count wherever it reaches them, for the edge of a table may be drawn in part only.
    """
    outermost = {min((each.at for each in crossing), default=0.0), max((each.at for each in crossing), default=0.0)}
    met = [
        each.at
        for each in crossing
        if _touches(ruling, each.at) and (each.at in outermost or _touches(each, ruling.at))
    ]
    return Ruling(ruling.at, min(met), max(met)) if met and max(met) - min(met) > _SAME else None


def _levels(positions: Iterable[float]) -> tuple[float, ...]:
    """Return the positions in order, those that are nearly the same made one."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][-1] <= _SAME:
            groups[-1].append(position)
        else:
            groups.append([position])
    return tuple(sum(group) / len(group) for group in groups)


def _regions(
    xs: tuple[float, ...], ys: tuple[float, ...], walls: Sequence[Ruling], floors: Sequence[Ruling]
) -> Iterator[list[Field]]:
    """Yield the cells that lines enclose; one that is no rectangle falls apart into several."""
    right = {
        (row, col): _covered(walls, xs[col + 1], ys[row], ys[row + 1])
        for row, col in product(range(len(ys) - 1), range(len(xs) - 2))
    }
    below = {
        (row, col): _covered(floors, ys[row + 1], xs[col], xs[col + 1])
        for row, col in product(range(len(ys) - 2), range(len(xs) - 1))
    }
    left: set[Place] = set(product(range(len(ys) - 1), range(len(xs) - 1)))
    while left:
        yield list(_rectangles(_flooded(min(left), left, right, below)))


def _covered(rulings: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(each.end, end) - max(each.start, start)) for each in rulings if abs(each.at - at) <= _SAME
    )
    return covered >= _WALL * (end - start)


def _flooded(start: Place, left: set[Place], right: dict[Place, bool], below: dict[Place, bool]) -> set[Place]:
    """Take out of ``left`` and return all fields that no wall parts from ``start``."""
    region: set[Place] = set()
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if place not in left:
            continue
        left.remove(place)
        region.add(place)
        row, col = place
        if not right.get((row, col), True):
            waiting.append((row, col + 1))
        if not right.get((row, col - 1), True):
            waiting.append((row, col - 1))
        if not below.get((row, col), True):
            waiting.append((row + 1, col))
        if not below.get((row - 1, col), True):
            waiting.append((row - 1, col))
    return region


def _rectangles(region: set[Place]) -> Iterator[Field]:
    while region:
        row, col = min(region)
        width = next(count for count in range(1, len(region) + 2) if (row, col + count) not in region)
        height = next(
            count
            for count in range(1, len(region) + 2)
            if any((row + count, col + step) not in region for step in range(width))
        )
        region -= set(product(range(row, row + height), range(col, col + width)))
        yield Field(row, col, height, width)


def _without_idle_edges(
    xs: tuple[float, ...], ys: tuple[float, ...], fields: Sequence[Field], *, has_broken_cells: bool
) -> Grid:
    """Return the grid without the edges at which no cell begins: lines that part nothing."""
    rows = sorted({each.row for each in fields})
    cols = sorted({each.col for each in fields})
    kept = tuple(
        Field(
            rows.index(each.row),
            cols.index(each.col),
            sum(each.row <= row < each.row + each.rowspan for row in rows),
            sum(each.col <= col < each.col + each.colspan for col in cols),
        )
        for each in fields
    )
    return Grid((*(xs[col] for col in cols), xs[-1]), (*(ys[row] for row in rows), ys[-1]), kept, has_broken_cells)
