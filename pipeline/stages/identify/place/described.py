"""Described: the chosen division under the names and codes of the report's year, with what proved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Problem
from pipeline.stages.identify.place.subject import Basis

if TYPE_CHECKING:
    from pipeline.model import Evidence
    from pipeline.places import Register
    from pipeline.stages.identify.place.choosing import Choice, Undecided
    from pipeline.stages.identify.place.subject import Subject

_FEW = 3
_GOVERNMENT = "人民政府"


@dataclass(frozen=True, slots=True)
class Place:
    """A division of its year: names from the province down, codes as text, and what proved them.

    ``proof`` are the words of the title, ``evidence`` all that agreed, ``key`` tells the body from all others in every
    year, and ``has_namesakes`` says that its name alone does not.
    """

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    adcode: str | None = None
    township_code: str | None = None
    proof: Evidence | None = None
    evidence: str | None = None
    key: str | None = None
    has_namesakes: bool = False
    problem: Problem | None = None


def described(choice: Choice, title: Evidence | None, year: int | None, register: Register) -> Place:
    """Return the place of the chosen division in ``year``."""
    subject = choice.subject
    division = register.in_year(choice.division, year)
    if division is None:
        message = f"{choice.division.code} {choice.division.name} did not exist in {year}"
        return Place(problem=Problem("identify", "place_not_of_year", message))
    names = {each.level: each.name for each in register.chain(division, year)}
    now = register.today(division)
    known = register.townships.of_county(subject.township, now.code) if subject.township else None
    by_title = [f"机关名称 {''.join(title.quote.split())}"] if title and subject.name else []
    rest = subject.rest or (_GOVERNMENT if subject.name else "")
    return Place(
        province=names.get("province"),
        prefecture=names.get("prefecture"),
        county=names.get("county"),
        township=subject.township,
        adcode=division.code,
        township_code=known.code if known and now.code == division.code else None,
        proof=title if by_title else None,
        evidence="; ".join((*by_title, *choice.told)),
        key=f"{now.code}:{rest}" if rest else None,
    )


def unplaced(undecided: Undecided, subject: Subject) -> Place:
    """Return no place, and the problem that says why; nothing of a name that is near to many and is none of them."""
    if subject.basis is Basis.SLIP and len(subject.candidates) > _FEW:
        return Place()
    namesakes = subject.basis is not Basis.SLIP and len(subject.candidates) > 1
    return Place(has_namesakes=namesakes, problem=Problem("identify", undecided.kind, undecided.message))
