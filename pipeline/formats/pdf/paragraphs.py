"""Printed pages to blocks: lines joined into paragraphs, tables that go on over a page end joined into one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.formats.pdf.characters import Line
from pipeline.formats.pdf.joining import OPENS, continued
from pipeline.formats.pdf.margins import furniture_of
from pipeline.formats.pdf.pages import PrintedTable
from pipeline.formats.reading import UNNUMBERED
from pipeline.model import Anchor, Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.formats.pdf.pages import PrintedPage
    from pipeline.model import Block

_SAME_EDGE = 3.0
_INDENT = 0.8
_CENTRED = 3.0
_RAGGED = 2.2
_OTHER_SIZE = 0.12
_WIDE_GAP = 1.7
_SHARE = 0.08
_NARROWEST = 0.7


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the text of pages of one width begins and ends, and the usual distance of its lines."""

    left: float
    right: float
    leading: float


@dataclass(slots=True)
class _Flow:
    """The blocks so far; ``open`` are the lines of the last paragraph, ``last`` the last thing in the flow."""

    blocks: list[Block] = field(default_factory=list)
    open: list[tuple[int, Line]] = field(default_factory=list)
    aside: list[Paragraph] = field(default_factory=list)
    table: PrintedTable | None = None

    def close(self) -> None:
        """End the paragraph and the table that are open; what stood between their parts follows."""
        if self.open:
            page, first = self.open[0]
            lines = [line for number, line in self.open if number == page]
            box = (
                min(line.x0 for line in lines),
                first.top,
                max(line.x1 for line in lines),
                max(line.bottom for line in lines),
            )
            text = "\n".join(line.text for _, line in self.open)
            x0, top, x1, bottom = (round(edge, 1) for edge in box)
            self.blocks.append(Paragraph(UNNUMBERED, text, Anchor(page=page, box=(x0, top, x1, bottom))))
            self.open = []
        if self.table is not None:
            self.blocks.append(Table(UNNUMBERED, self.table.cells, self.table.anchor))
            self.table = None
        self.blocks.extend(self.aside)
        self.aside = []


def blocks_of(pages: Sequence[PrintedPage]) -> tuple[Block, ...]:
    """Return the blocks of the pages in reading order."""
    furniture = furniture_of(pages)
    margins = _margins(pages, furniture)
    flow = _Flow()
    for page in pages:
        is_first = True
        for at, item in enumerate(page.items):
            reason = furniture.get((page.number, at))
            if isinstance(item, Line) and reason is not None:
                flow.aside.append(_furniture(item.text, page.number, reason))
                continue
            if isinstance(item, PrintedTable):
                joined = continued(flow.table, item) if is_first and flow.table is not None else None
                if joined is None:
                    flow.close()
                flow.table = joined or item
            elif not (flow.open and _goes_on(flow.open[-1], (page.number, item), margins[round(page.width)])):
                flow.close()
                flow.open = [(page.number, item)]
            else:
                flow.open.append((page.number, item))
            is_first = False
        flow.aside.extend(_furniture(text, page.number, reason) for text, reason in page.apart)
    flow.close()
    return tuple(flow.blocks)


def _furniture(text: str, page: int, reason: str) -> Paragraph:
    return Paragraph(UNNUMBERED, text, Anchor(page=page), Role.FURNITURE, reason)


def _margins(pages: Iterable[PrintedPage], furniture: dict[tuple[int, int], str]) -> dict[int, _Margins]:
    lines: dict[int, list[list[Line]]] = {}
    for page in pages:
        body = [
            item for at, item in enumerate(page.items) if isinstance(item, Line) and (page.number, at) not in furniture
        ]
        lines.setdefault(round(page.width), []).append(body)
    return {width: _margins_of(bodies, _NARROWEST * width) for width, bodies in lines.items()}


def _margins_of(bodies: list[list[Line]], narrowest: float) -> _Margins:
    lines = [line for body in bodies for line in body]
    if not lines:
        return _Margins(0.0, 0.0, 0.0)
    gaps = [below.top - above.top for body in bodies for above, below in pairwise(body)]
    fewest = max(2.0, _SHARE * len(lines))
    starts = sorted(line.x0 for line in lines)
    ends = sorted((line.x1 for line in lines), reverse=True)
    left = next((x for x in starts if sum(abs(x - other) <= _SAME_EDGE for other in starts) >= fewest), starts[0])
    right = next((x for x in ends if sum(abs(x - other) <= _SAME_EDGE for other in ends) >= fewest), ends[0])
    return _Margins(left, max(right, narrowest), median(gaps) if gaps else 0.0)


def _goes_on(above: tuple[int, Line], below: tuple[int, Line], margins: _Margins) -> bool:
    """Tell whether the paragraph goes on: the line above is full, and nothing marks a new beginning below."""
    (page, upper), (next_page, lower) = above, below
    if upper.x1 < margins.right - _RAGGED * upper.size:
        return False
    if abs(upper.size - lower.size) > _OTHER_SIZE * max(upper.size, lower.size):
        return False
    if page == next_page and lower.top - upper.top > _WIDE_GAP * margins.leading:
        return False
    if lower.x0 <= margins.left + _INDENT * lower.size:
        return True
    if OPENS.match(lower.text) is not None or upper.text.endswith(("。", "：", "；")):
        return False
    is_block = abs(lower.x0 - upper.x0) <= _SAME_EDGE and upper.x0 > margins.left + _INDENT * upper.size
    off_centre = max(abs(line.x0 + line.x1 - margins.left - margins.right) for line in (upper, lower))
    is_centred = off_centre <= lower.size and lower.x0 > margins.left + _CENTRED * lower.size
    return is_block or is_centred
