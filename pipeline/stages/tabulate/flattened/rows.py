"""Find the rows of the form among the groups of values: by their labels, in the order of the form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.stages.tabulate.flattened.chains import Chain, Entry, find_chains
from pipeline.stages.tabulate.flattened.headers import HeaderKind
from pipeline.stages.tabulate.flattened.splits import can_be_parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.rulebook.forms import Column, FormTable, Panel, Row
    from pipeline.stages.tabulate.flattened.groups import Group, Stretch

_ZERO = regex.compile("0(?![.])")
_FEWEST_ROWS = 5
_PUNCTUATION = ",;。、("
_ENOUGH_ROWS = 0.8
_NEAR = 80
_MOST_STEPS = 0.5
_FEWEST_ALIKE = 3
_HIGHEST_FIRST = 3


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Values that are those of a row. Where ``is_sure`` is false the header does not say so, and sums have to.

    ``has_blanks`` tells that cells around it left no trace, so that its values may be those of fewer cells than it has;
    ``has_zeros`` that zeros around it are printed, and so not left blank;
    ``is_open`` that its last digits may belong to the number of the next label.
    """

    table: FormTable
    row: Row | None
    columns: tuple[Column, ...]
    label: Stretch | None
    group: Group
    is_sure: bool
    has_blanks: bool
    has_zeros: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class FoundTables:
    """The rows found, none of a group that another has, and the stretches of text that look like rows of the form."""

    rows: tuple[FoundRow, ...]
    stretches: tuple[Stretch, ...]


def find_rows(text: str, groups: Sequence[Group], tables: Iterable[FormTable]) -> FoundTables:
    """Return the rows of ``tables`` among the groups, in reading order, and where tables stand in the text."""
    chains = sorted(find_chains(text, groups, tables), key=lambda chain: -chain.labelled)
    taken: dict[int, FoundRow] = {}
    for chain in chains:
        rows = [row for row in _rows(text, chain) if row.group.start not in taken]
        if rows and _is_accepted(chain, len(rows)):
            taken.update({row.group.start: row for row in rows})
    rows_in_order = tuple(taken[start] for start in sorted(taken))
    return FoundTables(rows_in_order, tuple(_stretches(text, chains)))


def _rows(text: str, chain: Chain) -> list[FoundRow]:
    """Return the rows of a chain; groups without label are rows where exactly so many are missing between two."""
    has_blanks = _has_blanks(text, chain)
    has_zeros = any(_ZERO.match(text, *entry.group.runs[0]) for entry in chain.entries if entry.group.runs)
    is_counted = any(entry.follows_number for entry in chain.entries) or _is_counted(text, chain)
    is_renumbered = _is_renumbered(text, chain)
    lacks_columns = len(chain.header.columns) < len(chain.panel.base_columns)
    has_borders = all(entry.group.cells is not None for entry in chain.entries)
    is_sure = chain.header.kind is HeaderKind.COMPLETE and (has_borders or not lacks_columns)

    def found(row: Row | None, group: Group, label: Stretch | None, *, is_sure: bool) -> FoundRow:
        columns = tuple(column.measured_in(row) for column in chain.header.columns)
        is_open = group.cells is None and (is_counted or (is_renumbered and bool(group.next_number)))
        return FoundRow(chain.table, row, columns, label, group, is_sure, has_blanks, has_zeros, is_open)

    if not chain.panel.rows:
        return [found(None, entry.group, None, is_sure=is_sure) for entry in chain.entries]
    rows: list[FoundRow] = []
    waiting: list[Group] = []
    last = -1
    for entry in chain.entries:
        if entry.place is None:
            waiting.append(entry.group)
            continue
        missing = _missing(chain.panel, last, entry.place)
        if len(missing) == len(waiting) and last >= 0:
            rows += [found(row, group, None, is_sure=False) for row, group in zip(missing, waiting, strict=True)]
        rows.append(found(chain.panel.rows[entry.place], entry.group, entry.label, is_sure=is_sure))
        waiting, last = [], max(last, entry.place)
    return rows


def _missing(panel: Panel, last: int, place: int) -> list[Row]:
    return [row for row in panel.rows[last + 1 : place] if _is_expected(row)]


