"""Bind the cells of grids: row label × column header, never by counting.

A table that a page break cuts in two goes on in the next grid of the same width; its headers stay valid there as long
as its rows go on in the order of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import ValueStatus
from pipeline.stages.tabulate.binding import Bound, printed_unit
from pipeline.stages.tabulate.cells import read_cell
from pipeline.stages.tabulate.headers import HeaderColumn, column_key, map_columns
from pipeline.stages.tabulate.order import Order
from pipeline.text.labels import find_label, label_key
from pipeline.text.script import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Cell
    from pipeline.rulebook.forms import Column, FormTable, Panel, Row
    from pipeline.stages.tabulate.sheet import Sheet

_HAN = regex.compile(r"\p{Han}")
_DIGIT = regex.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row among those of a table that holds numbers and is not certainly one of the form's."""

    table: FormTable
    holder: str
    label: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The cells of a sheet that certainly belong to a table of the form, and the rows that hold more numbers."""

    bound: tuple[Bound, ...]
    unread: tuple[UnreadRow, ...]


def bind_sheet(sheet: Sheet, tables: Iterable[FormTable]) -> SheetReading:
    """Return the cells of ``sheet`` that certainly belong to one of the form's tables, and the rows left over."""
    return _SheetReader(sheet, tables).read()


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a panel stand, by the header rows that say so; ``headers`` is what stands in these."""

    columns: dict[str, frozenset[int]]
    header: tuple[int, ...]
    headers: dict[int, HeaderColumn]

    @property
    def edge(self) -> int:
        """The first of the columns; labels stand left of it."""
        return min(min(places) for places in self.columns.values())


class _SheetReader:
    """Goes down a sheet row by row.

    ``_header`` are the rows since the last row of values; ``_layouts`` what they and earlier headers say of each panel.
    """

    def __init__(self, sheet: Sheet, tables: Iterable[FormTable]) -> None:
        self._sheet = sheet
        self._panels = [(table, panel) for table in tables for panel in table.panels]
        self._orders = [Order(panel) for _, panel in self._panels]
        self._groups = {label for _, panel in self._panels for label in panel.group_labels}
        self._keys = {cell.block_id: label_key(cell.text) for cell in sheet.cells.values()}
        self._header: list[int] = []
        self._layouts: dict[int, _Layout] = {}
        self._known: dict[tuple[int, tuple[int, ...]], _Layout | None] = {}
        self._current: int | None = None
        self._value_rows: dict[tuple[int, tuple[int, ...]], list[list[Bound]]] = {}
        self._unread: list[UnreadRow] = []

    def read(self) -> SheetReading:
        bound: list[Bound] = []
        after_values = False
        number = 0
        while number < self._sheet.n_rows:
            cells = self._sheet.row(number)
            torn = self._torn_row(number, cells)
            found = self._labelled_row(number, cells) if torn is None else torn
            if found is None and self._is_value_row(number, cells):
                found = []
            elif not found:
                self._note_unread(number, cells)
            if found is not None:
                bound.extend(found)
            else:
                self._header = [number] if after_values else [*self._header, number]
            after_values = found is not None
            number += 1 if torn is None else 2
        for rows in self._value_rows.values():
            filled = [row for row in rows if any(cell.text.strip() for cell in row)] or rows[:1]
            if len(filled) == 1:
                bound.extend(filled[0])
        return SheetReading(tuple(bound), tuple(self._unread))

    def _labelled_row(self, number: int, cells: list[Cell]) -> list[Bound] | None:
        """Return the cells of a row with a known label, none where no header binds them; null for other rows."""
        unbound = False
        for at, (_, panel) in enumerate(self._panels):
            self._orders[at].note_groups(self._keys[cell.block_id] for cell in cells)
            labels = self._labels(number, panel, cells, self._layouts.get(at))
            if not labels:
                continue
            layout = self._layout_of(at, panel)
            if layout is None:
                unbound |= any(_DIGIT.search(cell.text) for cell in cells if cell.col > labels[0][0].col)
                continue
            labels = [(cell, rows) for cell, rows in labels if cell.col + cell.colspan <= layout.edge]
            if labels:
                return self._bind_label(number, at, *labels[-1], layout, cells)
        return [] if unbound else None

    def _labels(
        self, number: int, panel: Panel, cells: list[Cell], layout: _Layout | None
    ) -> list[tuple[Cell, tuple[Row, ...]]]:
        """Return the cells that name rows, or the last of several that do so together."""
        starting = [cell for cell in cells if self._sheet.starts(cell, number)]
        labels = [
            (cell, rows)
            for cell in starting
            if (rows := find_label(self._keys[cell.block_id], panel.row_labels, panel.row_groups))
        ]
        if labels or layout is None:
            return labels
        parts = [
            cell
            for cell in starting
            if cell.col + cell.colspan <= layout.edge and _HAN.search(self._keys[cell.block_id])
        ]
        rows = panel.row_labels.get("".join(self._keys[cell.block_id] for cell in parts))
        return [(parts[-1], rows)] if rows else []

    def _bind_label(
        self, number: int, at: int, label: Cell, rows: tuple[Row, ...], layout: _Layout, cells: list[Cell]
    ) -> list[Bound]:
        """Return the cells of the row that ``label`` names, none where it is not certain which one that is."""
        groups = [self._keys[cell.block_id] for cell in cells if cell.col < label.col]
        part = self._sheet.part(number)
        own_header = any(self._sheet.part(header) == part for header in self._header)
        row = self._orders[at].choose(rows, groups, part, is_headed=own_header)
        if row is None:
            return []
        self._current = at
        return self._bind(number, at, row, layout, label)

    def _torn_row(self, number: int, cells: list[Cell]) -> list[Bound] | None:
        """Return the cells of a row that is torn in two, its label begun here and ended in the next; null for others.

        The values must all stand in one of the two. A whole label is left alone, unless a page ends below it.
        """
        layout = self._layouts.get(self._current) if self._current is not None else None
        if self._current is None or layout is None or number + 1 >= self._sheet.n_rows:
            return None
        panel = self._panels[self._current][1]
        upper, lower = self._label_cell(number, layout), self._label_cell(number + 1, layout)
        if upper is None or (lower and lower.col != upper.col):
            return None
        above, below = self._keys[upper.block_id], self._keys[lower.block_id] if lower else ""
        rows = panel.row_labels.get(above + below)
        filled = [self._is_filled(row, layout) for row in (number, number + 1)]
        if rows is None or all(filled) or (above in panel.row_labels and below in panel.row_labels):
            return None
        at_page_end = self._sheet.part(number) != self._sheet.part(number + 1)
        if not below and not (at_page_end and filled[1]):
            return None
        if filled[1]:
            bound = self._bind_label(number, self._current, upper, rows, layout, cells)
            return bound and self._bind(number + 1, self._current, bound[0].row, layout, lower)
        return self._bind_label(number, self._current, upper, rows, layout, cells)

    def _label_cell(self, number: int, layout: _Layout) -> Cell | None:
        """Return the last cell with words that begins in the row left of its values."""
        found = None
        for cell in self._sheet.row(number):
            if self._sheet.starts(cell, number) and cell.col + cell.colspan <= layout.edge:
                found = cell if _HAN.search(self._keys[cell.block_id]) else found
        return found

    def _is_filled(self, number: int, layout: _Layout) -> bool:
        columns = {col for places in layout.columns.values() for col in places}
        cells = (self._sheet.cells.get((number, col)) for col in columns)
        return any(cell.text.strip() for cell in cells if cell)

    def _note_unread(self, number: int, cells: list[Cell]) -> None:
        """Note a row that stands among those of a table and holds numbers no value was read from."""
        layout = self._layouts.get(self._current) if self._current is not None else None
        if self._current is None or layout is None:
            return
        table, panel = self._panels[self._current]
        labels = [cell.text.strip() for cell in cells if cell.col + cell.colspan <= layout.edge and cell.text.strip()]
        readings = [
            read_cell(cell.text, column)
            for column in panel.columns
            for cell in self._values(number, layout.columns.get(column.key, frozenset()), 1)
        ]
        if labels and any(reading.value is not None for reading in readings):
            holder = self._sheet.holders[cells[0].block_id].block_id
            self._unread.append(UnreadRow(table, holder, max(labels, key=len)))

    def _bind(self, number: int, at: int, row: Row | None, layout: _Layout, label: Cell | None = None) -> list[Bound]:
        """Return the cells of the row, none where one of them is lost: the others may have moved into its place."""
        table, panel = self._panels[at]
        height = label.rowspan if label else 1
        bound: list[Bound] = []
        if self._is_short(number, layout):
            return bound
        for column in panel.columns:
            places = layout.columns.get(column.key, frozenset())
            cells = self._values(number, places, height)
            filled = [cell for cell in cells if cell.text.strip()]
            if not cells:
                continue
            cell = (filled or cells)[0]
            holder = self._sheet.holders[cell.block_id]
            measured = column.measured_in(row)
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
                    unit=self._unit(number, places, layout, label.text if label else "", table, measured),
                    doubtful=len(filled) > 1,
                )
            )
        return bound

    def _is_short(self, number: int, layout: _Layout) -> bool:
        """Tell whether the row has no cell at all below some header, so that a lost one may have shifted the others."""
        heads = {header.lowest for header in layout.headers.values()}
        return heads != {header.lowest for col, header in layout.headers.items() if (number, col) in self._sheet.cells}

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

    def _unit(
        self, number: int, places: frozenset[int], layout: _Layout, label: str, table: FormTable, column: Column
    ) -> str | None:
        for col, header in layout.headers.items():
            if table.unit_columns.intersection(header.labels) and (cell := self._sheet.cells.get((number, col))):
                return simplify(cell.text.strip()) or None
        above = {
            self._sheet.cells[row, col] for row in layout.header for col in places if (row, col) in self._sheet.cells
        }
        return printed_unit([label, *(cell.text for cell in above)], column)

    def _is_value_row(self, number: int, cells: list[Cell]) -> bool:
        """Tell whether the row holds the values of a panel without row labels, and keep it."""
        for at, (_, panel) in enumerate(self._panels):
            if panel.rows or not self._header or not cells:
                continue
            headers = self._headers(self._header)
            layout = _Layout(map_columns(panel, headers), tuple(self._header), headers)
            if len(layout.columns) * 2 <= len(panel.base_columns):
                continue
            found = self._bind(number, at, None, layout)
            if found and not any(_is_words(cell.text, cell.column) for cell in found):
                self._value_rows.setdefault((at, tuple(self._header)), []).append(found)
                return True
        return False

    def _layout_of(self, at: int, panel: Panel) -> _Layout | None:
        """Return the columns of a panel by the present header, completed from earlier ones that it goes on with.

        Nothing where most of them are missing: single labels such as 总计 also head other tables.
        """
        header = tuple(self._header)
        if (at, header) not in self._known:
            found = map_columns(panel, self._headers(header))
            before = self._layouts.get(at)
            if before and len(found) < len(before.columns) and self._goes_on(panel, found, before.columns):
                taken = frozenset[int]().union(*found.values())
                kept = {key: places for key, places in before.columns.items() if not places & taken}
                found, header = {**kept, **found}, (*before.header, *header)
            enough = found and len(found) * 2 >= len(panel.base_columns)
            layout = _Layout(found, header, self._headers(header)) if enough else None
            self._known[at, tuple(self._header)] = layout
            if layout:
                self._layouts[at] = layout
            else:
                self._layouts.pop(at, None)
        return self._known[at, tuple(self._header)]

    def _goes_on(self, panel: Panel, found: dict[str, frozenset[int]], before: dict[str, frozenset[int]]) -> bool:
        """Tell whether the present header says nothing foreign above the columns that an earlier one has named."""
        if any(before.get(key, places) != places for key, places in found.items()):
            return False
        columns = {col for places in before.values() for col in places}
        above = [self._sheet.cells.get((row, col)) for row in self._header for col in columns]
        keys = {column_key(cell.text) for cell in above if cell and cell.col >= min(columns)}
        return all(key in panel.leaf_labels or key in panel.group_labels for key in keys if _HAN.search(key))

    def _headers(self, rows: Sequence[int]) -> dict[int, HeaderColumn]:
        """Return what stands above each column in the given rows; a title over the whole width says nothing of one.

        Where merged cells were lost, a blank above a label and right of the header of a group belongs to the group.
        """
        labels: dict[int, dict[str, str]] = {}
        labelled: set[int] = set()
        for row in rows:
            group = None
            for col in range(self._sheet.n_cols):
                cell = self._sheet.cells.get((row, col))
                if cell is None or cell.colspan == self._sheet.n_cols:
                    continue
                key = column_key(cell.text)
                if key:
                    group = cell if cell.colspan == 1 and key in self._groups else None
                    labelled.add(col)
                above = cell if key else (group if cell.colspan == 1 else None)
                if above:
                    labels.setdefault(col, {})[above.block_id] = column_key(above.text)
        return {col: HeaderColumn(tuple(labels[col].values()), list(labels[col])[-1]) for col in sorted(labelled)}


def _is_words(text: str, column: Column) -> bool:
    return bool(_HAN.search(text)) and read_cell(text, column).status is ValueStatus.UNREADABLE
