"""Years and days as reports print them: ``二○一一``, ``二O一八``, ``21010``, ``2017年2月20日``, ``2018.3.2``.

A damaged one is read only where a single reading remains. Spaces between the figures of one (``2 013年``, ``月1 1日``)
tell that they part the figures of other numbers of the text as well.
"""

from __future__ import annotations

from datetime import date

import regex

_FIRST_YEAR, _LAST_YEAR = 2003, 2039
_DIGITS = str.maketrans("〇○零OoО一二三四五六七八九贰", "0000001234567892")
_DAY = regex.compile(r"(?P<year>20[0-9]{2})[-./年](?P<month>[01]?[0-9])[-./月](?P<day>[0-3]?[0-9])")
_PARTED = regex.compile(
    r"(?<![0-9０-９.,] ?)(?=[2２0０1１ ]* )[2２] ?[0０] ?[0-2０-２] ?[0-9０-９](?= ?[年〕\])）】])"
    r"|(?<=年 ?)[1１] [0-2０-２](?= ?月)|(?<=月 ?)[1-3１-３] [0-9０-９](?= ?日)"
)
_NO_WIDTH = "\u200b"
_TENS = regex.compile(r"(?P<tens>[一二三]?)十(?P<ones>[一二三四五六七八九]?)")
_ONES = "零一二三四五六七八九"


def read_year(text: str) -> int | None:
    """Return the year that the characters stand for, or null where they stand for none or for several."""
    digits = text.translate(_DIGITS)
    if not digits.isdigit():
        return None
    if len(digits) == 4:
        return int(digits) if _FIRST_YEAR <= int(digits) <= _LAST_YEAR else None
    if len(digits) != 5:
        return None
    shorter = {int(digits[:at] + digits[at + 1 :]) for at in range(5)}
    plausible = {year for year in shorter if _FIRST_YEAR <= year <= _LAST_YEAR}
    return plausible.pop() if len(plausible) == 1 else None


def read_day(text: str) -> date | None:
    """Return the day that begins ``text``, or null where none stands there or none is like it."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    """Return a month or day number in figures or in words: ``十二`` is 12."""
    if text.isdigit():
        return int(text)
    if match := _TENS.fullmatch(text):
        return 10 * _ONES.index(match["tens"] or "一") + _ONES.index(match["ones"] or "零")
    return _ONES.index(text) if len(text) == 1 and text in _ONES else None


def parts_dates(text: str) -> bool:
    """Tell whether a space parts the figures of a year, a month or a day somewhere."""
    return _PARTED.search(text) is not None


def without_parted_dates(text: str) -> str:
    """Return the text with a character of no width in the place of each space that parts the figures of a date."""
    return _PARTED.sub(lambda found: found[0].replace(" ", _NO_WIDTH), text)
