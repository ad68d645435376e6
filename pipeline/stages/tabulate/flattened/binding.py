"""Bind the cells of tables whose grid is lost: by labels in order, borders where there are some, sums where not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.stages.tabulate.binding import Bound, printed_unit
from pipeline.stages.tabulate.cells import read_cell
from pipeline.stages.tabulate.flattened.groups import groups
from pipeline.stages.tabulate.flattened.rows import find_rows
from pipeline.stages.tabulate.flattened.solve import Decision, solve
from pipeline.stages.tabulate.flattened.splits import TooManyWays, Total, is_certain, trimmed, ways
from pipeline.stages.tabulate.flattened.stream import LINE, Stream
from pipeline.stages.tabulate.flattened.sums import sums
from pipeline.stages.tabulate.flattened.tokens import Kind, tokens, without_ordinals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model import Block, Span
    from pipeline.rulebook.forms import AccountingIdentity, Column, FormTable, Meaning
    from pipeline.stages.tabulate.flattened.groups import Stretch
    from pipeline.stages.tabulate.flattened.rows import FoundRow
    from pipeline.stages.tabulate.flattened.solve import Sum, Values
    from pipeline.stages.tabulate.flattened.splits import Way

_BY_BORDERS, _BY_SPACES, _BY_SUMS, _BY_PROSE, _BY_REPETITION = 1.0, 0.98, 0.95, 0.9, 0.85


@dataclass(frozen=True, slots=True)
class Flattened:
    """Cells of tables without a grid, and the spans of the blocks where the rows of these tables stand."""

    bound: tuple[Bound, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the ways its values can be parted; ``is_certain`` where no other way can be thought of.

    ``is_even`` tells that its values stand in one line or in a line each, so that none has come from elsewhere;
    ``is_repeated`` that its digits are one number over and over, in a row whose cells are often equal.
    """

    found: FoundRow
    ways: tuple[Way, ...]
    is_certain: bool
    is_even: bool = True
    is_stated: bool = False
    is_repeated: bool = False

    @property
    def values(self) -> tuple[Values, ...]:
        """The numbers of the cells in each way."""
        return tuple(tuple(value for _, value in way) for way in self.ways)


def bind_flattened(
    blocks: Iterable[Block],
    tables: tuple[FormTable, ...],
    identities: Iterable[AccountingIdentity],
    stated: Mapping[Meaning, frozenset[float]],
) -> Flattened:
    """Return the cells of ``tables`` in blocks without a grid that could be read, and where these tables stand.

    ``stated`` are the numbers that the prose of the report states. Where values run together and more than one way to
    part them remains, the cells concerned are doubtful and hold all that is printed for the row; they are not bound
    where that stands in several cells of a grid.
    """
    stream = Stream(blocks)
    row_keys = {key for table in tables for panel in table.panels for key in panel.row_labels}
    titles = {key for table in tables for panel in table.panels for key in panel.row_groups}
    told = without_ordinals(stream.text, tokens(stream.text, tables), row_keys | titles)
    found = find_rows(stream.text, list(groups(told, row_keys)), tables)
    through = list(sums(identities, found.rows))
    rows = [
        _row(stream.text, each, [each for each in through if each.rows() == {number}])
        for number, each in enumerate(found.rows)
    ]
    decision = solve([row.values for row in rows], through)
    decided = [
        _repeated(stream.text, _told(row, open_ways, stated), open_ways)
        for row, open_ways in zip(rows, decision.ways, strict=True)
    ]
    if decided != rows:
        rows, decision = decided, solve([row.values for row in decided], through)
    bound = [each for number, row in enumerate(rows) for each in _bind(stream, number, row, decision)]
    return Flattened(tuple(bound), tuple(span for stretch in found.stretches for span in stream.spans(*stretch)))


def _row(text: str, found: FoundRow, through: Iterable[Sum]) -> _Row:
    group, columns = found.group, found.columns
    if group.cells is not None:
        cells = trimmed(group, len(columns))
        if cells is None:
            return _Row(found, (), is_certain=True)
        way = tuple(
            (cell, read_cell(text[slice(*cell)], column).value) for cell, column in zip(cells, columns, strict=True)
        )
        return _Row(found, (way,), is_certain=True)
    certain = is_certain(text, group, len(columns))
    if found.has_blanks and not certain:
        return _Row(found, (), is_certain=False)
    try:
        found_ways = ways(text, group, columns, [total for each in through if (total := _total(each))])
    except TooManyWays:
        found_ways = []
    breaks = {LINE in text[one[1] : after[0]] for one, after in pairwise(group.runs)}
    return _Row(found, tuple(found_ways), certain, is_even=len(breaks) < 2)


