"""The register: divisions by code, name and spelling in a given year, and how they lie within each other."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.places.division import Division, read_divisions
from pipeline.places.township import Townships

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST_STEPS = 8


class Register:
    """The divisions in ``folder``, read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """All divisions in the order of their codes."""
        return tuple(read_divisions(self._folder / "divisions.tsv"))

    @cached_property
    def townships(self) -> Townships:
        """The townships of today."""
        return Townships(self._folder / "townships.tsv")

    @cached_property
    def _by_code(self) -> dict[str, list[Division]]:
        return _grouped((each.code, each) for each in self.divisions)

    @cached_property
    def _by_name(self) -> dict[str, list[Division]]:
        named = [(each.name, each) for each in self.divisions]
        everyday = [(each.everyday_name, each) for each in self.divisions]
        return _grouped([*named, *((name, each) for name, each in everyday if name)])

    @cached_property
    def _by_short_name(self) -> dict[str, list[Division]]:
        return _grouped((each.short, each) for each in self.divisions if len(each.short) > 1)

    @cached_property
    def _by_pinyin(self) -> dict[str, list[Division]]:
        return _grouped((each.pinyin, each) for each in self.divisions)

    @cached_property
    def _predecessors(self) -> dict[str, list[Division]]:
        return _grouped((each.successor, each) for each in self.divisions if each.successor and not each.merged)

    def of_code(self, code: str, year: int | None = None) -> Division | None:
        """Return the division with the code in ``year``; without a year, or where none had it then, the last one."""
        found = self._by_code.get(code, [])
        of_year = (each for each in reversed(found) if year is not None and each.stands_in(year))
        return next(of_year, found[-1] if found else None)

    def named(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions with the full or everyday name in ``year``; else those that gave it up in that year.

        Without a year they are those that had it in any year with reports.
        """
        return _of_year(self._by_name.get(name, []), year)

    def called(self, short: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions with the short name, at least two characters, in ``year``."""
        return _of_year(self._by_short_name.get(short, []), year)

    def spelled(self, pinyin: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions whose short name is spelled so, as in ``lanxi.gov.cn``."""
        return _of_year(self._by_pinyin.get(pinyin, []), year)

    def in_year(self, division: Division, year: int | None) -> Division | None:
        """Return the unit under the name and code of ``year``; null where it did not exist or was part of another.

        A name given up in the course of the year still counts.
        """
        if year is None or division.stands_in(year) or division.ends_in(year):
            return division
        for line in (self._later(division), self._earlier(division)):
            found = next((each for each in line if each.stands_in(year)), None)
            if found:
                return found
        return None

    def today(self, division: Division) -> Division:
        """Return the unit as it is today, or the one that took it in."""
        latest = division
        for _ in range(_MOST_STEPS):
            later = self._next(latest) if latest.successor else None
            if later is None:
                break
            latest = later
        return latest

    def above(self, division: Division) -> Division | None:
        """Return the unit above, under the name of the division's last year."""
        if not division.parent:
            return None
        found = self._by_code.get(division.parent, [])
        return next((each for each in reversed(found) if each.first <= division.last), None)

    def chain(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """Return the province, the prefecture where there is one, and so on down to the division."""
        chain = [division]
        while chain[0].parent:
            above = self.of_code(chain[0].parent, year if year is not None else min(chain[0].last, division.last))
            if above is None:
                break
            chain.insert(0, above)
        return tuple(chain)

    def holds(self, outer: Division, inner: Division) -> bool:
        """Say whether ``inner`` is ``outer`` or lies in it, then or as both are today."""
        if outer.code in {each.code for each in self.chain(inner)}:
            return True
        here = self.today(outer).code
        return here in {each.code for each in self.chain(self.today(inner))}

    def related(self, one: Division, other: Division) -> bool:
        """Say whether one of the two holds the other."""
        return self.holds(one, other) or self.holds(other, one)

    def _next(self, division: Division) -> Division | None:
        found = self._by_code.get(division.successor, [])
        return next((each for each in found if each.last > division.last), None)

    def _later(self, division: Division) -> Iterator[Division]:
        for _ in range(_MOST_STEPS):
            if division.merged or not division.successor:
                return
            later = self._next(division)
            if later is None:
                return
            division = later
            yield division

    def _earlier(self, division: Division) -> Iterator[Division]:
        for _ in range(_MOST_STEPS):
            before = [each for each in self._predecessors.get(division.code, []) if each.last + 1 == division.first]
            earlier = [each for each in before if each.short == division.short] or before
            if len(earlier) != 1:
                return
            division = earlier[0]
            yield division


def _grouped(pairs: Iterable[tuple[str, Division]]) -> dict[str, list[Division]]:
    grouped: dict[str, list[Division]] = defaultdict(list)
    for key, division in pairs:
        grouped[key].append(division)
    return dict(grouped)


def _of_year(found: list[Division], year: int | None) -> tuple[Division, ...]:
    """Return the divisions that stand in the year, else those that end in it; one for each code."""
    standing = [each for each in found if each.stands_in(year)] or [each for each in found if each.ends_in(year)]
    return tuple({each.code: each for each in standing}.values())
