"""Compare the values of one clause with its labels, pair by pair from the closest down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.evaluating.judgement import Answer, Match, Verdict
from pipeline.evaluating.labels import UNCLEAR
from pipeline.evaluating.predictions import distinct
from pipeline.model import Period

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pipeline.evaluating.conventions import Conventions, Family
    from pipeline.evaluating.labels import Label, LabelledText, OtherReading
    from pipeline.evaluating.predictions import Prediction

_SAME = 1e-6
_SAME_MONEY = 1e-4
_OTHER_READING = 1.0
_BY_WORDS = 2.0
_BY_ID = 3.0
_SAME_PERIOD = 0.05


def judge_clause(
    text: LabelledText, predictions: Sequence[Prediction], conventions: Conventions
) -> tuple[tuple[Match, ...], tuple[Answer, ...]]:
    """Return what became of each label that counts, and what each fact that was read is worth.

    Each fact proves one label at most. What fits an optional label, repeats a number already credited, is derived or
    speaks of another year is set aside.
    """
    facts = distinct(predictions, _fact)
    required = [label for label in text.labels if not label.optional]
    optional = [label for label in text.labels if label.optional]
    pairs = sorted(
        (-score, which, at)
        for which, label in enumerate(required)
        for at, fact in enumerate(facts)
        if (score := _score(label, fact, conventions))
    )
    credited: dict[int, int] = {}
    right: dict[int, int] = {}
    for _, which, at in pairs:
        if which not in credited and at not in right:
            credited[which], right[at] = at, which
    proven = [required[which] for which in credited]
    matches = tuple(
        _match(label, facts[credited[which]] if which in credited else None, facts, conventions)
        for which, label in enumerate(required)
    )
    answers = []
    for at, fact in enumerate(facts):
        if at in right:
            answers.append(Answer(fact, Verdict.RIGHT, required[right[at]]))
        elif (
            any(_score(label, fact, conventions) for label in (*optional, *proven))
            or fact.derived
            or fact.period in conventions.unlabelled
        ):
            answers.append(Answer(fact, Verdict.ASIDE))
        else:
            trap = any(_equal(fact.value, number) for number in text.traps)
            answers.append(Answer(fact, Verdict.WRONG, trap=trap))
    return matches, tuple(answers)


def _match(label: Label, proof: Prediction | None, facts: Sequence[Prediction], conventions: Conventions) -> Match:
    if proof is not None:
        by_other_reading = _closeness(label, proof, conventions) < _BY_WORDS
        return Match(label, found=True, located=True, prediction=proof, by_other_reading=by_other_reading)
    near = [fact for fact in facts if _closeness(label, fact, conventions)]
    located = [fact for fact in near if _same_period(label, fact, conventions)]
    return Match(label, found=False, located=bool(located), prediction=next(iter((*located, *near)), None))


def _fact(each: Prediction) -> Hashable:
    return each.indicator, each.item, each.value, each.period, each.derived, each.qualifier, each.unit


def _score(label: Label, fact: Prediction, conventions: Conventions) -> float:
    """Return how well a fact proves a label, or 0 where it does not."""
    if not _same_value(label, fact, conventions) or not _same_period(label, fact, conventions):
        return 0.0
    return _closeness(label, fact, conventions)


def _closeness(label: Label, fact: Prediction, conventions: Conventions) -> float:
    """Return how closely a fact speaks of what the label speaks of, whatever the value; 0 where it does not."""
    family = conventions.family_with_members(label.indicator)
    if family is not None:
        score = _closeness_in_family(label, fact, family, conventions)
    elif label.indicator != fact.indicator:
        score = 0.0
    elif label.item and fact.item:
        return _BY_ID + conventions.clauses.similarity(label.item, fact.item)
    else:
        score = _BY_ID
    if score:
        return score + (_SAME_PERIOD if label.period == fact.period else 0.0)
    return _OTHER_READING if _fits_other_reading(label, fact, conventions) else 0.0


def _closeness_in_family(label: Label, fact: Prediction, family: Family, conventions: Conventions) -> float:
    likeness = conventions.clauses
    if not family.holds(fact.indicator):
        return 0.0
    similarity = likeness.similarity(label.item, fact.item) if fact.item else 0.0
    if not family.exclusive:
        return _BY_WORDS + similarity if similarity >= likeness.alike else 0.0
    similarity = similarity if label.item else 0.0
    if fact.indicator == label.indicator and label.indicator in family.fixed:
        return _BY_ID + similarity
    if similarity >= likeness.alike:
        return _BY_WORDS + similarity
    if _has_words(fact.indicator, label.item, family, conventions):
        return _BY_WORDS
    named_by_words = not family.is_member(fact.indicator) and _has_words(
        label.indicator, fact.item, family, conventions
    )
    return _BY_WORDS if named_by_words else 0.0


def _has_words(member: str, item: str | None, family: Family, conventions: Conventions) -> bool:
    core = conventions.clauses.core(item)
    return any(conventions.clauses.core(word) in core for word in family.words.get(member, ()))


def _fits_other_reading(label: Label, fact: Prediction, conventions: Conventions) -> bool:
    return any(_fits(reading, fact, conventions) for reading in label.other_readings)


def _fits(reading: OtherReading, fact: Prediction, conventions: Conventions) -> bool:
    if reading.item is not None:
        return reading.indicator == fact.indicator and conventions.clauses.agree(reading.item, fact.item)
    family = conventions.family_with_members(reading.indicator)
    if family is not None and reading.indicator == family.indicator:
        return family.holds(fact.indicator)
    return reading.indicator == fact.indicator


def _same_period(label: Label, fact: Prediction, conventions: Conventions) -> bool:
    if label.indicator.endswith(conventions.timeless):
        return True
    if fact.period == Period.TO_DATE:
        return label.period in {Period.TO_DATE, UNCLEAR} or conventions.until in label.words
    return label.period == fact.period or UNCLEAR in {label.period, fact.period}


def _same_value(label: Label, fact: Prediction, conventions: Conventions) -> bool:
    if label.value is None or fact.value is None:
        return False
    if _equal(label.value, fact.value):
        return True
    if label.unit not in conventions.money or not label.value:
        return False
    step = max(conventions.money.values()) / min(conventions.money.values())
    return abs(label.value * step - fact.value) <= _SAME_MONEY or _equal(label.value / step, fact.value)


def _equal(value: float | None, other: float | None) -> bool:
    return value is not None and other is not None and abs(value - other) <= _SAME
