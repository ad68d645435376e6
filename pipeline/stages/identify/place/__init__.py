"""Place: where the body sits, by the register of divisions, as far as the document proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.identify.place.choosing import Undecided, choose
from pipeline.stages.identify.place.clues import gather
from pipeline.stages.identify.place.described import Place, described, unplaced
from pipeline.stages.identify.place.subject import read_subject

if TYPE_CHECKING:
    from pipeline.model import Document
    from pipeline.rulebook import Rulebook
    from pipeline.stages.identify.agency import Agency

__all__ = ["Place", "find_place"]


def find_place(document: Document, agency: Agency, year: int | None, rulebook: Rulebook) -> Place:
    """Return where ``agency`` sat in ``year``; null fields where the document does not prove it.

    The title names the body; where it has namesakes, or no name, the page around it decides, best proof first. On a
    page taken over by others, only a title that names its county or something larger is believed.
    """
    register, words = rulebook.register, rulebook.lexicons.places
    page = gather(document, year, register, words)
    subject = read_subject(agency.name, page, year, register, words)
    if subject is None or (document.spam and not subject.is_certain):
        return Place()
    choice = choose(subject, page, register)
    if isinstance(choice, Undecided):
        return unplaced(choice, subject)
    return described(choice, agency.proof, year, register)
