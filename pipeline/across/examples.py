"""Run the examples that the rules for comparing carry: concepts, shifts of level, the choice of reports, years."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pipeline.across.unusual import is_far, is_jump
from pipeline.across.years import outcome_of, outcome_of_claim
from pipeline.model import Period, Qualifier, Statement, ValueSource, ValueStatus
from pipeline.rulebook.evaluation import Missing, Statements, evaluate
from pipeline.rulebook.expressions import Reference, parse, references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.concepts import Concept, ConceptExample
    from pipeline.rulebook.years import PairExample, Unusual, YearIdentity

_Trial = tuple[str, str, str | None]


def comparison_trials(book: Rulebook) -> Iterator[_Trial]:
    """Yield what was tested, where it stands as ``file:line``, and what is wrong, null where nothing is."""
    for concept in book.concepts:
        yield f"concept {concept.id}", concept.place, _names_unknown(concept, book)
        for example in concept.examples:
            yield f"concept {concept.id}: {example.era}", concept.place, _concept_failure(concept, example)
    yield from _time_trials(book)
    yield from _choice_trials(book)
    for identity in book.years.identities:
        yield from _identity_trials(identity, book)
    for claim in book.years.claims:
        for before, now, said, wanted in claim.examples:
            found = outcome_of_claim(before, now, said)
            failure = None if found == wanted else f"must be {wanted}, but is {found}"
            yield f"claim {claim.id}: {before:g} to {now:g}, said {said:g}", claim.place, failure
    yield from _unusual_trials(book.years.unusual)


def _time_trials(book: Rulebook) -> Iterator[_Trial]:
    for era in book.eras:
        failure = None if era.counts_as in book.order.eras else f"'{era.counts_as}' stands in no time"
        yield f"order of forms: {era.id}", "concepts/forms.yaml:1", failure
    for shift in book.order.shifts:
        for year, touches in shift.examples:
            wanted = "must touch it" if touches else "must not touch it"
            failure = None if shift.lies_between(year - 1, year) is touches else wanted
            yield f"level shift {shift.id}: {year}", shift.place, failure


def _choice_trials(book: Rulebook) -> Iterator[_Trial]:
    for rule in book.preferences:
        for first, second in rule.examples:
            failure = None if rule.rank(first) < rule.rank(second) else f"{first} must speak before {second}"
            yield f"choice {rule.id}", rule.place, failure
        for one, other in rule.ties:
            failure = None if rule.rank(one) == rule.rank(other) else f"must not tell {one} from {other}"
            yield f"choice {rule.id}: tie", rule.place, failure


def _names_unknown(concept: Concept, book: Rulebook) -> str | None:
    known = {indicator.id for indicator in book.indicators}
    eras = {era.id for era in book.eras}
    wrong = [f"no era '{form.era}'" for form in concept.eras if form.era not in eras]
    wrong += [
        f"no indicator '{term.indicator}'"
        for form in concept.eras
        for term in form.terms
        if term.indicator not in known
    ]
    return "; ".join(wrong) or None


def _concept_failure(concept: Concept, example: ConceptExample) -> str | None:
    form = concept.in_era(example.era)
    if form is None:
        found: float | str | None = Missing.NOT_IN_FORM
    else:
        source = ValueSource.PROSE if example.era == ValueSource.PROSE else ValueSource.TABLE
        cells = {term.indicator for term in form.terms}
        reading = evaluate(form.expression, _statements(example.stated, cells, source).read)
        found = reading.missing if reading.value is None else reading.value
    if isinstance(found, float) and isinstance(example.gives, (int, float)):
        return (
            None
            if math.isclose(found, example.gives, abs_tol=1e-4)
            else f"must give {example.gives}, but gives {found:g}"
        )
    return None if found == example.gives else f"must give {example.gives}, but gives {found}"


def _statements(stated: Mapping[str, float | str], cells: set[str], source: ValueSource) -> Statements:
    statements = []
    for name, value in stated.items():
        asked = parse(name)
        if not isinstance(asked, Reference):
            message = f"'{name}' is no reference"
            raise TypeError(message)
        number = None if isinstance(value, str) else float(value)
        status = ValueStatus(value) if isinstance(value, str) else ValueStatus.REPORTED
        period: Period = asked.period
        where = asked.indicator, asked.applicant, period
        exact = Qualifier.EXACT
        statements.append(Statement(name, *where, number, None, status, source, exact, None, False, 1.0, ""))  # noqa: FBT003 — its fields in order
    return Statements(statements, cells, is_partial=False)


def _identity_trials(identity: YearIdentity, book: Rulebook) -> Iterator[_Trial]:
    known = {indicator.id for indicator in book.indicators}
    for each in identity.each or ((None,) if identity.each == () else ()):
        asked = [term.indicator for side in identity.sides(each) for term in references(side)]
        unknown = [f"no indicator '{name}'" for name in asked if name not in known]
        yield f"check {identity.id}: {each or 'terms'}", identity.place, "; ".join(unknown) or None
    for example in identity.examples:
        found = _outcome(identity, example)
        failure = None if found == example.outcome else f"must be {example.outcome}, but is {found}"
        yield f"check {identity.id}: {example.before} then {example.now}", identity.place, failure


def _outcome(identity: YearIdentity, example: PairExample) -> str:
    before = _statements(example.before, set(), ValueSource.TABLE)
    now = _statements(example.now, set(), ValueSource.TABLE)
    each = _word(identity, example) if identity.each is not None else now.over(identity.period)[0]
    left, right = (
        evaluate(side, lambda asked: (before if asked.before else now).read(asked)) for side in identity.sides(each)
    )
    return outcome_of(left, identity.relation, right)


def _word(identity: YearIdentity, example: PairExample) -> str | None:
    """Return the word for ``{each}`` that an example is about."""
    return next(
        (word for word in identity.each or () if any(name.startswith(f"{word}.") for name in example.now)), None
    )


def _unusual_trials(unusual: Unusual) -> Iterator[_Trial]:
    for name, others, value, wanted in unusual.examples:
        if name == "jump":
            found: bool | None = is_jump(others[-1], value, unusual.jump)
        else:
            found = is_far(value, others, unusual.history if name == "history" else unusual.peers)
        failure = (
            None if bool(found) is wanted else f"{value:g} among {others} must {'' if wanted else 'not '}be unusual"
        )
        yield f"unusual: {name} of {value:g}", unusual.place, failure
