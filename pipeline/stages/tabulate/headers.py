"""Tell which column of a panel each column of a grid is, by the labels above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from rapidfuzz import fuzz

from pipeline.text.labels import find_label, label_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.rulebook.forms import Column, Panel

_YEAR = regex.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SAYS_NOTHING = regex.compile(r"\P{Han}*|[甲乙丙丁]|(?:单位)?(?:万元|亿元|元|条|件|项|次|个|人|人次|份|宗|篇)")
_DEEPEST_SPLIT = 3
_ENOUGH_IN_PLACE = 70.0


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """The label keys above one grid column from the top down, and the cell that holds the lowest of them."""

    labels: tuple[str, ...]
    lowest: str


def column_key(text: str) -> str:
    """Return the key of a header's label, with ``year`` for the year it prints, as forms write it."""
    return _YEAR.sub("year", label_key(text))


def map_columns(panel: Panel, headers: Mapping[int, HeaderColumn]) -> dict[str, frozenset[int]]:
    """Return the grid columns of each column key of ``panel``; a column that is not certain is left out.

    The lowest label must be that of the column and no label above it that of another group. Where the groups are not
    printed above every column, all labels together must read exactly as in the form, from left to right. A damaged
    label counts where it stands alone between the two columns that are its neighbours in the form.
    """
    candidates = {number: found for number, header in headers.items() if (found := _candidates(panel, header.labels))}
    certain = _certain(headers, candidates)
    if len(certain) < len(panel.base_columns):
        certain = _in_order(panel, headers, candidates) or certain
    if len(certain) < len(panel.base_columns):
        certain |= _damaged(panel, headers, certain)
    return certain | _weak(panel, headers, certain, set(candidates))


def _certain(
    headers: Mapping[int, HeaderColumn], candidates: Mapping[int, tuple[Column, ...]]
) -> dict[str, frozenset[int]]:
    """Return the columns that one header cell names, and no other."""
    places: dict[str, dict[str, set[int]]] = {}
    for number, columns in candidates.items():
        if len(columns) == 1:
            places.setdefault(columns[0].key, {}).setdefault(headers[number].lowest, set()).add(number)
    return {key: frozenset(next(iter(cells.values()))) for key, cells in places.items() if len(cells) == 1}


def _weak(
    panel: Panel, headers: Mapping[int, HeaderColumn], certain: Mapping[str, frozenset[int]], named: set[int]
) -> dict[str, frozenset[int]]:
    """Return the columns named by wordings that count only beside a column which is certain."""
    if not certain:
        return {}
    missing = [column for column in panel.columns if column.weak_keys and column.key not in certain]
    candidates = {
        number: columns
        for number, header in headers.items()
        if number not in named
        and (columns := tuple(column for column in missing if header.labels[-1] in column.weak_keys))
    }
    claimed = {column.key for number in named for column in _candidates(panel, headers[number].labels)}
    return {key: places for key, places in _certain(headers, candidates).items() if key not in claimed}


def _candidates(panel: Panel, labels: Sequence[str]) -> tuple[Column, ...]:
    for end in range(len(labels), 0, -1):
        if not all(_SAYS_NOTHING.fullmatch(label) for label in labels[end:]):
            break
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
    if len(cells) != len(panel.base_columns):
        return {}
    pairs = list(zip(panel.base_columns, cells.values(), strict=True))
    if any(column not in candidates[number] for column, numbers in pairs for number in numbers):
        return {}
    return {column.key: frozenset(numbers) for column, numbers in pairs}


def _damaged(
    panel: Panel, headers: Mapping[int, HeaderColumn], certain: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    found = {}
    columns = panel.base_columns
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        if column.key in certain or before.key not in certain or after.key not in certain:
            continue
        between = range(max(certain[before.key]) + 1, min(certain[after.key]))
        if len(between) == 1 and between[0] in headers:
            label = headers[between[0]].labels[-1]
            if max(fuzz.ratio(label, key) for key in column.keys) >= _ENOUGH_IN_PLACE:
                found[column.key] = frozenset(between)
    return found
