"""The gate before many patterns: only those whose required words stand in a text are tried, and only near these words.

One pass of the automaton of Aho and Corasick over a text finds the required words of all patterns, so that the cost of
matching follows the words that are there and not the number of patterns. What comes out is exactly what each pattern
finds by itself.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from pipeline.rulebook.literals import required

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import regex

    from pipeline.rulebook.literals import Clause, Requirements

_SHORT_TEXT = 60
_SHORT_GAP = 40
_END_OF_LINE = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """A pattern let through to a text: its matches begin inside ``windows``, the first and the last place of each."""

    pattern: regex.Pattern[str]
    text: str
    windows: tuple[tuple[int, int], ...] | None = None
    reach: float = math.inf

    def search(self, start: int) -> regex.Match[str] | None:
        """Return the first match that begins at ``start`` or behind; without windows anywhere in the text."""
        if self.windows is None:
            return self.pattern.search(self.text, start)
        for first, last in self.windows[bisect_left(self.windows, start, key=itemgetter(1)) :]:
            end = min(last + self.reach + _END_OF_LINE, len(self.text))
            match = self.pattern.search(self.text, max(first, start), int(end))
            if match is not None and match.start() <= last:
                return match
        return None

    def finditer(self, *, overlapped: bool = False) -> Iterator[regex.Match[str]]:
        """Yield the matches that ``finditer`` of the pattern finds in the whole text."""
        if self.windows is None:
            yield from self.pattern.finditer(self.text, overlapped=overlapped)
            return
        match = self.search(0)
        while match is not None:
            yield match
            match = self.search(match.start() + 1 if overlapped else match.end())


@dataclass(frozen=True, slots=True)
class _Guarded:
    """A pattern and what lets it through: ``needs`` has the bit of each clause, all of which must hold.

    ``clauses`` are those that bound where a match begins: number, and how far its words stand behind and before it.
    """

    pattern: regex.Pattern[str]
    needs: int
    clauses: tuple[tuple[int, int, int], ...]
    has_windows: bool
    reach: float


class Gate:
    """Lets those of ``patterns`` through to a text that can match in it."""

    def __init__(self, patterns: Iterable[regex.Pattern[str]]) -> None:
        needs = [(pattern, required(pattern)) for pattern in patterns]
        uses = Counter(word for _, each in needs for word in {*chain(*(clause.literals for clause in each.clauses))})
        words = {word: number for number, word in enumerate(sorted(uses))}
        known = {clause.literals for _, each in needs for clause in each.clauses}
        clauses = {literals: number for number, literals in enumerate(sorted(known, key=sorted))}
        commonness = {literals: max(uses[word] for word in literals) for literals in clauses}
        self._automaton = AhoCorasick(words)
        self._members = [tuple(words[word] for word in literals) for literals in clauses]
        self._holds = [0] * len(words)
        for number, members in enumerate(self._members):
            for word in members:
                self._holds[word] |= 1 << number
        self._guarded: list[_Guarded] = []
        self._always: list[int] = []
        self._opens: list[list[int]] = [[] for _ in words]
        for number, (pattern, each) in enumerate(needs):
            rarest_first = sorted(each.clauses, key=lambda clause: commonness[clause.literals])
            self._guarded.append(_guarded(pattern, rarest_first, each, clauses))
            if not rarest_first:
                self._always.append(number)
            for clause in rarest_first[:1]:
                for literal in clause.literals:
                    self._opens[words[literal]].append(number)

    def open(self, text: str) -> Iterator[tuple[int, Opening]]:
        """Yield the patterns that can match in ``text`` with their numbers, in order."""
        places: dict[int, list[int]] = defaultdict(list)
        for word, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            places[word].append(start)
        holds = 0
        for word in places:
            holds |= self._holds[word]
        let_through = {number for word in places for number in self._opens[word]}
        starts: dict[int, list[int]] = {}
        for number in sorted(let_through.union(self._always)):
            guarded = self._guarded[number]
            if guarded.needs & holds != guarded.needs:
                continue
            if len(text) <= _SHORT_TEXT or not guarded.has_windows:
                yield number, Opening(guarded.pattern, text)
            elif windows := self._windows(guarded, places, starts):
                yield number, Opening(guarded.pattern, text, windows, guarded.reach)

    def _windows(
        self, guarded: _Guarded, places: Mapping[int, list[int]], starts: dict[int, list[int]]
    ) -> tuple[tuple[int, int], ...]:
        """Return where matches can begin: near words of the first clause that have words of all the others near them.

        ``starts`` keeps the places of clauses for the next pattern.
        """
        near: list[int] | None = None
        lead = behind = 0
        for number, before, after in guarded.clauses:
            if number not in starts:
                found = [places[word] for word in self._members[number] if word in places]
                starts[number] = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
            these = starts[number]
            if near is None:
                near, lead, behind = these, before, after
                continue
            low, high = lead + after, behind + before
            near = [
                start
                for start in near
                if (at := bisect_left(these, start - low)) < len(these) and these[at] <= start + high
            ]
            if not near:
                return ()
        return tuple(_joined(near or (), lead, behind))

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
    pattern: regex.Pattern[str],
    rarest_first: list[Clause],
    needs: Requirements,
    clauses: Mapping[frozenset[str], int],
) -> _Guarded:
    bounded = [each for each in rarest_first if max(each.lead, each.behind) < math.inf]
    return _Guarded(
        pattern,
        sum({1 << clauses[each.literals] for each in rarest_first}),
        tuple((clauses[each.literals], int(each.lead), int(each.behind)) for each in bounded),
        bool(bounded) and needs.least > 0,
        needs.reach,
    )


def _joined(starts: Iterable[int], lead: int, behind: int) -> Iterator[tuple[int, int]]:
    """Yield the windows from ``lead`` before to ``behind`` behind each start, those that lie close together as one."""
    first = last = -1
    for start in starts:
        if first >= 0 and start - lead - last <= _SHORT_GAP:
            last = start + behind
        else:
            if first >= 0:
                yield first, last
            first, last = max(0, start - lead), start + behind
    if first >= 0:
        yield first, last
