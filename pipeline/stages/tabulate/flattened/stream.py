"""The text of a document as one stream: what is left of tables whose grid is lost.

The borders that are left are kept: ``CELL`` stands between two cells (a bar, a tab, a cell of a grid), ``LINE`` between
two lines, blocks or rows of a grid. Every position leads back to the block it was printed in.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import Span, Table
from pipeline.text.fold import fold
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block

CELL, LINE = "\x1f", "\n"
_CELL_BORDERS = "|\t"
_LINE_BREAKS = "\n\r\x0b\x0c\u2028"


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a stretch of the stream is printed: ``text`` starts at ``start`` in ``block_id``, a part of ``holder``."""

    holder: str
    block_id: str
    start: int
    text: str
    page: int | None
    row: int | None
    col: int | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block or cell in the stream; ``positions`` are the printed positions of its characters."""

    text: str
    positions: tuple[int, ...]
    holder: str
    block_id: str
    printed: str
    page: int | None = None
    row: int | None = None
    col: int | None = None


class Stream:
    """The folded text of all blocks, and where each stretch of it is printed."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        blocks = list(blocks)
        traditional = is_traditional("".join(texts(blocks)))
        self._pieces = list(_pieces(blocks, traditional=traditional))
        self._starts = []
        parts: list[str] = []
        length = 0
        for piece in self._pieces:
            self._starts.append(length)
            parts.append(piece.text)
            length += len(piece.text)
        self.text = "".join(parts)

    def printed(self, start: int, end: int) -> Printed:
        """Return where the stretch is printed: of one that goes on in other blocks what is in the first.

        An empty one is printed behind the border before it.
        """
        is_blank = start == end
        at = bisect_right(self._starts, start - is_blank) - 1
        piece, offset = self._pieces[at], self._starts[at]
        if is_blank:
            first = behind = min(piece.positions[start - 1 - offset] + 1, len(piece.printed))
        else:
            first = piece.positions[start - offset]
            behind = piece.positions[min(end - offset, len(piece.text)) - 1] + 1
        return Printed(
            piece.holder, piece.block_id, first, piece.printed[first:behind], piece.page, piece.row, piece.col
        )

    def has_borders(self, start: int, end: int) -> bool:
        """Tell whether the stretch runs through several cells of a grid."""
        first, last = (bisect_right(self._starts, place) - 1 for place in (start, max(start, end - 1)))
        return first < last and self._pieces[first].row is not None

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield the spans of all blocks that the stretch runs through."""
        for offset, piece in zip(self._starts, self._pieces, strict=True):
            first, last = max(start - offset, 0), min(end - offset, len(piece.text))
            if first < last:
                yield Span(piece.block_id, piece.positions[first], piece.positions[last - 1] + 1)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of every paragraph and cell."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _pieces(blocks: Iterable[Block], *, traditional: bool) -> Iterator[_Piece]:
    for block in blocks:
        if not isinstance(block, Table):
            yield _Piece(
                *_with_borders(block.text, keeps_lines=True, traditional=traditional),
                block.block_id,
                block.block_id,
                block.text,
                block.anchor.page,
            )
            continue
        for _, cells in groupby(sorted(block.cells, key=lambda cell: (cell.row, cell.col)), lambda cell: cell.row):
            border = CELL
            for cell in cells:
                text, positions = _with_borders(cell.text, keeps_lines=False, traditional=traditional)
                yield _Piece(
                    f"{border}{text[:-1]}",
                    (0, *positions[:-1]),
                    block.block_id,
                    cell.block_id,
                    cell.text,
                    cell.anchor.page or block.anchor.page,
                    cell.row,
                    cell.col,
                )
            yield _Piece(CELL + LINE, (0, 0), block.block_id, cell.block_id, cell.text)


def _with_borders(text: str, *, keeps_lines: bool, traditional: bool) -> tuple[str, tuple[int, ...]]:
    """Return the folded text with the borders inside it and one behind it, and the printed position of each."""
    folded = fold(text, traditional=traditional)
    characters: list[str] = []
    positions: list[int] = []
    last = 0
    for index, character in enumerate(folded.text):
        position = folded.position(index)
        for between in range(last, position):
            border = _border(text[between], keeps_lines=keeps_lines)
            if border:
                characters.append(border)
                positions.append(between)
        border = _border(character, keeps_lines=keeps_lines) or _border(text[position], keeps_lines=keeps_lines)
        characters.append(border or character)
        positions.append(position)
        last = position + 1
    characters.append(LINE)
    positions.append(len(text))
    return "".join(characters), tuple(positions)


def _border(character: str, *, keeps_lines: bool) -> str | None:
    if keeps_lines and character in _CELL_BORDERS:
        return CELL
    return LINE if keeps_lines and character in _LINE_BREAKS else None
