"""Tell which column of a panel each column of a grid is, by the labels above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.text.labels import find_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.rulebook.forms import Column, Panel

_DEEPEST_SPLIT = 3
_ENOUGH_IN_PLACE = 70.0


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """The label keys above one grid column from the top down, and the cell that holds the lowest of them."""

    labels: tuple[str, ...]
    lowest: str


def map_columns(panel: Panel, headers: Mapping[int, HeaderColumn]) -> dict[str, frozenset[int]]:
    """Return the grid columns of each column key of ``panel``; a column that is not certain is left out.

    The lowest label must be that of the column and no label above it that of another group. Where the groups are not
    printed above every column, all labels together must read exactly as in the form, from left to right. A damaged
    label counts where it stands alone between the two columns that are its neighbours in the form.
    """
    candidates = {number: found for number, header in headers.items() if (found := _candidates(panel, header.labels))}
    places: dict[str, dict[str, set[int]]] = {}
    for number, columns in candidates.items():
        if len(columns) == 1:
            places.setdefault(columns[0].key, {}).setdefault(headers[number].lowest, set()).add(number)
    certain = {key: frozenset(next(iter(cells.values()))) for key, cells in places.items() if len(cells) == 1}
    if len(certain) < len(panel.columns):
        certain = _in_order(panel, headers, candidates) or certain
    return certain if len(certain) == len(panel.columns) else {**certain, **_damaged(panel, headers, certain)}


def _candidates(panel: Panel, labels: Sequence[str]) -> tuple[Column, ...]:
    for end in range(len(labels), 0, -1):
        for start in range(end - 1, max(end - 1 - _DEEPEST_SPLIT, -1), -1):
            columns = find_label("".join(labels[start:end]), panel.leaf_labels)
            if columns:
                groups = {find_label(label, panel.group_labels) for label in labels[:start]} - {None}
                return tuple(column for column in columns if groups <= set(column.path[:-1]))
    return ()


def _in_order(
    panel: Panel, headers: Mapping[int, HeaderColumn], candidates: Mapping[int, tuple[Column, ...]]
) -> dict[str, frozenset[int]]:
    cells: dict[str, list[int]] = {}
    for number in sorted(candidates):
        cells.setdefault(headers[number].lowest, []).append(number)
    if len(cells) != len(panel.columns):
        return {}
    pairs = list(zip(panel.columns, cells.values(), strict=True))
    if any(column not in candidates[number] for column, numbers in pairs for number in numbers):
        return {}
    return {column.key: frozenset(numbers) for column, numbers in pairs}


def _damaged(
    panel: Panel, headers: Mapping[int, HeaderColumn], certain: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    found = {}
    for before, column, after in zip(panel.columns, panel.columns[1:], panel.columns[2:], strict=False):
        if column.key in certain or before.key not in certain or after.key not in certain:
            continue
        between = range(max(certain[before.key]) + 1, min(certain[after.key]))
        if len(between) == 1 and between[0] in headers:
            label = headers[between[0]].labels[-1]
            if max(fuzz.ratio(label, key) for key in column.keys) >= _ENOUGH_IN_PLACE:
                found[column.key] = frozenset(between)
    return found
