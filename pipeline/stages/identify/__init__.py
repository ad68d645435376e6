"""Identify: what kind of document, who reports on which year and for whom, a template or a page taken over by others.

Each step is a module: the document is laid out as a sheet; its kind, body, time, place and scope are read from it, each
with the words that prove it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Identity
from pipeline.stages.identify.agency import find_agency
from pipeline.stages.identify.condition import doubts, is_template
from pipeline.stages.identify.kind import find_kind, find_title
from pipeline.stages.identify.names import key_of, level_of, type_of
from pipeline.stages.identify.place import find_place
from pipeline.stages.identify.scope import find_scope
from pipeline.stages.identify.several import one_report
from pipeline.stages.identify.sheet import lay_out
from pipeline.stages.identify.year import find_time

if TYPE_CHECKING:
    from pipeline.model import Document, Observation, Problem
    from pipeline.rulebook import Rulebook

__all__ = ["Identified", "identify", "one_report"]


@dataclass(frozen=True, slots=True)
class Identified:
    """The identity of a document and what contradicts it."""

    identity: Identity
    problems: tuple[Problem, ...] = ()


def identify(document: Document, era: str, observations: tuple[Observation, ...], rulebook: Rulebook) -> Identified:
    """Return the identity of the document; every field is null that it does not prove.

    ``era`` is the form really used, ``observations`` the cells read from its tables: a form without a value is a
    template.
    """
    signs = rulebook.lexicons.identity
    sheet = lay_out(document)
    kind = find_kind(sheet, len(observations), rulebook.lexicons.kinds, signs)
    if not kind.is_report:
        return Identified(Identity(era, kind=kind.name, kind_evidence=kind.why, is_traditional=sheet.is_traditional))
    agency = find_agency(sheet, signs)
    time = find_time(sheet, signs, is_titled=find_title(sheet, signs) is not None)
    place = find_place(document, agency, time.year, rulebook)
    name = agency.name
    agency_type = type_of(name, signs) if name else None
    proofs = (("year", time.proof), ("agency", agency.proof), ("place", place.proof))
    identity = Identity(
        era=era,
        kind=kind.name,
        kind_evidence=kind.why,
        agency=agency.printed,
        agency_name=name,
        agency_key=key_of(name, place, signs) if name else None,
        agency_type=agency_type,
        level=level_of(name, place, sheet.text, signs) if name else None,
        province=place.province,
        prefecture=place.prefecture,
        county=place.county,
        township=place.township,
        adcode=place.adcode,
        township_code=place.township_code,
        place_evidence=place.evidence,
        year=time.year,
        period_start=time.start,
        period_end=time.end,
        published=time.published,
        scope=find_scope(name, agency_type, sheet.text, signs),
        is_template=is_template(sheet.text, observations, signs["template"]),
        is_tampered=bool(document.spam),
        is_traditional=sheet.is_traditional,
        is_corrected=any(sign.pattern.search(each.text) for sign in signs["reissue"] for each in sheet.titles),
        evidence=tuple((name, proof) for name, proof in proofs if proof),
    )
    nothing = agency.name is None and time.year is None and place.province is None
    placing = (place.problem,) if place.problem else ()
    return Identified(identity, (*time.problems, *placing, *doubts(sheet, signs, proves_nothing=nothing)))
