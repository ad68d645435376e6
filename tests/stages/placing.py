"""Places found for a body named as the test says, on a page of lines, cleaned as pages are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Evidence, Span
from pipeline.stages.clean import clean
from pipeline.stages.identify.agency import Agency
from pipeline.stages.identify.place import Place, find_place
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


def placed(book: Rulebook, agency: str | None, year: int | None, *lines: str, is_tampered: bool = False) -> Place:
    """Return the place of ``agency``; its title is the first line of the page."""
    title = f"{agency or ''}{year or ''}年政府信息公开工作年度报告"
    proof = Evidence("b00001", 0, len(agency), agency) if agency else None
    document = clean(of_lines(title, *lines), book)
    if is_tampered:
        document = replace(document, spam=(Span("b00002", 0, 1),))
    return find_place(document, Agency(agency, agency, proof), year, book)
