"""Headings: what is left of one when numbering, spaces and punctuation are gone."""

from __future__ import annotations

import regex

from pipeline.text.fold import fold

_NUMBERING = regex.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|章|篇)"
    r"|\(?[一二三四五六七八九十]{1,3}[)、,.: ]|[㈠-㈩]|\(?[0-9]{1,2}[)、.])[、,.: ]{0,2}"
)
_DROPPED = regex.compile(r"[\s、,.。:;()“”\"《》·—-]+|(?:19|20)[0-9]{2}年(?:度)?")


def heading_key(text: str) -> str:
    """Return the bare words of a heading: ``(二) 主动公开政府信息情况:`` gives ``主动公开政府信息情况``."""
    return _DROPPED.sub("", _NUMBERING.sub("", fold(text).text)).replace("其它", "其他")
