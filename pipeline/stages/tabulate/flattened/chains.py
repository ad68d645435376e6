"""Chains: groups of values that follow each other as the rows of a panel do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import regex

from pipeline.stages.tabulate.flattened.headers import Header, HeaderKind, header_of, is_cut_up
from pipeline.stages.tabulate.flattened.splits import trimmed
from pipeline.stages.tabulate.flattened.stream import LINE
from pipeline.stages.tabulate.flattened.tokens import Kind
from pipeline.text.labels import find_label, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.rulebook.forms import FormTable, Panel, Row
    from pipeline.stages.tabulate.flattened.groups import Group, Stretch
    from pipeline.stages.tabulate.flattened.tokens import Token

_FARTHEST = 120
_MOST_TOKENS = 4
_LONGEST_BRACKET = 60
_SHORT_LABEL = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A group in a chain; ``place`` is the number of its row, null where it has no label of its own.

    ``follows_blank`` tells that the label of another row stands right before, without any value; ``follows_number``
    that a number stands between the header and its label.
    """

    group: Group
    place: int | None
    label: Stretch | None = None
    follows_blank: bool = False
    follows_number: bool = False


@dataclass
class Chain:
    """Groups that follow each other as the rows of a panel do, below a header."""

    table: FormTable
    panel: Panel
    header: Header
    entries: list[Entry]

    @property
    def last(self) -> int:
        """The number of the last row that every version of the form has, -1 before the first."""
        places = (entry.place for entry in self.entries if entry.place is not None)
        return max((place for place in places if not self.panel.rows[place].is_optional), default=-1)

    @property
    def labelled(self) -> int:
        """How many of the groups have the label of a row."""
        return sum(entry.place is not None for entry in self.entries)


def find_chains(text: str, groups: Sequence[Group], tables: Iterable[FormTable]) -> Iterator[Chain]:
    """Yield the chains of each panel of ``tables``, whether they are whole or not."""
    panels = [(table, panel) for table in tables for panel in table.panels]
    headers = {key for _, panel in panels for key in panel.leaf_labels}
    for table, panel in panels:
        if panel.rows:
            own = {*panel.leaf_labels, *panel.group_labels, *panel.row_labels}
            yield from _ChainReader(text, table, panel, headers - own).read(groups)
        else:
            yield from _headed(text, groups, table, panel)


def _headed(text: str, groups: Sequence[Group], table: FormTable, panel: Panel) -> Iterator[Chain]:
    """Yield the values of a panel without row labels: the only group behind its header."""
    for group, following in zip_longest(groups, groups[1:]):
        header = header_of(text, panel, group.lead)
        whole = group.cells is not None and len(group.cells) == len(header.columns)
        if following and not following.label and following.cells and any(start < end for start, end in following.cells):
            continue
        if header.kind is HeaderKind.COMPLETE or (
            header.kind is HeaderKind.PARTIAL and whole and is_cut_up(panel, group.lead)
        ):
            yield Chain(table, panel, header, [Entry(group, 0)])


