"""Eligibility: which rules can be right in a passage at all, told by its section, its year and what it is about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.passages import Passage

ALL_RULES = -1
_WHERE_COUNTS_STAND = frozenset(SectionKind) - {SectionKind.PROBLEMS, SectionKind.FURNITURE}


class Eligibility:
    """Tells of ``rules`` those that a passage does not rule out as a whole, before any of them is tried."""

    def __init__(self, rules: Sequence[ProseRule]) -> None:
        self._rules = rules
        self._fitting = cache(self._fitting_in)
        self._on_topic = cache(self._on_topic_of)

    def of(self, passage: Passage) -> int:
        """Return the numbers of the rules as bits; what the others would read is rejected wherever it stands."""
        return self._fitting(passage.kind, passage.year) & self._on_topic(
            frozenset(topic for _, topic in passage.topics)
        )

    def _fitting_in(self, kind: SectionKind, year: int | None) -> int:
        return sum(1 << number for number, rule in enumerate(self._rules) if misfit(rule, kind, year) is None)

    def _on_topic_of(self, topics: frozenset[str | None]) -> int:
        return sum(1 << number for number, rule in enumerate(self._rules) if not rule.topics or rule.topics & topics)


def misfit(rule: ProseRule, kind: SectionKind, year: int | None) -> str | None:
    """Return why the rule has no say in a section of the kind in a report on the year, or null.

    What is to be improved is told in plans, not counts.
    """
    if kind not in (rule.sections or _WHERE_COUNTS_STAND):
        return f"stands in a section on {kind}"
    if rule.until is not None and year is not None and year > rule.until:
        return f"means this in reports until {rule.until} only"
    if rule.since is not None and (year is None or year < rule.since):
        return f"means this in reports since {rule.since} only"
    return None
