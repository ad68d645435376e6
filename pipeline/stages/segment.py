"""Segment: cut the body of a report into sections at its headings.

``一、概述`` on a line of its own, ``二、主动公开政府信息情况2017年,…`` glued to its text, or in the midst of a
report that was scraped on one line: a heading is told by its numbering, by the heading lexicon, or by the printed space
behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Role, Section, SectionKind, Span, Table
from pipeline.text.fold import fold
from pipeline.text.headings import NUMBERS, chapter_number, heading_key
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document
    from pipeline.rulebook import Rulebook
    from pipeline.text.fold import Folded

_LONGEST_HEADING = 45
_NUMBERING = regex.compile(
    rf"(?P<chapter>第[{NUMBERS}]{{1,3}}(?:部分|章|篇)[、:,. ]{{0,2}}"
    rf"|[{NUMBERS}]{{1,3}} ?[、,.:][、,]?|[一二三四五六七八九十]{{1,3}} ?(?=[\p{{Han}}]{{2,12}}$))"
    rf"|(?P<part>\([{NUMBERS}]{{1,3}}\)[、.]?|[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩]|[{NUMBERS}]{{1,2}}\))"
)
_BEGINS = regex.compile(r"(?<=[。;!?:)])|^|(?<=[0-9])(?=[一二三四五六七八九]、)")
_TABLE_OF_CONTENTS = regex.compile(r"(?:\.{3,}|…{2,}|·{3,})[0-9]{0,3}$")
_TEXT_MARKS = regex.compile(r"[。;,!?|]")
_ATTACHED = regex.compile(r"附(?:件|表)?[0-9一二三]{0,2}[:、.]?[^,;。:]{0,30}统计表(?:\([^()]{1,8}\))?:?")
_SLOGAN = regex.compile(r"[\p{Han}、“”《》 ]{2,20}(?:,[\p{Han}、“”《》 ]{2,20}){1,2}:?")
_CLOSING = regex.compile(r"[。:, ]{0,2}")
_BAR = regex.compile(r" ?\|")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading in one paragraph: printed span, and where the text behind it begins; ``number`` is the chapter's."""

    level: int
    number: int | None
    start: int
    end: int
    text_start: int


def segment(document: Document, rulebook: Rulebook) -> tuple[Section, ...]:
    """Return the sections in reading order: what stands before the first heading, the headed ones, the furniture."""
    known = frozenset(variant for heading in rulebook.lexicons.headings for variant in heading.variants)
    parts: list[tuple[int, str | None, list[Span]]] = [(1, None, [])]
    furniture: list[Span] = []
    chapter = 0
    traditional = is_traditional("".join(each.text for each in document.blocks if isinstance(each, Paragraph)))
    for block in document.blocks:
        if block.role is not Role.BODY:
            furniture.append(_whole(block))
        elif isinstance(block, Table):
            parts[-1][2].append(_whole(block))
        else:
            begin = 0
            for heading in _headings(block, fold(block.text, traditional=traditional), known, chapter):
                chapter = heading.number or chapter
                _add(parts[-1][2], block, begin, heading.start)
                parts.append((heading.level, block.text[heading.start : heading.end].strip(), []))
                begin = heading.text_start
            _add(parts[-1][2], block, begin, len(block.text))
    sections = [
        Section(f"s{number:03}", number, level, heading, tuple(spans))
        for number, (level, heading, spans) in enumerate((part for part in parts if part[1] or part[2]), start=1)
    ]
    if furniture:
        number = len(sections) + 1
        aside = Section(
            f"s{number:03}", number, 1, None, tuple(furniture), SectionKind.FURNITURE, "role of its blocks", 1.0
        )
        sections.append(aside)
    return tuple(sections)


def _whole(block: Block) -> Span:
    return Span(block.block_id, 0, len(block.text) if isinstance(block, Paragraph) else 0)


