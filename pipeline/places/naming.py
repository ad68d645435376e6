"""Naming: which divisions the name of a body begins with, and what is left of it.

``淮安市洪泽区人民政府`` begins with 淮安市 and, in it, 洪泽区; ``鼓楼区人民政府`` with any of four districts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.places.division import Division
    from pipeline.places.register import Register

_LONGEST_NAME = 15
_LONGEST_SHORT_NAME = 8


class Name(NamedTuple):
    """One way to read the beginning of a name: the innermost division, whether by its full name, and what follows.

    ``above`` says that a unit around it is named as well.
    """

    division: Division
    is_full: bool
    above: bool
    rest: str


def read_name(text: str, register: Register, year: int | None) -> tuple[Name, ...]:
    """Return the readings that use most of ``text``: several where namesakes are left, none where nothing is known.

    Full names go before short ones.
    """
    readings = list(_readings(text, register, year, None))
    full = [each for each in readings if each.is_full]
    best = full or readings
    shortest = min((len(each.rest) for each in best), default=0)
    kept = [each for each in best if len(each.rest) == shortest]
    qualified = [each for each in kept if each.above] or kept
    return tuple({each.division.code: each for each in qualified}.values())


def read_below(name: Name, register: Register, year: int | None) -> tuple[Name, ...]:
    """Return the readings of what follows as the short name of a division inside: 洪泽 in 淮安市洪泽教育局."""
    inside = [each for each in _readings(name.rest, register, year, name.division) if not each.is_full and each.rest]
    return tuple({each.division.code: each for each in inside}.values())


def _readings(text: str, register: Register, year: int | None, above: Division | None) -> Iterator[Name]:
    for length in range(min(len(text), _LONGEST_NAME), 1, -1):
        piece, rest = text[:length], text[length:]
        full = register.named(piece, year)
        short = () if full or length > _LONGEST_SHORT_NAME else register.called(piece, year)
        for division in (*full, *short):
            if above is not None and (division.code == above.code or not register.holds(above, division)):
                continue
            yield Name(division, bool(full), above is not None, rest)
            if rest:
                yield from _readings(rest, register, year, division)
