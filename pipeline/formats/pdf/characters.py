"""Characters on a page to lines of text, with a space where the print leaves a gap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OVERLAP = 0.5
_SHADOW = 0.15
_RISE = 0.88
_LATIN_GAP = 0.2
_HAN_GAP = 0.6
_FEWEST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Character:
    """A printed character and its box in points from the upper left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    upright: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def is_latin(self) -> bool:
        """Whether it is a letter, digit or sign of the narrow kind."""
        return self.text < "\u2000"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, box and prevailing font size in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def standing(text: str, x0: float, x1: float, baseline: float, size: float) -> Character:
    """Return an upright character; its box rises from the baseline alike in every font, whatever the font says."""
    return Character(
        text, min(x0, x1), baseline - _RISE * size, max(x0, x1), baseline + (1 - _RISE) * size, size, upright=True
    )


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """Return the lines from top to bottom."""
    lines = (line_of(row) for row in rows_of(characters))
    return [line for line in lines if line.text]


def rows_of(characters: Iterable[Character]) -> list[list[Character]]:
    """Return what stands on one line, from top to bottom: characters whose boxes overlap by half in height."""
    rows: list[list[Character]] = []
    tallest: list[Character] = []
    for each in sorted(characters, key=lambda each: each.middle[1]):
        if rows and _shares_line(each, tallest[-1]):
            rows[-1].append(each)
            tallest[-1] = max(tallest[-1], each, key=lambda one: one.bottom - one.top)
        else:
            rows.append([each])
            tallest.append(each)
    return rows


def _shares_line(one: Character, other: Character) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _OVERLAP * min(one.bottom - one.top, other.bottom - other.top)


def line_of(row: Iterable[Character]) -> Line:
    """Return the characters of one row, one at least, as a line; its text is empty where all are blank."""
    ordered = _without_shadows(sorted(row, key=lambda each: each.x0))
    printed = [each for each in ordered if each.text.strip()] or ordered
    sizes = [each.size for each in printed]
    return Line(
        _spaced(ordered).strip(),
        printed[0].x0,
        min(each.top for each in printed),
        max(each.x1 for each in printed),
        max(each.bottom for each in printed),
        max(set(sizes), key=lambda size: (sizes.count(size), size)),
    )


def _without_shadows(ordered: list[Character]) -> list[Character]:
    """Drop what is printed again in nearly the same place to look bold."""
    kept: list[Character] = []
    for each in ordered:
        twins = (one for one in kept[-2:] if one.text == each.text and each.x0 - one.x0 < _SHADOW * each.size)
        if next(twins, None) is None:
            kept.append(each)
    return kept


def _spaced(ordered: list[Character]) -> str:
    """Join the characters; a gap is a space where it is wider than the line's characters are spaced anyway."""
    gaps = [
        right.x0 - left.x1
        for left, right in pairwise(ordered)
        if not left.is_latin and not right.is_latin and left.text.strip() and right.text.strip()
    ]
    usual = max(0.0, median(gaps)) if len(gaps) >= _FEWEST_PAIRS else 0.0
    pieces = [ordered[0].text]
    for left, right in pairwise(ordered):
        share = _LATIN_GAP if left.is_latin and right.is_latin else _HAN_GAP
        gap = right.x0 - left.x1 - usual
        if gap > share * min(left.size, right.size) and left.text.strip() and right.text.strip():
            pieces.append(" ")
        if left.text != " " or right.text != " ":
            pieces.append(right.text)
    return "".join(pieces)