def _add(spans: list[Span], block: Paragraph, start: int, end: int) -> None:
    if block.text[start:end].strip():
        spans.append(Span(block.block_id, start, end))


def _headings(block: Paragraph, folded: Folded, known: frozenset[str], chapter: int) -> Iterator[_Heading]:
    """Yield the headings in a paragraph behind the one of the numbered ``chapter``."""
    text = folded.text
    if _TABLE_OF_CONTENTS.search(text):
        return
    numbering = _NUMBERING.match(text)
    number = chapter_number(numbering["chapter"]) if numbering and numbering["chapter"] else None
    if len(text) <= _LONGEST_HEADING and (
        heading_key(text) in known
        or _ATTACHED.fullmatch(text)
        or (numbering and number == chapter + 1 and _is_slogan(text, numbering))
    ):
        level = 2 if numbering and numbering["part"] else 1
        yield _Heading(level, number, 0, len(block.text), len(block.text))
        return
    last = 0
    for place in _BEGINS.finditer(text):
        begin = place.end()
        while begin >= last and (found := _heading_at(block.text, folded, begin, known)):
            match, end = found
            closing = _CLOSING.match(text, end)
            begin = last = closing.end() if closing else end
            start, printed_end = folded.span(match.start(), end)
            level, number = (1, chapter_number(match["chapter"])) if match["chapter"] else (2, None)
            yield _Heading(level, number, start, printed_end, _printed_start(block, folded, last))


def _is_slogan(text: str, numbering: regex.Match[str]) -> bool:
    """Tell whether a line is words parted by commas alone, as ``突出重点，深化主动公开``."""
    return _SLOGAN.fullmatch(text, numbering.end()) is not None


def _heading_at(printed: str, folded: Folded, begin: int, known: frozenset[str]) -> tuple[regex.Match[str], int] | None:
    """Return the numbering that stands at ``begin`` and the end of the heading behind it, or null."""
    match = _NUMBERING.match(folded.text, begin)
    end = _heading_end(printed, folded, match, known) if match else None
    if match is None or end is None or _BAR.match(folded.text, end):
        return None
    return match, end


def _printed_start(block: Paragraph, folded: Folded, index: int) -> int:
    return folded.position(index) if index < len(folded.text) else len(block.text)


def _heading_end(printed: str, folded: Folded, match: regex.Match[str], known: frozenset[str]) -> int | None:
    """Return where the heading that ``match`` numbers ends in the folded text, or null where it heads nothing."""
    text, start = folded.text, match.end()
    line = text[start:]
    at_line_start = match.start() == 0
    if at_line_start and 0 < len(line) <= _LONGEST_HEADING and not _TEXT_MARKS.search(line.rstrip(":,")):
        before_colon, colon, behind = line.partition(":")
        return start + len(before_colon) if colon and behind else len(text)
    if (length := _known_prefix(line[: _LONGEST_HEADING + 10], known)) is not None:
        return start + length
    if match["chapter"] and (at_line_start or text[match.start() - 1] in "。;!?"):
        return _before_space(printed, folded, start)
    return None


def _known_prefix(text: str, known: Iterable[str]) -> int | None:
    """Return the length of the longest beginning of ``text`` that is a known heading, nothing behind it taken in."""
    longest, length = "", None
    for end in range(2, len(text) + 1):
        key = heading_key(text[:end])
        if key != longest and key in known:
            longest, length = key, end
    return length


def _before_space(printed: str, folded: Folded, start: int) -> int | None:
    """Return the end of a heading that only a printed space parts from its text."""
    first = folded.position(start) if start < len(folded.text) else len(printed)
    gap = regex.compile(r"\s").search(printed, first + 1, min(first + _LONGEST_HEADING, len(printed)))
    if gap is None:
        return None
    end = folded.index(gap.start())
    heading = folded.text[start:end]
    return end if len(heading) > 3 and not _TEXT_MARKS.search(heading) and not regex.search("[0-9]", heading) else None
