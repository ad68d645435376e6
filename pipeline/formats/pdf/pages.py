"""One page as printed: its lines of text and its ruled tables from top to bottom, each character in one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.pdf.characters import character_of, lines_of
from pipeline.formats.pdf.grid import grids_of
from pipeline.formats.pdf.rulings import rulings_of
from pipeline.formats.reading import UNNUMBERED
from pipeline.model import Anchor, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pdfplumber.page import Page

    from pipeline.formats.pdf.characters import Character, Line
    from pipeline.formats.pdf.grid import Grid, Place

_PICTURE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A ruled table: the edges of its columns, its rows, and its cells with page and box."""

    xs: tuple[float, ...]
    n_rows: int
    cells: tuple[Cell, ...]
    anchor: Anchor

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.anchor.box[1] if self.anchor.box else 0.0


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: ``items`` from top to bottom, ``slanted`` text such as watermarks apart from them.

    ``pictured`` is the share of the page, between 0 and 1, that its largest picture covers.
    """

    number: int
    width: float
    height: float
    items: tuple[Line | PrintedTable, ...]
    slanted: str
    n_characters: int
    pictured: float
    n_drawings: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands on the page."""
        return not self.items and self.n_characters == 0 and self.pictured == 0 and self.n_drawings == 0

    @property
    def is_picture(self) -> bool:
        """Whether the page shows a picture and no text layer tells what stands on it."""
        return self.n_characters == 0 and (self.pictured > 0 or self.n_drawings > 0)

    @property
    def is_mostly_picture(self) -> bool:
        """Whether a picture fills the page and only a few characters, such as a page number, are text."""
        return 0 < self.n_characters < 30 and self.pictured >= _PICTURE_SHARE


def read_page(page: Page, number: int) -> PrintedPage:
    """Return what ``page``, the ``number``-th of the file, prints."""
    characters = [character_of(found) for found in page.chars]
    grids = list(grids_of(rulings_of(page)))
    cells = [grid.cells_by_place() for grid in grids]
    outside: list[Character] = []
    inside: dict[tuple[int, int], list[Character]] = defaultdict(list)
    for character in characters:
        home = _home(character, grids, cells)
        if home is None:
            outside.append(character)
        else:
            inside[home].append(character)
    tables = [
        _table(grid, number, {field: inside[at, field] for field in range(len(grid.fields))})
        for at, grid in enumerate(grids)
    ]
    items: list[Line | PrintedTable] = [*lines_of(each for each in outside if each.upright), *tables]
    items.sort(key=lambda item: item.top)
    return PrintedPage(
        number,
        float(page.width),
        float(page.height),
        tuple(items),
        "".join(each.text for each in outside if not each.upright).strip(),
        sum(not each.text.isspace() for each in characters),
        max((_share(picture, page) for picture in page.images), default=0.0),
        len(page.curves) + len(page.lines) + len(page.rects),
    )


def _home(character: Character, grids: Iterable[Grid], cells: Sequence[dict[Place, int]]) -> tuple[int, int] | None:
    """Return the grid and the cell in it that hold the character, null for text outside tables."""
    for at, grid in enumerate(grids):
        place = grid.place_of(*character.middle)
        if place is not None:
            return at, cells[at][place]
    return None


def _table(grid: Grid, page: int, characters: dict[int, list[Character]]) -> PrintedTable:
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
    return PrintedTable(grid.xs, len(grid.ys) - 1, cells, Anchor(page=page, box=_rounded(grid.box)))


def _text(characters: list[Character]) -> str:
    """Return the text of a cell line by line, turned characters behind the others."""
    turned = "".join(each.text for each in characters if not each.upright).strip()
    lines = [line.text for line in lines_of(each for each in characters if each.upright)]
    return "\n".join([*lines, turned] if turned else lines)


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(edge, 1) for edge in box)
    return x0, top, x1, bottom


def _share(picture: dict[str, float], page: Page) -> float:
    area = max(0.0, float(picture["x1"]) - float(picture["x0"])) * max(
        0.0, float(picture["bottom"]) - float(picture["top"])
    )
    return area / max(1.0, float(page.width) * float(page.height))
