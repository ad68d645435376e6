"""Clean: mark what is page furniture or spam, with the reason, and rejoin the lines that a file breaks.

Lines are broken at a fixed width where most are so long; or anywhere, where words and numbers are parted by the ends of
lines.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Role
from pipeline.text.fold import fold
from pipeline.text.headings import NUMBERS
from pipeline.text.words import part_a_word

if TYPE_CHECKING:
    from pipeline.model import Block, Document
    from pipeline.rulebook import Rulebook

_LONGEST_FURNITURE = 220
_FEWEST_LINES = 12
_FEWEST_FULL_LINES = 6
_SLACK = 6
_NARROWEST, _WIDEST = 40, 160
_PAGE_MARK, _PAGE_END = "page mark", 7
_LAST_NARROW = "\u2e7f"
_SENTENCE = regex.compile("[。;]")
_IN_A_SENTENCE = regex.compile("[,;。]")
_NEARLY_FULL = 0.75
_NARROWEST_BROKEN = 28
_LONGEST_WORD = 6
_RUNNING_TEXT = regex.compile(r"(?:[,;。]|[0-9].*、).*[\p{Han}0-9,、(]$")
_GOES_ON = regex.compile("[,;。、]")
_MAY_HEAD = regex.compile(r".{2,6}[\p{Han}、,“”]{2,40}")
_LABEL = regex.compile(r"[\p{Han} ]{2,10}:")
_SENTENCE_END = regex.compile(r"[。!?:;.》)]$")
_OPENS = regex.compile(
    rf"[(（]?[{NUMBERS}0-9]{{1,3}}[)）、.．](?![0-9]{{1,3}}(?![0-9]))|第[{NUMBERS}]{{1,3}}[部章篇条]|[|#*]|附[件表]"
)


def clean(document: Document, rulebook: Rulebook) -> Document:
    """Return the document with every block kept, its role set, and wrapped lines joined into paragraphs."""
    blocks = tuple(_with_role(block, rulebook) for block in document.blocks)
    return replace(document, blocks=_rejoin(blocks))


def _with_role(block: Block, rulebook: Rulebook) -> Block:
    if not isinstance(block, Paragraph) or block.role is not Role.BODY or len(block.text) > _LONGEST_FURNITURE:
        return block
    line = fold(block.text).text
    for marker in rulebook.lexicons.furniture:
        if marker.pattern.search(line):
            return replace(block, role=Role.FURNITURE, role_reason=marker.reason)
    signs = rulebook.lexicons.identity["title_core"]
    if _SENTENCE.search(line) or any(sign.pattern.search(line) for sign in signs):
        return block
    for marker in rulebook.lexicons.spam:
        if marker.pattern.search(line):
            return replace(block, role=Role.SPAM, role_reason=marker.reason)
    return block


def _rejoin(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    width = _wrap_width(blocks)
    anywhere = any(_parted(above, below) for above, below in pairwise(blocks))
    if width is None and not anywhere:
        return blocks
    flow: list[Block] = []
    marks: list[Paragraph] = []
    ends: int | None = None
    for block in blocks:
        last = flow[-1] if flow else None
        if isinstance(last, Paragraph) and isinstance(block, Paragraph):
            if last.role is Role.BODY and block.role_reason == _PAGE_MARK:
                marks.append(block)
                continue
            if _follows(ends, block, marks) and _continues(last, block, width, anywhere=anywhere):
                flow[-1] = replace(last, text=f"{last.text}\n{block.text}")
                ends = block.anchor.line
                continue
        flow += [*marks, block]
        marks = []
        ends = block.anchor.line
    return (*flow, *marks)


def _follows(ends: int | None, below: Paragraph, marks: list[Paragraph]) -> bool:
    """Tell whether nothing but the end of a page lies between a paragraph that ``ends`` on a line and one below."""
    if ends is None or below.anchor.line is None:
        return False
    is_page_end = bool(marks) and (marks[-1].anchor.line or 0) > ends
    return ends < below.anchor.line <= ends + (_PAGE_END if is_page_end else 1)


def _wrap_width(blocks: tuple[Block, ...]) -> int | None:
    """Return the width in columns at which the lines of a file are broken, or null where they are not.

    That is the width which most lines have within a few columns, where next to none is longer.
    """
    widths = Counter(
        _columns(block.text)
        for block in blocks
        if isinstance(block, Paragraph) and block.role is Role.BODY and block.anchor.line is not None
    )
    if widths.total() < _FEWEST_LINES:
        return None

    def full(width: int) -> int:
        return sum(number for other, number in widths.items() if abs(other - width) <= _SLACK)

    width = max(
        (width for width in widths if width >= _NARROWEST), key=lambda width: (full(width), width), default=None
    )
    if width is None or width > _WIDEST:
        return None
    longer = sum(number for other, number in widths.items() if other > width + 2 * _SLACK)
    enough = full(width) >= max(_FEWEST_FULL_LINES, widths.total() / 10)
    return width if enough and longer * 20 <= widths.total() else None


def _columns(line: str) -> int:
    """Return the printed width of a line: a Chinese character takes two columns."""
    return sum(2 if character > _LAST_NARROW else 1 for character in line)


def _parted(above: Block, below: Block) -> bool:
    """Tell whether the end of a line of running text parts a word or a number from its rest below."""
    if not (isinstance(above, Paragraph) and isinstance(below, Paragraph) and _follows(above.anchor.line, below, [])):
        return False
    left, right = fold(above.text).text, fold(below.text).text
    if not _continues(above, below, None, anywhere=True):
        return False
    if left[-1].isdecimal():
        return right[0].isdecimal()
    return part_a_word(left[-_LONGEST_WORD:], right[:_LONGEST_WORD])


def _continues(above: Paragraph, below: Paragraph, width: int | None, *, anywhere: bool) -> bool:
    line = above.text.rsplit("\n", 1)[-1]
    folded = fold(line).text
    return (
        above.role is below.role is Role.BODY
        and above.anchor.page == below.anchor.page
        and not _SENTENCE_END.search(folded)
        and not _OPENS.match(below.text)
        and (_is_full(line, folded, width) or (anywhere and _breaks_off(line, folded, fold(below.text).text)))
    )


def _is_full(line: str, folded: str, width: int | None) -> bool:
    """Tell whether a line may be broken at its end: within a sentence also a shorter one, that lost spaces."""
    if width is None:
        return False
    columns = _columns(line)
    return columns >= width - _SLACK or (columns >= width * _NEARLY_FULL and bool(_IN_A_SENTENCE.search(folded)))


def _breaks_off(line: str, folded: str, below: str) -> bool:
    """Tell whether a line of running text stops within a sentence that the line ``below`` goes on with."""
    return (
        _columns(line) >= _NARROWEST_BROKEN
        and bool(_RUNNING_TEXT.search(folded))
        and bool(_GOES_ON.search(below))
        and not _LABEL.match(below)
        and not (_OPENS.match(line) and _MAY_HEAD.fullmatch(folded))
    )
