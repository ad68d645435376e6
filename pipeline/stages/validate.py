"""Test the accounting identities of a form on what was read from one report.

A total is never repaired: where the report's own arithmetic does not agree, that is a finding. A cell that is blank or
unread is missing, never zero, and leaves the identity not testable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Check, CheckOutcome, Observation, Period, Standing, ValueStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.rulebook.forms import AccountingIdentity, Era

_Place = tuple[str, str | None]

_TOLERANCE = 1e-6
_HAVE_VALUE = {ValueStatus.REPORTED, ValueStatus.ZERO_STATED}


@dataclass(frozen=True, slots=True)
class _Instance:
    """An identity at one place: the summands of its two sides."""

    name: str
    applicant: str | None
    left: tuple[_Place, ...]
    right: tuple[_Place, ...]


def validate(observations: Iterable[Observation], era: Era) -> tuple[Check, ...]:
    """Return one check per identity of ``era`` and place it applies to, by the accepted values of its tables.

    An identity along the rows of a table is told apart by its indicator, as in ``C3:requests.carried_over``.
    """
    values = _values(observations, era)
    checks: list[Check] = []
    for identity in era.identities:
        printed = {indicator for indicator, _ in values}
        if identity.if_printed and identity.if_printed not in printed:
            continue
        if identity.unless_printed and identity.unless_printed in printed:
            continue
        checks.extend(_check(identity, instance, values) for instance in _instances(identity, era, printed))
    return tuple(checks)


def _values(observations: Iterable[Observation], era: Era) -> dict[_Place, list[Observation]]:
    values: dict[_Place, list[Observation]] = {}
    for each in observations:
        if (
            each.source is era.value_source
            and each.standing in {Standing.ACCEPTED, Standing.CORRECTED}
            and each.period is Period.THIS_YEAR
            and not each.derived
        ):
            values.setdefault((each.indicator, each.applicant), []).append(each)
    return values


def _instances(identity: AccountingIdentity, era: Era, printed: set[str]) -> Iterator[_Instance]:
    """Yield each place the identity applies to."""
    sides = identity.left, identity.right
    if identity.along == "document":
        yield _Instance(identity.id, None, *(tuple((term, None) for term in side) for side in sides))
        return
    places = [
        (table.meaning(row, column), row)
        for table in era.tables
        if table.id == identity.table
        for _, row, column in table.places()
    ]
    if identity.along == "applicant":
        for applicant in dict.fromkeys(meaning.applicant for meaning, _ in places):
            yield _Instance(identity.id, applicant, *(tuple((term, applicant) for term in side) for side in sides))
        return
    replaced = {key for meaning, row in places if row and meaning.indicator in printed for key in row.instead_of}
    for indicator, row in dict.fromkeys((meaning.indicator, row) for meaning, row in places):
        if row and (row.key in replaced or (row.instead_of and indicator not in printed)):
            continue
        name = f"{identity.id}:{indicator}"
        yield _Instance(name, None, *(tuple((indicator, term) for term in side) for side in sides))


def _check(identity: AccountingIdentity, place: _Instance, values: Mapping[_Place, list[Observation]]) -> Check:
    used = [each for summand in (*place.left, *place.right) for each in values.get(summand, ())]
    ids = tuple(each.observation_id for each in used)
    sums = _sum(place.left, values), _sum(place.right, values)
    if sums[0] is None or sums[1] is None:
        return Check(
            place.name, CheckOutcome.NOT_TESTABLE, identity.severity, place.applicant, *sums, observation_ids=ids
        )
    residual = sums[0] - sums[1]
    agrees = abs(residual) < _TOLERANCE or (identity.relation == "<=" and residual < 0)
    certain = all(each.confidence >= 1.0 for each in used)
    return Check(
        identity=place.name,
        outcome=CheckOutcome.HOLDS if agrees else CheckOutcome.BROKEN,
        severity=identity.severity,
        applicant=place.applicant,
        left=sums[0],
        right=sums[1],
        residual=residual,
        verdict=None if agrees else (Verdict.REPORT_ERROR if certain else Verdict.EXTRACTION_DOUBT),
        observation_ids=ids,
    )


def _sum(places: tuple[_Place, ...], values: Mapping[_Place, list[Observation]]) -> float | None:
    """Return the sum, or null where a summand is missing or is printed with two different values."""
    total = 0.0
    for place in places:
        printed = {
            each.value_base if each.value_base is not None else each.value
            for each in values.get(place, ())
            if each.status in _HAVE_VALUE
        }
        value = printed.pop() if len(printed) == 1 else None
        if value is None:
            return None
        total += value
    return total
