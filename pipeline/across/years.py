"""Test what must agree between the reports of one body on two years: carried over, stocks, totals of all years, claims.

Reports of one body go in by year, checks come out. A check needs the report on the very year before; where either side
is not stated exactly, or both reports speak for different scopes, it is not testable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Check, CheckOutcome, Period, Severity, Verdict
from pipeline.rulebook.evaluation import Reading, evaluate
from pipeline.rulebook.expressions import Reference, references

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from pipeline.rulebook.concepts import Concept
    from pipeline.rulebook.evaluation import ReadReport
    from pipeline.rulebook.expressions import Expression
    from pipeline.rulebook.years import Claim, YearIdentity, YearRules

_EQUAL = 1e-6
_CERTAIN = 1.0
_PER_CENT = 100.0
_PERIODS = (Period.CHANGE, Period.THIS_YEAR)


@dataclass(frozen=True, slots=True)
class AcrossCheck:
    """A check of one report against another; ``unsure`` are the observations that were not read with certainty."""

    document_id: str
    other_document_id: str | None
    check: Check
    unsure: tuple[str, ...] = ()


def compare_years(
    reports: Sequence[ReadReport], rules: YearRules, concepts: Iterable[Concept]
) -> Iterator[AcrossCheck]:
    """Yield the checks of the reports of one body, which come in the order of their years."""
    followed = {concept.id: concept for concept in concepts}
    for before, now in pairwise(reports):
        if now.report.year != before.report.year + 1:
            continue
        for identity in rules.identities:
            yield from _tested(identity, before, now)
        for claim in rules.claims:
            yield from _claimed(claim, followed[claim.of], before, now)


def judged(checks: Iterable[AcrossCheck], confirmed: Collection[str]) -> Iterator[AcrossCheck]:
    """Yield the checks with whose error a broken one is: the report's where every number is certain or ``confirmed``.

    What is told as information is nobody's error.
    """
    for each in checks:
        if each.check.outcome is not CheckOutcome.BROKEN or each.check.severity is Severity.INFO:
            yield each
            continue
        doubted = any(name not in confirmed for name in each.unsure)
        verdict = Verdict.EXTRACTION_DOUBT if doubted else Verdict.REPORT_ERROR
        yield replace(each, check=replace(each.check, verdict=verdict))


def outcome_of(left: Reading, relation: str, right: Reading) -> CheckOutcome:
    """Return whether two sides agree: equal with ``=``, not less with ``>=``; not testable unless both are exact."""
    if left.value is None or right.value is None or not (left.is_exact and right.is_exact):
        return CheckOutcome.NOT_TESTABLE
    residual = left.value - right.value
    holds = abs(residual) <= _EQUAL if relation == "=" else residual >= -_EQUAL
    return CheckOutcome.HOLDS if holds else CheckOutcome.BROKEN


def outcome_of_claim(before: float, now: float, said: float) -> CheckOutcome:
    """Return whether a change said in per cent is that between two numbers, rounded to the digits said."""
    if not before:
        return CheckOutcome.NOT_TESTABLE
    _, _, decimals = f"{said:g}".partition(".")
    half_a_digit = 0.5 * 10 ** -len(decimals)
    found = (now - before) / before * _PER_CENT
    return CheckOutcome.HOLDS if abs(found - said) <= half_a_digit + _EQUAL else CheckOutcome.BROKEN


def _tested(identity: YearIdentity, before: ReadReport, now: ReadReport) -> Iterator[AcrossCheck]:
    each_of = identity.each if identity.each is not None else now.statements.over(identity.period)
    for each in each_of or (None,) * (identity.each == ()):
        left, right = identity.sides(each)
        name = f"{identity.id}:{each}" if each else identity.id
        for applicant in _applicants(identity, left, now):
            sides = _column(left, applicant), _column(right, applicant)
            read = _reader(before, now)
            if any(_is_silent(read(asked)) for side in sides for asked in references(side)):
                continue
            said, other = (evaluate(side, read) for side in sides)
            column = (applicant or "total") if identity.by_applicant else None
            outcome = outcome_of(said, identity.relation, other)
            if not _same_scope(before, now, said, other):
                outcome = CheckOutcome.NOT_TESTABLE
            yield _check(before, now, Check(name, outcome, identity.severity, column), said, other)


def _same_scope(before: ReadReport, now: ReadReport, *sides: Reading) -> bool:
    """Say whether nothing tells that one side is about the office and the other about its jurisdiction."""
    told = {each.report.scope for each in (before, now) if each.report.scope is not None}
    return len(told | {scope for side in sides for scope in side.scopes}) <= 1


def _is_silent(reading: Reading) -> bool:
    """Say whether neither a number nor a cell without one stands behind a reading."""
    return reading.value is None and not reading.proof


def _applicants(identity: YearIdentity, left: Expression, now: ReadReport) -> tuple[str | None, ...]:
    if not identity.by_applicant or not isinstance(left, Reference):
        return (None,)
    return now.statements.applicants(left.indicator) or (None,)


def _column(side: Expression, applicant: str | None) -> Expression:
    return replace(side, applicant=applicant) if applicant and isinstance(side, Reference) else side


def _reader(before: ReadReport, now: ReadReport) -> Callable[[Reference], Reading]:
    return lambda asked: (before if asked.before else now).statements.read(asked)


def _claimed(claim: Claim, concept: Concept, before: ReadReport, now: ReadReport) -> Iterator[AcrossCheck]:
    period = next((found for found in _PERIODS if claim.rate in now.statements.over(found)), None)
    if period is None:
        return
    said = now.statements.read(Reference(claim.rate, period=period))
    values = before.concept(concept), now.concept(concept)
    proof = tuple(dict.fromkeys(each for value in values for each in value.proof))
    change, outcome = Reading(proof=proof), CheckOutcome.NOT_TESTABLE
    earlier, later = (value.value for value in values)
    if earlier and later is not None:
        change = Reading((later - earlier) / earlier * _PER_CENT, proof=proof)
        sure = said.value is not None and said.is_exact and all(value.is_exact for value in values)
        if sure and said.value is not None and _same_scope(before, now, *values):
            outcome = outcome_of_claim(earlier, later, said.value)
    yield _check(before, now, Check(f"{claim.id}:{claim.rate}", outcome, claim.severity), said, change)


def _check(before: ReadReport, now: ReadReport, check: Check, left: Reading, right: Reading) -> AcrossCheck:
    proof = tuple(dict.fromkeys((*left.proof, *right.proof)))
    known = left.value is not None and right.value is not None
    return AcrossCheck(
        now.report.document_id,
        before.report.document_id,
        replace(
            check,
            left=left.value,
            right=right.value,
            residual=(left.value or 0.0) - (right.value or 0.0) if known else None,
            observation_ids=tuple(each.observation_id for each in proof),
        ),
        tuple(each.observation_id for each in proof if each.confidence < _CERTAIN),
    )
