"""Small documents for the tests of the stages."""

from __future__ import annotations

from pipeline.model import Anchor, Document, Paragraph, SourceFile


def of_lines(*lines: str) -> Document:
    """Return a document with one paragraph a line; an empty line leaves a gap."""
    blocks = tuple(
        Paragraph(f"b{number:05}", line, Anchor(line=number)) for number, line in enumerate(lines, start=1) if line
    )
    return Document(SourceFile("report.txt", 0, "0" * 64, "txt", "utf-8"), blocks)
