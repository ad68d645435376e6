"""Tables of a page as grids: every cell with its place and spans, as a browser would lay them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.html.elements import BLOCKS, CELLS, SILENT, collapsed, is_hidden, tag_of, text_inside
from pipeline.formats.reading import UNNUMBERED
from pipeline.model import Anchor, Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.formats.limits import Limits

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*[万%％]?[条件次个人篇元]?")
_WIDEST = 100
_LONG = 300
_FEWEST_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Grid:
    """A table element as read: its own cells by row, the tables inside them, and text that stands in no cell."""

    rows: tuple[tuple[_Element, ...], ...]
    nested: tuple[_Element, ...]
    loose: tuple[str, ...]

    @property
    def cells(self) -> tuple[_Element, ...]:
        """All cells from the upper left to the lower right."""
        return tuple(cell for row in self.rows for cell in row)


def open_grid(table: _Element) -> Grid:
    """Return the rows and cells that belong to ``table`` and to no table inside it."""
    rows: list[list[_Element]] = []
    loose: list[str] = []
    nested: list[_Element] = []
    waiting = list(_children(table))
    loose.append(table.text or "")
    while waiting:
        element = waiting.pop()
        tag = tag_of(element)
        loose.append(element.tail or "")
        if tag in CELLS:
            if not rows:
                rows.append([])
            rows[-1].append(element)
            nested.extend(_outermost_tables(element))
            continue
        if tag == "table":
            nested.append(element)
            continue
        if tag == "tr":
            rows.append([])
        loose.append(element.text or "")
        waiting.extend(_children(element))
    texts = tuple(text for piece in loose if (text := collapsed([piece])))
    return Grid(tuple(tuple(row) for row in rows), tuple(nested), texts)


def _children(element: _Element) -> Iterator[_Element]:
    """Yield the children that show something, the last first."""
    return (child for child in reversed(element) if tag_of(child) not in SILENT and not is_hidden(child))


def _outermost_tables(cell: _Element) -> Iterator[_Element]:
    waiting = list(_children(cell))
    while waiting:
        element = waiting.pop()
        if tag_of(element) == "table":
            yield element
        else:
            waiting.extend(_children(element))


def is_layout(grid: Grid) -> bool:
    """Tell whether the table only arranges a page: one cell or column, tables inside, or cells that hold whole texts.

    A table with numbers of its own is none.
    """
    texts = [text_inside(cell) for cell in grid.cells]
    if len(texts) < 2 or all(len(row) < 2 for row in grid.rows):
        return True
    if sum(_NUMBER.fullmatch(text) is not None for text in texts) >= _FEWEST_NUMBERS:
        return False
    return bool(grid.nested) or any(
        len(text) > _LONG and _holds_paragraphs(cell) for text, cell in zip(texts, grid.cells, strict=True)
    )


def _holds_paragraphs(cell: _Element) -> bool:
    return sum(tag_of(each) in BLOCKS or tag_of(each) == "br" for each in cell.iterdescendants()) > 1


def table_of(grid: Grid, path: str, limits: Limits) -> Table | None:
    """Return the table, null where it has no cell; raises ``UnreadableFile`` where it has too many."""
    if len(grid.cells) > limits.cells:
        message = f"a table of the page has {len(grid.cells):,} cells, {limits.cells:,} are allowed: split it"
        raise UnreadableFile(Reason.TOO_LARGE, message)
    cells = tuple(_placed(grid))
    return Table(UNNUMBERED, cells, Anchor(path=path)) if cells else None


def _placed(grid: Grid) -> Iterator[Cell]:
    """Yield the cells in the places that those to the left and from above leave them."""
    taken: dict[int, int] = {}
    for row, elements in enumerate(grid.rows):
        col = 0
        for element in elements:
            while taken.get(col, 0) > 0:
                col += 1
            height = _span(element, "rowspan", len(grid.rows) - row)
            width = next(
                (free for free in range(1, _span(element, "colspan", _WIDEST)) if taken.get(col + free, 0) > 0),
                _span(element, "colspan", _WIDEST),
            )
            yield Cell(UNNUMBERED, row, col, text_inside(element), height, width)
            for covered in range(col, col + width):
                taken[covered] = height
            col += width
        taken = {place: height - 1 for place, height in taken.items() if height > 1}


def _span(element: _Element, name: str, most: int) -> int:
    """Return a span between 1 and ``most``; 0 means as far as the table goes, anything unclear is 1."""
    value = element.get(name, "1").strip()
    if not value.isdecimal():
        return 1
    return most if int(value) == 0 and name == "rowspan" else min(max(int(value), 1), max(most, 1))
