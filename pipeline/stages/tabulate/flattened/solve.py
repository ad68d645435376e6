"""Decide how values that run together are parted: what the sums of the form and the prose leave as the only way.

Every row has its ways of being parted. The sums of the form run through them, along a row and down a column; ways that
no sum allows are struck out until nothing changes, and what then remains is searched whole. A sum that the report does
not keep is set aside, and no longer proves anything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Values = tuple["float | None", ...]

_MOST_STEPS = 1_000
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that the values must keep: ``terms`` are row, column and sign; they add up to zero, or to no more."""

    terms: tuple[tuple[int, int, int], ...]
    is_bound: bool

    def rows(self) -> frozenset[int]:
        """Return the rows it runs through."""
        return frozenset(row for row, _, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Decision:
    """What remains of the ways of each row, the sums that hold with it, and those that can't."""

    ways: tuple[tuple[int, ...], ...]
    kept: tuple[Sum, ...]
    broken: tuple[Sum, ...]


def solve(rows: Sequence[Sequence[Values]], sums: Iterable[Sum]) -> Decision:
    """Return which of the ways in ``rows``, each with the values of its cells, take part in a solution.

    A sum runs only through rows whose cells in it are numbers in every way. Rows without ways take part in none. Of
    sums that can't hold together the first in order is kept.
    """
    start = [list(range(len(ways))) for ways in rows]
    kept: list[Sum] = []
    broken: list[Sum] = []
    for each in sums:
        if not _is_testable(each, rows):
            continue
        if _struck_out(rows, start, [*kept, each]) is None:
            broken.append(each)
        else:
            kept.append(each)
    while True:
        narrowed = _struck_out(rows, start, kept) or start
        found = _Search(rows, kept).supported(narrowed)
        if all(ways for ways, before in zip(found, start, strict=True) if before):
            break
        broken.append(kept.pop())
    return Decision(tuple(map(tuple, found)), tuple(kept), tuple(broken))


def _is_testable(each: Sum, rows: Sequence[Sequence[Values]]) -> bool:
    return all(rows[row] and all(values[col] is not None for values in rows[row]) for row, col, _ in each.terms)


def _shares(each: Sum, rows: Sequence[Sequence[Values]], open_ways: Sequence[Sequence[int]]) -> dict[int, list[float]]:
    """Return what each way of each row adds to the sum."""
    terms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, col, sign in each.terms:
        terms[row].append((col, sign))
    return {
        row: [sum(sign * (rows[row][way][col] or 0) for col, sign in parts) for way in open_ways[row]]
        for row, parts in terms.items()
    }


def _struck_out(
    rows: Sequence[Sequence[Values]], open_ways: Sequence[Sequence[int]], sums: Sequence[Sum]
) -> list[list[int]] | None:
    """Return the ways that no sum excludes by its bounds; null where a row has none left."""
    ways = [list(each) for each in open_ways]
    through: Mapping[int, list[int]] = _index(sums)
    waiting = set(range(len(sums)))
    while waiting:
        number = waiting.pop()
        each = sums[number]
        shares = _shares(each, rows, ways)
        least = sum(min(share) for share in shares.values())
        most = sum(max(share) for share in shares.values())
        for row, share in shares.items():
            low, high = least - min(share), most - max(share)
            kept = [way for way, part in zip(ways[row], share, strict=True) if _fits(part + low, part + high, each)]
            if not kept:
                return None
            if len(kept) < len(ways[row]):
                ways[row] = kept
                waiting.update(through[row])
                break
    return ways


def _fits(low: float, high: float, each: Sum) -> bool:
    return low <= _TOLERANCE and (each.is_bound or high >= -_TOLERANCE)


def _index(sums: Sequence[Sum]) -> dict[int, list[int]]:
    through: dict[int, list[int]] = defaultdict(list)
    for number, each in enumerate(sums):
        for row in each.rows():
            through[row].append(number)
    return through


class _Search:
    """Looks for whole solutions, as long as that takes no more than a bounded number of steps."""

    def __init__(self, rows: Sequence[Sequence[Values]], sums: Sequence[Sum]) -> None:
        self._rows = rows
        self._sums = sums
        self._steps = 0

    def supported(self, ways: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return the ways that take part in a solution; those given where there is too much to search."""
        summed = frozenset[int]().union(*(each.rows() for each in self._sums))
        supported: list[set[int]] = [set() if row in summed else set(choices) for row, choices in enumerate(ways)]
        for row, choices in enumerate(ways):
            for way in choices:
                if way not in supported[row]:
                    solution = self._with(ways, row, way)
                    if self._steps > _MOST_STEPS:
                        return [list(each) for each in ways]
                    for number, each in enumerate(solution or ()):
                        supported[number].update(each)
        return [sorted(each) for each in supported]

    def _with(self, ways: Sequence[Sequence[int]], row: int, way: int) -> list[list[int]] | None:
        """Return a solution in which the row is parted in this way, null where there is none."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        narrowed = _struck_out(self._rows, [*ways[:row], [way], *ways[row + 1 :]], self._sums)
        if narrowed is None:
            return None
        undecided = [number for number, choices in enumerate(narrowed) if len(choices) > 1]
        if not undecided:
            return narrowed
        following = min(undecided, key=lambda number: len(narrowed[number]))
        solutions = (self._with(narrowed, following, choice) for choice in narrowed[following])
        return next((solution for solution in solutions if solution is not None), None)
