"""Numbered points: ``存在以下问题：一是…；二是…；三是…`` counted, as long as none of them is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.marks import OTHER
from pipeline.text.numerals import parse_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rulebook.passages import Passage

_FEWEST = 2
_POINT = regex.compile(
    rf"(?:(?<=[,;。:、!?])|^|(?<=[^一二三四五六七八九十])(?=[①-⑳]))"
    rf"(?:第?(?P<word>[一二三四五六七八九十]{{1,3}})(?P<behind>是|、)|(?P<mark>{OTHER})|(?P<ring>[①-⑳]))"
)
_FIGURES = regex.compile("[0-9]{1,2}|[一二三四五六七八九十]{1,3}")
_BEGINS = regex.compile(r"[ 、,:]{0,2}")
_LAST_POINT = regex.compile("[^;。!?]*")


def numbered_points(passage: Passage, start: int) -> tuple[int, int] | None:
    """Return where the points end that begin at ``start`` of the passage's text, numbered from one, and how many.

    Null where no point begins there, where it is the only one, or where the next number is not that of the next point.
    """
    points = _points(passage, start)
    first = next(points, None)
    opens = _BEGINS.match(passage.text, start)
    if first is None or opens is None or first[0] > opens.end() or first[2] != 1:
        return None
    last, number = first[0], 1
    for place, style, value in points:
        if style != first[1]:
            continue
        if value <= number:
            break
        if value > number + 1:
            return None
        last, number = place, value
    end = _LAST_POINT.match(passage.text, last)
    return (end.end(), number) if end and number >= _FEWEST else None


def _points(passage: Passage, start: int) -> Iterator[tuple[int, str, int]]:
    """Yield place, style and number of the points from ``start`` on."""
    for found in _POINT.finditer(passage.text, start):
        if found["ring"]:
            yield found.start(), "ring", ord(found["ring"]) - ord("①") + 1
        elif found["word"]:
            if value := parse_chinese(found["word"]):
                yield found.start(), found["behind"], value
        else:
            printed = passage.masked.token_at(passage.start + found.start("mark")).text
            figures = _FIGURES.search(printed)
            if figures and (value := int(figures[0]) if figures[0].isdecimal() else parse_chinese(figures[0])):
                yield found.start(), _FIGURES.sub("", printed), value
