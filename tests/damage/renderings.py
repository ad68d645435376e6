"""All ways in which a report is written to a file, by name: kept as a grid, or flattened as scrapers do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from tests import rendering
from tests.damage.printed import printed
from tests.rendering import Grid, Heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.rendering import Report

_TAG = re.compile(r"<[^>]*>")
_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A file type and what writes it.

    ``keeps_blanks`` where one can see that a cell is blank, ``fills_rows`` where no row can be short.
    """

    suffix: str
    write: Callable[[Report, Random], bytes]
    keeps_blanks: bool
    fills_rows: bool = False


def bars(report: Report, _: Random) -> bytes:
    """A line per paragraph and table, cells parted by bars."""
    return _lines(
        report,
        (" | ".join(_texts(block)) + " |" if isinstance(block, Grid) else block.text for block in report.blocks),
    )


def spaces(report: Report, _: Random) -> bytes:
    """A line per paragraph and table, cells parted by one space."""
    return _lines(
        report,
        (" ".join(filter(None, _texts(block))) if isinstance(block, Grid) else block.text for block in report.blocks),
    )


def cell_per_line(report: Report, _: Random) -> bytes:
    """A line per paragraph and cell; blank cells leave no line."""
    return _lines(
        report,
        (
            text
            for block in report.blocks
            for text in (filter(None, _texts(block)) if isinstance(block, Grid) else [block.text])
        ),
    )


def glued(report: Report, _: Random) -> bytes:
    """A line per paragraph; a heading and its table stand on one line, nothing between their cells."""
    lines = [report.title]
    for at, block in enumerate(report.blocks):
        text = "".join(_texts(block)) if isinstance(block, Grid) else block.text
        if isinstance(block, Grid) and at and isinstance(report.blocks[at - 1], Heading):
            lines[-1] += text
        else:
            lines.append(text)
    return _joined(lines)


def glued_in_parts(report: Report, rng: Random) -> bytes:
    """The whole report on one line, a space here and there between cells."""
    pieces = [report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            pieces.append("".join(text + (" " if rng.random() < 0.3 else "") for text in _texts(block)))
        else:
            pieces.append(" " * rng.randrange(2) + block.text)
    return "".join(pieces).encode()


def tags_removed(report: Report, _: Random) -> bytes:
    """A web page whose tags somebody cut out: a line per row, its cells glued."""
    source = _SCRIPT.sub("", rendering.page(report).decode())
    text = unescape(_TAG.sub("", source)).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.splitlines()).encode()


RENDERINGS = {
    "html": Rendering(".html", lambda report, _: rendering.page(report), keeps_blanks=True),
    "docx": Rendering(".docx", lambda report, _: rendering.word(report), keeps_blanks=True, fills_rows=True),
    "pdf": Rendering(".pdf", lambda report, _: printed(report), keeps_blanks=True, fills_rows=True),
    "markdown": Rendering(".md", lambda report, _: rendering.markdown(report), keeps_blanks=True, fills_rows=True),
    "bars": Rendering(".txt", bars, keeps_blanks=True),
    "spaces": Rendering(".txt", spaces, keeps_blanks=False),
    "cell_per_line": Rendering(".txt", cell_per_line, keeps_blanks=False),
    "glued": Rendering(".txt", glued, keeps_blanks=False),
    "glued_in_parts": Rendering(".txt", glued_in_parts, keeps_blanks=False),
    "tags_removed": Rendering(".txt", tags_removed, keeps_blanks=False),
}


def _texts(grid: Grid) -> Iterator[str]:
    return (slot.text for row in grid.rows for slot in row)


def _lines(report: Report, texts: Iterator[str]) -> bytes:
    return _joined([report.title, *texts])


def _joined(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
