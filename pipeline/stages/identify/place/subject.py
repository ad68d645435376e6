"""Subject: which divisions the name of the body can mean, before the page around it is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pipeline.places import near_names, read_below, read_name
from pipeline.places.township import stem, township_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    import regex

    from pipeline.places import Division, Name, Register
    from pipeline.rulebook.lexicons import Marker, PlaceWords
    from pipeline.stages.identify.place.clues import Page

_LONG_STEM = 3
_FEWEST_TOWNSHIPS = 2
_DIVISIONS = frozenset("省市县区旗州")
_SHORTEST_HEAD, _LONGEST_HEAD = 3, 9
_LONGEST_ENDING = 2
_KINDS = frozenset("镇乡县市区旗州街")


class Basis(Enum):
    """How the name tells the place, from outright to not at all."""

    FULL = "full name"
    SHORT = "short name"
    ZONE = "zone named after its county"
    TOWNSHIP = "township"
    SLIP = "misprinted name"
    TOWNSHIPS = "townships named in the text"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Subject:
    """The divisions that may govern the body, how its name tells them, its township, and what follows the place.

    ``is_certain``: one division is left, and the name needs no support.
    """

    name: str
    candidates: tuple[Division, ...]
    basis: Basis
    township: str | None = None
    rest: str = ""
    is_certain: bool = False


def read_subject(
    name: str | None, page: Page, year: int | None, register: Register, words: PlaceWords
) -> Subject | None:
    """Return what the name of the body says of its place, or null where it can say nothing."""
    if name is None:
        return _of_page(None, page)
    placed = name
    for marker in words.words["before_place"]:
        placed = marker.pattern.sub("", placed)
    if not any(each.is_full for each in read_name(placed, register, year)):
        if nameless := _match(words.words["nameless"], placed):
            found = _of_page(nameless["kind"], page)
            return replace(found, rest=placed.removeprefix(nameless["kind"])) if found else None
        if _match(words.words["unplaced"], name):
            return None
    named = _named(placed, year, register, words)
    township = township_in(placed)
    if township and register.townships.named(township) and not (named and _is_listed(named, register)):
        return _township(placed, township, register)
    if named is not None:
        return named if named.candidates else None
    if township:
        return _township(placed, township, register)
    return None if _match(words.words["zone"], placed) else _slip(placed, placed, None, year, register)


def _named(name: str, year: int | None, register: Register, words: PlaceWords) -> Subject | None:
    """Return the subject of a name that begins with divisions; without candidates where it tells of none for sure."""
    readings = _read(name, year, register)
    full = [each for each in readings if each.is_full]
    if full:
        inside = _inside(name, full, year, register, words)
        return inside or _in_full(name, full, year, register, words)
    return _in_short(name, readings, register, words) if readings else None


def _read(name: str, year: int | None, register: Register) -> tuple[Name, ...]:
    """Return the readings of the name in ``year``; one of other years stands for the unit of then."""
    readings = read_name(name, register, year)
    if any(each.is_full for each in readings):
        return readings
    former = [each for each in read_name(name, register, None) if each.is_full]
    renamed = [each._replace(division=unit) for each in former if (unit := register.in_year(each.division, year))]
    return tuple(renamed) if renamed and len(renamed) == len(former) else readings


def _in_full(name: str, full: list[Name], year: int | None, register: Register, words: PlaceWords) -> Subject:
    candidates, rest = _divisions(full), full[0].rest
    outright = Subject(name, candidates, Basis.FULL, None, rest, is_certain=len(candidates) == 1)
    township = township_in(rest)
    if township:
        return _township_of(outright, township, register)
    if not rest or _match(words.words["zone"], rest):
        return outright
    if _match(words.words["unknown_county"], rest):
        return _slip(name, rest, full[0].division, year, register) or replace(outright, candidates=())
    return outright if _match(words.words["organ"], rest) else replace(outright, candidates=())


def _in_short(name: str, readings: tuple[Name, ...], register: Register, words: PlaceWords) -> Subject | None:
    """Return the subject of a short name; null where it only happens to begin another word."""
    candidates, rest = _divisions(readings), readings[0].rest
    if township := township_in(rest):
        here = [each for each in candidates if register.townships.of_county(township, register.today(each).code)]
        return Subject(name, tuple(here), Basis.FULL, township, rest, is_certain=len(here) == 1) if here else None
    if _match(words.words["zone"], rest):
        return Subject(name, candidates, Basis.ZONE, None, rest)
    if not rest or rest[0] in _KINDS or not _match(words.words["organ"], rest):
        return None
    larger = len(candidates) == 1 and candidates[0].level != "county"
    return Subject(name, candidates, Basis.SHORT, None, rest, is_certain=larger)


def _inside(name: str, full: list[Name], year: int | None, register: Register, words: PlaceWords) -> Subject | None:
    """Return the subject of a short name inside a full one; null where what follows is no body of its own.

    An office may begin like a county: 公安 is one in 荆州市, so that there 公安交通警察支队 is either's.
    """
    below = [each for reading in full for each in read_below(reading, register, year)]
    if not below or below[0].rest[0] in _KINDS:
        return None
    units, rest = _divisions(below), below[0].rest
    if township := township_in(rest):
        known = [each for each in units if register.townships.of_county(township, register.today(each).code)]
        return Subject(name, tuple(known), Basis.FULL, township, rest, is_certain=len(known) == 1) if known else None
    if _match(words.words["zone"], rest):
        return Subject(name, units, Basis.FULL, None, rest, is_certain=len(units) == 1)
    if len(rest) > _LONGEST_ENDING and _match(words.words["organ"], rest):
        return Subject(name, (*units, *_divisions(full)), Basis.SHORT, None, rest)
    return None


def _township_of(outright: Subject, township: str, register: Register) -> Subject:
    """Return the township of the counties named before it, or of those within a larger unit that have one."""
    counties = [each for each in outright.candidates if each.level == "county"]
    listed = [each for each in outright.candidates if register.townships.of_county(township, register.today(each).code)]
    inside = [
        unit
        for each in register.townships.namesakes(township)
        if (unit := register.of_code(each.county)) and any(register.holds(outer, unit) for outer in outright.candidates)
    ]
    found = tuple(listed or counties or inside)
    return replace(outright, candidates=found, township=township, is_certain=len(found) == 1)


def _is_listed(subject: Subject, register: Register) -> bool:
    """Say whether the township stands in a candidate: 古县渡镇 is no 渡镇 of 古县."""
    counties = [register.today(each).code for each in subject.candidates]
    return bool(subject.township) and any(
        register.townships.of_county(str(subject.township), each) for each in counties
    )


def _township(name: str, township: str, register: Register) -> Subject | None:
    """Return the subject of a township that stands alone: all counties that have one of its stem."""
    units = [register.of_code(each.county) for each in register.townships.namesakes(township)]
    candidates = tuple({unit.code: unit for unit in units if unit}.values())
    if not candidates:
        return None
    certain = len(candidates) == 1 and len(stem(township)) >= _LONG_STEM
    return Subject(name, candidates, Basis.TOWNSHIP, township, name, is_certain=certain)


def _slip(name: str, rest: str, above: Division | None, year: int | None, register: Register) -> Subject | None:
    """Return the divisions whose names differ in one character from the one that ``rest`` begins with."""
    inside = [
        each
        for each in register.divisions
        if each.level != "province" and each.stands_in(year) and (above is None or register.holds(above, each))
    ]
    for length in range(_SHORTEST_HEAD, min(len(rest), _LONGEST_HEAD) + 1):
        head, left = rest[:length], rest[length:]
        if head[-1] in "县市区旗州" and (near := near_names(head, inside)):
            return Subject(name, near, Basis.SLIP, township_in(left), left)
    return None


def _of_page(kind: str | None, page: Page) -> Subject | None:
    """Return the division that governs a body without a name, as the page's best proof or its townships tell."""
    kind = kind or page.self_kind
    if kind is None:
        return None
    for clue in page.clues:
        of_year = [page.register.in_year(unit, page.year) for unit in clue.units]
        fitting = tuple(unit for unit in of_year if unit and _governs(unit, kind))
        if clue.proves and len(fitting) == 1:
            return Subject("", fitting, Basis.PAGE)
    counties = _sharing_townships(page)
    return Subject("", counties, Basis.TOWNSHIPS) if counties and counties[0].name.endswith(kind) else None


def _governs(unit: Division, kind: str) -> bool:
    """Say whether a body that calls itself ``kind`` is the unit's: 我县 a county's, 我镇 and 我局 any county's."""
    return unit.name.endswith(kind) if kind in _DIVISIONS else unit.level == "county"


def _sharing_townships(page: Page) -> tuple[Division, ...]:
    """Return the county with several of the townships in the text, where no other has more than half as many."""
    shared: dict[str, set[str]] = {}
    for name in page.townships:
        for each in page.register.townships.named(name):
            shared.setdefault(each.county, set()).add(stem(name))
    ranked = sorted(shared.items(), key=lambda each: (-len(each[1]), each[0]))
    if not ranked or len(ranked[0][1]) < _FEWEST_TOWNSHIPS:
        return ()
    if len(ranked) > 1 and 2 * len(ranked[1][1]) > len(ranked[0][1]):
        return ()
    county = page.register.of_code(ranked[0][0])
    return (county,) if county else ()


def _divisions(names: Iterable[Name]) -> tuple[Division, ...]:
    return tuple({each.division.code: each.division for each in names}.values())


def _match(markers: Iterable[Marker], text: str) -> regex.Match[str] | None:
    return next((match for marker in markers if (match := marker.pattern.search(text))), None)
