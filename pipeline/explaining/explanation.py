"""What is told of one file: everything it yields, every match of a rule, and what each of its numerals is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model import Evidence, Numeral, Outcome, Span

_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Attempt:
    """One match of a prose rule: the words it matched, the value it reads there, and why it was rejected, if it was.

    ``numeral`` is the printed place of the figures, null for a zero said in words.
    """

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
    numeral: Span | None
    rejected: str | None


class Miss(StrEnum):
    """How a rule misses a number: it matches but is rejected, its words differ, or its list ends before."""

    REJECTED = "rejected"
    WORDS = "words"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that nearly reads a number, and what keeps it from doing so.

    Where words differ, the pattern ``expects`` (null: nothing) what the text ``has`` in other words (empty: nothing);
    ``reasons`` are what else stands against it. ``quote`` is all that the rule would match, ``likeness`` the share of
    it that fits, between 0 and 1. ``place`` is where the rule stands, as ``file:line``.
    """

    rule_id: str
    indicator: str
    place: str
    how: Miss
    expects: str | None
    has: str | None
    reasons: tuple[str, ...]
    quote: str
    likeness: float


@dataclass(frozen=True, slots=True)
class ExplainedNumeral:
    """One numeral of the document, the indicator it was read for, and where unexplained, which rules come near.

    ``remark`` says why none does; ``row`` and ``col`` count from 0 and are null outside tables.
    """

    numeral: Numeral
    section_id: str | None
    row: int | None = None
    col: int | None = None
    indicator: str | None = None
    near_misses: tuple[NearMiss, ...] = ()
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything one file yields, and every match of a rule on the way there.

    ``indicator`` is the one that the explanation keeps to, null for all; ``texts`` are those of all paragraphs and
    cells; ``names`` the Chinese names of the indicators.
    """

    outcome: Outcome
    attempts: tuple[Attempt, ...]
    numerals: tuple[ExplainedNumeral, ...]
    texts: Mapping[str, str]
    names: Mapping[str, str]
    rules_version: str
    indicator: str | None = None

    def in_context(self, words: Attempt | Evidence | Numeral) -> tuple[str, str, str]:
        """Return the printed words with up to twelve characters before and behind them."""
        text, start, end = self.texts[words.block_id], words.start, words.end
        return text[max(start - _CONTEXT, 0) : start], text[start:end], text[end : end + _CONTEXT]
