"""Kind: whether the document is a yearly report at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model import Document, Observation
    from pipeline.rulebook.lexicons import Marker

_LONGEST_REJECTED = 600


def rejection(
    text: str, document: Document, observations: tuple[Observation, ...], signs: Mapping[str, tuple[Marker, ...]]
) -> str | None:
    """Return why the file is no report, or null; ``text`` is the folded body."""
    whole = f"{fold(document.title or '').text}\n{text}"
    if len(text) < _LONGEST_REJECTED:
        for sign in signs["rejected"]:
            if sign.pattern.search(whole):
                return sign.reason
    if observations or any(sign.pattern.search(whole) for sign in signs["report"]):
        return None
    return "other"
