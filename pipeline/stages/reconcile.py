"""Reconcile: number the observations in reading order and choose one of several statements of the same fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Standing, ValueSource

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.model import Document, Observation

_RANK = {ValueSource.TABLE: 0, ValueSource.ATTACHMENT_TABLE: 1, ValueSource.PROSE: 2}
_ALL_APPLICANTS = "total"
_FEWEST_WITH_A_SUM, _TWO = 3, 2
_CONTESTED = 0.6
_PARTED = regex.compile("[。!?！？]|其中|包括|[(（]含")


def reconcile(observations: tuple[Observation, ...], document: Document) -> tuple[Observation, ...]:
    """Return the observations numbered in reading order; all but one statement of a fact are rivals, with a reason.

    A fact is an indicator with its applicant, item and period, apart for the office and for its whole jurisdiction
    where both are told; what prose states of all applicants is what a table states as their total. The official
    table speaks before the prose, the earlier statement before the later, but a number that is the sum of all others
    before these: they are its parts. Of numbers told side by side none speaks. Nothing is repaired: a rival keeps its
    own value. What prose says and contradicts elsewhere is less certain.
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
    silent: set[str] = set()
    wholes, parallel = _wholes(numbered), _parallel(numbered, document)
    for each in sorted(numbered, key=lambda each: _precedence(each, wholes, parallel)):
        if each.value is None or each.standing is Standing.RIVAL:
            continue
        known = speakers.setdefault(_fact(each), [])
        speaker = next((other for other in known if _same_scope(other, each)), None)
        if speaker is not None:
            settled[each.observation_id] = _rival(each, speaker)
            if _contested(speaker, each, wholes):
                settled[speaker.observation_id] = replace(speaker, confidence=min(speaker.confidence, _CONTESTED))
        elif each.observation_id in parallel and each.observation_id not in wholes:
            settled[each.observation_id] = _beside(each, parallel[each.observation_id])
            silent.add(each.observation_id)
        else:
            known.append(each)
    return tuple(_as_sure_as_its_base(settled.get(each.observation_id, each), silent) for each in numbered)


def _precedence(each: Observation, wholes: Collection[str], parallel: Collection[str]) -> tuple[int, bool, bool]:
    return _RANK[each.source], each.observation_id not in wholes, each.observation_id in parallel


def _parallel(observations: list[Observation], document: Document) -> dict[str, tuple[Observation, ...]]:
    """Return the statements of prose that a sentence tells side by side, two of them in the same words, with their row.

    ``县政府召开新闻发布会4场,部门召开新闻发布会12场``: none of them is the whole, and none a part of another (其中).
    """
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    rows: dict[tuple[object, ...], list[list[Observation]]] = {}
    for each in observations:
        if not _speaks_in_prose(each):
            continue
        known = rows.setdefault((*_fact(each), each.evidence.block_id), [])
        last = known[-1][-1] if known else None
        if last is None or _PARTED.search(texts[last.evidence.block_id], last.evidence.start, each.evidence.end - 1):
            known.append([each])
        else:
            known[-1].append(each)
    return {
        each.observation_id: tuple(row)
        for known in rows.values()
        for row in known
        if _told_alike(row) and not _of_two_scopes(row)
        for each in row
    }


def _speaks_in_prose(each: Observation) -> bool:
    in_prose = each.source is ValueSource.PROSE and each.value is not None and not each.derived
    return in_prose and each.standing is not Standing.RIVAL


def _told_alike(row: list[Observation]) -> bool:
    """Say whether one rule reads different numbers in a row."""
    values: dict[str, float | None] = {}
    return any(values.setdefault(each.rule_id, each.value_base) != each.value_base for each in row)


def _of_two_scopes(row: list[Observation]) -> bool:
    """Say whether a row of two tells of the office and of its jurisdiction."""
    return len(row) == _TWO and not _same_scope(*row)


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


def _contested(speaker: Observation, rival: Observation, wholes: Collection[str]) -> bool:
    """Say whether prose contradicts what prose says, and no sum tells why."""
    in_prose = speaker.source is rival.source is ValueSource.PROSE
    return in_prose and speaker.value_base != rival.value_base and speaker.observation_id not in wholes


def _as_sure_as_its_base(each: Observation, silent: Collection[str]) -> Observation:
    """Return the observation, a rival where it is derived from a number that does not speak."""
    base = next((name for name in each.derived_from if name in silent), None)
    if base is None or each.standing is Standing.RIVAL:
        return each
    return replace(each, standing=Standing.RIVAL, standing_reason=f"derived from {base}, which does not speak")


def _beside(each: Observation, row: tuple[Observation, ...]) -> Observation:
    others = ", ".join(other.observation_id for other in row if other is not each)
    return replace(each, standing=Standing.RIVAL, standing_reason=f"beside {others}, none of them said to be the whole")
