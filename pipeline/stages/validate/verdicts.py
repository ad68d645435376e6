"""Whose error a broken agreement is, and what that does to our trust in what was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pipeline.model import Check, Observation

_CERTAIN, _DOUBTFUL = 1.0, 0.5
_EQUAL = 0.55  # counts are whole numbers, and shares may be rounded by that much


def unsure_of(observations: Iterable[Observation], checks: Iterable[Check]) -> frozenset[str]:
    """Return the ids of what was not read with certainty, and that no other statement confirms.

    Numbers confirm each other where both sides of a check are equal and not zero.
    """
    confirmed = {
        observation_id
        for check in checks
        if check.outcome is CheckOutcome.HOLDS and check.left and abs(check.residual or 0.0) <= _EQUAL
        for observation_id in check.observation_ids
    }
    return frozenset(each.observation_id for each in observations if each.confidence < _CERTAIN) - confirmed


def judge(check: Check, unsure: Collection[str]) -> Check:
    """Return the check as a doubt about our reading where it is broken and we are unsure of a number in it."""
    doubted = check.outcome is CheckOutcome.BROKEN and any(each in unsure for each in check.observation_ids)
    return doubt(check) if doubted else check


def doubt(check: Check) -> Check:
    """Return the check as a doubt about our reading."""
    return replace(check, verdict=Verdict.EXTRACTION_DOUBT)


def lower_confidence(
    observations: Iterable[Observation], checks: Iterable[Check], unsure: Collection[str], mixed_up: Collection[str]
) -> tuple[Observation, ...]:
    """Return the observations, those with less confidence that are in question.

    These are what we are ``unsure`` of in a doubted check, and cells that may be ``mixed_up``, by their ids.
    """
    doubted = {
        observation_id
        for check in checks
        if check.verdict is Verdict.EXTRACTION_DOUBT
        for observation_id in check.observation_ids
        if observation_id in unsure
    }
    return tuple(
        replace(each, confidence=min(each.confidence, _DOUBTFUL))
        if each.observation_id in doubted or each.observation_id in mixed_up
        else each
        for each in observations
    )
