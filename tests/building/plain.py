"""A report as a text file, the way collectors save pages: headings glued to their text, tables flattened to pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rendering import Grid, Heading

if TYPE_CHECKING:
    from tests.building.source import Report


def text_file(report: Report) -> bytes:
    """The bytes of the file, in the encoding and with the line ends that its source asks for."""
    look = report.facts["look"]
    pieces: list[str] = []
    previous: object = None
    for block in report.blocks:
        text = flattened(block) if isinstance(block, Grid) else block.text
        if look.get("one_line"):
            glued = pieces and not isinstance(previous, Grid)
        else:
            glued = isinstance(previous, Heading) and look.get("glued_headings")
        if glued:
            pieces[-1] += " " + text
        else:
            pieces.append(text)
        previous = block
    lines = [*look.get("before", "").splitlines(), *pieces, *look.get("after", "").splitlines()]
    return (look.get("newline", "\n").join(lines) + look.get("newline", "\n")).encode(look["encoding"])


def flattened(grid: Grid) -> str:
    """All cells of a table on one line, as a scraper leaves them."""
    return " | ".join(slot.text for row in grid.rows for slot in row) + " |"