class _ChainReader:
    """Goes through the groups and keeps the chain that is open; headers of other panels end it."""

    def __init__(self, text: str, table: FormTable, panel: Panel, other_headers: AbstractSet[str]) -> None:
        self._text = text
        self._table = table
        self._panel = panel
        self._other_headers = other_headers
        self._units = regex.compile(rf"(?:{'|'.join(sorted(map(regex.escape, panel.units)))})$")
        self._row_keys = {key for key, rows in panel.row_labels.items() if not all(row.is_heading for row in rows)} - {
            *panel.row_groups,
            *panel.leaf_labels,
            *panel.group_labels,
        }
        self._chain: Chain | None = None

    def read(self, groups: Sequence[Group]) -> Iterator[Chain]:
        """Yield the chains of the panel."""
        named = [self._named(group, following) for group, following in zip_longest(groups, groups[1:])]
        by_line = any(
            rows and group.cells and group.shares_line for (rows, _), group in zip(named, groups, strict=True)
        )
        titles: tuple[Token, ...] = ()
        for group, (rows, label) in zip(groups, named, strict=True):
            lead = (*titles, *(token for token in group.lead if label is None or token.start < label[0]))
            follows_number = bool(titles) and self._text[titles[-1].end].isdigit()
            titles = lead if not rows and self._is_title(group) else ()
            others = [number for number, token in enumerate(lead) if token.key in self._other_headers]
            header = header_of(self._text, self._panel, lead[others[-1] + 1 :] if others else lead)
            if group.foreign > _FARTHEST or others or header.kind is HeaderKind.FOREIGN:
                yield from self._close()
            width = len(self._chain.header.columns if self._chain else header.columns)
            if not rows or (by_line and not _is_one_line(group, width)):
                if self._chain and group.cells is not None and trimmed(group, width):
                    self._chain.entries.append(Entry(group, None))
                continue
            place = self._place(rows, group)
            if place is None and self._chain:
                yield from self._close()
                place = self._place(rows, group)
            if place is None or (others and header.kind is not HeaderKind.COMPLETE):
                continue
            follows_blank = self._follows_blank(lead)
            if self._chain is None:
                self._chain = Chain(self._table, self._panel, self._fitting(header, group), [])
            self._chain.entries.append(Entry(group, place, label, follows_blank, follows_number))
        yield from self._close()

    def _fitting(self, header: Header, group: Group) -> Header:
        """Return the header, a partial one where it lacks a column for which the row has a value."""
        values = len(group.cells or group.runs)
        whole = self._panel.base_columns
        is_short = len(header.columns) < len(whole) == values
        return Header(HeaderKind.PARTIAL, whole) if is_short else header

    def _close(self) -> Iterator[Chain]:
        if self._chain:
            yield self._chain
        self._chain = None

    def _named(self, group: Group, following: Group | None) -> tuple[tuple[Row, ...], Stretch | None]:
        """Return the rows that the label before the values may name, and where it stands."""
        label = self._outside_brackets(group.label, group.start)
        if not label:
            return (), None
        stretch = label[-1].start, label[-1].end
        if following is not None and (rows := self._wrapped(stretch, group, following)):
            return rows, stretch
        if label[-1].kind is Kind.LABEL and label[-1].key in self._panel.row_labels:
            return (() if self._ends_words(label) else self._panel.row_labels[label[-1].key]), stretch
        for number in range(1, min(_MOST_TOKENS, len(label)) + 1):
            stretch = label[-number].start, label[-1].end
            key = label_key(self._text[slice(*stretch)])
            for wording in (key, self._units.sub("", key)):
                if found := find_label(wording, self._panel.row_labels):
                    return found, stretch
        return (), None

    def _outside_brackets(self, label: tuple[Token, ...], end: int) -> tuple[Token, ...]:
        """Return the tokens before a bracket that closes only behind the values: ``部分公开(只计这一情形,不计其他``."""
        if not label:
            return label
        depth = 0
        for place in range(end - 1, max(label[0].start, end - _LONGEST_BRACKET) - 1, -1):
            depth += {")": 1, "(": -1}.get(self._text[place], 0)
            if depth < 0:
                return tuple(token for token in label if token.start < place)
        return label

    def _wrapped(self, label: Stretch, group: Group, following: Group) -> tuple[Row, ...]:
        """Return the row whose label begins here and ends in the line below the values, if there is one."""
        below = next((token for token in following.lead if token.kind is not Kind.LINE), None)
        if below is None or below.kind not in {Kind.LABEL, Kind.WORDS} or below == following.label[-1]:
            return ()
        if LINE not in self._text[group.end : below.start]:
            return ()
        key = label_key(self._text[slice(*label)]) + label_key(self._text[below.start : below.end])
        return self._panel.row_labels.get(key, ())

    def _ends_words(self, label: tuple[Token, ...]) -> bool:
        """Tell whether a short label is but the end of other words, as ``其他`` of ``不计其他``."""
        last = label[-1]
        glued = len(label) > 1 and label[-2].kind is Kind.WORDS and label[-2].end == last.start
        return glued and len(last.key) <= _SHORT_LABEL

    def _is_title(self, group: Group) -> bool:
        """Tell whether the values stand behind a header or the title of a group of rows, as a dash may."""
        key = group.label[-1].key if group.label else None
        return key in self._panel.leaf_labels or key in self._panel.row_groups

    def _place(self, rows: Sequence[Row], group: Group) -> int | None:
        """Return the number of the row meant; where a label names several, the group of the row before must be theirs.

        A row that not every version of the form has may stand elsewhere in it, if nothing else has its label.
        """
        last = self._chain.last if self._chain else -1
        places = sorted(place for row in rows if (place := self._panel.rows.index(row)) > last)
        if len(rows) > 1 and places:
            before = self._panel.rows[last] if last >= 0 else None
            under = self._panel.rows[places[0]].under
            is_next = places[0] == last + 1 or (before is not None and under in {before.under, before.label})
            return places[0] if is_next else None
        if places:
            return places[0]
        place = self._panel.rows.index(rows[0])
        taken = self._chain is not None and any(entry.place == place for entry in self._chain.entries)
        return place if len(rows) == 1 and rows[0].is_optional and not taken and not group.foreign else None

    def _follows_blank(self, lead: Sequence[Token]) -> bool:
        """Tell whether the label of another row stands before that of this one, behind the header, without values."""
        headers = [number for number, token in enumerate(lead) if token.key in self._panel.leaf_labels]
        if not headers and self._chain is None:
            return False
        behind = lead[headers[-1] + 1 :] if headers else lead
        return any(token.kind is Kind.LABEL and token.key in self._row_keys for token in behind)


def _is_one_line(group: Group, width: int) -> bool:
    return group.shares_line and (group.cells is not None or len(group.runs) == width)
