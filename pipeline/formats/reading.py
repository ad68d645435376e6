"""What a reader hands back, and the numbers that its blocks get."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Problem

UNNUMBERED = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of one file; its blocks stand in reading order and have no ids yet."""

    blocks: tuple[Block, ...]
    title: str | None = None
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with ids: ``b00001``, ``b00002``; the cells of a table ``b00002.r0c0``."""
    for number, block in enumerate(blocks, start=1):
        block_id = f"b{number:05}"
        if isinstance(block, Table):
            cells = tuple(replace(cell, block_id=f"{block_id}.r{cell.row}c{cell.col}") for cell in block.cells)
            yield replace(block, block_id=block_id, cells=cells)
        else:
            yield replace(block, block_id=block_id)
