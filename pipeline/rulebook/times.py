"""Times: what time a number covers, told by the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING

import regex

from pipeline.model import Period
from pipeline.rulebook.marks import COUNT, EARLIER

if TYPE_CHECKING:
    from pipeline.rulebook.lexicons import PeriodPattern
    from pipeline.rulebook.passages import Passage

SENTENCE_END, CLAUSE_END = "。!?", "。;!?"
_LONGEST_LEAD, _LONGEST_BEHIND, _LONGEST_OPENING = 200, 60, 24
_OF_WHICH = "其中"
_YEAR_BEFORE = ("去年", "上年", "上一年", "同期")
_OPENING_END = regex.compile(f"[,;。!?:({COUNT}]")
_IN_BRACKETS = regex.compile(r"\([^()]{0,80}\)")
_OTHER_TIMES = (Period.PREVIOUS_YEAR, Period.CUMULATIVE)

Told = tuple[Period | None, str]
THIS_YEAR: Told = (Period.THIS_YEAR, "")


def stretch_around(text: str, marks: str, at: int) -> tuple[int, int]:
    """Return the bounds of the stretch around ``at`` that the closing ``marks`` cut out of ``text``."""
    first = max(text.rfind(mark, 0, at) for mark in marks) + 1
    ends = [end for mark in marks if (end := text.find(mark, at)) >= 0]
    return first, min(ends, default=len(text))


def period_of(lead: str, behind: str, year: int | None, periods: tuple[PeriodPattern, ...]) -> Told:
    """Return the time that the words around a number give it, and the pattern that said so; null refuses the number.

    ``lead`` are the words before it, ``behind`` those after it, in a report on ``year``.
    """
    best: tuple[int, Period | None, str] = (-1, Period.THIS_YEAR, "")
    for pattern in periods:
        if pattern.until is not None and (year is None or year > pattern.until):
            continue
        if pattern.behind is not None and not pattern.behind.match(behind):
            continue
        for match in pattern.pattern.finditer(lead):
            if match.end() > best[0]:
                best = (match.end(), pattern.period, pattern.id)
    return best[1], best[2]


class Times:
    """Answers about the times that the words of ``passage`` give its numbers and zeros, by ``periods``."""

    def __init__(self, passage: Passage, periods: tuple[PeriodPattern, ...]) -> None:
        self._passage = passage
        self._periods = periods
        self._lasting = tuple(pattern for pattern in periods if pattern.whole_sentence)
        self._told = cache(self._told_by)
        self._opening = cache(self._opening_of)
        self.of_count = cache(self._of_count)

    def of_zero(self, start: int, end: int) -> Told:
        """Return the time of a zero in words from ``start`` to ``end``, and the pattern that said so."""
        return self._of(start, end, end)

    def of_list(self, lead: tuple[int, int], labels: int, total: int | None) -> Period | None:
        """Return the time that the items cover: that of the number they add up to, where another one stands between.

        ``本学年新公开516条,累计公开1130条。其中招生类144条,教学类372条``: the items are those of the 516.
        """
        text = self._passage.text
        if total is not None and text.rfind(COUNT, 0, lead[1]) != total:
            first = stretch_around(text, SENTENCE_END, total)[0]
            return self._told(max(first, total - _LONGEST_LEAD), total, total + 1)[0]
        first = stretch_around(text, SENTENCE_END, lead[0])[0]
        period, why = self._told(max(first, labels - _LONGEST_LEAD), labels, None)
        return period if why else self._carried(first)[0]

    def _of_count(self, start: int, at: int) -> Told:
        """Return the time of the count at ``at`` that words beginning at ``start`` tell, and the pattern that said so.

        Where its clause says nothing, words of the clauses before it decide that hold for the whole sentence
        (``明年：一是更新目录；二是培训200人次``), and then the sentences before.
        """
        return self._of(start, at, at + 1)

    def _of(self, start: int, at: int, behind: int) -> Told:
        text = self._passage.text
        first = stretch_around(text, CLAUSE_END, start)[0]
        told = self._told(max(first, at - _LONGEST_LEAD), at, behind)
        sentence = stretch_around(text, SENTENCE_END, start)[0]
        if not told[1]:
            told = period_of(text[sentence:first], "", self._passage.year, self._lasting)
        return told if told[1] else self._carried(sentence)

    def _told_by(self, first: int, last: int, behind: int | None) -> Told:
        text = self._passage.text
        after = "" if behind is None else text[behind : behind + _LONGEST_BEHIND]
        told = period_of(text[first:last], after, self._passage.year, self._periods)
        if told[0] is Period.PREVIOUS_YEAR and self._is_long_past(first, last):
            return None, told[1]
        return told

    def _is_long_past(self, first: int, last: int) -> bool:
        """Tell whether the last earlier year named there is one before the year before."""
        passage = self._passage
        at = passage.text.rfind(EARLIER, first, last)
        year = passage.masked.token_at(passage.start + at).year if at >= 0 else None
        spoken = max(passage.text.rfind(word, first, last) for word in _YEAR_BEFORE)
        return year is not None and passage.year is not None and year < passage.year - 1 and spoken < at

    def _carried(self, sentence: int) -> Told:
        """Return the time that the sentences before give the numbers of one that tells none.

        A part (``其中网上申请5件``) is of the time of its total. Any other number is of the time with which the nearest
        sentence with counts opens, if that is another than the report's and the passage turns to the report's only
        behind it, or not at all.
        """
        if not sentence:
            return THIS_YEAR
        text = self._passage.text
        if text.startswith(_OF_WHICH, sentence):
            return self._of_total(stretch_around(text, SENTENCE_END, sentence - 1)[0], sentence)
        for start in reversed(self._starts[: bisect_left(self._starts, sentence)]):
            opening = self._opening(start)
            if opening[1]:
                return opening if self._lasts(opening, start, sentence) else THIS_YEAR
        return THIS_YEAR

    def _lasts(self, opening: Told, start: int, sentence: int) -> bool:
        """Tell whether the time with which the sentence at ``start`` opens holds for the later ``sentence``, too."""
        text = self._passage.text
        last = text.rfind(COUNT, start, stretch_around(text, SENTENCE_END, start)[1])
        if opening[0] not in _OTHER_TIMES or last < 0 or self.of_count(last, last)[0] is not opening[0]:
            return False
        until = self._starts[: bisect_right(self._starts, sentence)]
        openings = (self._opening(other) for other in until)
        return not any(why and period is Period.THIS_YEAR for period, why in openings)

    def _of_total(self, first: int, last: int) -> Told:
        """Return the time of the total, told between ``first`` and ``last``, whose parts the sentence behind tells."""
        passage = self._passage
        text = _IN_BRACKETS.sub(lambda found: " " * len(found[0]), passage.text[first:last])
        places = [first + place for place, letter in enumerate(text) if letter == COUNT]
        told = [(self.of_count(place, place), passage.count(place)) for place in places]
        told = [(each, value) for each, value in told if each[0] is not Period.CHANGE]
        if not told:
            return THIS_YEAR
        own = [value for (period, _), value in told if period is Period.THIS_YEAR]
        if not own:
            return told[-1][0] if told[-1][0][0] in (*_OTHER_TIMES, None) else THIS_YEAR
        sentence = last, stretch_around(passage.text, SENTENCE_END, last)[1]
        parts = [value for value in passage.counts(*sentence) if value is not None]
        if not parts or any(value is None or max(parts) <= value for value in own):
            return THIS_YEAR
        return next((each for each, value in told if value is not None and max(parts) <= value), THIS_YEAR)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where the sentences of the passage begin."""
        text, starts = self._passage.text, [0]
        while (start := stretch_around(text, SENTENCE_END, starts[-1])[1] + 1) < len(text):
            starts.append(start)
        return tuple(starts)

    def _opening_of(self, start: int) -> Told:
        """Return the time with which the sentence at ``start`` opens."""
        text = self._passage.text[start : start + _LONGEST_OPENING]
        opening = _OPENING_END.split(text, 1)[0]
        return period_of(opening, "", self._passage.year, self._periods)
