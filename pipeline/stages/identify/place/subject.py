"""Subject: which divisions the name of the body can mean, before the page around it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pipeline.places import near_names, read_name
from pipeline.places.township import stem, township_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    import regex

    from pipeline.places import Division, Name, Register
    from pipeline.rulebook.lexicons import PlaceWords
    from pipeline.stages.identify.place.clues import Page

_LONG_STEM = 3
_FEWEST_TOWNSHIPS = 2
_DIVISIONS = frozenset("省市县区旗州")
_SHORTEST_HEAD = 3


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
    nameless = _match(words.words["nameless"], placed)
    if nameless:
        return _of_page(nameless["kind"], page)
    if _match(words.words["unplaced"], name) and not _begins_in_full(placed, year, register):
        return None
    named = _named(placed, year, register, words)
    if named is not None:
        return named if named.candidates else None
    township = township_in(placed)
    if township:
        return _township(placed, township, register)
    return _slip(placed, placed, None, year, register)


def _begins_in_full(name: str, year: int | None, register: Register) -> bool:
    return any(each.is_full for each in read_name(name, register, year))


def _named(name: str, year: int | None, register: Register, words: PlaceWords) -> Subject | None:
    """Return the subject of a name that begins with divisions; without candidates where it tells of none for sure."""
    readings = read_name(name, register, year)
    if not any(each.is_full for each in readings):
        former = [each for each in read_name(name, register, None) if each.is_full]
        units = [register.in_year(each.division, year) for each in former]
        if former and all(units):
            readings = tuple(each._replace(division=unit) for each, unit in zip(former, units, strict=True) if unit)
    if not readings:
        return None
    is_full, rest = readings[0].is_full, readings[0].rest
    candidates = tuple({each.division.code: each.division for each in readings}.values())
    township = township_in(rest)
    if township:
        return _within(name, readings, township, register)
    if _match(words.words["zone"], rest):
        basis = Basis.FULL if is_full else Basis.ZONE
        return Subject(name, candidates, basis, None, rest, is_certain=is_full and len(candidates) == 1)
    if is_full and _match(words.words["unknown_county"], rest):
        return _slip(name, rest, readings[0].division, year, register) or Subject(name, (), Basis.FULL)
    if rest and not _match(words.words["organ"], rest):
        return Subject(name, (), Basis.FULL) if is_full else None
    if is_full:
        return Subject(name, candidates, Basis.FULL, None, rest, is_certain=len(candidates) == 1)
    if not rest or rest[0] in "镇乡县市区旗州街":
        return None
    larger = len(candidates) == 1 and candidates[0].level != "county"
    return Subject(name, candidates, Basis.SHORT, None, rest, is_certain=larger)


def _within(name: str, readings: Iterable[Name], township: str, register: Register) -> Subject | None:
    """Return the township of the county named before it; null where a short name only happens to begin the township's."""
    readings = tuple(readings)
    here = [each for each in readings if register.townships.of_county(township, register.today(each.division).code)]
    if here:
        certain = len(here) == 1
        return Subject(
            name, tuple(each.division for each in here), Basis.FULL, township, here[0].rest, is_certain=certain
        )
    if not readings[0].is_full:
        return None
    counties = [each.division for each in readings if each.division.level == "county"]
    if counties:
        return Subject(name, tuple(counties), Basis.FULL, township, readings[0].rest, is_certain=len(counties) == 1)
    around = [each.division for each in readings]
    below = [
        unit
        for each in register.townships.namesakes(township)
        if (unit := register.of_code(each.county)) and any(register.holds(outer, unit) for outer in around)
    ]
    return Subject(name, tuple(below), Basis.FULL, township, readings[0].rest, is_certain=len(below) == 1)


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
    for length in range(_SHORTEST_HEAD, min(len(rest), 9) + 1):
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
        fitting = tuple(unit for unit in clue.units if _governs(unit, kind))
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


def _match(markers: Iterable[object], text: str) -> regex.Match[str] | None:
    return next((match for marker in markers if (match := marker.pattern.search(text))), None)  # type: ignore[attr-defined]
