"""The sheet: a document as those see it who ask whose it is: titles, first and last lines, the page around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Paragraph, Role
from pipeline.stages.identify.several import ANOTHER_REPORT
from pipeline.stages.identify.stretches import Folding, joined
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model import Document
    from pipeline.stages.identify.stretches import Stretch

_HEAD_LINES = 30
_TAIL_LINES = 14
_LONGEST_TITLE = 90
_MOST_LINES_OF_TITLE = 3
_LONGEST_SIGNATURE = 120


@dataclass(frozen=True, slots=True)
class Sheet:
    """Folded lines by what they can prove.

    ``titles`` are the stretches of the first lines that may be a title, ``page_titles`` what the page or its builder
    calls itself, ``body`` the lines of the text, ``tail`` its last ones, ``around`` the page around it.
    """

    titles: tuple[Stretch, ...]
    page_titles: tuple[Stretch, ...]
    body: tuple[Stretch, ...]
    tail: tuple[Stretch, ...]
    around: tuple[Stretch, ...]
    text: str
    is_traditional: bool


def lay_out(document: Document) -> Sheet:
    """Return the sheet of the document; words that somebody else put there are no part of it."""
    paragraphs = [
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role is not Role.SPAM and block.text
    ]
    body = [block for block in paragraphs if block.role is Role.BODY]
    around = [block for block in paragraphs if block.role is Role.FURNITURE]
    folding = Folding(is_traditional("".join(block.text for block in body)), document.spam)
    lines = {block.block_id: folding.whole(block) for block in paragraphs}
    return Sheet(
        titles=tuple(_titles(body[:_HEAD_LINES], lines, folding)),
        page_titles=tuple(
            stretch
            for block in around
            if _is_name(block)
            for stretch in (lines[block.block_id], *folding.pieces(block))
        ),
        body=tuple(lines[block.block_id] for block in body),
        tail=tuple(_tail(body[-_TAIL_LINES:], lines, folding)),
        around=tuple(lines[block.block_id] for block in around),
        text="\n".join(lines[block.block_id].text for block in body),
        is_traditional=folding.traditional,
    )


def _is_name(block: Paragraph) -> bool:
    """Say whether the line tells how the page is called."""
    if block.role_reason == ANOTHER_REPORT:
        return False
    return block.role_reason == "page title" or block.text.startswith(("ArticleTitle:", "标题"))


def _titles(heads: Sequence[Paragraph], lines: Mapping[str, Stretch], folding: Folding) -> Iterator[Stretch]:
    """Yield line by line what may be a title: the line, the line with those below it, its pieces."""
    for number, block in enumerate(heads):
        line = lines[block.block_id]
        yield line
        below = [line]
        for other in heads[number + 1 : number + _MOST_LINES_OF_TITLE]:
            below.append(lines[other.block_id])
            if sum(len(each.text) for each in below) > _LONGEST_TITLE:
                break
            yield joined(below)
        yield from folding.pieces(block)


def _tail(blocks: Sequence[Paragraph], lines: Mapping[str, Stretch], folding: Folding) -> Iterator[Stretch]:
    """Yield the last lines, the last first, and their pieces."""
    for block in reversed(blocks):
        line = lines[block.block_id]
        yield line
        if len(line.text) <= _LONGEST_SIGNATURE:
            yield from folding.pieces(block)
