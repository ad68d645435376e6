"""Grids as they are read: those that a page break cut apart joined again, those in two halves taken apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.model import Role, Table
from pipeline.text.fold import fold
from pipeline.text.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Cell

_BETWEEN = regex.compile(
    r"""
    [-–—─|·. ]{0,6}(?:第?\ ?[0-9]{1,3}\ ?页?|第[一二三四五六七八九十]{1,3}页)
      (?:[ ,/]{0,3}共?\ ?[0-9]{1,3}\ ?页?)?[-–—─|·. ]{0,6}
    | [^。]{0,40}(?:续表|[(]续[)]|接上[页表]|转下页)[^。]{0,20}
    | [(]?(?:计量|金额)?单位:[元万亿件条项次个人份篇宗、,/]{1,12}[)]?
    """,
    regex.VERBOSE,
)
_HAN = regex.compile(r"\p{Han}")
_LOWEST_HEADER = 6
_FEWEST_LABELS = 2


class Sheet:
    """One grid, or several of one width that follow each other, with their rows counted through.

    A part is a grid and those of its columns that belong to the sheet: all, or one half of a grid printed in two.
    """

    def __init__(self, parts: tuple[tuple[Table, range], ...]) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.holders: dict[str, Table] = {}
        self.first_rows = [0]
        self.n_cols = max(columns.stop for _, columns in parts)
        for table, columns in parts:
            for cell in table.cells:
                if cell.col not in columns or cell.col + cell.colspan > columns.stop:
                    continue
                self.holders[cell.block_id] = table
                for row in range(cell.row, cell.row + cell.rowspan):
                    for col in range(cell.col, cell.col + cell.colspan):
                        self.cells[self.first_rows[-1] + row, col] = cell
            self.first_rows.append(self.first_rows[-1] + table.n_rows)

    @property
    def n_rows(self) -> int:
        """Rows of all parts together."""
        return self.first_rows[-1]

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row from left to right, those from rows above included."""
        cells = (self.cells.get((number, col)) for col in range(self.n_cols))
        return list({cell.block_id: cell for cell in cells if cell is not None}.values())

    def starts(self, cell: Cell, row: int) -> bool:
        """Tell whether the cell, one of those in the row, begins there."""
        return cell.row == row - self.first_rows[self.part(row)]

    def part(self, row: int) -> int:
        """Return which of the parts holds the row."""
        return next(number for number, (_, after) in enumerate(pairwise(self.first_rows)) if row < after)


def sheets(blocks: Iterable[Block]) -> Iterator[Sheet]:
    """Yield the grids of a document; those of one width with nothing between them together.

    A page number or the caption of a continued table is nothing.
    """
    tables: list[Table] = []
    for block in blocks:
        if block.role is not Role.BODY:
            continue
        if isinstance(block, Table):
            if not block.cells:
                continue
            if tables and tables[-1].n_cols != block.n_cols:
                yield _sheet(tables)
                tables = []
            tables.append(block)
        elif tables and (said := fold(block.text).text.strip()) and not _BETWEEN.fullmatch(said):
            yield _sheet(tables)
            tables = []
    if tables:
        yield _sheet(tables)


def _sheet(tables: list[Table]) -> Sheet:
    return Sheet(tuple((table, columns) for table in tables for columns in _halves(table)))


def _halves(table: Table) -> list[range]:
    """Return the columns of the table, half by half where its header prints the same labels twice side by side."""
    width = table.n_cols
    for row in range(min(table.n_rows, _LOWEST_HEADER)):
        cells = [cell for cell in table.cells if cell.row == row]
        labels = [label_key(cell.text) for cell in cells]
        half, odd = divmod(len(cells), 2)
        if odd or half < _FEWEST_LABELS or labels[:half] != labels[half:] or len(set(labels)) < _FEWEST_LABELS:
            continue
        below = {cell.col for cell in table.cells if cell.row > row and _HAN.search(cell.text)}
        if cells[half].col * 2 == width and below.issuperset({0, width // 2}):
            return [range(width // 2), range(width // 2, width)]
    return [range(width)]
