"""Reconcile: number the observations in reading order and choose one of several statements of the same fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Paragraph, Standing, ValueSource

if TYPE_CHECKING:
    from pipeline.model import Document, Observation

_RANK = {ValueSource.TABLE: 0, ValueSource.ATTACHMENT_TABLE: 1, ValueSource.PROSE: 2}
_ALL_APPLICANTS = "total"
_FEWEST_WITH_A_SUM = 3


def reconcile(observations: tuple[Observation, ...], document: Document) -> tuple[Observation, ...]:
    """Return the observations numbered in reading order; all but one statement of a fact are rivals, with a reason.

    A fact is an indicator with its applicant, item and period, apart for the office and for its whole jurisdiction
    where both are told; what prose states of all applicants is what a table states as their total. The official
    table speaks before the prose, the earlier statement before the later, but a number that is the sum of all others
    before these: they are its parts. Nothing is repaired: a rival keeps its own value.
    """
    order = _reading_order(document)
    ordered = sorted(
        observations, key=lambda each: (order[each.evidence.block_id], each.evidence.start, each.indicator)
    )
    document_id = document.source.document_id
    numbered = [
        replace(each, observation_id=f"{document_id}-{number:04}") for number, each in enumerate(ordered, start=1)
    ]
    names = {old.observation_id: new.observation_id for old, new in zip(ordered, numbered, strict=True)}
    numbered = [
        replace(each, derived_from=tuple(names[name] for name in each.derived_from)) if each.derived_from else each
        for each in numbered
    ]
    speakers: dict[tuple[object, ...], list[Observation]] = {}
    settled: dict[str, Observation] = {}
    wholes = _wholes(numbered)
    for each in sorted(numbered, key=lambda each: (_RANK[each.source], each.observation_id not in wholes)):
        if each.value is None:
            continue
        known = speakers.setdefault(_fact(each), [])
        speaker = next((other for other in known if _same_scope(other, each)), None)
        if speaker is None:
            known.append(each)
        else:
            settled[each.observation_id] = _rival(each, speaker)
    return tuple(settled.get(each.observation_id, each) for each in numbered)


def _wholes(observations: list[Observation]) -> frozenset[str]:
    """Return which statements of prose are the sum of all others of their fact, of which there are several."""
    told: dict[tuple[object, ...], dict[float, Observation]] = {}
    for each in observations:
        if each.source is ValueSource.PROSE and each.value_base is not None:
            told.setdefault(_fact(each), {}).setdefault(each.value_base, each)
    sums = (max(values.items()) for values in told.values() if len(values) >= _FEWEST_WITH_A_SUM)
    return frozenset(each.observation_id for value, each in sums if sum(told[_fact(each)]) == 2 * value)


def _same_scope(left: Observation, right: Observation) -> bool:
    """Say whether both may cover the same offices: one of them does not tell, or they tell the same."""
    return left.scope == right.scope or None in {left.scope, right.scope}


def _reading_order(document: Document) -> dict[str, int]:
    ids = [
        block_id
        for block in document.blocks
        for block_id in ([block.block_id] if isinstance(block, Paragraph) else [cell.block_id for cell in block.cells])
    ]
    return {block_id: place for place, block_id in enumerate(ids)}


def _fact(each: Observation) -> tuple[object, ...]:
    applicant = None if each.applicant == _ALL_APPLICANTS else each.applicant
    return each.indicator, applicant, each.item, each.period


def _rival(each: Observation, speaker: Observation) -> Observation:
    same = each.value_base == speaker.value_base
    reason = f"repeats {speaker.observation_id}" if same else f"{speaker.observation_id} says {speaker.value:g}"
    return replace(each, standing=Standing.RIVAL, standing_reason=reason)
