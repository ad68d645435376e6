"""Times: what time a number covers, told by the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Period
from pipeline.rulebook.masking import COUNT

if TYPE_CHECKING:
    from pipeline.rulebook.lexicons import PeriodPattern
    from pipeline.rulebook.passages import Passage

SENTENCE_END, CLAUSE_END = "。!?", "。;!?"
_LONGEST_LEAD, _LONGEST_BEHIND = 200, 60


def stretch_around(text: str, marks: str, at: int) -> tuple[int, int]:
    """Return the bounds of the stretch around ``at`` that the closing ``marks`` cut out of ``text``."""
    first = max(text.rfind(mark, 0, at) for mark in marks) + 1
    ends = [end for mark in marks if (end := text.find(mark, at)) >= 0]
    return first, min(ends, default=len(text))


def period_of(
    lead: str, behind: str, year: int | None, periods: tuple[PeriodPattern, ...]
) -> tuple[Period | None, str]:
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


def period_of_count(
    passage: Passage, start: int, at: int, periods: tuple[PeriodPattern, ...]
) -> tuple[Period | None, str]:
    """Return the time of the count at ``at`` that words beginning at ``start`` tell, and the pattern that said so.

    Where its clause says nothing, it shares the plans or other years that the clauses of its sentence before it tell
    of: ``明年：一是更新目录；二是培训200人次``.
    """
    text = passage.text
    first = stretch_around(text, CLAUSE_END, start)[0]
    lead, behind = text[max(first, at - _LONGEST_LEAD) : at], text[at + 1 : at + _LONGEST_BEHIND]
    period, why = period_of(lead, behind, passage.year, periods)
    if why:
        return period, why
    sentence = stretch_around(text, SENTENCE_END, start)[0]
    before, why_before = period_of(text[sentence:first], "", passage.year, periods)
    return (period, why) if before else (before, why_before)


def period_of_zero(passage: Passage, start: int, end: int, periods: tuple[PeriodPattern, ...]) -> tuple[Period, str]:
    """Return the time of a zero in words from ``start`` to ``end``; this year where they tell of another time."""
    first = stretch_around(passage.text, CLAUSE_END, start)[0]
    period, why = period_of(passage.text[max(first, end - _LONGEST_LEAD) : end], "", passage.year, periods)
    return period or Period.THIS_YEAR, why


def period_of_list(
    passage: Passage, lead: tuple[int, int], labels: int, total: int | None, periods: tuple[PeriodPattern, ...]
) -> Period | None:
    """Return the time that the items cover: that of the number they add up to, where another one stands between.

    ``本学年新公开516条,累计公开1130条。其中招生类144条,教学类372条``: the items are those of the 516.
    """
    text = passage.text
    if total is not None and text.rfind(COUNT, 0, lead[1]) != total:
        first = stretch_around(text, SENTENCE_END, total)[0]
        return period_of(
            text[max(first, total - _LONGEST_LEAD) : total],
            text[total + 1 : total + _LONGEST_BEHIND],
            passage.year,
            periods,
        )[0]
    first = stretch_around(text, SENTENCE_END, lead[0])[0]
    return period_of(text[first:labels][-_LONGEST_LEAD:], "", passage.year, periods)[0]
