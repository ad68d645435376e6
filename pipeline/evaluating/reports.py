"""Compare the values of a whole report with its labels: table cells, prose, and cells that are blank.

A fact is an indicator with applicant, printed label, period and value; the same fact stated twice counts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.evaluating.judgement import Answer, Match, Verdict
from pipeline.evaluating.predictions import distinct
from pipeline.model import Period, ValueStatus

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pipeline.evaluating.conventions import Conventions
    from pipeline.evaluating.labels import Label, LabelledText
    from pipeline.evaluating.predictions import Prediction

_SAME = 1e-6
_SAME_MONEY = 0.01


def judge_report(
    text: LabelledText, predictions: Sequence[Prediction], conventions: Conventions
) -> tuple[tuple[Match, ...], tuple[Answer, ...]]:
    """Return what became of each label that counts, and what each fact that was read is worth.

    Labels that are optional, can't be read or repeat another are no match, but facts that fit them are not wrong. A
    number in a blank cell, or in a table where the report has none, is fabricated.
    """
    facts = distinct(predictions, _fact)
    right: dict[int, Label] = {}
    aside = {at for at, fact in enumerate(facts) if fact.derived or fact.period in conventions.unlabelled}
    blank: set[int] = set()
    matches: list[Match] = []
    told: set[Hashable] = set()
    stated = {(label.indicator, label.applicant) for label in text.labels if label.value is not None}
    for label in text.labels:
        keyed = [at for at, fact in enumerate(facts) if _same_key(label, fact, conventions)]
        if label.status == ValueStatus.UNREADABLE:
            aside.update(at for at in keyed if _same_value(label.true_value, label.unit, facts[at], conventions))
            continue
        if label.value is None:
            if label.in_table:
                matches.append(_blank_match(label, predictions, conventions))
                if (label.indicator, label.applicant) not in stated:
                    blank.update(at for at in keyed if facts[at].in_table and not facts[at].derived)
            continue
        located = [at for at in keyed if _same_period(label, facts[at], conventions)]
        found = [at for at in located if _same_value(label.value, label.unit, facts[at], conventions)]
        if label.optional:
            aside.update(found)
            continue
        for at in found:
            right.setdefault(at, label)
        if _fact(label) not in told:
            told.add(_fact(label))
            nearest = next((facts[at] for at in (*found, *located, *keyed)), None)
            other = bool(found) and facts[found[0]].indicator in _other_indicators(label)
            matches.append(Match(label, bool(found), bool(located), nearest, other))
    no_tables = not any(label.in_table for label in text.labels)
    return tuple(matches), tuple(
        Answer(fact, Verdict.RIGHT, right[at])
        if at in right
        else _unproven(
            fact,
            text,
            aside=at in aside,
            fabricated=at in blank or (fact.in_table and no_tables and not fact.derived),
        )
        for at, fact in enumerate(facts)
    )


def _unproven(fact: Prediction, text: LabelledText, *, aside: bool, fabricated: bool) -> Answer:
    if aside:
        return Answer(fact, Verdict.ASIDE, fabricated=fabricated)
    return Answer(fact, Verdict.WRONG, fabricated=fabricated, trap=fact.value in text.traps)


def _blank_match(label: Label, predictions: Sequence[Prediction], conventions: Conventions) -> Match:
    here = [each for each in predictions if _same_key(label, each, conventions)]
    agreeing = [each for each in here if each.value is None and each.status == label.status]
    return Match(label, bool(agreeing), bool(here), next(iter((*agreeing, *here)), None))


def _fact(each: Label | Prediction) -> Hashable:
    return each.indicator, each.applicant, each.item, each.period, each.value


def _other_indicators(label: Label) -> set[str]:
    return {reading.indicator for reading in label.other_readings}


def _same_key(label: Label, fact: Prediction, conventions: Conventions) -> bool:
    """Say whether a fact speaks of what the label speaks of, whatever period and value."""
    if label.applicant != fact.applicant:
        return False
    if fact.indicator in _other_indicators(label):
        return True
    family = conventions.family(label.indicator)
    if family is None:
        return label.indicator == fact.indicator
    if not family.holds(fact.indicator):
        return False
    if family.exclusive:
        if family.is_member(label.indicator) and family.is_member(fact.indicator):
            return label.indicator == fact.indicator
        if _labels_agree(label.item or label.quote, fact.item, conventions):
            return True
    return _labels_agree(label.item, fact.item, conventions)


def _labels_agree(label: str | None, other: str | None, conventions: Conventions) -> bool:
    likeness = conventions.reports
    if not likeness.core(label) or not likeness.core(other):
        return (label or "").strip() == (other or "")
    return likeness.agree(label, other)


def _same_period(label: Label, fact: Prediction, conventions: Conventions) -> bool:
    if fact.period == Period.TO_DATE:
        return label.period == Period.TO_DATE or conventions.until in label.words
    return label.period == fact.period


def _same_value(value: float | None, unit: str | None, fact: Prediction, conventions: Conventions) -> bool:
    if value is None or fact.value is None:
        return False
    if abs(value - fact.value) < _SAME:
        return True
    worth, other_worth = conventions.money.get(unit or ""), conventions.money.get(fact.unit or "")
    if worth is None or other_worth is None or worth == other_worth:
        return False
    return abs(value * worth - fact.value * other_worth) < _SAME_MONEY
