"""Plain text and Markdown: a paragraph per line, and a real table where lines of pipes stand one below the other.

``| 行政许可 | 1286 |`` below ``| 信息内容 | 处理决定数量 |`` is the second row of a table. A table that was flattened
into one line stays a paragraph: only a later stage can know where its rows end.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.formats.decode import decode, is_double_encoded
from pipeline.formats.reading import UNNUMBERED, Reading
from pipeline.model import Anchor, Cell, Paragraph, Problem, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formats.decode import Decoded
    from pipeline.formats.limits import Limits
    from pipeline.model import Block

_LINE_END = re.compile(r"\r\n|\r|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-{3,}:?")
_SHORT_RULE = re.compile(r":?-+:?")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 8_192


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    page: int | None
    text: str

    @property
    def anchor(self) -> Anchor:
        return Anchor(page=self.page, line=self.number)

    @property
    def cells(self) -> list[str]:
        inner = self.text.removeprefix("|")
        parts = [part.strip() for part in _PIPE.split(inner)]
        return parts[:-1] if len(parts) > 1 and not parts[-1] else parts


def is_text(data: bytes) -> bool:
    """Tell whether the bytes are text in any encoding: hardly any control characters among them."""
    head = data[:_HEAD]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = len(_CONTROL.findall(head)) - head.count(0)
    zeros = min(head[0::2].count(0), head[1::2].count(0))
    return controls + zeros <= len(head) // 100


def read_text(data: bytes, limits: Limits) -> Reading:  # noqa: ARG001 — every reader takes the limits
    """Return the lines of a text file as paragraphs and tables."""
    decoded = decode(data)
    blocks: list[Block] = []
    for piped, group in groupby(_lines(decoded.text), key=lambda line: line.text.startswith("|")):
        lines = list(group)
        for run in _runs(lines) if piped else [lines]:
            if piped and _is_table(run):
                blocks.extend(_tables(run))
            else:
                blocks.extend(Paragraph(UNNUMBERED, line.text, line.anchor) for line in run)
    return Reading(tuple(blocks), encoding=decoded.encoding, problems=tuple(encoding_problems(decoded)))


def encoding_problems(decoded: Decoded) -> Iterator[Problem]:
    """Yield what went wrong while a text was decoded."""
    if decoded.replaced:
        message = f"{decoded.replaced} characters could not be decoded as {decoded.encoding} and are lost"
        yield Problem("read", "encoding_lossy", message)
    if is_double_encoded(decoded.text):
        message = "the text was garbled before it was saved, as UTF-8 read in GB 18030 is: find a better copy"
        yield Problem("read", "mojibake", message)
    if decoded.contradicted:
        message = f"the file says {decoded.contradicted} but its bytes are {decoded.encoding}: read as the latter"
        yield Problem("read", "declared_encoding_wrong", message)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that hold something; a form feed begins a new page."""
    paged = "\f" in text
    page = 1
    for number, line in enumerate(_LINE_END.split(text), start=1):
        for place, part in enumerate(line.split("\f")):
            page += place > 0
            if stripped := part.strip():
                yield _Line(number, page if paged else None, stripped)


def _runs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Split lines of pipes where other lines, though empty ones, stand between them."""
    run: list[_Line] = []
    for line in lines:
        if run and line.number != run[-1].number + 1:
            yield run
            run = []
        run.append(line)
    yield run


def _is_table(lines: list[_Line]) -> bool:
    if len(lines) < 2:
        return False
    if any(_is_rule(line, _SHORT_RULE) for line in lines[:2]):
        return True
    width, rows = Counter(len(line.cells) for line in lines).most_common(1)[0]
    return width > 1 and rows > 1


def _is_rule(line: _Line, pattern: re.Pattern[str]) -> bool:
    return all(pattern.fullmatch(cell) for cell in line.cells)


def _tables(lines: list[_Line]) -> Iterator[Table]:
    """Yield the tables of adjoining lines: a rule below a later row makes that row the head of a new table."""
    rows: list[_Line] = []
    for place, line in enumerate(lines):
        if not _is_rule(line, _SHORT_RULE if place < 2 else _RULE):
            rows.append(line)
        elif len(rows) > 1:
            yield _table(rows[:-1])
            rows = rows[-1:]
    if rows:
        yield _table(rows)


def _table(rows: list[_Line]) -> Table:
    cells = tuple(
        Cell(UNNUMBERED, row, col, text, anchor=line.anchor)
        for row, line in enumerate(rows)
        for col, text in enumerate(line.cells)
    )
    return Table(UNNUMBERED, cells, rows[0].anchor)
