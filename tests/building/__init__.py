"""Builds the shipped corpus: every report of ``corpus/reports`` and its labels, from one source file each.

``python -m tests.building`` writes both anew. A source holds the prose with its labels inside it and
the numbers of the tables, so that a report and its labels cannot drift apart.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tests.building.page import html_file
from tests.building.plain import markdown_file, text_file
from tests.building.printed import pdf_file
from tests.building.word import word_file

if TYPE_CHECKING:
    from tests.building.source import Report

SOURCES = Path(__file__).parent / "sources"


def made(report: Report) -> bytes:
    """The bytes of the report's file, in the format that its name asks for."""
    suffix = PurePath(report.name).suffix
    if suffix == ".html":
        return html_file(report, SOURCES)
    return {".txt": text_file, ".md": markdown_file, ".docx": word_file, ".pdf": pdf_file}[suffix](report)
