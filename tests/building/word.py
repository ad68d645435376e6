"""A report as a Word file: bold paragraphs for headings, merged cells, a running head and a page number."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt

from tests.building.forms import placed, width
from tests.building.source import Heading, Report

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from tests.building.forms import Grid


def word_file(report: Report) -> bytes:
    """The bytes of the file; its date is fixed, so that it differs only where the report does."""
    word = Document()
    word.core_properties.title = report.title
    word.core_properties.author = report.facts["agency"]
    word.core_properties.created = word.core_properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 — docx has no zones
    section = word.sections[0]
    section.header.paragraphs[0].text = report.facts["look"]["running_head"]
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_number(footer.add_run())
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(report.title)
    run.bold, run.font.size = True, Pt(18)
    for block in report.blocks:
        if isinstance(block, tuple):
            add_table(word, block)
        else:
            word.add_paragraph().add_run(block.text).bold = isinstance(block, Heading)
    stream = BytesIO()
    word.save(stream)
    return undated(stream)


def undated(stream: BytesIO) -> bytes:
    """Pack the parts of the file anew without the time at which they were packed."""
    packed = BytesIO()
    with ZipFile(stream) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as anew:
        for name in parts.namelist():
            anew.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def page_number(run: object) -> None:
    """Put the field ``PAGE`` into ``run``, as Word does for page numbers."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldCharType", kind)
        else:
            element.text = "PAGE"
        run._r.append(element)  # type: ignore[attr-defined]


def add_table(word: WordDocument, grid: Grid) -> None:
    table = word.add_table(rows=len(grid), cols=width(grid), style="Table Grid")
    for row, col, slot in placed(grid):
        cell = table.cell(row, col)
        if slot.rowspan > 1 or slot.colspan > 1:
            cell = cell.merge(table.cell(row + slot.rowspan - 1, col + slot.colspan - 1))
        cell.text = slot.text
