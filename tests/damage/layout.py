"""The forms as they are printed, taken from the example that each form in ``rules/eras`` carries.

Which cell of an example states what is told here by the order of the form alone, not by the program under test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.stages.tabulate.examples import grid_of
from pipeline.text.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Cell, Table
    from pipeline.rulebook.forms import Column, Era, Example, FormTable, Meaning, Panel, Row

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?P<sign>[-减]?)[+增]?(?P<digits>[\d,]+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the form that holds a number, and where it stands in its grid."""

    table: FormTable
    row: Row | None
    column: Column
    columns: tuple[Column, ...]

    @property
    def meaning(self) -> Meaning:
        """What the cell states."""
        return self.table.meaning(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its era, its grids as printed, and by block id the places of the cells that hold numbers.

    Where the era has several examples, the later ones are forms of their own: ``local_fujian-2``.
    """

    id: str
    era: Era
    grids: tuple[Table, ...]
    places: dict[str, Place]

    def table_of(self, grid: Table) -> FormTable | None:
        """Return the table of the form that the grid prints."""
        return next((self.places[cell.block_id].table for cell in grid.cells if cell.block_id in self.places), None)


def forms(eras: Iterable[Era]) -> dict[str, Form]:
    """Return all forms that have an example, by id."""
    found = [
        _form(era.id if number == 1 else f"{era.id}-{number}", era, example)
        for era in eras
        for number, example in enumerate(era.examples, start=1)
    ]
    return {form.id: form for form in found}


def number_of(text: str) -> float | None:
    """Return the number that a cell of an example prints."""
    match = _NUMBER.match(text)
    return float(match["digits"].replace(",", "")) * (-1 if match["sign"] else 1) if match else None


def _form(name: str, era: Era, example: Example) -> Form:
    grids = tuple(grid_of(text, f"g{number}") for number, text in enumerate(example.grids))
    lines = [(table, panel, row) for table in era.tables for panel in table.panels for row in panel.rows or (None,)]
    places: dict[str, Place] = {}
    for grid in grids:
        labels = {label_key(cell.text) for cell in grid.cells}
        for number in range(grid.n_rows):
            starting = [cell for cell in grid.cells if cell.row == number]
            for at, (table, panel, row) in enumerate(lines):
                columns = _columns(panel, labels)
                values = _values(starting, panel, row, len(columns))
                if values:
                    for cell, column in zip(values, columns, strict=True):
                        places[cell.block_id] = Place(table, row, column.measured_in(row), columns)
                    lines = lines[at + 1 :] + lines[:at]
                    break
    return Form(name, era, grids, places)


def _columns(panel: Panel, labels: set[str]) -> tuple[Column, ...]:
    """Return the columns that a grid with these labels prints."""
    others = [column for column in panel.columns if column.instead_of and column.keys & labels]
    replaced = {key for column in others for key in column.instead_of}
    return (*(column for column in panel.base_columns if column.key not in replaced), *others)


def _values(cells: list[Cell], panel: Panel, row: Row | None, width: int) -> list[Cell]:
    """Return the cells of a printed row that are those of ``row``, none where it is another row."""
    if row is None:
        return cells if len(cells) == width and any(_DIGIT.match(cell.text) for cell in cells) else []
    for at in range(len(cells) - width - 1, -1, -1):
        key = label_key(cells[at].text)
        if any(row in panel.row_labels.get(each, ()) for each in (key, key.removeprefix("其中"))):
            values = cells[-width:]
            is_title = row.is_heading and not any(_DIGIT.match(cell.text) for cell in values)
            return [] if is_title else values
    return []
