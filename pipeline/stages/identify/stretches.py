"""Stretches: folded text of one or more lines in which words are looked for, with the way back to what is printed.

A title may fill a line, stand behind ``当前位置：首页 >`` in one, or be broken over two: each is a stretch of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import Evidence
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Paragraph, Span
    from pipeline.rulebook.patterns import Pattern
    from pipeline.text.fold import Folded

_BREAK = regex.compile(
    r"[\s|>＞»_]+|-->|——|--|(?<=[\p{Han}）)])[-－–](?=\p{Han})|(?<=(?:首页|位置|标题|来源))[:：]|[《》]"
)
_LONGEST_PIECED = 600


@dataclass(frozen=True, slots=True)
class _Part:
    """Printed text of one block from ``start``, which begins at ``at`` in the stretch."""

    block: Paragraph
    start: int
    at: int
    folded: Folded


@dataclass(frozen=True, slots=True)
class Stretch:
    """Folded text with the parts that it is made of."""

    text: str
    parts: tuple[_Part, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the printed words of a folded span, as far as they stand in the block where it begins."""
        part = next(part for part in reversed(self.parts) if part.at <= start)
        first, last = part.folded.span(start - part.at, min(end - part.at, len(part.folded.text)))
        first, last = part.start + first, part.start + last
        return Evidence(part.block.block_id, first, last, part.block.text[first:last])

    def find(self, pattern: Pattern | regex.Pattern[str]) -> Iterator[regex.Match[str]]:
        """Yield every match of ``pattern``."""
        return pattern.finditer(self.text)


@dataclass(frozen=True, slots=True)
class Folding:
    """How a document is folded: as a ``traditional`` one or not, and without its ``spam``."""

    traditional: bool = False
    spam: tuple[Span, ...] = ()

    def whole(self, block: Paragraph) -> Stretch:
        """Return the whole block."""
        return self._stretch(block, 0, len(block.text))

    def pieces(self, block: Paragraph) -> Iterator[Stretch]:
        """Yield what spaces, arrows, bars and the like part in the beginning of the block."""
        text = block.text[:_LONGEST_PIECED]
        begin = 0
        for gap in [*_BREAK.finditer(text), None]:
            end = gap.start() if gap else len(text)
            if text[begin:end].strip():
                yield self._stretch(block, begin, end)
            begin = gap.end() if gap else end

    def _stretch(self, block: Paragraph, start: int, end: int) -> Stretch:
        """Return the text of ``block`` from ``start`` to ``end``, what is spam left out."""
        parts: list[Stretch] = []
        for span in sorted(
            (each for each in self.spam if each.block_id == block.block_id), key=lambda each: each.start
        ):
            if start <= span.start < end:
                parts.append(self._bare(block, start, span.start))
                start = span.end
        return joined([*parts, self._bare(block, start, end)])

    def _bare(self, block: Paragraph, start: int, end: int) -> Stretch:
        folded = fold(block.text[start:end], traditional=self.traditional)
        return Stretch(folded.text, (_Part(block, start, 0, folded),))


def joined(stretches: Iterable[Stretch]) -> Stretch:
    """Return the stretches as one, nothing between them."""
    text = ""
    parts: list[_Part] = []
    for stretch in stretches:
        parts.extend(_Part(part.block, part.start, part.at + len(text), part.folded) for part in stretch.parts)
        text += stretch.text
    return Stretch(text, tuple(parts))
