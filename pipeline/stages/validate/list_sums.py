"""The checks of a printed list: parts against total, shares against counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Check, CheckOutcome, Severity, Verdict
from pipeline.stages.validate.lists import decimals_of
from pipeline.stages.validate.values import is_zero, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rulebook.agreements import Shares
    from pipeline.stages.validate.lists import ListInText, Part

_ROUNDING, _MORE_DIGITS = 0.55, 2


def check_sum(found: ListInText) -> Check:
    """Return the check of the parts against the total, told apart by what its parts are called.

    The numbers stand in one statement that is read whole, so what does not add up is the report's own. Parts that fall
    short of the total may be all that the report names: that is told as information only, and not at all where the
    words say that they are a choice.
    """
    agreement, total = found.agreement, number_of(found.total) or 0.0
    numbers = tuple(part.number for part in found.parts)
    name = f"{agreement.id}:{agreement.parts[0].removesuffix('.*')}"
    ids = tuple(each.observation_id for each in (found.total, *(part.observation for part in found.parts)))
    if not found.is_whole or (found.names_some and sum(numbers) < total):
        return Check(name, CheckOutcome.NOT_TESTABLE, agreement.severity, left=total, observation_ids=ids)
    too_much = agreement.overlap and max(numbers) > total
    right = max(numbers) if too_much else sum(numbers)
    residual = total - right
    holds = is_zero(residual) or (agreement.overlap and not too_much and residual < 0)
    contradicts = residual < 0 or found.names_the_rest
    severity = agreement.severity if holds or contradicts else Severity.INFO
    verdict = None if holds or severity is Severity.INFO else Verdict.REPORT_ERROR
    outcome = CheckOutcome.HOLDS if holds else CheckOutcome.BROKEN
    return Check(
        name, outcome, severity, left=total, right=right, residual=residual, verdict=verdict, observation_ids=ids
    )


def check_shares(found: ListInText, shares: Shares) -> Iterator[Check]:
    """Yield a check per printed share: left as printed, right as the counts give it, in percent.

    That the total is what the shares are of is proven by the shares themselves: where no more of them agree than not,
    nothing is claimed.
    """
    checks = [_share_check(found, part, shares) for part in found.parts if part.share is not None]
    agreeing = sum(check.outcome is CheckOutcome.HOLDS for check in checks)
    if 2 * agreeing > len(checks):
        yield from checks


def _share_check(found: ListInText, part: Part, shares: Shares) -> Check:
    name = f"{shares.id}:{part.observation.indicator}"
    ids = (part.observation.observation_id, found.total.observation_id)
    total, share = number_of(found.total), part.share
    if not total or share is None or share.value is None:
        return Check(name, CheckOutcome.NOT_TESTABLE, shares.severity, observation_ids=ids)
    digits = decimals_of(share)
    right = round(100 * part.number / total, digits + _MORE_DIGITS)
    residual = round(share.value - right, digits + _MORE_DIGITS)
    holds = abs(residual) <= _ROUNDING * 10**-digits
    return Check(
        identity=name,
        outcome=CheckOutcome.HOLDS if holds else CheckOutcome.BROKEN,
        severity=shares.severity,
        left=share.value,
        right=right,
        residual=residual,
        verdict=None if holds else Verdict.REPORT_ERROR,
        observation_ids=ids,
    )