def _total(each: Sum) -> Total | None:
    """Return the total at the right end of a row that the sum is about, null where it is about something else."""
    left = [col for _, col, sign in each.terms if sign > 0]
    parts = [col for _, col, sign in each.terms if sign < 0]
    if len(each.rows()) > 1 or each.is_bound or len(left) != 1 or max(parts) > left[0]:
        return None
    return Total(left[0], frozenset(parts))


def _told(row: _Row, open_ways: Sequence[int], stated: Mapping[Meaning, frozenset[float]]) -> _Row:
    """Return the row with the one way in which most of its numbers are those that the prose states, if there is one."""
    if len(open_ways) < 2 or not stated:
        return row
    known = [stated.get(row.found.table.meaning(row.found.row, column), frozenset()) for column in row.found.columns]
    agreeing = {
        way: sum(value in numbers for value, numbers in zip(row.values[way], known, strict=True)) for way in open_ways
    }
    most = max(agreeing.values())
    best = [way for way, number in agreeing.items() if number == most]
    if not most or len(best) > 1:
        return row
    return replace(row, ways=(row.ways[best[0]],), is_stated=True)


def _repeated(text: str, row: _Row, open_ways: Sequence[int]) -> _Row:
    """Return the row with the one way in which its cells are equal, if they often are: ``454545`` is three times 45.

    By chance alone the digits of other numbers hardly repeat so, unless they are all the same.
    """
    if row.is_stated or len(open_ways) < 2 or row.found.row is None or not row.found.row.often_equal:
        return row
    for way in open_ways:
        printed = {text[slice(*stretch)] for stretch, _ in row.ways[way]}
        if len(printed) == 1 and len(set(*printed)) > 1:
            return replace(row, ways=(row.ways[way],), is_repeated=True)
    return row


def _bind(stream: Stream, number: int, row: _Row, decision: Decision) -> Iterator[Bound]:
    group = row.found.group
    open_ways = decision.ways[number]
    for at, column in enumerate(row.found.columns):
        stretches = {row.ways[way][at][0] for way in open_ways}
        confidence = _confidence(number, row, decision) if len(stretches) == 1 else None
        if len(stretches) == 1 and (confidence is not None or group.cells is not None):
            yield _bound(stream, row, column, stretches.pop(), confidence)
        elif not stream.has_borders(group.start, group.end):
            yield _bound(stream, row, column, (group.start, group.end))


def _confidence(number: int, row: _Row, decision: Decision) -> float | None:
    """Return how sure the cells of the row are; null where nothing proves them."""
    own = {number}
    kept = [each for each in decision.kept if number in each.rows()]
    broken = [each for each in decision.broken if number in each.rows()]
    fails_alone = any(each.rows() == own for each in broken)
    proven = bool(kept) and not fails_alone and (not broken or any(each.rows() == own for each in kept))
    if row.found.is_open or not (row.found.is_sure or proven):
        return None
    if row.found.group.cells is not None:
        return _BY_BORDERS
    if len(row.found.group.runs) == len(row.found.columns):
        return _BY_SPACES if row.is_even or proven else None
    if fails_alone:
        return None
    if row.is_stated:
        return _BY_PROSE
    rules_out_blanks = row.found.has_zeros or any(not each.is_bound for each in kept)
    if row.is_repeated:
        return _BY_REPETITION if rules_out_blanks else None
    return _BY_SUMS if row.is_certain or (proven and rules_out_blanks) else None


def _bound(stream: Stream, row: _Row, column: Column, stretch: Stretch, confidence: float | None = None) -> Bound:
    found = row.found
    printed = stream.printed(*stretch)
    return Bound(
        table=found.table,
        row=found.row,
        column=column,
        holder=printed.holder,
        block_id=printed.block_id,
        text=printed.text,
        offset=printed.start,
        page=printed.page,
        row_number=printed.row,
        col_number=printed.col,
        unit=_unit(stream.text, found, column),
        doubtful=confidence is None,
        confidence=confidence or 0.0,
    )


def _unit(text: str, found: FoundRow, column: Column) -> str | None:
    group = found.group
    if group.unit and text[slice(*group.unit)] in column.units:
        return text[slice(*group.unit)]
    heads = [
        text[token.start : token.end] for token in group.lead if token.kind is Kind.LABEL and token.key in column.keys
    ]
    own = text[slice(*found.label)] if found.label else ""
    return printed_unit([own, *heads[-1:]], column)
