"""All ways to part the values of a group into the cells of a row.

A way is a tuple of cells, each a stretch of the stream with the number in it, null where it holds none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.stages.tabulate.cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.rulebook.forms import Column
    from pipeline.stages.tabulate.flattened.groups import Group, Stretch

Cell = tuple["Stretch", "float | None"]
Way = tuple[Cell, ...]

_MOST_STEPS = 20_000
_TOLERANCE = 1e-6
_COUNT = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,8})(?![.,][0-9])"
_AMOUNT = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
_SIGN = r"[/\\*]|[-–—─]{1,2}"
_BEHIND = r"(?:\p{Han}{1,2})?(?:\([^()]*\))?"
_GRAMMAR = {
    "count": regex.compile(rf"(?:{_COUNT}){_BEHIND}|{_SIGN}"),
    "change": regex.compile(rf"[+-]?(?:{_COUNT}){_BEHIND}|{_SIGN}"),
    "amount": regex.compile(rf"(?:{_AMOUNT}){_BEHIND}|{_SIGN}"),
}
_COULD_BE_MORE = regex.compile(r"[1-9][0-9]")


@dataclass(frozen=True, slots=True)
class Total:
    """A column that must be the sum of others, all of them further left."""

    col: int
    parts: frozenset[int]

    def ends_at(self, col: int) -> bool:
        """Tell whether no part of it stands further left."""
        return col == min(self.parts)


class TooManyWays(Exception):  # noqa: N818 — a refusal, not a failure
    """The group can be parted in more ways than anything could decide between."""


def trimmed(group: Group, width: int) -> tuple[Stretch, ...] | None:
    """Return the cells of a group whose borders are left; null where their number is not that of the columns.

    Blank cells before the first or behind the last column belong to a wider table, if no other cell is blank.
    """
    cells = group.cells or ()
    if len(cells) == width:
        return cells
    filled = [number for number, (start, end) in enumerate(cells) if start < end]
    if len(filled) != width or filled[-1] - filled[0] >= width:
        return None
    return cells[filled[0] : filled[-1] + 1]


def is_certain(text: str, group: Group, width: int) -> bool:
    """Tell whether the group can be parted in one way only, even if some cells were blank and left no trace."""
    if len(group.runs) == width:
        return True
    return not any(_COULD_BE_MORE.search(text[start:end]) for start, end in group.runs)


def ways(text: str, group: Group, columns: Sequence[Column], totals: Sequence[Total] = ()) -> list[Way]:
    """Return all ways to part a group without borders into one cell per column; a space always parts two cells.

    Of a group that can be parted in more than one way only those are returned that keep its ``totals``. Raises
    ``TooManyWays``.
    """
    if is_certain(text, group, len(columns)):
        totals = ()
    return _Parting(text, columns, totals).ways(group.runs)


def can_be_parted(text: str, group: Group, columns: Sequence[Column]) -> bool:
    """Tell whether there is any way to part the group into one cell per column."""
    return _Parting(text, columns, ()).is_possible(group.runs)


class _Parting:
    """Cuts cells off from the right, where the totals stand, so that the parts are soon too large for them."""

    def __init__(self, text: str, columns: Sequence[Column], totals: Sequence[Total]) -> None:
        self._text = text
        self._columns = columns
        self._totals = totals
        self._known: dict[tuple[str, int, int], list[Cell]] = {}
        self._steps = 0

    def ways(self, runs: tuple[Stretch, ...]) -> list[Way]:
        """Return the ways to part ``runs`` into a cell for each column."""
        return list(self._ways(runs, len(self._columns), (), tuple(None for _ in self._totals)))

    def is_possible(self, runs: tuple[Stretch, ...]) -> bool:
        """Tell whether there is any way to part ``runs``."""
        return next(self._ways(runs, len(self._columns), (), ()), None) is not None

    def _ways(
        self, runs: tuple[Stretch, ...], width: int, behind: tuple[Cell, ...], left: tuple[float | None, ...]
    ) -> Iterator[Way]:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise TooManyWays
        if not width and not runs:
            yield behind
        if not runs or len(runs) > width or not self._can_fit(runs, width, left):
            return
        for cell in self._cells(self._columns[width - 1], *runs[-1]):
            (cut, _), value = cell
            rests = tuple(_rest(total, rest, width - 1, value) for total, rest in zip(self._totals, left, strict=True))
            if all(
                rest is None or (rest >= -_TOLERANCE and (rest <= _TOLERANCE or not total.ends_at(width - 1)))
                for total, rest in zip(self._totals, rests, strict=True)
            ):
                uncut = ((runs[-1][0], cut),) if runs[-1][0] < cut else ()
                yield from self._ways((*runs[:-1], *uncut), width - 1, (cell, *behind), rests)

    def _cells(self, column: Column, start: int, end: int) -> list[Cell]:
        """Return the cells of a column that the stretch can end with."""
        key = column.numbers, start, end
        if key not in self._known:
            grammar = _GRAMMAR[column.numbers]
            self._known[key] = [
                ((cut, end), _number(self._text[cut:end], column))
                for cut in range(end - 1, start - 1, -1)
                if grammar.fullmatch(self._text, cut, end)
            ]
        return self._known[key]

    def _can_fit(self, runs: tuple[Stretch, ...], width: int, left: tuple[float | None, ...]) -> bool:
        """Tell whether so many digits in so many cells can add up to what is left of a total that all of them share."""
        digits = sum(end - start for start, end in runs)
        for total, rest in zip(self._totals, left, strict=True):
            if rest is None or not total.parts.issuperset(range(width)):
                continue
            if not all(self._text[start:end].isdigit() for start, end in runs):
                continue
            least = 10 ** (-(-digits // width) - 1) if digits > width else 0
            if not least <= rest < width * 10 ** (digits - width + 1):
                return False
        return True


def _number(text: str, column: Column) -> float | None:
    return float(text) if text.isdigit() else read_cell(text, column).value


def _rest(total: Total, rest: float | None, col: int, value: float | None) -> float | None:
    """Return what is left of a total for the parts further left; null before the total and where it can't be known."""
    if col == total.col:
        return value
    if col not in total.parts or rest is None:
        return rest
    return None if value is None else rest - value
