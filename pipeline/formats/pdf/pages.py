"""One page as printed: its lines of text and its ruled tables from top to bottom, each character in one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.pdf.characters import line_of, lines_of, rows_of
from pipeline.formats.pdf.columns import parted
from pipeline.formats.pdf.grid import grids_of
from pipeline.formats.reading import UNNUMBERED
from pipeline.model import Anchor, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.formats.pdf.characters import Character, Line
    from pipeline.formats.pdf.columns import Columns
    from pipeline.formats.pdf.content import PageContent
    from pipeline.formats.pdf.grid import Grid, Place

_PICTURE_SHARE = 0.5
_MARGIN = 7.0


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: the edges of its columns, its rows, and its cells with page and box.

    ``brimful`` are the places in its last row whose text reaches the edge of the cell, so that it may go on elsewhere.
    """

    xs: tuple[float, ...]
    n_rows: int
    cells: tuple[Cell, ...]
    anchor: Anchor
    brimful: frozenset[Place] = frozenset()

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.anchor.box[1] if self.anchor.box else 0.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: ``items`` from top to bottom; ``apart`` from them, text that is no part of the flow, and why.

    ``pictured`` is the share of the page, between 0 and 1, that its largest picture covers.
    """

    number: int
    width: float
    height: float
    items: tuple[Line | PrintedTable, ...]
    apart: tuple[tuple[str, str], ...]
    n_characters: int
    pictured: float
    has_drawings: bool
    has_broken_cells: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands on the page."""
        return not self.items and self.n_characters == 0 and self.pictured == 0 and not self.has_drawings

    @property
    def is_picture(self) -> bool:
        """Whether the page shows a picture and no text layer tells what stands on it."""
        return self.n_characters == 0 and (self.pictured > 0 or self.has_drawings)

    @property
    def is_odd(self) -> bool:
        """Whether it looks as if it had been read wrongly: no text, or a table with cells that are no rectangles."""
        return self.n_characters == 0 or self.has_broken_cells

    @property
    def is_mostly_picture(self) -> bool:
        """Whether a picture fills the page and only a few characters, such as a page number, are text."""
        return 0 < self.n_characters < 30 and self.pictured >= _PICTURE_SHARE


def read_page(page: PageContent, number: int) -> PrintedPage:
    """Return what ``page``, the ``number``-th of the file, prints."""
    grids = list(grids_of(page.rulings))
    cells = [grid.cells_by_place() for grid in grids]
    outside: list[Character] = []
    unseen: list[Character] = []
    inside: dict[tuple[int, int], list[Character]] = defaultdict(list)
    for character in page.characters:
        x, y = character.middle
        home = _home(x, y, grids, cells)
        if not (0 <= x <= page.width and 0 <= y <= page.height):
            unseen.append(character)
        elif home is None:
            outside.append(character)
        else:
            inside[home].append(character)
    tables = [
        _table(grid, number, {field: inside[at, field] for field in range(len(grid.fields))})
        for at, grid in enumerate(grids)
    ]
    aligned, rows = parted(rows_of(each for each in outside if each.upright))
    tables.extend(_aligned_table(each, number) for each in aligned)
    items: list[Line | PrintedTable] = [*(line for row in rows if (line := line_of(row)).text), *tables]
    items.sort(key=lambda item: item.top)
    apart = (
        ("".join(each.text for each in outside if not each.upright).strip(), "slanted text"),
        (" ".join(line.text for line in lines_of(unseen)), "outside the visible page"),
    )
    return PrintedPage(
        number,
        page.width,
        page.height,
        tuple(items),
        tuple((text, reason) for text, reason in apart if text),
        sum(not each.text.isspace() for each in page.characters),
        page.pictured,
        page.has_drawings,
        any(grid.has_broken_cells for grid in grids),
    )


def _home(x: float, y: float, grids: Iterable[Grid], cells: Sequence[dict[Place, int]]) -> tuple[int, int] | None:
    """Return the grid and the cell in it that hold the point, null for one outside tables."""
    for at, grid in enumerate(grids):
        place = grid.place_of(x, y)
        if place is not None:
            return at, cells[at][place]
    return None


def _table(grid: Grid, page: int, characters: dict[int, list[Character]]) -> PrintedTable:
    n_rows = len(grid.ys) - 1
    cells = tuple(
        Cell(
            UNNUMBERED,
            field.row,
            field.col,
            _text(characters[number]),
            field.rowspan,
            field.colspan,
            Anchor(page=page, box=_rounded(grid.box_of(field))),
        )
        for number, field in enumerate(grid.fields)
    )
    brimful = frozenset(
        (field.row, field.col)
        for number, field in enumerate(grid.fields)
        if field.row + field.rowspan == n_rows and _is_brimful(characters[number], grid.box_of(field))
    )
    return PrintedTable(grid.xs, n_rows, cells, Anchor(page=page, box=_rounded(grid.box)), brimful)


def _is_brimful(characters: Iterable[Character], box: tuple[float, float, float, float]) -> bool:
    lines = lines_of(each for each in characters if each.upright)
    return bool(lines) and box[2] - lines[-1].x1 <= _MARGIN + lines[-1].size


def _aligned_table(columns: Columns, page: int) -> PrintedTable:
    xs, ys = columns.xs, columns.ys
    cells = tuple(
        Cell(
            UNNUMBERED,
            row,
            col,
            line.text if line is not None else "",
            anchor=Anchor(page=page, box=_rounded((xs[col], ys[row], xs[col + 1], ys[row + 1]))),
        )
        for row, lines in enumerate(columns.lines)
        for col, line in enumerate(lines)
    )
    return PrintedTable(xs, len(ys) - 1, cells, Anchor(page=page, box=_rounded((xs[0], ys[0], xs[-1], ys[-1]))))


def _text(characters: list[Character]) -> str:
    """Return the text of a cell line by line, turned characters behind the others."""
    turned = "".join(each.text for each in characters if not each.upright).strip()
    lines = [line.text for line in lines_of(each for each in characters if each.upright)]
    return "\n".join([*lines, turned] if turned else lines)


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(edge, 1) for edge in box)
    return x0, top, x1, bottom
