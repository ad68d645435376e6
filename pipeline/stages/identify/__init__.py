"""Identify: who reports on which year, whether it is a report at all, a template or a page taken over by others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.model import Identity, Paragraph, Role
from pipeline.stages.identify.agency import find_agency
from pipeline.stages.identify.condition import is_tampered, is_template
from pipeline.stages.identify.kind import rejection
from pipeline.stages.identify.place import find_place
from pipeline.stages.identify.year import find_year, is_whole_year
from pipeline.text.fold import fold
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from pipeline.model import Document, Observation
    from pipeline.rulebook import Rulebook

__all__ = ["identify"]


def identify(document: Document, era: str, observations: tuple[Observation, ...], rulebook: Rulebook) -> Identity:
    """Return the identity of the report; every field is null that the document does not prove.

    ``era`` is the form really used, ``observations`` the cells read from its tables: a form without a value is a
    template.
    """
    signs = rulebook.lexicons.identity
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    body = [block for block in paragraphs if block.role is Role.BODY]
    text = "\n".join(fold(block.text).text for block in body)
    year, year_proof = find_year(paragraphs, signs["year"])
    agency = find_agency(paragraphs, rulebook)
    tampered = is_tampered(text, rulebook.lexicons.spam)
    place = find_place(document, agency, year, rulebook, is_tampered=tampered)
    start, end = (
        (date(year, 1, 1), date(year, 12, 31)) if year and year_proof and is_whole_year(year_proof) else (None, None)
    )
    proofs = (("year", year_proof), ("agency", agency.proof), ("place", place.proof))
    return Identity(
        era=era,
        agency=agency.proof.quote if agency.proof else None,
        agency_name=agency.name,
        agency_key=place.key or (None if place.has_namesakes else agency.key),
        agency_type=agency.type,
        level=agency.level,
        province=place.province,
        prefecture=place.prefecture,
        county=place.county,
        township=place.township,
        adcode=place.adcode,
        township_code=place.township_code,
        place_evidence=place.evidence,
        year=year,
        period_start=start,
        period_end=end,
        is_template=is_template(text, observations, signs["template"]),
        is_tampered=tampered,
        is_traditional=is_traditional("".join(block.text for block in body)),
        evidence=tuple((name, proof) for name, proof in proofs if proof),
        rejected=rejection(text, document, observations, signs),
        problems=(place.problem,) if place.problem else (),
    )
