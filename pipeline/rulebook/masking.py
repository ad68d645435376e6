"""Number first: the text with every numeral replaced by one mark that says what kind it is.

``2018年共公开信息2532条,占71.3%`` becomes ``▢共公开信息▢,占▢``: a date mark, a count mark, a percentage mark.
Prose rules are matched on the masked text, so that no pattern can take part of a number, a year or a telephone number
for a count. What is out of scope, or of another year, stays a count, so named only where no rule reads it; unless the
pattern that says so is ``closed``: then no rule sees a count there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Disposition
from pipeline.rulebook.marks import COUNT, OTHER, PERCENT, TITLE, mark_of_date, year_of
from pipeline.text.numerals import FoundNumeral, find_numerals

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from pipeline.rulebook.gate import Gate
    from pipeline.rulebook.patterns import Pattern
    from pipeline.text.fold import Folded

_LONGEST_LEAD = 4
_WIDEST_APPROX, _WIDEST_UNIT = 4, 12
STAY_COUNTS = (Disposition.OUT_OF_SCOPE, Disposition.OTHER_YEAR)


@dataclass(frozen=True, slots=True)
class NumeralPattern:
    """What a numeral can be that is no statistic; ``examples`` pair a text with the whole match or null."""

    id: str
    disposition: Disposition
    pattern: Pattern
    closed: bool
    examples: tuple[tuple[str, str | None], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of folded text behind one mark: its numerals, and what they are unless a rule says otherwise."""

    at: int
    start: int
    end: int
    text: str
    numerals: tuple[FoundNumeral, ...]
    disposition: Disposition
    decided_by: str | None
    closed: bool = False

    @property
    def year(self) -> int | None:
        """The last year that a date names."""
        return year_of(self.text) if self.disposition is Disposition.DATE else None


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text with its tokens in order; every token stands at its own position of ``text``."""

    text: str
    tokens: tuple[Token, ...]
    places: tuple[int, ...]

    def token_at(self, index: int) -> Token:
        """Return the token whose mark stands at ``index``."""
        return self.tokens[bisect_right(self.places, index) - 1]

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the folded text behind the masked span."""
        return self._folded(start), (self._folded(end - 1, last=True) if end > start else self._folded(start))

    def _folded(self, index: int, *, last: bool = False) -> int:
        before = bisect_right(self.places, index) - 1
        if before < 0:
            return index + last
        token = self.tokens[before]
        if token.at == index:
            return token.end if last else token.start
        return token.end + index - token.at - 1 + last

    def index(self, position: int) -> int:
        """Return the first masked index whose folded position is at or behind ``position``."""
        return bisect_left(range(len(self.text)), position, key=self._folded)

    def in_year(self, year: int | None) -> str:
        """Return the text with the marks of dates told apart as they are seen from ``year``, where that is known."""
        dates = [token for token in self.tokens if token.disposition is Disposition.DATE]
        if not dates:
            return self.text
        marks = list(self.text)
        for token in dates:
            marks[token.at] = mark_of_date(token.text, self.text[max(token.at - _LONGEST_LEAD, 0) : token.at], year)
        return "".join(marks)


@dataclass(frozen=True, slots=True)
class MaskedBlock:
    """A paragraph or a cell as the rules see it, with the way back to its text as printed."""

    block_id: str
    folded: Folded
    masked: Masked

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return the printed span of a masked span."""
        return self.folded.span(*self.masked.folded_span(start, end))

    def index(self, position: int) -> int:
        """Return the first masked index at or behind a printed position."""
        return self.masked.index(self.folded.index(position))


Ledger = tuple[MaskedBlock, ...]


def mask(folded: str, patterns: tuple[NumeralPattern, ...], gate: Gate, *, spaced: bool = False) -> Masked:
    """Return the folded text with its numerals masked: first what ``patterns`` name, then the free ones as counts.

    ``gate`` is the one before ``patterns``; the first match counts, the earlier pattern of two that begin at one place.
    The spaces of a ``spaced`` text mean nothing.
    """
    pieces: list[str] = []
    tokens: list[Token] = []
    length = last = 0
    for stretch in _stretches(folded, patterns, gate, spaced=spaced):
        pieces.extend((folded[last : stretch.start], _mark(stretch)))
        length += stretch.start - last
        tokens.append(replace(stretch, at=length))
        length += 1
        last = stretch.end
    pieces.append(folded[last:])
    return Masked("".join(pieces), tuple(tokens), tuple(token.at for token in tokens))


def _mark(token: Token) -> str:
    if token.decided_by is None or (token.disposition in STAY_COUNTS and token.numerals and not token.closed):
        return COUNT
    if token.disposition is Disposition.PERCENTAGE:
        return PERCENT
    if token.disposition is Disposition.DATE:
        return mark_of_date(token.text, "", None)
    return TITLE if token.disposition is Disposition.TITLE else OTHER


def _stretches(folded: str, patterns: tuple[NumeralPattern, ...], gate: Gate, *, spaced: bool) -> Iterator[Token]:
    """Yield what is to be masked in reading order, not yet at its place in the masked text."""
    here = 0
    for number, match in gate.leftmost(folded):
        start, end = match.span()
        if start < here:
            continue
        yield from _free(folded, here, start, spaced=spaced)
        pattern = patterns[number]
        counts = _counts(folded, match, max(here, start - _WIDEST_APPROX), pattern, spaced=spaced)
        inside = tuple(find_numerals(folded, start, end, spaced=spaced))
        named = Token(-1, start, end, match[0], inside, pattern.disposition, pattern.id, pattern.closed)
        yield from counts or [named]
        here = counts[-1].end if counts else end
    yield from _free(folded, here, len(folded), spaced=spaced)


def _counts(folded: str, match: regex.Match[str], first: int, pattern: NumeralPattern, *, spaced: bool) -> list[Token]:
    """Return the numerals that a pattern names and rules may still read, each as long as it were without the pattern.

    What belongs to them is looked for from ``first`` on.
    """
    if pattern.closed or pattern.disposition not in STAY_COUNTS:
        return []
    last = min(match.end() + _WIDEST_UNIT, len(folded))
    return [
        replace(free, disposition=pattern.disposition, decided_by=pattern.id)
        for free in _free(folded, first, last, spaced=spaced)
        if match.start() <= free.numerals[0].start < match.end()
    ]


def _free(folded: str, start: int, end: int, *, spaced: bool) -> Iterator[Token]:
    """Yield the numerals between two named stretches: shares told by their unit, the others still unexplained."""
    for numeral in find_numerals(folded, start, end, spaced=spaced):
        share = numeral.unit is not None and numeral.unit.endswith(("%", "‰", "百分点"))
        yield Token(
            -1,
            numeral.token_start,
            numeral.token_end,
            folded[numeral.token_start : numeral.token_end],
            (numeral,),
            Disposition.PERCENTAGE if share else Disposition.UNEXPLAINED,
            "numeral.share" if share else None,
        )
