"""A passage: what rules are matched against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import SectionKind
    from pipeline.rulebook.masking import Masked


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one masked block inside one section.

    ``text`` is the masked text of the stretch alone, other years told apart; it begins at ``start`` of the block;
    ``year`` is the report's own, where it is proven.
    """

    masked: Masked
    text: str
    start: int
    year: int | None
    kind: SectionKind
    heading: str
