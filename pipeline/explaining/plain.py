"""An explanation as plain values for JSON; ``docs/explain.md`` tells the keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.explaining.explanation import Attempt, ExplainedNumeral, Explanation


def as_plain(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as dictionaries, lists, texts and numbers; dates as text."""
    outcome = explanation.outcome
    return {
        "path": outcome.source.path,
        "document_id": outcome.source.document_id,
        "format": outcome.source.format,
        "rules_version": explanation.rules_version,
        "only_indicator": explanation.indicator,
        "status": outcome.status,
        "reason": outcome.reason,
        "message": outcome.message,
        "identity": _identity(explanation),
        "sections": [asdict(each) for each in outcome.sections],
        "numerals": [_numeral(explanation, each) for each in explanation.numerals],
        "attempts": [_attempt(explanation, each) for each in explanation.attempts],
        "observations": [asdict(each) for each in outcome.observations],
        "checks": [asdict(each) for each in outcome.checks],
        "problems": [asdict(each) for each in outcome.problems],
    }


def _identity(explanation: Explanation) -> dict[str, Any] | None:
    identity = explanation.outcome.identity
    if identity is None:
        return None
    told = {
        name: value if value is None or isinstance(value, bool | int) else str(value)
        for name, value in asdict(identity).items()
    }
    return {**told, "evidence": {name: asdict(proof) for name, proof in identity.evidence}}


def _numeral(explanation: Explanation, each: ExplainedNumeral) -> dict[str, Any]:
    numeral = each.numeral
    before, _, after = explanation.in_context(numeral)
    return {
        **asdict(numeral),
        "section_id": each.section_id,
        "row": each.row,
        "col": each.col,
        "indicator": each.indicator,
        "before": before,
        "after": after,
        "near_misses": [asdict(miss) for miss in each.near_misses],
        "remark": each.remark,
    }


def _attempt(explanation: Explanation, each: Attempt) -> dict[str, Any]:
    before, _, after = explanation.in_context(each)
    return {**asdict(each), "before": before, "after": after}
