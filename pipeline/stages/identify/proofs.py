"""Proofs: the words of a document that a pattern finds, with the place where they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Evidence
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from pipeline.model import Paragraph


def proofs(
    block: Paragraph, pattern: regex.Pattern[str], group: str | int
) -> Iterator[tuple[regex.Match[str], Evidence]]:
    """Yield every match in the folded block with the printed words of its ``group``."""
    folded = fold(block.text)
    for match in pattern.finditer(folded.text):
        start, end = folded.span(*match.span(group))
        yield match, Evidence(block.block_id, start, end, block.text[start:end])
