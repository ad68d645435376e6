"""Choosing: one division out of those that the name can mean, by what the page proves; or why none can be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.places.township import stem
from pipeline.stages.identify.place.subject import Basis

if TYPE_CHECKING:
    from pipeline.places import Division, Register
    from pipeline.stages.identify.place.clues import Clue, Page
    from pipeline.stages.identify.place.subject import Subject

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """The division, the subject it was chosen for, and the clues that agree, in order of proof."""

    division: Division
    subject: Subject
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why no division was chosen: ``kind`` of the problem, and what to tell of it."""

    kind: str
    message: str


def choose(subject: Subject, page: Page, register: Register) -> Choice | Undecided:
    """Return the one division that is left when each clue, best first, has passed over those it does not fit."""
    left = subject.candidates
    agreeing: list[Clue] = []
    for clue in page.clues:
        fitting = _fitting(clue, left, page, register)
        if fitting:
            if not clue.prefix or len(fitting) < len(left) or subject.is_certain:
                agreeing.append(clue)
            left = fitting
        elif subject.basis is Basis.TOWNSHIP and not agreeing and _is_county(clue):
            left, subject = clue.units, replace(subject, candidates=clue.units, is_certain=False)
            agreeing.append(clue)
        elif clue.proves or (clue.units and subject.basis is Basis.TOWNSHIP and not agreeing):
            return Undecided("place_contradicted", f"{_named(subject)} does not fit {clue.told}")
    left, by_text = _by_text(subject, left, page, register)
    if len(left) > 1:
        return Undecided("place_ambiguous", f"{_named(subject)} may be {_listed(left, register)}")
    if subject.is_certain or by_text or any(_supports(clue, left[0], subject, register) for clue in agreeing):
        return Choice(left[0], subject, (*(clue.told for clue in agreeing), *by_text))
    return Undecided("place_unproven", f"{_named(subject)} may be {_listed(left, register)}, but nothing supports it")


def _is_county(clue: Clue) -> bool:
    """Say whether the clue proves one county, so that it holds a township that the lists of today do not know."""
    return clue.proves and len(clue.units) == 1 and clue.units[0].level == "county"


def _fitting(clue: Clue, left: tuple[Division, ...], page: Page, register: Register) -> tuple[Division, ...]:
    if clue.prefix:
        return tuple(each for each in left if any(_begins(unit, clue.prefix, page) for unit in register.chain(each)))
    counties = {register.today(unit).code for unit in clue.units if unit.level == "county"}
    itself = tuple(each for each in left if register.today(each).code in counties)
    near = itself or tuple(each for each in left if any(register.related(unit, each) for unit in clue.units))
    return near or tuple(each for each in left if any(register.related(unit, each) for unit in clue.wider))


def _supports(clue: Clue, division: Division, subject: Subject, register: Register) -> bool:
    """Say whether the clue makes up for a name that does not tell the division outright; a prefix never does."""
    return any(_tells(unit, division, subject, register) for unit in (*clue.units, *clue.wider))


def _begins(division: Division, prefix: str, page: Page) -> bool:
    letter = page.words.letters.get(prefix[0])
    return division.short.startswith(prefix) or division.short[0] == prefix[0] or letter == division.code


def _by_text(
    subject: Subject, left: tuple[Division, ...], page: Page, register: Register
) -> tuple[tuple[Division, ...], list[str]]:
    """Return the divisions that the text leaves, and the words that decided.

    The text decides among namesakes, and supports a name that needs it; a name told outright it leaves alone.
    """
    if subject.is_certain and len(left) == 1:
        return left, []
    for superior in (False, True):
        fitting, told = _mentioned(subject, left, page, register, superior=superior)
        if told and len(fitting) == 1:
            return fitting, told
    left, told = _mentioned(subject, left, page, register, superior=True)
    counties = _with_most_townships(subject, left, page, register)
    if len(counties[0]) < len(left) or (counties[1] and len(left) == 1):
        return counties[0], [*told, *counties[1]]
    return left, told


def _mentioned(
    subject: Subject, left: tuple[Division, ...], page: Page, register: Register, *, superior: bool
) -> tuple[tuple[Division, ...], list[str]]:
    """Return those of the divisions that the text names, or that lie in what it names.

    Named means: directly before the township or the county itself, or, with ``superior``, as the body above.
    """
    fitting: dict[str, tuple[Division, str]] = {}
    for mention in page.mentions:
        relevant = mention.is_superior if superior else _leads(mention.behind, subject)
        if not relevant or (subject.name and mention.begins(subject.name)):
            continue
        for each in left:
            if any(_tells(unit, each, subject, register) for unit in mention.units):
                fitting.setdefault(each.code, (each, mention.proof.quote))
    if not fitting:
        return left, []
    quotes = dict.fromkeys(quote for _, quote in fitting.values())
    return tuple(each for each, _ in fitting.values()), [f"正文 {'、'.join(quotes)}"]


def _tells(unit: Division, division: Division, subject: Subject, register: Register) -> bool:
    """Say whether the unit is the division, or, where the name is the division's own, holds it."""
    if subject.basis in {Basis.ZONE, Basis.SHORT, Basis.SLIP}:
        return unit.level == division.level and register.holds(unit, division)
    return register.related(unit, division)


def _leads(behind: str, subject: Subject) -> bool:
    """Say whether the text goes on with the body's own name: 福州市 before 鼓楼区, 新平县 before 平掌乡."""
    if subject.township:
        return behind.startswith(subject.township) or (
            len(stem(subject.township)) > 1 and behind.startswith(stem(subject.township))
        )
    if subject.basis in {Basis.ZONE, Basis.SHORT, Basis.SLIP}:
        return True
    return any(behind.startswith(each.name) for each in subject.candidates)


def _with_most_townships(
    subject: Subject, left: tuple[Division, ...], page: Page, register: Register
) -> tuple[tuple[Division, ...], list[str]]:
    """Return the division that has more of the townships in the text than any other, where it has two at least."""
    own = stem(subject.township) if subject.township else ""
    counted: dict[str, set[str]] = {each.code: set() for each in left}
    for name in page.townships:
        for township in register.townships.named(name):
            county = register.of_code(township.county)
            for each in left:
                if county and stem(name) != own and register.holds(each, county):
                    counted[each.code].add(name)
    ranked = sorted(left, key=lambda each: -len(counted[each.code]))
    best = counted[ranked[0].code]
    if len(best) < 2 or (len(ranked) > 1 and 2 * len(counted[ranked[1].code]) > len(best)):
        return left, []
    return (ranked[0],), [f"正文 {'、'.join(sorted(best)[:_SHOWN])}"]


def _named(subject: Subject) -> str:
    return f"{subject.name} in the title" if subject.name else "the body"


def _listed(divisions: tuple[Division, ...], register: Register) -> str:
    names = [f"{each.code} {''.join(unit.name for unit in register.chain(each))}" for each in divisions]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(sorted(names)[:_SHOWN]) + more
