"""The gate before many patterns: only those whose required words stand in a text are tried, and only near these words.

One pass of the automaton of Aho and Corasick over a text finds the required words of all patterns, so that the cost of
matching follows the words that are there and not the number of patterns. What comes out is exactly what each pattern
finds by itself.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, reduce
from heapq import heapify, heappop, heapreplace
from itertools import chain, takewhile
from operator import methodcaller, or_
from typing import TYPE_CHECKING, NamedTuple

import regex
from ahocorasick_rs import AhoCorasick

from pipeline.rulebook.literals import BARS, Clause, required

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from pipeline.rulebook.literals import Requirements
    from pipeline.rulebook.patterns import Pattern

_SHORT_TEXT = 60
_SHORT_GAP = 20
_SHORT_LEAD = 20
_DEAR = 3
_FAR = 1 << 40
_END_OF_LINE = 2
_start = methodcaller("start")


@dataclass(frozen=True, slots=True)
class Opening:
    """A pattern let through to a text: its matches begin inside ``windows``, the first and the last place of each.

    Of these places ``begins`` finds those where a match can begin; null where all of them are.
    """

    pattern: regex.Pattern[str]
    text: str
    windows: tuple[tuple[int, int], ...] | None = None
    reach: float = math.inf
    begins: regex.Pattern[str] | None = None

    def search(self, start: int) -> regex.Match[str] | None:
        """Return the first match that begins at ``start`` or behind; without windows anywhere in the text."""
        if self.windows is None:
            return self.pattern.search(self.text, start)
        return next(self._found(start, overlapped=False), None)

    def finditer(self, *, overlapped: bool = False) -> Iterator[regex.Match[str]]:
        """Return the matches that ``finditer`` of the pattern finds in the whole text."""
        if self.windows is None:
            return self.pattern.finditer(self.text, overlapped=overlapped)
        return self._found(0, overlapped=overlapped)

    def _found(self, here: int, *, overlapped: bool) -> Iterator[regex.Match[str]]:
        """Yield the matches from ``here`` on; of places that are few or known each is tried alone."""
        for first, last in self.windows or ():
            end = int(min(last + self.reach + _END_OF_LINE, len(self.text)))
            here = max(here, first)
            if self.begins is None and (last - here) * _DEAR >= end - last:
                for found in self._searched(here, last, end, overlapped=overlapped):
                    yield found
                    here = found.start() + 1 if overlapped else found.end()
                continue
            for place in self._places(here, last):
                if place >= here and (match := self.pattern.match(self.text, place, end)):
                    yield match
                    here = place + 1 if overlapped else match.end()

    def _places(self, first: int, last: int) -> Iterable[int]:
        if self.begins is None:
            return range(first, last + 1)
        return map(_start, self.begins.finditer(self.text, first, last + 1))

    def _searched(self, first: int, last: int, end: int, *, overlapped: bool) -> Iterator[regex.Match[str]]:
        """Return the matches that a search finds, which goes on behind ``last`` to no avail."""
        found = self.pattern.finditer(self.text, first, end, overlapped=overlapped) if first <= last else iter(())
        return takewhile(lambda match: match.start() <= last, found)


class _Places(dict[int, list[int]]):
    """Where the words of a clause stand in a text, by the number of the clause: looked up when first asked for."""

    def __init__(self, words: Mapping[int, list[int]], members: Sequence[frozenset[int]]) -> None:
        super().__init__()
        self._words = words
        self._present = frozenset(words)
        self._members = members

    def __missing__(self, number: int) -> list[int]:
        words = self._words
        found = [words[word] for word in self._present & self._members[number]]
        self[number] = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        return self[number]


class _Companion(NamedTuple):
    """A clause whose words stand near those of another: from ``low`` to ``high`` characters behind their beginning."""

    number: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Start:
    """The clause whose words tell where a match begins: from ``lead`` before to ``behind`` behind their beginning.

    ``clause`` says where they stand seen from those of the rarest clause; null where it is that clause. None of the
    characters that ``bars`` finds stands between the first character of the match and them.
    """

    clause: _Companion | None
    lead: int
    behind: int
    bars: regex.Pattern[str] | None

    def windows(self, text: str, near: list[int], places: _Places) -> tuple[tuple[int, int], ...]:
        """Return the first and the last places of where matches can begin whose word of the rarest clause is ``near``.

        Windows that lie close together are one.
        """
        words: Iterable[int] = near
        if self.clause:
            number, low, high = self.clause
            these = places[number]
            spans = [(bisect_left(these, place + low), bisect_right(these, place + high)) for place in near]
            words = [these[at] for at in sorted({at for first, last in spans for at in range(first, last)})]
        windows: list[tuple[int, int]] = []
        for word in words:
            first, last = max(word - self.lead, 0), word + self.behind
            if self.bars and (bar := self.bars.search(text, first, word)):
                first = bar.start()
            if windows and first - windows[-1][1] <= _SHORT_GAP:
                windows[-1] = windows[-1][0], last
            elif first <= last:
                windows.append((first, last))
        return tuple(windows)


@dataclass(frozen=True, slots=True)
class _Guarded:
    """A pattern and what lets it through to a text in which all its clauses hold.

    Of the rarest clause there must be a word with words of the ``companions`` near it; ``start`` is null where no
    clause bounds the beginning of a match.
    """

    pattern: Pattern
    companions: tuple[_Companion, ...]
    start: _Start | None
    reach: float
    begins: regex.Pattern[str] | None

    def near(self, rarest: list[int], places: _Places) -> list[int]:
        """Return the places of the ``rarest`` clause that have words of all companions near them."""
        near = rarest
        for number, low, high in self.companions:
            these = places[number]
            near = [
                place
                for place in near
                if (at := bisect_left(these, place + low)) < len(these) and these[at] <= place + high
            ]
            if not near:
                break
        return near


class Gate:
    """Lets those of ``patterns`` through to a text that can match in it.

    To a text without ``beside`` it lets only those through that are not numbered in ``idle``: their matches are of no
    use there.
    """

    def __init__(self, patterns: Iterable[Pattern], beside: str = "", idle: Container[int] = ()) -> None:
        needs = [(pattern, required(pattern.source)) for pattern in patterns]
        also = Clause(frozenset({beside}), math.inf, math.inf)
        needs = [
            (pattern, replace(each, clauses=(*each.clauses, also)) if number in idle else each)
            for number, (pattern, each) in enumerate(needs)
        ]
        uses = Counter(word for _, each in needs for word in {*chain(*(clause.literals for clause in each.clauses))})
        words = {word: number for number, word in enumerate(sorted(uses))}
        known = {clause.literals for _, each in needs for clause in each.clauses}
        clauses = {literals: number for number, literals in enumerate(sorted(known, key=sorted))}
        commonness = {literals: max(uses[word] for word in literals) for literals in clauses}
        self._automaton = AhoCorasick(words)
        self._members = [frozenset(words[word] for word in literals) for literals in clauses]
        self._holds = [0] * len(words)
        for number, members in enumerate(self._members):
            for word in members:
                self._holds[word] |= 1 << number
        self._guarded: list[_Guarded] = []
        self._always: list[int] = []
        self._opens: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, (pattern, each) in enumerate(needs):
            rarest_first = sorted(each.clauses, key=lambda clause: commonness[clause.literals])
            self._guarded.append(_guarded(pattern, rarest_first, each, clauses))
            if not rarest_first:
                self._always.append(number)
            needed = sum({1 << clauses[clause.literals] for clause in rarest_first})
            for clause in rarest_first[:1]:
                for literal in clause.literals:
                    self._opens[words[literal]].append((number, needed))

    def open(self, text: str, wanted: int = -1) -> Iterator[tuple[int, Opening]]:
        """Yield the patterns that can match in ``text`` with their numbers, in order.

        Only those are looked for whose number is a bit of ``wanted``. One without clauses is taken for one whose rarest
        word stands at the beginning.
        """
        words: dict[int, list[int]] = defaultdict(list)
        for word, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            words[word].append(start)
        holds = reduce(or_, map(self._holds.__getitem__, words), 0)
        let_through = {number: [0] for number in self._always if wanted >> number & 1}
        for word in words.keys() & self._opens.keys():
            for number, needs in self._opens[word]:
                if needs & holds == needs and wanted >> number & 1:
                    let_through[number] = let_through.get(number, []) + words[word]
        places = _Places(words, self._members)
        is_short = len(text) <= _SHORT_TEXT
        for number in sorted(let_through):
            guarded = self._guarded[number]
            if is_short:
                yield number, Opening(guarded.pattern.compiled, text)
                continue
            near = guarded.near(sorted(let_through[number]), places)
            if guarded.start is None:
                if near:
                    yield number, Opening(guarded.pattern.compiled, text)
            elif near and (windows := guarded.start.windows(text, near, places)):
                yield number, Opening(guarded.pattern.compiled, text, windows, guarded.reach, guarded.begins)

    def leftmost(self, text: str) -> Iterator[tuple[int, regex.Match[str]]]:
        """Yield matches that do not overlap, with the number of their pattern, as one ``|`` of all patterns would.

        Of several that begin at one place that of the first pattern counts; empty ones do not.
        """
        openings = dict(self.open(text))
        found = ((number, opening.search(0)) for number, opening in openings.items())
        upcoming = [(match.start(), number, match) for number, match in found if match is not None]
        heapify(upcoming)
        here = 0
        while upcoming:
            start, number, match = upcoming[0]
            if here <= start < match.end():
                yield number, match
                here = match.end()
            again = openings[number].search(max(here, start + 1))
            if again is None:
                heappop(upcoming)
            else:
                heapreplace(upcoming, (again.start(), number, again))


def _guarded(
    pattern: Pattern, rarest_first: list[Clause], needs: Requirements, clauses: Mapping[frozenset[str], int]
) -> _Guarded:
    if not rarest_first:
        return _Guarded(pattern, (), None, needs.reach, None)
    rarest = rarest_first[0]
    companions = [_companion(rarest, each, clauses[each.literals]) for each in rarest_first]
    bounded = [each for each in rarest_first if max(each.lead, each.behind) < math.inf and needs.least > 0]
    start = None
    if bounded:
        nearest = min(bounded, key=lambda each: (len(each.crossed.rest), each.lead))
        bars = _last_of("".join(sorted(set(BARS) - nearest.crossed.rest))) if nearest.lead > _SHORT_LEAD else None
        clause = None if nearest is rarest else companions[rarest_first.index(nearest)]
        start = _Start(clause, int(nearest.lead), int(nearest.behind), bars)
    telling = tuple(each for each in companions[1:] if min(-each.low, each.high) < _FAR)
    return _Guarded(pattern, telling, start, needs.reach, _first_of(needs.opens) if start and needs.opens else None)


@cache
def _last_of(characters: str) -> regex.Pattern[str] | None:
    """Return what finds the last of the characters, searching backwards."""
    return regex.compile(f"(?r)[{regex.escape(characters)}]") if characters else None


@cache
def _first_of(characters: frozenset[str]) -> regex.Pattern[str]:
    """Return what finds the places of the characters, and the beginning of the text."""
    return regex.compile(f"[{regex.escape(''.join(sorted(characters)))}]|^")


def _companion(one: Clause, other: Clause, number: int) -> _Companion:
    """Return how far behind the beginning of a word of ``one`` a word of ``other`` begins, the bounds as numbers."""
    low = -min(other.behind + one.lead, other.trail + one.beyond)
    high = min(one.behind + other.lead, one.trail + other.beyond)
    return _Companion(number, int(max(low, -_FAR)), int(min(high, _FAR)))
