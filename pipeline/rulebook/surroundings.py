"""Surroundings: what the words around the matches in one passage say, each question answered once for all rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.rulebook.times import CLAUSE_END, SENTENCE_END, Times, stretch_around

if TYPE_CHECKING:
    from pipeline.rulebook.lexicons import PeriodPattern
    from pipeline.rulebook.passages import Passage
    from pipeline.rulebook.patterns import Pattern


class Surroundings:
    """Answers about the sentences and clauses of ``passage``, ``periods`` are what tells their times."""

    def __init__(self, passage: Passage, periods: tuple[PeriodPattern, ...]) -> None:
        self.passage = passage
        self.times = Times(passage, periods)
        self._is_said = cache(self._is_said_in)
        self._clause = cache(lambda at: stretch_around(passage.text, CLAUSE_END, at))
        self._sentence = cache(lambda at: stretch_around(passage.text, SENTENCE_END, at))

    def is_context(self, pattern: Pattern, at: int) -> bool:
        """Tell whether the sentence around ``at`` or the heading holds the words."""
        return self._is_said(pattern, *self._sentence(at)) or pattern.search(self.passage.heading) is not None

    def in_paragraph(self, pattern: Pattern) -> bool:
        """Tell whether the passage or its heading holds the words."""
        whole = 0, len(self.passage.text)
        return self._is_said(pattern, *whole) or pattern.search(self.passage.heading) is not None

    def in_clause(self, pattern: Pattern, at: int) -> bool:
        """Tell whether the clause around ``at`` holds the words."""
        return self._is_said(pattern, *self._clause(at))

    def in_clause_before(self, pattern: Pattern, at: int, last: int) -> bool:
        """Tell whether the clause around ``at`` holds the words before ``last``."""
        first, _ = self._clause(at)
        return pattern.search(self.passage.text, first, max(first, last)) is not None

    def _is_said_in(self, pattern: Pattern, first: int, last: int) -> bool:
        return pattern.search(self.passage.text[first:last]) is not None
