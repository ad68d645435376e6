"""Tell which row of a panel a label names: by the group it stands under and by the order of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook.forms import Panel, Row


class Order:
    """How far the rows of a panel have been read: the last one, the part of the sheet it stands in, and its group."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._places = {id(row): place for place, row in enumerate(panel.rows)}
        self._last = -1
        self._part: int | None = None
        self._group: str | None = None

    def note_groups(self, keys: Iterable[str]) -> None:
        """Note the group that a row names, be it a title or a row of its own."""
        for key in keys:
            self._group = self._panel.row_groups.get(key, self._group)

    def choose(self, rows: tuple[Row, ...], beside: Iterable[str], part: int, *, is_headed: bool) -> Row | None:
        """Return which of the rows a label names, or null where that is not certain.

        ``beside`` are the labels to its left, ``part`` is the grid it stands in, ``is_headed`` tells whether that has a
        header of its own; without one its rows must go on where the last grid ended.
        """
        groups = [group for key in beside if (group := self._panel.row_groups.get(key))]
        if groups:
            rows = tuple(row for row in rows if row.under in {None, groups[-1]})
        row = rows[0] if len(rows) == 1 else self._next(rows)
        if row is None:
            return None
        place = self._places[id(row)]
        if self._part not in {None, part} and not is_headed and place <= self._last:
            return None
        self._last, self._part = place, part
        if row.under or row.label not in self._panel.row_groups.values():
            self._group = row.under
        return row

    def _next(self, rows: tuple[Row, ...]) -> Row | None:
        later = [row for row in rows if self._places[id(row)] > self._last]
        grouped = [row for row in rows if row.under and row.under == self._group]
        if grouped:
            return grouped[0] if len(grouped) == 1 and grouped[0] in later else None
        following = [row for row in later if self._places[id(row)] == self._last + 1]
        chosen = following or later
        return chosen[0] if len(chosen) == 1 else None
