"""A grid that can be cut, widened and shortened while its merged cells keep their shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.rendering import Grid, Slot, n_columns, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Entry(Slot):
    """A cell that states a number: what it means, its value (null where none is printed), its status and its unit."""

    indicator: str = ""
    applicant: str | None = None
    period: str = "this_year"
    item: str | None = None
    scope: str | None = None
    value: float | None = None
    status: str = "reported"
    unit: str = ""

    @property
    def key(self) -> tuple[str, str | None, str, str | None, str | None]:
        """What the cell means."""
        return self.indicator, self.applicant, self.period, self.item, self.scope


Placed = tuple[int, int, Slot]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a grid with the row and column where each begins."""

    cells: tuple[Placed, ...]
    n_rows: int
    n_cols: int

    @classmethod
    def of(cls, grid: Grid) -> Sheet:
        """Return the grid with the place of every cell."""
        return cls(tuple(placed(grid)), len(grid.rows), n_columns(grid))

    def grid(self) -> Grid:
        """Return the grid to be printed."""
        rows: list[list[tuple[int, Slot]]] = [[] for _ in range(self.n_rows)]
        for row, col, slot in self.cells:
            rows[row].append((col, slot))
        return Grid(tuple(tuple(slot for _, slot in sorted(row, key=lambda pair: pair[0])) for row in rows))

    @property
    def is_full(self) -> bool:
        """Tell whether there is a cell at every place."""
        return sum(slot.rowspan * slot.colspan for _, _, slot in self.cells) == self.n_rows * self.n_cols

    def row(self, number: int) -> list[Placed]:
        """Return the cells that begin in a row, from left to right."""
        return sorted((cell for cell in self.cells if cell[0] == number), key=lambda cell: cell[1])

    def value_rows(self) -> list[int]:
        """Return the rows in which numbers stand."""
        return sorted({row for row, _, slot in self.cells if isinstance(slot, Entry)})

    def value_cols(self) -> list[int]:
        """Return the columns in which numbers begin."""
        return sorted({col for _, col, slot in self.cells if isinstance(slot, Entry)})

    def entries(self, *, row: int | None = None, col: int | None = None) -> list[Entry]:
        """Return the numbers of a row, of a column, or all."""
        return [
            slot
            for at_row, at_col, slot in self.cells
            if isinstance(slot, Entry) and row in {None, at_row} and col in {None, at_col}
        ]

    def label(self, row: int) -> tuple[int, Slot] | None:
        """Return the column and cell of the words that name a row of numbers, null where none stand there."""
        before = [
            (col, slot)
            for _, col, slot in self.row(row)
            if not isinstance(slot, Entry) and col < min(self.value_cols()) and len(slot.text) > 2
        ]
        return before[-1] if before else None

    def map(self, change: Callable[[int, int, Slot], Slot]) -> Sheet:
        """Return the sheet with every cell put through ``change``, which gets its row and column too."""
        return replace(self, cells=tuple((row, col, change(row, col, slot)) for row, col, slot in self.cells))

    def without_row(self, number: int) -> Sheet:
        """Return the sheet without one row; a merged cell that begins there begins one row lower."""
        cells = []
        for row, col, slot in self.cells:
            if row <= number < row + slot.rowspan:
                if slot.rowspan > 1:
                    cells.append((row, col, replace(slot, rowspan=slot.rowspan - 1)))
            else:
                cells.append((row - (row > number), col, slot))
        return Sheet(tuple(cells), self.n_rows - 1, self.n_cols)

    def without_col(self, number: int) -> Sheet:
        """Return the sheet without one column."""
        return self.turned().without_row(number).turned()

    def with_row(self, number: int, slots: Iterable[tuple[int, Slot]]) -> Sheet:
        """Return the sheet with a new row at ``number``; cells merged across that place grow, the new ones fill up."""
        cells, taken = [], set()
        for row, col, slot in self.cells:
            if row < number < row + slot.rowspan:
                cells.append((row, col, replace(slot, rowspan=slot.rowspan + 1)))
                taken.update(range(col, col + slot.colspan))
            else:
                cells.append((row + (row >= number), col, slot))
        cells += [(number, col, slot) for col, slot in slots if col not in taken]
        return Sheet(tuple(cells), self.n_rows + 1, self.n_cols)

    def with_col(self, number: int, slots: Iterable[tuple[int, Slot]]) -> Sheet:
        """Return the sheet with a new column at ``number``, from slots with their rows."""
        return self.turned().with_row(number, ((row, _turned(slot)) for row, slot in slots)).turned()

    def turned(self) -> Sheet:
        """Return the sheet with rows and columns exchanged."""
        return Sheet(tuple((col, row, _turned(slot)) for row, col, slot in self.cells), self.n_cols, self.n_rows)

    def unmerged(self, *, repeat: bool) -> Sheet:
        """Return the sheet without merged cells: what they covered says the same again or is blank."""
        cells = []
        for row, col, slot in self.cells:
            for down in range(slot.rowspan):
                for right in range(slot.colspan):
                    first = down == right == 0
                    text = replace(slot, rowspan=1, colspan=1) if first or repeat else Slot("")
                    cells.append((row + down, col + right, text))
        return Sheet(tuple(cells), self.n_rows, self.n_cols)

    def below(self, other: Sheet) -> Sheet:
        """Return ``other`` with this sheet below it; the last cells of the narrower one grow to the common width."""
        width = max(self.n_cols, other.n_cols)
        cells = [*other.widened(width).cells]
        cells += [(row + other.n_rows, col, slot) for row, col, slot in self.widened(width).cells]
        return Sheet(tuple(cells), self.n_rows + other.n_rows, width)

    def widened(self, width: int) -> Sheet:
        """Return the sheet with its last cells grown to ``width`` columns."""
        return Sheet(
            tuple(
                (row, col, replace(slot, colspan=width - col) if col + slot.colspan == self.n_cols else slot)
                for row, col, slot in self.cells
            ),
            self.n_rows,
            width,
        )


def _turned(slot: Slot) -> Slot:
    return replace(slot, rowspan=slot.colspan, colspan=slot.rowspan)
