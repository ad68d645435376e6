"""Totals that a form has no number for although all parts are there: offered beside what is printed, never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Observation, Severity, Standing, ValueStatus
from pipeline.stages.validate.values import number_of, states

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook.forms import Era
    from pipeline.stages.validate.identities import TestedIdentity
    from pipeline.stages.validate.values import Place, Values

_MISSING = frozenset({ValueStatus.BLANK, ValueStatus.UNREADABLE})


def offer_totals(
    tested: Iterable[TestedIdentity], values: Values, observations: tuple[Observation, ...], era: Era
) -> tuple[Observation, ...]:
    """Return a derived observation for each total that is blank, unreadable or not printed while all its parts are.

    Only hard sums are used, and only where the report states the total nowhere else. Two sums that lead to different
    totals offer none. A derived total is a rival, so that the cell as printed goes on speaking; it points at the words
    of its first part.
    """
    offers: dict[Place, list[Observation]] = {}
    for each in tested:
        parts = values.at(each.right)
        if _is_missing(each, values) and _are_known(parts, each.right, values):
            total = each.left[0]
            if not any(states(other, total, parts[0]) for other in observations):
                offers.setdefault(total, []).append(_derived(total, parts, f"{era.id}/{each.check.identity}"))
    agreed = [found[0] for found in offers.values() if len({each.value for each in found}) == 1]
    return tuple(agreed)


def _is_missing(each: TestedIdentity, values: Values) -> bool:
    """Say whether the left side is a total alone, and the form has no number for it."""
    identity = each.identity
    is_total = identity.severity is Severity.HARD and identity.relation == "=" and len(each.left) == 1
    return is_total and all(cell.status in _MISSING for cell in values.at(each.left))


def _are_known(parts: tuple[Observation, ...], places: tuple[Place, ...], values: Values) -> bool:
    return len(parts) == len(places) > 1 and values.total(places) is not None


def _derived(place: Place, parts: tuple[Observation, ...], rule_id: str) -> Observation:
    first = parts[0]
    units = {(each.unit, each.unit_base) for each in parts}
    unit, unit_base = units.pop() if len(units) == 1 else (None, None)
    return Observation(
        indicator=place[0],
        applicant=place[1],
        status=ValueStatus.REPORTED,
        source=first.source,
        rule_id=rule_id,
        evidence=first.evidence,
        value=sum(each.value or 0.0 for each in parts),
        unit=unit,
        value_base=sum(number_of(each) or 0.0 for each in parts),
        unit_base=unit_base,
        period=first.period,
        scope=first.scope,
        standing=Standing.RIVAL,
        standing_reason=f"added up from {len(parts)} parts: the report prints no total",
        derived=True,
        derived_from=tuple(each.observation_id for each in parts),
        section_id=first.section_id,
        page=first.page,
        confidence=min(each.confidence for each in parts),
    )
