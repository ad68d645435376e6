"""What an explanation says in words, on the terminal and on the page alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.explaining.explanation import Miss
from pipeline.model import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.explaining.explanation import ExplainedNumeral, Explanation, NearMiss
    from pipeline.model import Observation

IDENTITY = ("agency", "agency_type", "year", "era", "scope", "published")
SECTIONS = ("section", "kind", "decided by", "confidence", "heading")
NUMERALS = ("place", "words", "unit", "what it is", "decided by", "indicator")
UNEXPLAINED = ("place", "words", "unit", "rule that comes near", "what differs")
ATTEMPTS = ("rule", "value", "unit", "period", "rejected because", "words")
VALUES = ("indicator", "applicant", "item", "value", "unit", "period", "source", "decided by", "words")
RIVALS = ("indicator", "applicant", "value", "why", "words")
CHECKS = ("identity", "applicant", "outcome", "left", "right", "residual", "severity", "verdict")

_LONGEST = 60


def summary(explanation: Explanation) -> str:
    """Return how many numerals there are and what they are: ``31 numerals: 12 extracted, 4 date, 2 unexplained``."""
    counts = Counter(each.numeral.disposition for each in explanation.numerals)
    told = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    return f"{len(explanation.numerals)} numerals" + (f": {told}" if told else "")


def status(explanation: Explanation) -> str:
    """Return the status of the file with its reason."""
    outcome = explanation.outcome
    return outcome.status + (f" ({outcome.reason}): {outcome.message}" if outcome.reason else "")


def identity_rows(explanation: Explanation) -> Iterator[tuple[str, object, str | None]]:
    """Yield what is known of the report: the field, its value, and the words that prove it."""
    identity = explanation.outcome.identity
    if identity is not None:
        for name in IDENTITY:
            proof = identity.proof_of(name)
            yield name, getattr(identity, name), proof.quote if proof else None


def section_rows(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    """Yield a row of ``SECTIONS`` for each section."""
    for each in explanation.outcome.sections:
        yield each.section_id, each.kind, each.decided_by, each.confidence, each.heading


def check_rows(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    """Yield a row of ``CHECKS`` for each check."""
    for each in explanation.outcome.checks:
        outcome = each.outcome, each.left, each.right, each.residual, each.severity, each.verdict
        yield each.identity, each.applicant, *outcome


def values(explanation: Explanation) -> tuple[Observation, ...]:
    """Return the values that speak for the report."""
    return tuple(each for each in explanation.outcome.observations if each.standing is not Standing.RIVAL)


def rivals(explanation: Explanation) -> tuple[Observation, ...]:
    """Return the other printed statements of the same facts, each with the reason why it lost."""
    return tuple(each for each in explanation.outcome.observations if each.standing is Standing.RIVAL)


def unexplained(explanation: Explanation) -> tuple[ExplainedNumeral, ...]:
    """Return the numerals that nothing explains, those with near misses first."""
    left = [each for each in explanation.numerals if each.remark is not None or each.near_misses]
    return tuple(sorted(left, key=lambda each: not each.near_misses))


def place(each: ExplainedNumeral) -> str:
    """Return where a numeral stands: ``s004``, and in a table ``s009 row 3, column 2``, counted from 1."""
    cell = "" if each.row is None or each.col is None else f"row {each.row + 1}, column {each.col + 1}"
    return " ".join(filter(None, (each.section_id, cell)))


def rule(miss: NearMiss) -> str:
    """Return the rule with its file and line: ``files.issued/issued (documents.yaml:55)``."""
    return f"{miss.rule_id} ({Path(miss.place).name})"


def difference(miss: NearMiss) -> str:
    """Return what keeps a rule off a number: ``the pattern expects 会议, the text has 推进会``."""
    reasons = "; ".join(miss.reasons)
    if miss.how is Miss.REJECTED:
        return f"matches, but is rejected: {reasons}"
    if miss.how is Miss.LIST:
        return reasons
    has = f"the text has {miss.has}" if miss.has else "the text has nothing there"
    if miss.expects is None:
        words = f"the pattern has no place for {miss.has}"
    else:
        words = f"the pattern expects {_short(miss.expects)}, {has}"
    return f"{words}; besides, it {reasons}" if reasons else words


def _short(pattern: str) -> str:
    return pattern if len(pattern) <= _LONGEST else f"{pattern[: _LONGEST - 1]}…"
