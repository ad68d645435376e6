"""The visible part of a page and how it is turned: from the space a file draws in to points on the printed page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfminer.pdfpage import PDFPage

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the space that a file draws in, and its clockwise quarter turns when shown."""

    x0: float
    y0: float
    x1: float
    y1: float
    turns: int

    @property
    def width(self) -> float:
        """The width as shown, in points."""
        return self.y1 - self.y0 if self.turns % 2 else self.x1 - self.x0

    @property
    def height(self) -> float:
        """The height as shown, in points."""
        return self.x1 - self.x0 if self.turns % 2 else self.y1 - self.y0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the point as shown, counted from the upper left corner."""
        match self.turns:
            case 1:
                return y - self.y0, x - self.x0
            case 2:
                return self.x1 - x, y - self.y0
            case 3:
                return self.y1 - y, self.x1 - x
            case _:
                return x - self.x0, self.y1 - y

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Return a direction as shown: how far it goes to the right and down."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.turns]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return the box as shown: left, top, right, bottom."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def frame_of(page: PDFPage) -> Frame:
    """Return the part of ``page`` that is shown: its crop box as far as it lies on the sheet, else the whole sheet."""
    turns = page.rotate // 90 % 4
    sheet, crop = _ordered(page.mediabox), _ordered(page.cropbox)
    shown = (max(sheet[0], crop[0]), max(sheet[1], crop[1]), min(sheet[2], crop[2]), min(sheet[3], crop[3]))
    is_empty = shown[0] >= shown[2] or shown[1] >= shown[3]
    return Frame(*(sheet if is_empty else shown), turns)


def sheet_of(page: PDFPage) -> Frame:
    """Return the whole sheet that ``page`` is printed on."""
    return Frame(*_ordered(page.mediabox), page.rotate // 90 % 4)


def _ordered(box: Sequence[float]) -> Box:
    x0, y0, x1, y1 = (float(edge) for edge in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
