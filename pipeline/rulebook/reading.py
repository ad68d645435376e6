"""One text read by prose rules alone: what the examples in the rules and ``explain`` are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rulebook.matching import Reading, match_rules, settle
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import SectionKind
    from pipeline.rulebook.book import Rulebook
    from pipeline.rulebook.indicators import ProseRule


def read_text(
    text: str, kind: SectionKind, year: int | None, rules: Sequence[ProseRule], book: Rulebook, heading: str = ""
) -> list[Reading]:
    """Return what ``rules`` read in ``text``, standing below ``heading`` of ``kind`` in a report on ``year``."""
    masked = book.mask(fold(text).text)
    passage = book.passage(masked, (0, len(masked.text)), year, kind, fold(heading).text)
    return settle(match_rules(rules, passage, book.lexicons.periods))
