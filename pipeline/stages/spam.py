"""Spam: words that somebody who took a page over put in the place of the report's own, found by where they recur.

On such pages every place name is replaced: ``凤凰体育,凤凰体育平台区2018年政府信息公开工作年度报告``. Words that stand
where a name stands, are like no name, and recur again and again are such, whatever they advertise. The numbers around
them are the report's and stay readable.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Role, Span
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.lexicons import Marker
    from pipeline.text.fold import Folded

_FEWEST = 3
_LONGEST_TITLE = 120
_NAMED = regex.compile(
    r"(?:^|[_|—-])(?:20[0-9]{2}年度?,?+)?"
    r"(?P<words>[^。;_|—,][^。;_|—]{2,39}?)(?P<kind>(?:自治)?(?:[省市县区镇乡]|街道|人民政府|政府|局))"
)
_TWICE = regex.compile(
    r"(?P<words>(?P<word>[\p{Han}A-Za-z0-9]{3,10})[,_|](?P=word)[\p{Han}A-Za-z0-9]{0,6}?)(?=$|[^\p{Han}]|.)"
)
_OWN_WORDS = regex.compile(r"20[0-9]{2}|年度?|信息|公开|报告|条例|申请|单位|部门|工作|政府|我|标题|来源|位置|^[Xx_.]+$")
_LIKE_NO_NAME = regex.compile(r"[A-Za-z_|./@]|[0-9](?!年)")
_SEPARATORS = regex.compile(r"[\s,_|—–.-]+")
_WHOLE = "words put in by others"


def mark_spam(document: Document, rulebook: Rulebook) -> Document:
    """Return the document with such words as its ``spam``; blocks that hold nothing else have that role."""
    folded = {block.block_id: fold(block.text) for block in document.blocks if isinstance(block, Paragraph)}
    texts = [each.text for each in folded.values()]
    phrases = sorted(_phrases(texts, rulebook.lexicons.no_name), key=lambda each: (-len(each), each))
    spans = [span for block_id, line in folded.items() for span in _places(block_id, line, phrases)]
    advertised = [
        span for block_id, line in folded.items() for span in _matches(block_id, line, rulebook.lexicons.spam)
    ]
    if len(advertised) >= _FEWEST:
        spans.extend(span for span in advertised if not any(_overlap(span, other) for other in spans))
    if not spans:
        return document
    spam = tuple(sorted(spans, key=lambda each: (each.block_id, each.start)))
    return replace(document, blocks=tuple(_with_reason(block, spam) for block in document.blocks), spam=spam)


def _phrases(texts: Iterable[str], no_name: tuple[Marker, ...]) -> Iterator[str]:
    """Yield the words that stand for a name in a title, are like no name, and recur inside sentences."""
    kept = list(texts)
    whole = "\n".join(kept)
    matches = (match for text in kept if len(text) <= _LONGEST_TITLE for match in _NAMED.finditer(text))
    named = {(match["words"], match["kind"]) for match in matches}
    twice = Counter(match["words"] for match in _TWICE.finditer(whole))
    for words, kind in named:
        is_strange = _LIKE_NO_NAME.search(words) or any(sign.pattern.search(words + kind) for sign in no_name)
        if is_strange and not _OWN_WORDS.search(words) and _recurs(words, kind, whole):
            yield words
    yield from (words for words, number in twice.items() if number >= _FEWEST)


def _recurs(words: str, kind: str, whole: str) -> bool:
    """Say whether the words stand in several places, in one of them as a name inside a sentence."""
    inside = regex.compile(rf"(?:\p{{Han}}{regex.escape(words)}|,{regex.escape(words + kind)}\p{{Han}})")
    return whole.count(words) >= _FEWEST and inside.search(whole) is not None


def _places(block_id: str, line: Folded, phrases: Iterable[str]) -> list[Span]:
    found: list[Span] = []
    for phrase in phrases:
        for match in regex.finditer(regex.escape(phrase), line.text):
            span = Span(block_id, *line.span(*match.span()))
            if not any(_overlap(span, other) for other in found):
                found.append(span)
    return found


def _matches(block_id: str, line: Folded, signs: tuple[Marker, ...]) -> Iterator[Span]:
    for sign in signs:
        yield from (Span(block_id, *line.span(*match.span())) for match in sign.pattern.finditer(line.text))


def _overlap(one: Span, other: Span) -> bool:
    return one.block_id == other.block_id and one.start < other.end and other.start < one.end


def _with_reason(block: Block, spam: tuple[Span, ...]) -> Block:
    spans = [span for span in spam if span.block_id == block.block_id]
    if not spans or not isinstance(block, Paragraph):
        return block
    rest, begin = "", 0
    for span in spans:
        rest, begin = rest + block.text[begin : span.start], span.end
    if not _SEPARATORS.sub("", rest + block.text[begin:]):
        return replace(block, role=Role.SPAM, role_reason=_WHOLE)
    if block.role is not Role.BODY:
        return block
    words = block.text[spans[0].start : spans[0].end]
    return replace(block, role_reason=f"words put in place of its own: {words} ({len(spans)} times)")
