"""The marks that stand for numerals in a masked text, those of dates as seen from the year of the report."""

from __future__ import annotations

import regex

COUNT, DATE, EARLIER, LATER, PERCENT, TITLE, OTHER, PART, YEARS = map(chr, range(0xE000, 0xE009))
_YEAR = regex.compile("(?:19|20)[0-9]{2}")
_HAN_YEAR = regex.compile("([二一][〇○零ＯO九])([〇○零一二三四五六七八九ＯO]{2})")
_HAN_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○ＯO", "0")
_MONTH = regex.compile(
    r"(?<![0-9])(?:1[0-2]|0?[1-9])(?=月|[-—~－至到](?:1[0-2]|[1-9])(?:月|$))|(?<=[-—~－至到])(?:1[0-2]|[1-9])$"
)
_UP_TO = regex.compile(r"(?:截至|截止)[到至于]?$")
_DAYS = regex.compile("[日号0-9][-—~－至到][0-9]{1,2}[日号]")
_YEARS_AGO = regex.compile("^(?:近|过去|最近)|来$")
_WITHIN_A_YEAR = regex.compile("月|学年")
_FIRST_MONTH, _LAST_MONTH = 1, 12
_FIRST_REPORTS, _THEIR_FIRST_MONTH = 2008, 5


def year_of(text: str) -> int | None:
    """Return the year that a date names: what spans two years, as school years do, counts to the one it ends in."""
    if years := _YEAR.findall(text):
        return int(years[-1])
    if found := _HAN_YEAR.search(text):
        return int("".join(_HAN_DIGITS[c] for c in found[0]))
    return None


def mark_of_date(text: str, before: str, year: int | None) -> str:
    """Return the mark of a date in a report on ``year``, null where that is not known, behind the words ``before``.

    ``PART`` is a stretch of the year that is not the whole of it (``7-12月``, ``3月份``), or the time up to a day
    before its last month; ``YEARS`` are several years. Reports on 2008 cover it from May on, when the Regulations came
    into force (article 38).
    """
    if text.startswith("上"):
        return EARLIER
    if _YEARS_AGO.search(text):
        return YEARS
    if year is None:
        return DATE
    years = _YEAR.findall(text)
    last = year_of(text)
    if (
        last is not None
        and last <= year
        and len(years) > 1
        and years[0] != years[-1]
        and not (_WITHIN_A_YEAR.search(text) and _fits_in_a_year(text, int(years[0]), last))
    ):
        return YEARS
    if last is not None and last != year:
        return EARLIER if last < year else LATER
    months = [int(month) for month in _MONTH.findall(text)]
    if not months or (len(years) > 1 and years[0] != years[-1]):
        return DATE
    begins = (_FIRST_MONTH, _THEIR_FIRST_MONTH if year == _FIRST_REPORTS else _FIRST_MONTH)
    if len(months) > 1:
        return DATE if months[0] in begins and months[-1] == _LAST_MONTH else PART
    if _DAYS.search(text) or (months[0] < _LAST_MONTH and _UP_TO.search(before)):
        return PART
    return PART if text.endswith("月份") else DATE


def _fits_in_a_year(text: str, first: int, last: int) -> bool:
    """Say whether a stretch from a month of ``first`` to one of ``last`` is at most a year, as far as it tells."""
    months = [int(month) for month in _MONTH.findall(text)] or [_LAST_MONTH]
    end = months[-1] if len(months) > 1 else _LAST_MONTH
    begins = months[0] if "月" in text else _LAST_MONTH
    return (last - first) * _LAST_MONTH + end - begins <= _LAST_MONTH
