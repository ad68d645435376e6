"""Required literals: the words without which a pattern cannot match, read off its syntax.

``(?:收到|受理)[^。]{0,9}申请`` needs ``收到`` or ``受理``, and ``申请`` at most 11 characters behind its beginning,
with no ``。`` between. Syntax that is not known here to be harmless makes the pattern one of which nothing is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

BARS = ",;。:、!?()"
_MOST_LITERALS = 2048
_MOST_JOINED = 24
_PIECE = regex.compile(
    r"""
    (?P<plain>[^\\()\[\]{}?*+.^$|]++(?![?*+{])|[^\\()\[\]{}?*+.^$|]+(?=[^\\()\[\]{}?*+.^$|][?*+{]))
    |(?P<bar>\|)
    |(?:(?P<group>\((?:[^()\[\\]++|\\.|(?&class)|(?&group))*+\))
       |(?P<class>\[\^?\]?(?:[^\]\\]|\\.)*+\])
       |(?P<property>\\[pP]\{[A-Za-z]+\})
       |(?P<kind>\\[dDsSwW])
       |(?P<edge>\\[bBAZ]|[\^$])
       |(?P<any>\.)
       |(?P<one>\\[ntr]|\\[^\p{L}\p{N}]|[^\\()\[\]{}?*+.^$|]))
     (?P<times>(?P<sign>[?*+])|\{(?P<least>[0-9]*)(?P<comma>,)?(?P<most>[0-9]*)\})?(?(times)[?+]?)(?![?*+{])
    """,
    regex.VERBOSE | regex.DOTALL,
)
_GROUP = regex.compile(
    r"\((?:\?(?:(?P<ahead>[=!])|(?P<behind><[=!])|(?P<condition>\([A-Za-z0-9_]+\))|[:>]|P?<[A-Za-z_][A-Za-z0-9_]*>)|(?![?*]))"
)
_MEMBER = regex.compile(r"(?P<first>\\.|.)(?:-(?P<last>\\.|.))?", regex.DOTALL)
_START_OF_TEXT = frozenset({"^", r"\A"})
_SPELLED = {"\\n": "\n", "\\t": "\t", "\\r": "\r"}


class _NotUnderstoodError(Exception):
    """The pattern uses syntax whose meaning is not known here."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Which of ``BARS`` a stretch can hold: ``first`` as its first character, ``rest`` behind that."""

    first: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()

    def then(self, least: int, most: float, other: Crossed) -> Crossed:
        """Return what this stretch, ``least`` to ``most`` characters long, and ``other`` behind it can hold."""
        first = self.first if least else self.first | other.first
        return Crossed(first, self.rest | other.rest | (other.first if most else frozenset()))

    def __or__(self, other: Crossed) -> Crossed:
        return Crossed(self.first | other.first, self.rest | other.rest)


@dataclass(frozen=True, slots=True)
class Opens:
    """The ``characters`` with which a stretch can open, null where these are many.

    ``empty`` tells whether it can be no character at all, other than by standing where the text begins.
    """

    characters: frozenset[str] | None
    empty: bool

    def then(self, other: Opens) -> Opens:
        """Return how this stretch with ``other`` behind it can open."""
        return Opens((self | other).characters, other.empty) if self.empty else self

    def __or__(self, other: Opens) -> Opens:
        known = self.characters is not None and other.characters is not None
        together = (self.characters or frozenset()) | (other.characters or frozenset())
        return Opens(together if known else None, self.empty or other.empty)


AT_THE_START, NO_CHARACTER, ANY_CHARACTER = (
    Opens(frozenset(), empty=False),
    Opens(frozenset(), empty=True),
    Opens(None, empty=False),
)
NO_BARS, ALL_BARS = Crossed(), Crossed(frozenset(BARS), frozenset(BARS))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of which at least one stands in every match, or near it where the pattern looks around.

    It begins at most ``lead`` characters behind the beginning of the match and at most ``behind`` before it; at most
    ``trail`` before the end of the match and at most ``beyond`` behind it. ``crossed`` is what can stand between the
    beginning of the match and the word.
    """

    literals: frozenset[str]
    lead: float
    behind: float = 0
    trail: float = math.inf
    beyond: float = math.inf
    crossed: Crossed = ALL_BARS


@dataclass(frozen=True, slots=True)
class Requirements:
    """What every match of a pattern needs: a word of each clause, and ``least`` characters.

    ``reach`` counts characters from the beginning of a match to the end of what its look-aheads may see. A match that
    does not begin where the text does ``opens`` with one of these characters, with any where they are null.
    """

    clauses: tuple[Clause, ...]
    least: int
    reach: float
    opens: frozenset[str] | None


NOTHING_KNOWN = Requirements((), 0, math.inf, None)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern: all words it can be, where these are few, and the clauses of what else it needs.

    It is ``least`` to ``most`` characters long, looks at most ``ahead`` characters beyond its end, and holds at most
    the bars ``crossed``.
    """

    words: frozenset[str] | None
    clauses: tuple[Clause, ...]
    least: int
    most: float
    crossed: Crossed
    opens: Opens
    ahead: float = 0

    def needs(self) -> tuple[Clause, ...]:
        """Return the clauses of a match of this piece alone."""
        if self.words is None or "" in self.words:
            return self.clauses
        return (*self.clauses, Clause(_shortest(self.words), 0, 0, self.most, -self.least, NO_BARS))


_NO_WORDS = frozenset({""})
_NOTHING = _Piece(_NO_WORDS, (), 0, 0, NO_BARS, NO_CHARACTER)
_START = replace(_NOTHING, opens=AT_THE_START)


@lru_cache(maxsize=16_384)
def required(source: str) -> Requirements:
    """Return what every match of a pattern holds; ``NOTHING_KNOWN`` where its syntax is not understood."""
    try:
        piece = _read(source)
    except _NotUnderstoodError:
        return NOTHING_KNOWN
    opens = None if piece.opens.empty else piece.opens.characters
    return Requirements(piece.needs(), piece.least, piece.most + piece.ahead, opens)


def beginnings(source: str) -> frozenset[str]:
    """Return words of which one stands where every match begins; none where that is not known."""
    start, words = 0, frozenset[str]()
    for end in (*(found.start() for found in _PIECE.finditer(source) if found["bar"]), len(source)):
        at_once = [each.literals for each in required(source[start:end]).clauses if each.lead == each.behind == 0]
        if not at_once:
            return frozenset()
        words |= at_once[0]
        start = end + 1
    return words


def selectivity(clause: Clause) -> tuple[int, int]:
    """Return how much a clause tells, comparable with others: long words, and few of them."""
    return min(map(len, clause.literals)), -len(clause.literals)


@lru_cache(maxsize=65_536)
def _read(source: str) -> _Piece:
    branches: list[list[_Piece]] = [[]]
    end = 0
    for found in _PIECE.finditer(source):
        if found.start() != end:
            raise _NotUnderstoodError
        end = found.end()
        if found["bar"]:
            branches.append([])
        elif found["plain"]:
            branches[-1].append(_words({found["plain"]}))
        else:
            branches[-1].append(_repeated(_atom(found), found) if found["times"] else _atom(found))
    if end != len(source):
        raise _NotUnderstoodError
    return _any_of([_in_a_row(branch) for branch in branches])


def _atom(found: regex.Match[str]) -> _Piece:
    if found["group"]:
        return _group(found["group"])
    if found["class"]:
        return _class(found["class"])
    if found["one"]:
        written = found["one"]
        return _words({_SPELLED.get(written, written[-1])})
    if found["edge"]:
        return _START if found["edge"] in _START_OF_TEXT else _NOTHING
    return _one_of_many(found["property"] or found["kind"] or found["any"])


def _group(written: str) -> _Piece:
    opening = _GROUP.match(written)
    if opening is None:
        raise _NotUnderstoodError
    piece = _read(written[opening.end() : -1])
    needs = piece.needs() if opening["ahead"] == "=" or opening["behind"] == "<=" else ()
    if opening["ahead"]:
        needs = tuple(replace(each, trail=each.behind, beyond=each.lead) for each in needs)
        return replace(_NOTHING, clauses=needs, ahead=piece.most + piece.ahead)
    if opening["behind"]:
        needs = tuple(
            Clause(each.literals, each.beyond, each.trail, each.trail, each.beyond, ALL_BARS) for each in needs
        )
        return replace(_NOTHING, clauses=needs, ahead=piece.ahead)
    return _any_of([piece, _NOTHING]) if opening["condition"] else piece


def _class(written: str) -> _Piece:
    """Return the characters of a class, where they are few."""
    if "[:" in written[1:]:
        raise _NotUnderstoodError
    characters: set[str] = set()
    for member in _MEMBER.finditer(written[1:-1]):
        first = _character(member["first"])
        last = _character(member["last"]) if member["last"] else first
        if first is None or last is None or ord(last) - ord(first) >= _MOST_LITERALS:
            return _one_of_many(written)
        characters.update(map(chr, range(ord(first), ord(last) + 1)))
    if written[1] == "^" or len(characters) > _MOST_LITERALS:
        return _one_of_many(written)
    return _words(characters)


@lru_cache(maxsize=1024)
def _one_of_many(written: str) -> _Piece:
    one = regex.compile(written)
    return _Piece(None, (), 1, 1, Crossed(frozenset(filter(one.fullmatch, BARS))), ANY_CHARACTER)


def _character(written: str) -> str | None:
    """Return the character that a member of a class is, or null where it is many."""
    if written[0] != "\\":
        return written
    return _SPELLED.get(written) or (None if written[1].isalnum() else written[1])


def _repeated(piece: _Piece, times: regex.Match[str]) -> _Piece:
    fewest, most = _bounds(times)
    width = piece.most * most if piece.most and most else 0
    crossed = piece.crossed.then(piece.least, piece.most, piece.crossed) if most > 1 else piece.crossed
    opens = piece.opens if fewest else piece.opens | NO_CHARACTER
    if piece.words is not None and most == 1:
        words = piece.words if fewest else piece.words | _NO_WORDS
        clauses = piece.clauses if fewest else ()
        return _Piece(words, clauses, piece.least * fewest, width, crossed, opens, piece.ahead)
    again = width - piece.most if width < math.inf else math.inf
    needs = tuple(_before(each, piece.least * (fewest - 1), again) for each in piece.needs()) if fewest else ()
    return _Piece(None, needs, piece.least * fewest, width, crossed, opens, piece.ahead)


def _bounds(times: regex.Match[str]) -> tuple[int, float]:
    if times["sign"]:
        return (1 if times["sign"] == "+" else 0), (1 if times["sign"] == "?" else math.inf)
    if not times["least"] and not times["most"]:
        raise _NotUnderstoodError
    least = int(times["least"] or 0)
    if not times["comma"]:
        return least, least
    return least, (int(times["most"]) if times["most"] else math.inf)


def _any_of(branches: list[_Piece]) -> _Piece:
    """Return what any of the branches can be: their words together, or one clause for each that all of them have."""
    if len(branches) == 1:
        return branches[0]
    least = min(branch.least for branch in branches)
    most = max(branch.most for branch in branches)
    ahead = max(branch.ahead for branch in branches)
    crossed = reduce(or_, (branch.crossed for branch in branches))
    opens = reduce(or_, (branch.opens for branch in branches))
    if all(branch.words is not None and not branch.clauses for branch in branches):
        words = frozenset(word for branch in branches for word in branch.words or ())
        if len(words) <= _MOST_LITERALS:
            return _Piece(words, (), least, most, crossed, opens, ahead)
    ranked = [sorted(branch.needs(), key=selectivity, reverse=True) for branch in branches]
    together = [reduce(_either, alike) for alike in zip(*ranked, strict=False)]
    clauses = tuple(clause for clause in together if len(clause.literals) <= _MOST_LITERALS)
    return _Piece(None, clauses, least, most, crossed, opens, ahead)


def _either(one: Clause, other: Clause) -> Clause:
    return Clause(
        _shortest(one.literals | other.literals),
        max(one.lead, other.lead),
        max(one.behind, other.behind),
        max(one.trail, other.trail),
        max(one.beyond, other.beyond),
        one.crossed | other.crossed,
    )


def _shortest(words: frozenset[str]) -> frozenset[str]:
    """Return the words that begin with no other: where a word stands, there stands what it begins with."""
    return frozenset(word for word in words if not any(word[:end] in words for end in range(1, len(word))))


def _in_a_row(pieces: Iterable[_Piece]) -> _Piece:
    """Return the sequence: words side by side are joined while they are few; what cannot be joined is a clause."""
    units = [_NOTHING]
    for piece in pieces:
        before, words = units[-1].words, piece.words
        if before is None or words is None or (before != _NO_WORDS and len(before) * len(words) > _MOST_JOINED):
            units.append(piece)
        else:
            units[-1] = _then(units[-1], piece, frozenset(map("".join, product(before, words))))
    if len(units) == 1:
        return units[0]
    return reduce(_then, (replace(unit, words=None, clauses=unit.needs()) for unit in units))


def _then(left: _Piece, right: _Piece, words: frozenset[str] | None = None) -> _Piece:
    clauses = [_before(each, right.least, right.most) for each in left.clauses]
    for each in right.clauses:
        crossed = left.crossed.then(left.least, left.most, each.crossed)
        clauses.append(replace(each, lead=each.lead + left.most, behind=each.behind - left.least, crossed=crossed))
    return _Piece(
        words,
        tuple(clauses),
        left.least + right.least,
        left.most + right.most,
        left.crossed.then(left.least, left.most, right.crossed),
        left.opens.then(right.opens),
        max(left.ahead, right.ahead),
    )


def _before(clause: Clause, least: int, most: float) -> Clause:
    """Return the clause with ``least`` to ``most`` more characters behind it."""
    trail, beyond = clause.trail + most, clause.beyond - least
    return Clause(clause.literals, clause.lead, clause.behind, trail, beyond, clause.crossed)


def _words(words: Collection[str]) -> _Piece:
    first = frozenset(word[0] for word in words if word and word[0] in BARS)
    rest = frozenset(letter for word in words for letter in word[1:] if letter in BARS)
    crossed, opens = Crossed(first, rest), Opens(frozenset(word[0] for word in words if word), "" in words)
    return _Piece(frozenset(words), (), min(map(len, words)), max(map(len, words)), crossed, opens)