def _is_expected(row: Row) -> bool:
    """Tell whether every version of the form prints a value in the row."""
    return not (row.instead_of or row.is_optional or row.is_heading)


def _is_accepted(chain: Chain, rows: int) -> bool:
    if chain.header.kind is HeaderKind.COMPLETE or not chain.panel.rows:
        return True
    expected = sum(map(_is_expected, chain.panel.rows))
    return rows >= max(_FEWEST_ROWS, _ENOUGH_ROWS * expected) and chain.header.kind is not HeaderKind.FOREIGN


def _has_blanks(text: str, chain: Chain) -> bool:
    """Tell whether some rows have fewer values than cells: then no row whose values run together can be trusted."""
    width = len(chain.header.columns)
    together = [entry for entry in chain.entries if entry.group.cells is None and len(entry.group.runs) < width]
    apart = sum(len(entry.group.runs) == width for entry in chain.entries)
    return (
        apart > len(together)
        or any(entry.follows_blank for entry in chain.entries)
        or any(not can_be_parted(text, entry.group, _columns(chain, entry)) for entry in together)
    )


def _columns(chain: Chain, entry: Entry) -> tuple[Column, ...]:
    row = chain.panel.rows[entry.place] if chain.panel.rows and entry.place is not None else None
    return tuple(column.measured_in(row) for column in chain.header.columns)


def _is_renumbered(text: str, chain: Chain) -> bool:
    """Tell whether the labels may have numbers of two digits, of which one was left to the values before them.

    Numbers of one digit go up, begin anew at the lowest or go on with a list that another one interrupted; what stands
    before them differs.
    """
    series: list[list[Group]] = []
    for group in (entry.group for entry in chain.entries if entry.group.next_number):
        digit = int(group.next_number)
        lasts = [int(each[-1].next_number) for each in series]
        if lasts and digit > lasts[-1]:
            series[-1].append(group)
        elif 0 < digit <= _HIGHEST_FIRST or digit - 1 in lasts:
            series.append([group])
        else:
            return True
    return any(
        len(each) >= _FEWEST_ALIKE and len(before := {text[group.end - 1] for group in each}) == 1 and before != {"0"}
        for each in series
    )


def _is_counted(text: str, chain: Chain) -> bool:
    """Tell whether the values of most rows end like numbers that count the rows, as ``01``, ``02``.

    They do where such numbers run together with the values before them.
    """
    ends = [
        {int(tail) for tail in (last[-2:], last[-1:]) if tail.isdigit()}
        for entry in chain.entries
        if entry.group.cells is None and (last := text[slice(*entry.group.runs[-1])])
    ]
    steps = sum(any(number + 1 in after for number in before) for before, after in pairwise(ends))
    return steps >= max(_FEWEST_ROWS, _MOST_STEPS * (len(ends) - 1))


def _stretches(text: str, chains: Iterable[Chain]) -> Iterator[Stretch]:
    """Yield where the groups of chains stand with their labels, those near each other with what is between them.

    A few labels with values are no table, unless there is a header or a table beside them.
    """
    parts = sorted((*_reach(chain), _looks_like_a_table(text, chain)) for chain in chains)
    start, end, is_table = 0, -_NEAR, False
    for first, last, looks_so in parts:
        if first - end > _NEAR:
            if is_table:
                yield start, end
            start, end, is_table = first, last, looks_so
        else:
            end, is_table = max(end, last), is_table or looks_so
    if is_table:
        yield start, end


def _reach(chain: Chain) -> Stretch:
    first, last = chain.entries[0], chain.entries[-1]
    return (first.label or (first.group.start, 0))[0], last.group.end


def _looks_like_a_table(text: str, chain: Chain) -> bool:
    if chain.header.kind is HeaderKind.COMPLETE:
        return True
    if _is_prose(text, chain):
        return False
    if chain.labelled >= _FEWEST_ROWS:
        return True
    return chain.header.kind is not HeaderKind.ABSENT and chain.labelled > 1


def _is_prose(text: str, chain: Chain) -> bool:
    """Tell whether most values end at a punctuation mark, as in a sentence that names the rows one after another."""
    ends = [text[entry.group.end : entry.group.end + 1] for entry in chain.entries]
    return 2 * sum(bool(end) and end in _PUNCTUATION for end in ends) > len(ends)
