"""What a page holds, whichever library reads it: characters, ruled lines, and how much of it is picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.formats.pdf.characters import Character
    from pipeline.formats.pdf.rulings import Rulings


@dataclass(frozen=True, slots=True)
class PageContent:
    """The content of one page, in points from the upper left corner of its visible part.

    ``pictured`` is the share of the page, between 0 and 1, that its largest picture covers.
    """

    width: float
    height: float
    characters: tuple[Character, ...]
    rulings: Rulings
    pictured: float
    has_drawings: bool
