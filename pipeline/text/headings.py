"""Headings: what is left of one when numbering, spaces and punctuation are gone."""

from __future__ import annotations

import regex

from pipeline.text.numerals import parse_chinese

_PLAIN, _FORMAL = "一二二三三三四五六六七八九十", "壹贰貳叁参參肆伍陆陸柒捌玖拾"
NUMBERS = f"一二三四五六七八九十{_FORMAL}"
_NUMBERING = regex.compile(
    rf"^(?:第[{NUMBERS}]{{1,3}}(?:部分|章|篇)"
    rf"|\(?[{NUMBERS}]{{1,3}}[)、,.: ]|[㈠-㈩]|\(?[0-9]{{1,2}}[)、.])[、,.: ]{{0,2}}"
)
_DROPPED = regex.compile(r"[\s、,.。:;()“”\"《》·—-]+|(?:19|20)[0-9]{2}年(?:度)?")


def heading_key(folded: str) -> str:
    """Return the bare words of a folded heading: ``(二)主动公开政府信息情况:`` gives ``主动公开政府信息情况``."""
    return _DROPPED.sub("", _NUMBERING.sub("", folded)).replace("其它", "其他")


def chapter_number(text: str) -> int | None:
    """Return the number that stands in ``第三部分`` or ``叁、``, null where there is none."""
    found = regex.search(f"[{NUMBERS}]+", text)
    return parse_chinese(found[0].translate(str.maketrans(_FORMAL, _PLAIN))) if found else None
