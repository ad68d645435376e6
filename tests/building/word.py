"""A report as a Word file: bold paragraphs for headings, merged cells, a running head and a page number."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests import rendering
from tests.rendering.word import saved

if TYPE_CHECKING:
    from tests.building.source import Report


def word_file(report: Report) -> bytes:
    """Return the bytes of the file; its dates are fixed, so that it differs only where the report does."""
    plain = rendering.word(rendering.Report(report.title, report.facts["look"]["running_head"], report.blocks))
    document = Document(BytesIO(plain))
    document.core_properties.title = report.title
    document.core_properties.author = report.facts["agency"]
    document.core_properties.created = document.core_properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 — no zones
    headings = {report.title, *(block.text for block in report.blocks if isinstance(block, rendering.Heading))}
    for paragraph in document.paragraphs:
        paragraph.runs[0].bold = paragraph.text in headings
    footer = document.sections[0].footer.paragraphs[0].add_run()
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        footer._r.append(element)
    return undated(saved(document))


def undated(packed: bytes) -> bytes:
    """Pack the parts of the file anew without the time at which they were packed."""
    stream = BytesIO()
    with ZipFile(BytesIO(packed)) as parts, ZipFile(stream, "w", ZIP_DEFLATED) as anew:
        for name in parts.namelist():
            anew.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return stream.getvalue()
