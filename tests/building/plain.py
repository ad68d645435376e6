"""A report as a text file, the way collectors save pages: headings glued to their text, tables flattened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.rendering import Grid, Heading, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.building.source import Report
    from tests.rendering import Slot


def text_file(report: Report) -> bytes:
    """The bytes of the file, in the encoding and with the line ends that its source asks for."""
    look = report.facts["look"]
    glued_tables = look.get("glued_tables", False)
    pieces: list[str] = []
    previous: object = None
    for block in report.blocks:
        text = block.text if not isinstance(block, Grid) else glued(block) if glued_tables else flattened(block)
        if look.get("one_line"):
            joins = pieces and (glued_tables or not isinstance(previous, Grid))
        else:
            joins = isinstance(previous, Heading) and look.get("glued_headings")
        if joins:
            pieces[-1] += ("" if glued_tables else " ") + text
        else:
            pieces.append(text)
        previous = block
    lines = [*look.get("before", "").splitlines(), *pieces, *look.get("after", "").splitlines()]
    return (look.get("newline", "\n").join(lines) + look.get("newline", "\n")).encode(look["encoding"])


def markdown_file(report: Report) -> bytes:
    """The bytes of the file: Markdown headings and tables."""
    blocks = tuple(Heading(f"## {block.text}") if isinstance(block, Heading) else block for block in report.blocks)
    return markdown(replace(report, title=f"# {report.title}", blocks=blocks))


def flattened(grid: Grid) -> str:
    """All cells of a table on one line, as a scraper leaves them."""
    return " | ".join(slot.text for row in grid.rows for slot in row) + " |"


def glued(grid: Grid) -> str:
    """All cells of a table with nothing between them, as the worst scrapers leave them."""
    return "".join(map(run_together, grid.rows))


def run_together(row: Iterable[Slot]) -> str:
    return "".join(slot.text for slot in row)
