"""What the labels before a row say of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.stages.tabulate.flattened.tokens import Kind
from pipeline.stages.tabulate.headers import column_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.rulebook.forms import Column, Panel
    from pipeline.stages.tabulate.flattened.tokens import Token


_ENOUGH = 75.0


class HeaderKind(StrEnum):
    """How much of the header of a panel is there.

    ``complete``: labels in the order of the form, nothing between them; ``partial``: some labels or other words
    between, none of a column out of order; ``absent``: no label at all; ``foreign``: the labels are in another order.
    """

    COMPLETE = "complete"
    PARTIAL = "partial"
    ABSENT = "absent"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Header:
    """What the labels before a row say: the columns, fewer than the form has only where a complete header says so."""

    kind: HeaderKind
    columns: tuple[Column, ...]


def header_of(text: str, panel: Panel, tokens: Iterable[Token]) -> Header:
    """Return what the tokens before the first label of a row say of the columns of ``panel``."""
    labels: list[str] = []
    unbroken = 0
    tokens = list(tokens)
    weak = _weak_labels(panel) if any(_label(panel, token) for token in tokens) else {}
    for token in tokens:
        label = _label(panel, token) or weak.get(token.key)
        if label is None and labels and token.kind is Kind.WORDS:
            label = _misspelt(panel, text[token.start : token.end])
        if label:
            labels.append(label)
            unbroken += 1
        elif token.kind is Kind.WORDS:
            unbroken = 0
    return _header(panel, labels, labels[len(labels) - unbroken :])


def _header(panel: Panel, labels: list[str], unbroken: list[str]) -> Header:
    if not labels:
        return Header(HeaderKind.ABSENT, panel.base_columns)
    for columns in dict.fromkeys((panel.other_columns, panel.base_columns)):
        for printed in (columns, *_with_neighbours_swapped(columns)):
            for order in _orders(printed):
                if unbroken[-len(order) :] == order:
                    is_repeated = unbroken[-2 * len(order) : -len(order)] == order
                    return Header(HeaderKind.PARTIAL if is_repeated else HeaderKind.COMPLETE, printed)
        for order in _orders(columns):
            kept = [label for label in order if label in unbroken]
            some = _named_once(columns, kept)
            is_hidden = not set(labels).isdisjoint({*order} - {*kept})
            if 2 * len(some) > len(columns) and unbroken[-len(kept) :] == kept and not is_hidden:
                return Header(HeaderKind.COMPLETE, some)
    orders = _orders(panel.base_columns)
    if not set(labels) <= {label for order in orders for label in order}:
        return Header(HeaderKind.FOREIGN, panel.base_columns)
    leaves = [label for label in labels if label not in panel.group_labels.values()]
    in_order = any(_in_order(leaves, order) for order in orders)
    return Header(HeaderKind.PARTIAL if in_order else HeaderKind.FOREIGN, panel.base_columns)


def _with_neighbours_swapped(columns: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    """Yield the columns with two neighbours in each other's place, where every column has a name of its own."""
    if len({column.path[-1] for column in columns}) == len(columns):
        for place in range(len(columns) - 1):
            yield (*columns[:place], columns[place + 1], columns[place], *columns[place + 2 :])


def _misspelt(panel: Panel, words: str) -> str | None:
    """Return the label that the words are with one character damaged, if there is only one."""
    key = column_key(words)
    near = {
        columns[0].path[-1]
        for label, columns in panel.leaf_labels.items()
        if len(label) == len(key) and fuzz.ratio(label, key) >= _ENOUGH
    }
    return near.pop() if len(near) == 1 else None


def _named_once(columns: tuple[Column, ...], labels: list[str]) -> tuple[Column, ...]:
    """Return the columns that the labels name; none where one name stands for several of them."""
    names = [column.path[-1] for column in columns]
    if len(set(names)) < len(names):
        return ()
    return tuple(column for column in columns if column.path[-1] in labels)


def is_cut_up(panel: Panel, tokens: Iterable[Token]) -> bool:
    """Tell whether all labels of groups of columns are among the tokens, but hardly one of the columns themselves."""
    labels = [label for token in tokens if (label := _label(panel, token))]
    groups = set(panel.group_labels.values())
    return groups.issubset(labels) and 2 * sum(label not in groups for label in labels) < len(panel.base_columns)


def _label(panel: Panel, token: Token) -> str | None:
    if token.kind is not Kind.LABEL:
        return None
    columns = panel.leaf_labels.get(token.key)
    return columns[0].path[-1] if columns else panel.group_labels.get(token.key)


def _weak_labels(panel: Panel) -> dict[str, str]:
    """Return the labels of columns for wordings that name them only beside a column named by its own."""
    return {key: column.path[-1] for column in panel.columns for key in column.weak_keys}


def _in_order(labels: Sequence[str], order: Sequence[str]) -> bool:
    """Tell whether the labels that name one column only stand as in ``order``; of repeated ones the last counts."""
    once = [label for label in order if order.count(label) == 1]
    places = [once.index(label) for label in dict.fromkeys(reversed(labels)) if label in once]
    return places == sorted(places, reverse=True)


@lru_cache(maxsize=64)
def _orders(columns: tuple[Column, ...]) -> list[list[str]]:
    """Return the orders in which all headers can be printed: row by row, column by column, the lowest alone."""
    paths = [column.path for column in columns]
    by_row = [
        path[depth - 1]
        for depth in range(1, max(map(len, paths)) + 1)
        for path in dict.fromkeys(path[:depth] for path in paths if len(path) >= depth)
    ]
    by_column = [
        part[-1] for part in dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path) + 1))
    ]
    return [by_row, by_column, [path[-1] for path in paths]]
