"""Near words: rules that would read a number if one stretch of words beside it were as their pattern has it.

``召开政务公开推进会5次`` against ``召开{disclosure}(?:工作|专题)会议?{count}``: all fits but 推进, where the pattern
has ``(?:工作|专题)``. A pattern is matched from both sides up to one gap; the work is bounded by the length of the
sentence and of the pattern.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.marks import COUNT, DATE, EARLIER, LATER, OTHER, PART, PERCENT, TITLE, YEARS
from pipeline.rulebook.times import CLAUSE_END, stretch_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.explaining.elements import Element

_LONGEST_GAP = 8
_MOST_BEFORE, _MOST_BEHIND = 60, 20
_USUAL_LENGTH = 2
_LEAST_FITTING = 1.5
_LEAST_LIKENESS = 0.5
_NOT_WORDS = regex.compile(f"[。!?;{COUNT}{DATE}{EARLIER}{LATER}{PERCENT}{TITLE}{OTHER}{PART}{YEARS}]")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a pattern and a text part: masked spans of the whole match and of the words that do not fit.

    ``expected`` is the element that should stand there, null where the pattern has nothing there; ``likeness`` is the
    weight of the characters that fit in that of all, between 0 and 1.
    """

    expected: Element | None
    start: int
    end: int
    gap_start: int
    gap_end: int
    likeness: float


def weigh_characters(patterns: Iterable[str]) -> dict[str, float]:
    """Return what each character tells, between 0 and 1: the less, the more patterns have it."""
    texts = list(map(frozenset, patterns))
    found = Counter(character for text in texts for character in text)
    return {character: 1 - number / len(texts) for character, number in found.items()}


def find_gap(elements: tuple[Element, ...], text: str, at: int, weights: Mapping[str, float]) -> Gap | None:
    """Return the one change of words by which ``elements`` would read the number marked at ``at``, or null.

    The change with the greatest likeness is chosen; it is too far where under half of the weight fits.
    """
    count = next((number for number, element in enumerate(elements) if element.is_count), None)
    if count is None or text[at] != COUNT:
        return None
    first, last = sentence_around(text, at)
    match = _Match(elements, count, text, at, first, last, weights)
    best = max(_gaps(match), key=lambda gap: (gap.likeness, -gap.gap_start), default=None)
    return best if best is not None and best.likeness >= _LEAST_LIKENESS else None


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence of masked ``text`` around ``at``, cut where it is long."""
    begins, ends = stretch_around(text, CLAUSE_END, at)
    return max(begins, at - _MOST_BEFORE), min(ends, at + _MOST_BEHIND)


_Reached = dict[int, tuple[float, int]]


@dataclass(frozen=True, slots=True)
class _Match:
    """A row of elements, the ``count``-th of which reads the number at ``at``, on one sentence of a text."""

    elements: tuple[Element, ...]
    count: int
    text: str
    at: int
    first: int
    last: int
    weights: Mapping[str, float]

    def ends(self, number: int, start: int) -> Iterator[int]:
        """Yield where the element may end that begins at ``start``."""
        last = self.last if number > self.count else self.at + (number == self.count)
        lengths = self.elements[number].lengths(last - start)
        yield from (start + length for length in lengths if self.matches(number, start, start + length))

    def starts(self, number: int, end: int) -> Iterator[int]:
        """Yield where the element may begin that ends at ``end``."""
        first = self.first if number <= self.count else self.at + 1
        lengths = self.elements[number].lengths(end - first)
        yield from (end - length for length in lengths if self.matches(number, end - length, end))

    def matches(self, number: int, start: int, end: int) -> bool:
        """Say whether the element matches between two places; the count does so on the number alone."""
        if number == self.count:
            return (start, end) == (self.at, self.at + 1)
        return self.elements[number].matches(self.text, start, end)

    def weight(self, number: int, start: int, end: int) -> float:
        """Return what a match of the element is worth: the weight of the characters that it names."""
        if number == self.count or self.elements[number].is_open:
            return 0.0
        return self.weight_of(self.text[start:end])

    def weight_of(self, words: str) -> float:
        """Return the weight of all characters of ``words``."""
        return sum(self.weights.get(character, 1.0) for character in words)

    def weight_missing(self, element: Element) -> float:
        """Return the weight of what the element stands for, where it did not match."""
        if element.literal is not None:
            return self.weight_of(element.literal)
        named = regex.findall(r"\p{Han}", element.pattern.source)
        return _USUAL_LENGTH * self.weight_of("".join(named)) / max(len(named), 1)


def _gaps(match: _Match) -> Iterator[Gap]:
    forward, backward = _forward(match), _backward(match)
    for number in range(len(match.elements) + 1):
        for kept in (number, number + 1):
            if kept > len(match.elements) or number == match.count < kept:
                continue
            expected = match.elements[number] if kept > number else None
            missing = match.weight_missing(expected) if expected else 0.0
            for start, (before, begin) in forward[number].items():
                for end, (behind, finish) in backward[kept].items():
                    words = match.text[start:end]
                    if not start + (expected is None) <= end <= start + _LONGEST_GAP or _NOT_WORDS.search(words):
                        continue
                    shared = match.weight_of(_shared(words, expected.literal)) if expected and expected.literal else 0.0
                    fits = before + behind + shared
                    misfit = max(match.weight_of(words), missing) - shared
                    if fits >= _LEAST_FITTING:
                        yield Gap(expected, begin, finish, start, end, fits / (fits + misfit))


def _forward(match: _Match) -> list[_Reached]:
    """Return, for each number of elements, the places that so many reach: the weight that fits, and the begin.

    A match may begin at the mark that ends the sentence before.
    """
    reached: list[_Reached] = [{place: (0.0, place) for place in range(max(match.first - 1, 0), match.at + 1)}]
    for number in range(len(match.elements)):
        places: _Reached = {}
        for start, (fits, begin) in reached[-1].items():
            for end in match.ends(number, start):
                better = (fits + match.weight(number, start, end), begin)
                places[end] = max(places.get(end, better), better, key=lambda each: (each[0], -each[1]))
        reached.append(places)
    return reached


def _backward(match: _Match) -> list[_Reached]:
    """Return, for each number of elements, the places from which those behind match: the weight, and the end."""
    behind = range(match.at + 1, match.last + 1)
    reached: list[_Reached] = [{place: (0.0, place) for place in behind}]
    for number in range(len(match.elements) - 1, -1, -1):
        places: _Reached = {}
        for end, (fits, finish) in reached[-1].items():
            for start in match.starts(number, end):
                better = (fits + match.weight(number, start, end), finish)
                places[start] = max(places.get(start, better), better, key=lambda each: (each[0], -each[1]))
        reached.append(places)
    return reached[::-1]


def _shared(words: str, literal: str) -> str:
    """Return what both begin with and what both end with: ``主动公`` of ``主动公布`` and ``主动公开``."""
    head = _common_head(words, literal)
    tail = _common_head(words[len(head) :][::-1], literal[len(head) :][::-1])
    return head + tail


def _common_head(left: str, right: str) -> str:
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
