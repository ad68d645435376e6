"""What the tables of a report print, looked up by place; and the comparison of two sides of an agreement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Check, CheckOutcome, Period, Standing, ValueSource, ValueStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.model import Observation, Severity

Place = tuple[str, str | None]

_TOLERANCE = 1e-6
_HAVE_VALUE = frozenset({ValueStatus.REPORTED, ValueStatus.ZERO_STATED})
_COVERS = frozenset({Period.THIS_YEAR, Period.CUMULATIVE})
_ALL_APPLICANTS = "total"


@dataclass(frozen=True, slots=True)
class Values:
    """The cells of a report by indicator and applicant, blank ones too."""

    cells: Mapping[Place, tuple[Observation, ...]]

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators that have a cell, filled or not."""
        return frozenset(indicator for indicator, _ in self.cells)

    def at(self, places: Iterable[Place]) -> tuple[Observation, ...]:
        """Return the cells at the places."""
        return tuple(each for place in places for each in self.cells.get(place, ()))

    def number(self, place: Place) -> float | None:
        """Return what the place says; null where it says nothing, or two things."""
        numbers = {number for each in self.at((place,)) if (number := number_of(each)) is not None}
        return numbers.pop() if len(numbers) == 1 else None

    def total(self, places: Iterable[Place]) -> float | None:
        """Return the sum over the places, or null where one of them says nothing."""
        numbers = [self.number(place) for place in places]
        known = [number for number in numbers if number is not None]
        return sum(known) if len(known) == len(numbers) else None


def cells_of(observations: Iterable[Observation], source: ValueSource) -> dict[str, Values]:
    """Return the accepted cells of the tables that ``source`` names, by what their columns cover.

    The year comes first, without a name; ``cumulative`` is what covers all years. Where columns tell the body itself
    from its jurisdiction, the scope is the name, or its end.
    """
    cells = [each for each in observations if each.source is source and each.item is None]
    return _by_cover([((each.indicator, each.applicant), each) for each in cells if _speaks(each)])


def totals_of(observations: Iterable[Observation]) -> dict[str, Values]:
    """Return the accepted cells of all tables that speak for all applicants together, by what their columns cover."""
    cells = [each for each in observations if each.source is not ValueSource.PROSE and _is_whole(each)]
    return _by_cover([((each.indicator, None), each) for each in cells if _speaks(each)])


def this_year(covers: Mapping[str, Values]) -> Values:
    """Return the cells of this year, whatever their scope."""
    cells: dict[Place, tuple[Observation, ...]] = {}
    for values in covers.values():
        for place, found in values.cells.items():
            of_year = tuple(each for each in found if each.period is Period.THIS_YEAR)
            if of_year:
                cells[place] = (*cells.get(place, ()), *of_year)
    return Values(cells)


def number_of(observation: Observation) -> float | None:
    """Return the number in base units, null where none is stated."""
    if observation.status not in _HAVE_VALUE:
        return None
    return observation.value if observation.value_base is None else observation.value_base


def states(observation: Observation, place: Place, part: Observation) -> bool:
    """Say whether the observation, in prose or a table, has a number for the place that ``part`` is a part of."""
    indicator, applicant = place
    applicants = {None, _ALL_APPLICANTS} if applicant in {None, _ALL_APPLICANTS} else {applicant}
    same_cover = observation.period is part.period and not {observation.scope, part.scope} >= {"own", "jurisdiction"}
    same_count = observation.indicator == indicator and observation.applicant in applicants and observation.item is None
    return same_cover and same_count and number_of(observation) is not None


def is_zero(residual: float) -> bool:
    """Say whether a residual is nothing but what adding decimals leaves over."""
    return abs(residual) < _TOLERANCE


def compare(
    name: str,
    severity: Severity,
    sides: tuple[float | None, float | None],
    used: tuple[Observation, ...],
    *,
    relation: str = "=",
    applicant: str | None = None,
) -> Check:
    """Return the check of two sides by ``relation``: ``=``, ``<=``, or ``zero_with`` (both are zero or neither is).

    A broken agreement is the report's own error as long as nobody doubts the reading (``verdicts``).
    """
    left, right = sides
    ids = tuple(each.observation_id for each in used)
    if left is None or right is None:
        return Check(name, CheckOutcome.NOT_TESTABLE, severity, applicant, left, right, observation_ids=ids)
    residual = left - right
    if relation == "zero_with":
        agrees = (left == 0) == (right == 0)
    else:
        agrees = is_zero(residual) or (relation == "<=" and residual < 0)
    if agrees:
        return Check(name, CheckOutcome.HOLDS, severity, applicant, left, right, residual, observation_ids=ids)
    verdict = Verdict.REPORT_ERROR
    return Check(name, CheckOutcome.BROKEN, severity, applicant, left, right, residual, verdict, ids)


def accusing_nobody(check: Check) -> Check:
    """Return the check without a verdict: what it tells is unusual, but may well be."""
    return replace(check, verdict=None)


def named(name: str, cover: str) -> str:
    """Return the name of a check on the columns that ``cover`` names: ``A1:cumulative``."""
    return f"{name}:{cover}" if cover else name


def _by_cover(cells: list[tuple[Place, Observation]]) -> dict[str, Values]:
    scopes = {each.scope for _, each in cells}
    covers: dict[str, dict[Place, tuple[Observation, ...]]] = {} if scopes and None not in scopes else {"": {}}
    for place, each in cells:
        period = None if each.period is Period.THIS_YEAR else each.period
        cover = " ".join(filter(None, (period, each.scope if len(scopes) > 1 else None)))
        own = covers.setdefault(cover, {})
        own[place] = (*own.get(place, ()), each)
    return {cover: Values(own) for cover, own in covers.items()}


def _is_whole(observation: Observation) -> bool:
    return observation.item is None and observation.applicant in {None, _ALL_APPLICANTS}


def _speaks(observation: Observation) -> bool:
    return observation.period in _COVERS and observation.standing is Standing.ACCEPTED and not observation.derived
