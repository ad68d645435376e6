"""The pattern of a rule taken apart: ``召开{disclosure}(?:工作|专题)会议?{count}`` is six elements in a row.

An element is written as the rule writer wrote it, slots by their names, and matches a stretch of masked text by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.patterns import Pattern
from pipeline.rulebook.slots import fill_slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PIECE = regex.compile(
    r"(?P<bar>\|)|(?P<atom>(?P<group>\((?:[^()\[\\]|\\.|(?P<class>\[\^?\]?(?:[^\]\\]|\\.)*\])|(?&group))*\))"
    r"|(?&class)|\\[pP]\{[^}]*\}|\\.|.)(?P<times>(?:[?*+]|\{[0-9,]+\})[?+]?)?"
)
LONGEST_ELEMENT = 24
_ZERO_WIDTH = regex.compile(r"\(\?(?:<?[=!])|[\^$]")
_OPEN_WORDS = regex.compile(r"\\[pP]\{|\[\^")
_MARK_SLOTS = (
    "{mark}",
    "{date}",
    "{year}",
    "{earlier}",
    "{later}",
    "{part}",
    "{years}",
    "{percent}",
    "{title}",
    "{other}",
    "{n}",
)
_CONDITION = regex.compile(r"\(\?\([a-z]+\)")
_ANY_WORDS = Pattern(rf".{{0,{LONGEST_ELEMENT}}}")
_GAP = regex.compile(r"\[\^。;!\?\{n\}\](\{0,)([0-9]+)\}")
_COUNT = regex.compile(r"\(\?P<count>\{(?:n|percent)\}\)")


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of a pattern: how the rule writes it, and what it matches.

    ``literal`` holds plain words; an element ``is_open`` where it lets through words that it does not name.
    """

    written: str
    pattern: Pattern
    literal: str | None
    is_count: bool
    is_open: bool
    is_zero_width: bool

    def matches(self, text: str, start: int, end: int) -> bool:
        """Say whether the element matches all of ``text[start:end]`` where it stands."""
        if self.literal is not None:
            return end - start == len(self.literal) and text.startswith(self.literal, start)
        if self.is_zero_width:
            return start == end and self.pattern.match(text, start) is not None
        return self.pattern.compiled.fullmatch(text, start, end) is not None

    def lengths(self, most: int) -> range:
        """Return how long a match can be, up to ``most`` characters."""
        if self.literal is not None:
            return range(len(self.literal), min(len(self.literal), most) + 1)
        return range(1 if self.is_zero_width else min(most, LONGEST_ELEMENT) + 1)


class PatternSplitter:
    """Takes patterns apart and writes their pieces with the ``slots`` of the rules."""

    def __init__(self, slots: Mapping[str, str]) -> None:
        named = {f"(?:{fill_slots(value, slots)})": f"{{{name}}}" for name, value in slots.items()}
        marks = {fill_slots(slot, {}): slot for slot in _MARK_SLOTS}
        self._named = sorted(named.items(), key=lambda each: -len(each[0]))
        self._marks = sorted(marks.items(), key=lambda each: -len(each[0]))
        self._known: dict[str, Element] = {}

    def split(self, pattern: str) -> tuple[tuple[Element, ...], ...]:
        """Return the elements of each alternative of ``pattern`` in order."""
        alternatives: list[list[Element]] = [[]]
        for source in _sources(pattern):
            if source == "|":
                alternatives.append([])
            else:
                alternatives[-1].append(self._element(source))
        return tuple(map(tuple, alternatives))

    def written(self, source: str) -> str:
        """Return a filled-in pattern as a rule would write it."""
        for filled, slot in (*self._named, *self._marks):
            source = source.replace(filled, slot)
        return _COUNT.sub("{count}", _GAP.sub(r"{gap:\2}", source))

    def _element(self, source: str) -> Element:
        if source not in self._known:
            self._known[source] = Element(
                written=self.written(source),
                pattern=_alone(source),
                literal=source if _is_plain(source) else None,
                is_count=source.startswith("(?P<count>"),
                is_open=bool(_OPEN_WORDS.search(source)) or bool(_CONDITION.search(source)),
                is_zero_width=bool(_ZERO_WIDTH.match(source)),
            )
        return self._known[source]


def _alone(source: str) -> Pattern:
    """Return the pattern of a piece by itself; one that depends on another piece lets any words through."""
    return _ANY_WORDS if _CONDITION.search(source) else Pattern(source)


def _sources(pattern: str) -> Iterable[str]:
    """Yield the pieces of a pattern, plain words in one piece, and ``|`` between alternatives."""
    words = ""
    for piece in _PIECE.finditer(pattern):
        if _is_plain(piece[0]):
            words += piece[0]
            continue
        if words:
            yield words
            words = ""
        yield piece[0]
    if words:
        yield words


def _is_plain(source: str) -> bool:
    return not regex.search(r"[\\()\[\]{}?*+.^$|]", source)
