"""A division under one name and one code, and how the file of divisions is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_REPORTS = 2007
_STILL_VALID = 9999
_KINDS = ("自治县", "自治旗", "自治州", "自治区")


class Division(NamedTuple):
    """A province, prefecture or county under one name and code, valid at the end of each year ``first`` to ``last``.

    ``parent`` is the code of the unit above it in those years; ``successor`` the code under which the unit lives on,
    or, where it was ``merged``, the code of the unit that took it in.
    """

    level: str
    code: str
    name: str
    short: str
    first: int
    last: int
    parent: str
    pinyin: str
    successor: str
    merged: bool

    def stands_in(self, year: int | None) -> bool:
        """Say whether name and code were valid at the end of ``year``; without one, in any year with reports."""
        return self.last >= FIRST_REPORTS if year is None else self.first <= year <= self.last

    def ends_in(self, year: int | None) -> bool:
        """Say whether name and code were given up in the course of ``year``."""
        return year is not None and self.last + 1 == year

    @property
    def everyday_name(self) -> str | None:
        """The name without the peoples that an autonomous unit is named after: ``新平县``; null where none differs."""
        kind = next((kind[-1] for kind in _KINDS[:3] if self.name.endswith(kind)), None)
        if self.name.endswith("族区"):
            kind = "区"
        everyday = f"{self.short}{kind}" if kind else None
        return everyday if everyday != self.name else None


def read_divisions(path: Path) -> Iterator[Division]:
    """Yield the divisions in the file, in its order."""
    with path.open(encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            level, code, name, short, first, last, parent, pinyin, successor, how = line.rstrip("\n").split("\t")
            final = int(last) if last else _STILL_VALID
            yield Division(
                level, code, name, short, int(first), final, parent, pinyin, successor, merged=how == "merged"
            )
