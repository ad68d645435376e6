"""Tables without ruled lines: a head over rows of a label and numbers, each column aligned, with blank between them.

Only what is clear becomes a table: three rows of numbers at least, and a head above each column. All else stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.formats.pdf.characters import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.formats.pdf.characters import Character, Line

_NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?[%％]?|[-—－/／]")
_FEWEST_ROWS = 3
_COLUMN_GAP = 1.5
_BLANK = 0.8
_ASTRAY = 0.6
_ROW_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Columns:
    """A table told by its columns: their edges and those of its rows in points, and the line in each place.

    The upper left place is null where nothing is printed there.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    lines: tuple[tuple[Line | None, ...], ...]


def parted(rows: Sequence[list[Character]]) -> tuple[list[Columns], list[list[Character]]]:
    """Return the tables among the rows of a page, and the rows that belong to none."""
    pieces = [_pieces(row) for row in rows]
    tables: list[Columns] = []
    free: list[list[Character]] = []
    at = 0
    while at < len(rows):
        end = _end_of_numbers(pieces, at + 1)
        table = _table(pieces[at:end]) if end - at > _FEWEST_ROWS else None
        if table is None:
            free.append(rows[at])
            at += 1
        else:
            tables.append(table)
            at = end
    return tables, free


def _pieces(row: list[Character]) -> list[Line]:
    """Return the parts of a row between wide gaps, none where it has no such gap."""
    printed = sorted((each for each in row if each.text.strip()), key=lambda each: each.x0)
    parts: list[list[Character]] = [[each] for each in printed[:1]]
    for left, right in pairwise(printed):
        if right.x0 - left.x1 > _COLUMN_GAP * max(left.size, right.size):
            parts.append([])
        parts[-1].append(right)
    return [line_of(part) for part in parts] if len(parts) > 1 else []


def _end_of_numbers(pieces: Sequence[list[Line]], start: int) -> int:
    """Return where the rows of a label and numbers end that begin at ``start`` and have one number of parts."""
    end = start
    while end < len(pieces) and _is_numbers(pieces[end]) and len(pieces[end]) == len(pieces[start]):
        if end > start and pieces[end][0].top - pieces[end - 1][0].top > _ROW_GAP * pieces[end][0].size:
            break
        end += 1
    return end


def _is_numbers(row: list[Line]) -> bool:
    return len(row) > 1 and not _reads(row[0]) and all(map(_reads, row[1:]))


def _reads(line: Line) -> bool:
    return _NUMBER.fullmatch(line.text) is not None


def _table(rows: Sequence[list[Line]]) -> Columns | None:
    """Return head and rows as a table, null where something of it stands astray."""
    head, *body = rows
    columns = list(zip(*body, strict=True))
    if any(map(_reads, head)) or not all(map(_is_aligned, columns)):
        return None
    if len(head) not in {len(columns), len(columns) - 1} or body[0][0].top - head[0].top > _ROW_GAP * head[0].size:
        return None
    if not all(map(_is_above, reversed(head), reversed(columns))):
        return None
    heads: tuple[Line | None, ...] = (*(None for _ in columns[len(head) :]), *head)
    filled = [(*column, above) if above is not None else column for above, column in zip(heads, columns, strict=True)]
    starts = [min(line.x0 for line in column) for column in filled]
    ends = [max(line.x1 for line in column) for column in filled]
    size = max(line.size for line in head)
    if any(start - end < _BLANK * size for end, start in zip(ends[:-1], starts[1:], strict=True)):
        return None
    return Columns(
        (starts[0], *((end + start) / 2 for end, start in zip(ends[:-1], starts[1:], strict=True)), ends[-1]),
        _levels([head, *body]),
        (heads, *(tuple(row) for row in body)),
    )


def _is_aligned(column: Sequence[Line]) -> bool:
    """Tell whether the lines of a column all begin, end or have their middle below each other."""
    edges = ([line.x0 for line in column], [line.x1 for line in column], [(line.x0 + line.x1) / 2 for line in column])
    return any(max(places) - min(places) <= _ASTRAY * column[0].size for places in edges)


def _is_above(head: Line, column: Sequence[Line]) -> bool:
    return head.x0 < max(line.x1 for line in column) and head.x1 > min(line.x0 for line in column)


def _levels(rows: Sequence[list[Line]]) -> tuple[float, ...]:
    tops, bottoms = [min(line.top for line in row) for row in rows], [max(line.bottom for line in row) for row in rows]
    between = ((bottom + top) / 2 for bottom, top in zip(bottoms[:-1], tops[1:], strict=True))
    return tops[0], *between, bottoms[-1]
