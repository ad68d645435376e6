"""Bind the cells of grids: row label × column header, never by counting.

A table that a page break cuts in two goes on in the next grid of the same width; its headers stay valid there as long
as its rows go on in the order of the form.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.model import Role, Table, ValueStatus
from pipeline.stages.tabulate.binding import Bound, printed_unit
from pipeline.stages.tabulate.cells import read_cell
from pipeline.stages.tabulate.headers import HeaderColumn, map_columns
from pipeline.text.labels import find_label, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Cell
    from pipeline.rulebook.forms import Column, FormTable, Panel, Row

_HAN = regex.compile(r"\p{Han}")
_DIGIT = regex.compile(r"[0-9０-９]")


class Sheet:
    """One grid, or several of one width that follow each other, with their rows counted through."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self.tables = tables
        self.cells: dict[tuple[int, int], Cell] = {}
        self.holders: dict[str, Table] = {}
        self.first_rows = [0]
        for table in tables:
            for cell in table.cells:
                self.holders[cell.block_id] = table
                for row in range(cell.row, cell.row + cell.rowspan):
                    for col in range(cell.col, cell.col + cell.colspan):
                        self.cells[self.first_rows[-1] + row, col] = cell
            self.first_rows.append(self.first_rows[-1] + table.n_rows)

    @property
    def n_rows(self) -> int:
        """Rows of all grids together."""
        return self.first_rows[-1]

    @property
    def n_cols(self) -> int:
        """Columns of each of the grids."""
        return self.tables[0].n_cols

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row from left to right, those from rows above included."""
        cells = (self.cells.get((number, col)) for col in range(self.n_cols))
        return list({cell.block_id: cell for cell in cells if cell is not None}.values())

    def starts(self, cell: Cell, row: int) -> bool:
        """Tell whether the cell, one of those in the row, begins there."""
        return cell.row == row - self.first_rows[self.part(row)]

    def part(self, row: int) -> int:
        """Return which of the grids holds the row."""
        return next(number for number, (_, after) in enumerate(pairwise(self.first_rows)) if row < after)


def sheets(blocks: Iterable[Block]) -> Iterator[Sheet]:
    """Yield the grids of a document; those of one width with nothing between them together."""
    open_tables: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and block.role is Role.BODY and block.cells:
            if open_tables and open_tables[-1].n_cols != block.n_cols:
                yield Sheet(tuple(open_tables))
                open_tables = []
            open_tables.append(block)
        elif open_tables and block.role is Role.BODY and not isinstance(block, Table) and block.text.strip():
            yield Sheet(tuple(open_tables))
            open_tables = []
    if open_tables:
        yield Sheet(tuple(open_tables))


def bind_sheet(sheet: Sheet, tables: Iterable[FormTable]) -> list[Bound]:
    """Return the cells of ``sheet`` that certainly belong to one of the form's tables."""
    return _SheetReader(sheet, tables).read()


