"""Required literals: the words without which a pattern cannot match, read off its syntax.

``(?:收到|受理)[^。]{0,9}申请`` needs ``收到`` or ``受理``, and ``申请`` at most 11 characters behind its beginning.
Syntax that is not known here to be harmless makes the pattern one of which nothing is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST_LITERALS = 256
_MOST_JOINED = 24
_PLAIN_FLAGS = regex.UNICODE | regex.VERSION0
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
_SPELLED = {"\\n": "\n", "\\t": "\t", "\\r": "\r"}


class _NotUnderstoodError(Exception):
    """The pattern uses syntax whose meaning is not known here."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of which at least one stands in every match, or near it where the pattern looks around.

    It begins at most ``lead`` characters behind the beginning of the match, and at most ``behind`` before it.
    """

    literals: frozenset[str]
    lead: float
    behind: float = 0


@dataclass(frozen=True, slots=True)
class Requirements:
    """What every match of a pattern needs: a word of each clause, and ``least`` characters.

    ``reach`` counts characters from the beginning of a match to the end of what its look-aheads may see.
    """

    clauses: tuple[Clause, ...]
    least: int
    reach: float


NOTHING_KNOWN = Requirements((), 0, math.inf)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern: all words it can be, where these are few, and the clauses of what else it needs.

    It is ``least`` to ``most`` characters long and looks at most ``ahead`` characters beyond its end.
    """

    words: frozenset[str] | None
    clauses: tuple[Clause, ...]
    least: int
    most: float
    ahead: float = 0

    def needs(self) -> tuple[Clause, ...]:
        """Return the clauses of a match of this piece alone."""
        return self.clauses if self.words is None else (*self.clauses, *_clause(self.words, 0))


_NO_WORDS = frozenset({""})
_NOTHING = _Piece(_NO_WORDS, (), 0, 0)
_ONE_OF_MANY = _Piece(None, (), 1, 1)


def required(pattern: regex.Pattern[str]) -> Requirements:
    """Return what every match of ``pattern`` holds; ``NOTHING_KNOWN`` where its syntax is not understood."""
    if pattern.flags != _PLAIN_FLAGS:
        return NOTHING_KNOWN
    try:
        piece = _read(pattern.pattern)
    except _NotUnderstoodError:
        return NOTHING_KNOWN
    return Requirements(piece.needs(), piece.least, piece.most + piece.ahead)


def selectivity(clause: Clause) -> tuple[int, int]:
    """Return how much a clause tells, comparable with others: long words, and few of them."""
    return min(map(len, clause.literals)), -len(clause.literals)


@lru_cache(maxsize=4096)
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
    return _NOTHING if found["edge"] else _ONE_OF_MANY


def _group(written: str) -> _Piece:
    opening = _GROUP.match(written)
    if opening is None:
        raise _NotUnderstoodError
    piece = _read(written[opening.end() : -1])
    if opening["ahead"]:
        needs = piece.needs() if opening["ahead"] == "=" else ()
        return _Piece(_NO_WORDS, needs, 0, 0, piece.most + piece.ahead)
    if opening["behind"]:
        needs = piece.needs() if opening["behind"] == "<=" else ()
        needs = tuple(Clause(each.literals, each.lead, each.behind + piece.most) for each in needs)
        return _Piece(_NO_WORDS, needs, 0, 0, piece.ahead)
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
            return _ONE_OF_MANY
        characters.update(map(chr, range(ord(first), ord(last) + 1)))
    if written[1] == "^" or len(characters) > _MOST_LITERALS:
        return _ONE_OF_MANY
    return _words(characters)


def _character(written: str) -> str | None:
    """Return the character that a member of a class is, or null where it is many."""
    if written[0] != "\\":
        return written
    return _SPELLED.get(written) or (None if written[1].isalnum() else written[1])


def _repeated(piece: _Piece, times: regex.Match[str]) -> _Piece:
    fewest, most = _bounds(times)
    width = piece.most * most if piece.most and most else 0
    clauses = piece.clauses if fewest else ()
    if piece.words is not None and most == 1:
        words = piece.words if fewest else piece.words | _NO_WORDS
        return _Piece(words, clauses, piece.least * fewest, width, piece.ahead)
    return _Piece(None, piece.needs() if fewest else (), piece.least * fewest, width, piece.ahead)


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
    if all(branch.words is not None and not branch.clauses for branch in branches):
        words = frozenset(word for branch in branches for word in branch.words or ())
        if len(words) <= _MOST_LITERALS:
            return _Piece(words, (), least, most, ahead)
    ranked = [sorted(branch.needs(), key=selectivity, reverse=True) for branch in branches]
    clauses = []
    for alike in zip(*ranked, strict=False):
        literals = frozenset(word for clause in alike for word in clause.literals)
        if len(literals) <= _MOST_LITERALS:
            lead, behind = max(clause.lead for clause in alike), max(clause.behind for clause in alike)
            clauses.append(Clause(literals, lead, behind))
    return _Piece(None, tuple(clauses), least, most, ahead)


def _in_a_row(pieces: Iterable[_Piece]) -> _Piece:
    """Return the sequence: words side by side are joined while they are few; what cannot be joined is a clause."""
    clauses: list[Clause] = []
    words, lead, least, most, ahead = _NO_WORDS, 0.0, 0, 0.0, 0.0
    few = True
    for piece in pieces:
        clauses += [Clause(each.literals, each.lead + most, each.behind) for each in piece.clauses]
        if piece.words is not None and (words == _NO_WORDS or len(words) * len(piece.words) <= _MOST_JOINED):
            words = frozenset(map("".join, product(words, piece.words)))
        else:
            few = False
            clauses += _clause(words, lead)
            words, lead = (_NO_WORDS, most + piece.most) if piece.words is None else (piece.words, most)
        least += piece.least
        most += piece.most
        ahead = max(ahead, piece.ahead)
    if few:
        return _Piece(words, tuple(clauses), least, most, ahead)
    return _Piece(None, (*clauses, *_clause(words, lead)), least, most, ahead)


def _words(words: Collection[str]) -> _Piece:
    return _Piece(frozenset(words), (), min(map(len, words)), max(map(len, words)))


def _clause(words: frozenset[str], lead: float) -> tuple[Clause, ...]:
    return () if "" in words else (Clause(words, lead),)
