"""Tables that go on over a page end: both parts as one, and the row that the page end cuts in two as one again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.formats.pdf.pages import PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Cell

OPENS = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十0-9]{1,3}[)）]|"
    r"[0-9]{1,2}[、.．](?![0-9])|第[一二三四五六七八九十]{1,3}[部章条]|附件"
)
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*[%％]?|[-—－/／]")
_FEWEST_NUMBERS = 2
_SAME_EDGE = 3.0


def continued(above: PrintedTable, below: PrintedTable) -> PrintedTable | None:
    """Return both parts as one table if the outer edges agree and the columns of one are among those of the other."""
    narrow, wide = sorted((above.xs, below.xs), key=len)
    if abs(above.xs[0] - below.xs[0]) > _SAME_EDGE or abs(above.xs[-1] - below.xs[-1]) > _SAME_EDGE:
        return None
    if not all(min(abs(x - other) for other in wide) <= _SAME_EDGE for x in narrow):
        return None
    columns = _columns(above, wide)
    brimful = {columns[col] for _, col in above.brimful}
    upper = tuple(_moved(above, wide, 0))
    lower = tuple(_moved(below, wide, above.n_rows))
    cut = [cell for cell in upper if cell.row == above.n_rows - 1 and cell.rowspan == 1]
    rest = [cell for cell in lower if cell.row == above.n_rows and cell.rowspan == 1]
    n_rows = above.n_rows + below.n_rows
    if _is_one_row(cut, rest, brimful):
        whole = tuple(_whole(cell, other) for cell, other in zip(cut, rest, strict=True))
        upper = (*(cell for cell in upper if cell not in cut), *whole)
        lower = tuple(_raised(cell, above.n_rows) for cell in lower if cell not in rest)
        n_rows -= 1
    cells = tuple(sorted((*upper, *lower), key=lambda cell: (cell.row, cell.col)))
    return PrintedTable(wide, n_rows, cells, above.anchor, _last_row(below, wide, n_rows))


def _is_one_row(cut: Sequence[Cell], rest: Sequence[Cell], brimful: set[int]) -> bool:
    """Tell whether the last row of a page and the first of the next are one that the page end cut in two.

    Its numbers stand all on one side, and its label, full to the brim above, goes on below without an item of its own.
    """
    if [(cell.col, cell.colspan) for cell in cut] != [(cell.col, cell.colspan) for cell in rest]:
        return False
    both = [(cell, other) for cell, other in zip(cut, rest, strict=True) if cell.text and other.text]
    if not both or any(_is_number(cell) or _is_number(other) or OPENS.match(other.text) for cell, other in both):
        return False
    words = [cell for cell, _ in both]
    fewer, more = sorted(([cell for cell in part if cell.text] for part in (cut, rest)), key=len)
    numbers = sum(_is_number(cell) for cell in more)
    return (
        all(cell.col in brimful for cell in words)
        and len(fewer) == len(both)
        and numbers >= _FEWEST_NUMBERS
        and numbers == len(more) - len(both)
    )


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.text) is not None


def _whole(cell: Cell, other: Cell) -> Cell:
    text = "\n".join(part for part in (cell.text, other.text) if part)
    return replace(cell, text=text, anchor=cell.anchor if cell.text or not other.text else other.anchor)


def _raised(cell: Cell, row: int) -> Cell:
    """Return a cell of the lower part one row higher; one that began beside the cut row begins below it."""
    return replace(cell, rowspan=cell.rowspan - 1) if cell.row == row else replace(cell, row=cell.row - 1)


def _last_row(below: PrintedTable, wide: tuple[float, ...], n_rows: int) -> frozenset[tuple[int, int]]:
    columns = _columns(below, wide)
    return frozenset((row + n_rows - below.n_rows, columns[col]) for row, col in below.brimful)


def _columns(part: PrintedTable, wide: tuple[float, ...]) -> list[int]:
    return [min(range(len(wide)), key=lambda col: abs(wide[col] - x)) for x in part.xs]


def _moved(part: PrintedTable, wide: tuple[float, ...], rows: int) -> Iterator[Cell]:
    columns = _columns(part, wide)
    for cell in part.cells:
        col, end = columns[cell.col], columns[cell.col + cell.colspan]
        yield replace(cell, row=cell.row + rows, col=col, colspan=end - col)
