"""Explain: why one report was read as it was. What was rejected is no output, so it is recomputed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Paragraph
from pipeline.running.job import read_report
from pipeline.stages.account import open_ledger
from pipeline.stages.extract import read_sections

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Attempt:
    """One match of a prose rule: the words it matched, the value it reads there, and why it was rejected, if it was."""

    rule_id: str
    indicator: str
    section_id: str
    block_id: str
    start: int
    end: int
    quote: str
    value: float
    unit: str | None
    period: str | None
    rejected: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything one file yields, and every match of a rule on the way there."""

    outcome: Outcome
    attempts: tuple[Attempt, ...]


def explain(path: Path, rulebook: Rulebook, indicator: str | None = None) -> Explanation:
    """Return what the file at ``path`` yields and the attempts at it, those of one indicator where it is given.

    A file that can't be read gives an outcome with status failed and no attempts.
    """
    outcome = read_report(path, path.name, rulebook)
    document = outcome.document
    if document is None or outcome.identity is None:
        return Explanation(outcome, ())
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    ledger = open_ledger(document, rulebook)
    attempts: list[Attempt] = []
    tried = read_sections(outcome.sections, ledger, outcome.identity.year, rulebook, frozenset(texts))
    for section, block, readings in tried:
        for reading in readings:
            if indicator is not None and reading.rule.indicator != indicator:
                continue
            start, end = block.printed(reading.start, reading.end)
            attempts.append(
                Attempt(
                    rule_id=reading.rule.id,
                    indicator=reading.rule.indicator,
                    section_id=section.section_id,
                    block_id=block.block_id,
                    start=start,
                    end=end,
                    quote=texts[block.block_id][start:end],
                    value=reading.value,
                    unit=reading.unit,
                    period=reading.period.value if reading.period else None,
                    rejected=reading.rejected,
                )
            )
    return Explanation(outcome, tuple(attempts))
