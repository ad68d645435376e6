"""Lines: whether a text goes on from one line to the next, told by the words on both sides of the break.

All functions work on folded lines.
"""

from __future__ import annotations

import regex

from pipeline.text.headings import NUMBERS
from pipeline.text.numerals import COUNTERS
from pipeline.text.words import part_a_word

_LAST_NARROW = "\u2e7f"
_NARROWEST = 14
_LONGEST_WORD = 6
_RUNNING_TEXT = regex.compile(r"(?:[,;。]|[0-9].*、).*[\p{Han}0-9,、(]$")
_GOES_ON = regex.compile("[,;。、]")
_MAY_HEAD = regex.compile(r".{2,6}[\p{Han}、,“”]{2,40}")
_LABEL = regex.compile(r"[\p{Han} ]{2,10}:")
_SENTENCE_END = regex.compile(r"[。!?:;.》)]$")
_OPENS = regex.compile(
    rf"\(?[{NUMBERS}0-9]{{1,3}}[)、.](?![0-9]{{1,3}}(?![0-9]))|第[{NUMBERS}]{{1,3}}[部章篇条]|[|#*]|附[件表]"
)
_UNIT = regex.compile(rf"(?:余|多)?(?:{COUNTERS})(?=[,;。、)])")
_ENDS_WITH_FIGURES = regex.compile(r"[\p{Han}:(][0-9,.]+万?$")


def columns(line: str) -> int:
    """Return the printed width of a line: a Chinese character takes two columns."""
    return sum(2 if character > _LAST_NARROW else 1 for character in line)


def may_go_on(above: str, below: str) -> bool:
    """Tell whether nothing says that a text ends with the line above, or that another begins with the one below."""
    return bool(above and below) and not _SENTENCE_END.search(above) and not _OPENS.match(below)


def breaks_off(above: str, below: str) -> bool:
    """Tell whether a line of running text stops within a sentence that the line below may go on with."""
    return (
        columns(above) >= _NARROWEST
        and bool(_RUNNING_TEXT.search(above))
        and bool(_GOES_ON.search(below))
        and not _LABEL.match(below)
        and not (_OPENS.match(above) and _MAY_HEAD.fullmatch(above))
    )


def is_parted(above: str, below: str) -> bool:
    """Tell whether the break parts a word, the figures of a number, or a number and its unit."""
    if not may_go_on(above, below):
        return False
    if _ENDS_WITH_FIGURES.search(above) or above.isdecimal():
        return bool(_UNIT.match(below)) or (below[0].isdecimal() and breaks_off(above, below))
    if columns(above) < _NARROWEST or not _GOES_ON.search(below):
        return False
    return part_a_word(above[-_LONGEST_WORD:], below[:_LONGEST_WORD])
