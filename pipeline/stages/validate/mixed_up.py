"""Sums that are broken because cells may have changed places, which is our mistake more often than the report's.

One misprint in a report breaks the sums it stands in. Two cells read in each other's place, or a row read one column
too far, break sums that the neighbour's number would mend, each of them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome
from pipeline.stages.validate.values import is_zero

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.model import Check, Observation
    from pipeline.rulebook.forms import Era
    from pipeline.stages.validate.identities import TestedIdentity
    from pipeline.stages.validate.values import Place, Values

_Spot = tuple[str, int, int, int]

_STEPS = ((0, 1), (0, -1), (1, 0), (-1, 0))


@dataclass(frozen=True, slots=True)
class _Mend:
    """A broken sum that holds once ``place`` takes the number of its ``neighbour``, ``step`` rows and columns off."""

    broken: TestedIdentity
    place: Place
    neighbour: Place
    step: tuple[int, int]
    line: tuple[object, ...]


def find_mixed_up(tested: Iterable[TestedIdentity], values: Values, era: Era) -> dict[Check, frozenset[str]]:
    """Return the broken checks that cells in each other's place explain, each with the ids of these cells.

    A pair of neighbours explains two sums that both hold once the two change places. A line of cells explains its own
    broken sum and those across it, two at least, that hold once its cells take the numbers of the next ones; where it
    does, pairs are not looked for.
    """
    broken = [each for each in tested if each.check.outcome is CheckOutcome.BROKEN and each.identity.relation == "="]
    spots = _spots(era) if len(broken) > 1 else {}
    mends = [mend for each in broken for mend in _mends(each, values, spots)]
    blamed: dict[Check, frozenset[str]] = {}
    for one, other in _on_one_line(mends):
        for along in broken:
            if {one.place, other.place} <= {*along.left, *along.right}:
                _blame(blamed, (one.broken, other.broken, along), values.at((one.place, other.place)))
    shifted = frozenset(blamed)
    for one, other in _swaps(mends):
        if not shifted & {one.broken.check, other.broken.check}:
            _blame(blamed, (one.broken, other.broken), values.at((one.place, other.place)))
    return blamed


def _on_one_line(mends: Iterable[_Mend]) -> Iterator[tuple[_Mend, _Mend]]:
    """Yield mends of two sums by cells of one line that both take the number of the next cell in the same direction."""
    lines: dict[tuple[object, ...], list[_Mend]] = {}
    for mend in mends:
        lines.setdefault((*mend.line, mend.step), []).append(mend)
    for line in lines.values():
        yield from (pair for pair in combinations(line, 2) if pair[0].broken is not pair[1].broken)


def _swaps(mends: Iterable[_Mend]) -> Iterator[tuple[_Mend, _Mend]]:
    """Yield mends of two sums by two cells that each take the number of the other."""
    moves: dict[tuple[Place, Place], list[_Mend]] = {}
    for one in mends:
        for other in moves.get((one.neighbour, one.place), ()):
            if one.broken is not other.broken:
                yield other, one
        moves.setdefault((one.place, one.neighbour), []).append(one)


def _blame(blamed: dict[Check, frozenset[str]], tested: Iterable[TestedIdentity], cells: Iterable[Observation]) -> None:
    ids = frozenset(each.observation_id for each in cells)
    for each in tested:
        blamed[each.check] = blamed.get(each.check, frozenset()) | ids


def _mends(broken: TestedIdentity, values: Values, spots: Mapping[Place, _Spot]) -> Iterator[_Mend]:
    places = {spot: place for place, spot in spots.items()}
    own = {*broken.left, *broken.right}
    for place in (*broken.left, *broken.right):
        if place not in spots:
            continue
        table, panel, row, column = spots[place]
        for down, across in _STEPS:
            neighbour = places.get((table, panel, row + down, column + across))
            number = values.number(neighbour) if neighbour is not None else None
            if neighbour is None or number is None or neighbour in own:
                continue
            change = number - (values.number(place) or 0.0)
            residual = (broken.check.residual or 0.0) + (change if place in broken.left else -change)
            if is_zero(residual):
                line = (table, panel, "row", row) if across else (table, panel, "column", column)
                yield _Mend(broken, place, neighbour, (down, across), line)


def _spots(era: Era) -> dict[Place, _Spot]:
    """Return where the form has each place: table, panel, row and column."""
    spots: dict[Place, _Spot] = {}
    for table in era.tables:
        for number, panel in enumerate(table.panels):
            for row_number, row in enumerate(panel.rows or (None,)):
                for column_number, column in enumerate(panel.columns):
                    meaning = table.meaning(row, column)
                    spots.setdefault(
                        (meaning.indicator, meaning.applicant), (table.id, number, row_number, column_number)
                    )
    return spots
