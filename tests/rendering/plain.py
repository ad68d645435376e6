"""The report as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rendering.report import Grid, matrix

if TYPE_CHECKING:
    from tests.rendering.report import Report


def markdown(report: Report, encoding: str = "utf-8") -> bytes:
    """Return a text with a line per paragraph and Markdown tables, whose merged cells leave blanks."""
    pieces = [report.title]
    pieces.extend(_piped(block) if isinstance(block, Grid) else block.text for block in report.blocks)
    return ("\n\n".join(pieces) + "\n").encode(encoding)


def one_line(report: Report, encoding: str = "utf-8") -> bytes:
    """Return the whole report on one line as scrapers leave it, the cells of tables parted by pipes."""
    pieces = [report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            pieces.append(" | ".join(slot.text for row in block.rows for slot in row) + " |")
        else:
            pieces.append(block.text)
    return " ".join(pieces).encode(encoding)


def _piped(grid: Grid) -> str:
    head, *rows = (f"| {' | '.join(row)} |" for row in matrix(grid))
    return "\n".join((head, "|" + " --- |" * len(matrix(grid)[0]), *rows))
