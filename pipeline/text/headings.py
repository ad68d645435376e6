"""Headings: what is left of one when numbering, spaces and punctuation are gone."""

from __future__ import annotations

import regex

from pipeline.text.fold import fold

NUMBERS = "一二三四五六七八九十壹贰貳叁参參肆伍陆陸柒捌玖拾"
_NUMBERING = regex.compile(
    rf"^(?:第[{NUMBERS}]{{1,3}}(?:部分|章|篇)"
    rf"|\(?[{NUMBERS}]{{1,3}}[)、,.: ]|[㈠-㈩]|\(?[0-9]{{1,2}}[)、.])[、,.: ]{{0,2}}"
)
_DROPPED = regex.compile(r"[\s、,.。:;()“”\"《》·—-]+|(?:19|20)[0-9]{2}年(?:度)?")


def heading_key(text: str) -> str:
    """Return the bare words of a heading: ``(二) 主动公开政府信息情况:`` gives ``主动公开政府信息情况``."""
    return _DROPPED.sub("", _NUMBERING.sub("", fold(text).text)).replace("其它", "其他")
