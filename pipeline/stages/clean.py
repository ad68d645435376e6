"""Clean: mark what is page furniture or spam, with the reason, and rejoin the lines that a file breaks.

Lines are broken at a fixed width where most are so long; or anywhere, where the ends of lines part words and numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Role
from pipeline.text.fold import fold
from pipeline.text.lines import breaks_off, columns, is_parted, may_go_on

if TYPE_CHECKING:
    from pipeline.model import Block, Document
    from pipeline.rulebook import Rulebook

_LONGEST_FURNITURE = 220
_FEWEST_LINES = 12
_FEWEST_FULL_LINES = 6
_SLACK = 6
_NARROWEST, _WIDEST = 40, 160
_PAGE_MARK, _PAGE_END = "page mark", 7
_FEWEST_PAGES, _FIRST_PAGES = 2, (1, 2)
_SENTENCE = regex.compile("[。;]")
_IN_A_SENTENCE = regex.compile("[,;。]")
_NEARLY_FULL = 0.75


def clean(document: Document, rulebook: Rulebook) -> Document:
    """Return the document with every block kept, its role set, and wrapped lines joined into paragraphs."""
    blocks = tuple(_with_role(block, rulebook) for block in document.blocks)
    numbers = _page_numbers(blocks)
    marked = (
        replace(block, role=Role.FURNITURE, role_reason=_PAGE_MARK) if block.block_id in numbers else block
        for block in blocks
    )
    return replace(document, blocks=_rejoin(tuple(marked)))


def _page_numbers(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the names of the lines that hold nothing but a number, where these count up from the first page on."""
    found = [
        (block.block_id, int(figures))
        for block in blocks
        if isinstance(block, Paragraph) and block.anchor.line is not None and block.role is Role.BODY
        if (figures := fold(block.text).text).isdecimal()
    ]
    first = found[0][1] if found else 0
    counts_up = [number for _, number in found] == list(range(first, first + len(found)))
    if len(found) < _FEWEST_PAGES or first not in _FIRST_PAGES or not counts_up:
        return frozenset()
    return frozenset(name for name, _ in found)


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
    parted = _parted(blocks)
    if width is None and not parted:
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
            if _follows(ends, block, marks) and (
                block.block_id in parted or _continues(last, block, width, anywhere=bool(parted))
            ):
                flow[-1] = replace(last, text=f"{last.text}\n{block.text}")
                ends = block.anchor.line
                continue
        flow += [*marks, block]
        marks = []
        ends = block.anchor.line
    return (*flow, *marks)


def _parted(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the names of the lines that go on with a word or a number which begins on the line above.

    A number that has a line to itself goes on with that above where its unit stands below.
    """
    parted: set[str] = set()
    number_below = False
    for below, above in pairwise(reversed(blocks)):
        if not (isinstance(above, Paragraph) and isinstance(below, Paragraph) and _are_neighbours(above, below)):
            number_below = False
            continue
        upper, lower = fold(above.text).text, fold(below.text).text
        if is_parted(upper, lower) or (number_below and may_go_on(upper, lower) and not upper[-1].isdecimal()):
            parted.add(below.block_id)
            number_below = upper.isdecimal()
        else:
            number_below = False
    return frozenset(parted)


def _are_neighbours(above: Paragraph, below: Paragraph) -> bool:
    return above.role is below.role is Role.BODY and _follows(above.anchor.line, below, [])


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
        columns(block.text)
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


def _continues(above: Paragraph, below: Paragraph, width: int | None, *, anywhere: bool) -> bool:
    line = above.text.rsplit("\n", 1)[-1]
    upper, lower = fold(line).text, fold(below.text).text
    return (
        above.role is below.role is Role.BODY
        and above.anchor.page == below.anchor.page
        and may_go_on(upper, lower)
        and (_is_full(line, upper, width) or (anywhere and breaks_off(upper, lower)))
    )


def _is_full(line: str, folded: str, width: int | None) -> bool:
    """Tell whether a line may be broken at its end: within a sentence also a shorter one, that lost spaces."""
    if width is None:
        return False
    printed = columns(line)
    return printed >= width - _SLACK or (printed >= width * _NEARLY_FULL and bool(_IN_A_SENTENCE.search(folded)))