class _SheetReader:
    """Goes down a sheet row by row.

    ``_header`` are the rows since the last row of values; ``_columns`` what they and earlier headers say of each panel.
    """

    def __init__(self, sheet: Sheet, tables: Iterable[FormTable]) -> None:
        self._sheet = sheet
        self._panels = [(table, panel) for table in tables for panel in table.panels]
        self._keys = {cell.block_id: label_key(cell.text) for cell in sheet.cells.values()}
        self._header: list[int] = []
        self._columns: dict[int, dict[str, frozenset[int]]] = {}
        self._maps: dict[tuple[int, tuple[int, ...]], dict[str, frozenset[int]]] = {}
        self._last: dict[int, tuple[int, int]] = {}
        self._value_rows: dict[tuple[int, tuple[int, ...]], list[list[Bound]]] = {}

    def read(self) -> list[Bound]:
        bound: list[Bound] = []
        after_values = False
        for number in range(self._sheet.n_rows):
            cells = self._sheet.row(number)
            found = self._labelled_row(number, cells)
            if found is None and self._is_value_row(number, cells):
                found = []
            if found is not None:
                bound.extend(found)
                after_values = True
                continue
            if after_values:
                self._header = []
                after_values = False
            self._header.append(number)
        for rows in self._value_rows.values():
            filled = [row for row in rows if any(cell.text.strip() for cell in row)] or rows[:1]
            if len(filled) == 1:
                bound.extend(filled[0])
        return bound

    def _labelled_row(self, number: int, cells: list[Cell]) -> list[Bound] | None:
        """Return the cells of a row with a known label, none where no header binds them; null for other rows."""
        unbound = False
        for at, (_, panel) in enumerate(self._panels):
            labels = [
                (cell, row)
                for cell in cells
                if self._sheet.starts(cell, number) and (row := find_label(self._keys[cell.block_id], panel.row_labels))
            ]
            if not labels:
                continue
            columns = self._columns_of(at, panel)
            edge = min((min(places) for places in columns.values()), default=None)
            if edge is None:
                unbound |= any(_DIGIT.search(cell.text) for cell in cells if cell.col > labels[0][0].col)
                continue
            labels = [(cell, row) for cell, row in labels if cell.col + cell.colspan <= edge]
            if labels:
                label, row = labels[-1]
                return self._bind(number, at, row, columns, label) if self._fits(number, at, label, row, cells) else []
        return [] if unbound else None

    def _fits(self, number: int, at: int, label: Cell, row: Row, cells: list[Cell]) -> bool:
        """Tell whether nothing around its label says that the row is another one."""
        panel = self._panels[at][1]
        groups = [
            key for cell in cells if cell.col < label.col and (key := self._keys[cell.block_id]) in panel.row_groups
        ]
        if row.under and groups and groups[-1] != row.under:
            return False
        part, place = self._sheet.part(number), panel.rows.index(row)
        last_part, last_place = self._last.get(at, (part, -1))
        own_header = any(self._sheet.part(header) == part for header in self._header)
        if part != last_part and not own_header and place <= last_place:
            return False
        self._last[at] = (part, place)
        return True

    def _bind(
        self, number: int, at: int, row: Row | None, columns: dict[str, frozenset[int]], label: Cell | None = None
    ) -> list[Bound]:
        table, panel = self._panels[at]
        height = label.rowspan if label else 1
        bound = []
        for column in panel.columns:
            places = columns.get(column.key, frozenset())
            cells = self._values(number, places, height)
            filled = [cell for cell in cells if cell.text.strip()]
            if not cells:
                continue
            cell = (filled or cells)[0]
            holder = self._sheet.holders[cell.block_id]
            bound.append(
                Bound(
                    table=table,
                    row=row,
                    column=column,
                    holder=holder.block_id,
                    block_id=cell.block_id,
                    text=cell.text,
                    page=cell.anchor.page or holder.anchor.page,
                    row_number=cell.row,
                    col_number=cell.col,
                    unit=self._unit(number, places, label.text if label else "", table, column),
                    doubtful=len(filled) > 1,
                )
            )
        return bound

    def _values(self, number: int, places: frozenset[int], height: int) -> list[Cell]:
        """Return the cells of a row in the given grid columns that reach neither into other columns nor other rows."""
        cells = {cell.block_id: cell for col in sorted(places) if (cell := self._sheet.cells.get((number, col)))}
        return [
            cell
            for cell in cells.values()
            if cell.rowspan == height
            and self._sheet.starts(cell, number)
            and set(range(cell.col, cell.col + cell.colspan)) <= places
        ]

    def _unit(self, number: int, places: frozenset[int], label: str, table: FormTable, column: Column) -> str | None:
        heads = self._headers()
        for col, header in heads.items():
            if table.unit_columns.intersection(header.labels) and (cell := self._sheet.cells.get((number, col))):
                return cell.text.strip() if cell.text.strip() in column.units else None
        above = {
            self._sheet.cells[row, col] for row in self._header for col in places if (row, col) in self._sheet.cells
        }
        return printed_unit([label, *(cell.text for cell in above)], column)

    def _is_value_row(self, number: int, cells: list[Cell]) -> bool:
        """Tell whether the row holds the values of a panel without row labels, and keep it."""
        for at, (_, panel) in enumerate(self._panels):
            if panel.rows or not self._header or not cells:
                continue
            columns = map_columns(panel, self._headers())
            if len(columns) * 2 <= len(panel.columns):
                continue
            found = self._bind(number, at, None, columns)
            if found and not any(_is_words(cell.text, cell.column) for cell in found):
                self._value_rows.setdefault((at, tuple(self._header)), []).append(found)
                return True
        return False

    def _columns_of(self, at: int, panel: Panel) -> dict[str, frozenset[int]]:
        """Return the columns of a panel by the present header, completed from earlier ones that it goes on with.

        Nothing where most of them are missing: single labels such as 总计 also head other tables.
        """
        known = (at, tuple(self._header))
        if known not in self._maps:
            found = map_columns(panel, self._headers())
            before = self._columns.get(at, {})
            if len(found) < len(panel.columns) and self._goes_on(panel, found, before):
                taken = frozenset[int]().union(*found.values())
                found = {**{key: places for key, places in before.items() if not places & taken}, **found}
            if len(found) * 2 < len(panel.columns):
                found = {}
            self._maps[known] = self._columns[at] = found
        return self._maps[known]

    def _goes_on(self, panel: Panel, found: dict[str, frozenset[int]], before: dict[str, frozenset[int]]) -> bool:
        """Tell whether the present header says nothing foreign above the columns that an earlier one has named."""
        if any(before.get(key, places) != places for key, places in found.items()):
            return False
        columns = {col for places in before.values() for col in places}
        above = [self._sheet.cells.get((row, col)) for row in self._header for col in columns]
        keys = {self._keys[cell.block_id] for cell in above if cell and cell.col >= min(columns)}
        return all(key in panel.leaf_labels or key in panel.group_labels for key in keys if _HAN.search(key))

    def _headers(self) -> dict[int, HeaderColumn]:
        headers = {}
        for col in range(self._sheet.n_cols):
            cells = {
                cell.block_id: key
                for row in self._header
                if (cell := self._sheet.cells.get((row, col))) and (key := self._keys[cell.block_id])
            }
            if cells:
                headers[col] = HeaderColumn(tuple(cells.values()), list(cells)[-1])
        return headers


def _is_words(text: str, column: Column) -> bool:
    return bool(_HAN.search(text)) and read_cell(text, column).status is ValueStatus.UNREADABLE
