"""Year: which year the report is on, by the best proof that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.identify.proofs import proofs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Evidence, Paragraph
    from pipeline.rulebook.lexicons import Marker


def find_year(paragraphs: Sequence[Paragraph], signs: tuple[Marker, ...]) -> tuple[int | None, Evidence | None]:
    """Return the year that the best proof names; null where proofs of that kind name several."""
    for sign in signs:
        found = [each for block in paragraphs for each in proofs(block, sign.pattern, 0)]
        years = {int(match["year"]) for match, _ in found}
        if len(years) == 1:
            return years.pop(), found[0][1]
        if years:
            return None, None
    return None, None


def is_whole_year(proof: Evidence) -> bool:
    """Say whether the words tell the year from its first to its last day."""
    return "12" in proof.quote and "31" in proof.quote
