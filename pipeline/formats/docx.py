"""Word files: the accepted text in document order, tables with their merged cells, text boxes once.

Insertions are in; deletions, comments, hidden text and what is struck out are out. Headers, footers and notes are
furniture. The numbers of automatic lists are no text of the file and are not made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.package import check_package, holds_part
from pipeline.formats.raised import raised
from pipeline.formats.reading import UNNUMBERED, Reading
from pipeline.model import Cell, Paragraph, Problem, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.document import Document as WordDocument
    from lxml.etree import _Element

    from pipeline.formats.limits import Limits
    from pipeline.model import Block

_MAIN_PART = "word/document.xml"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_VAL, _BOXED = qn("w:val"), qn("w:txbxContent")
_DROPPED = frozenset(
    {
        *map(qn, ("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:pPr", "w:rPr", "w:tcPr")),
        *map(qn, ("w:trPr", "w:tblPr", "w:tblGrid", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:rt")),
    }
)
_CHARACTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_RAISED = frozenset({"superscript", "subscript"})
_ASIDE = (
    (RELATIONSHIP_TYPE.HEADER, "running head"),
    (RELATIONSHIP_TYPE.FOOTER, "running foot"),
    (RELATIONSHIP_TYPE.FOOTNOTES, "footnote"),
    (RELATIONSHIP_TYPE.ENDNOTES, "endnote"),
)
_BROKEN = (
    PackageNotFoundError,
    BadZipFile,
    etree.XMLSyntaxError,
    AttributeError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)


def is_docx(data: bytes) -> bool:
    """Tell whether the bytes are a Word file of 2007 or later."""
    return holds_part(data, _MAIN_PART)


def read_docx(data: bytes, limits: Limits) -> Reading:
    """Return the content of a Word file; raises ``UnreadableFile`` where it is damaged, encrypted or a bomb."""
    check_package(data, limits)
    try:
        word = docx.Document(BytesIO(data))
        walk = _Walk(limits)
        body = tuple(walk.blocks(word.element.body))
        aside = {reason: tuple(_aside(word, kind, reason, limits)) for kind, reason in _ASIDE}
    except _BROKEN as error:
        raise _unreadable(error) from error
    blocks = (*aside.pop("running head"), *body, *(block for blocks in aside.values() for block in blocks))
    return Reading(blocks, title=_title(word, body), problems=tuple(_problems(word, body, walk.struck)))


def _unreadable(error: Exception) -> UnreadableFile:
    if "depth" in str(error).lower():
        return UnreadableFile(Reason.TOO_DEEP, "the parts of the file are nested too deep: save it anew in Word")
    if "is not a Word file" in str(error):
        message = "the file is a Word template or holds macros: save it as a plain .docx"
        return UnreadableFile(Reason.UNSUPPORTED_TYPE, message)
    return UnreadableFile(
        Reason.CORRUPT, f"the Word file is damaged ({error}): save it anew in Word, or fetch it again"
    )


def _title(word: WordDocument, body: Iterable[Block]) -> str | None:
    """Return the title in the file's properties if its text prints it too; else it may be that of a template."""
    title = (word.core_properties.title or "").strip()
    printed = any(isinstance(block, Paragraph) and title in block.text for block in body)
    return title if title and printed else None


def _problems(word: WordDocument, body: tuple[Block, ...], struck: int) -> Iterator[Problem]:
    if struck:
        yield Problem("read", "struck_text", f"{struck} characters of the file are struck out and were not read")
    pictures = sum(1 for _ in word.element.body.iter(qn("w:drawing"), qn("w:pict")))
    if pictures and not any(isinstance(block, Table) or block.text.strip() for block in body):
        yield Problem("read", "needs_ocr", f"the file holds {pictures} pictures and no text: it needs text recognition")


def _aside(word: WordDocument, kind: str, reason: str, limits: Limits) -> Iterator[Block]:
    """Yield what stands outside the body, each text once."""
    seen: set[str] = set()
    for relation in word.part.rels.values():
        if relation.reltype != kind or relation.is_external:
            continue
        for block in _Walk(limits).blocks(parse_xml(relation.target_part.blob)):
            text = block.text if isinstance(block, Paragraph) else "\t".join(cell.text for cell in block.cells)
            if text not in seen:
                seen.add(text)
                yield replace(block, role=Role.FURNITURE, role_reason=reason)


@dataclass(slots=True)
class _Slot:
    """A cell while its table is read: a merge downwards makes it taller."""

    row: int
    col: int
    colspan: int
    text: str
    rowspan: int = 1


@dataclass(slots=True)
class _Walk:
    """Goes through one part of the file: ``struck`` characters were left out, ``_boxes`` are the latest text boxes."""

    limits: Limits
    struck: int = 0
    _boxes: list[_Element] = field(default_factory=list)
    _cells: int = 0

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Yield the blocks inside ``parent``, text boxes and nested tables behind the block that holds them."""
        for element in _accepted(parent):
            if element.tag == _P:
                text = self._text(element)
                if text.strip():
                    yield Paragraph(UNNUMBERED, text)
                yield from self._boxed()
            elif element.tag == _TBL:
                yield from self._table(element)
            else:
                yield from self.blocks(element)

    def _boxed(self) -> Iterator[Block]:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _text(self, parent: _Element) -> str:
        """Return the text of a paragraph or run; text boxes inside it are put aside."""
        pieces: list[str] = []
        for element in _accepted(parent):
            if element.tag == _BOXED:
                self._boxes.append(element)
            elif element.tag in {qn("w:t"), f"{_MATHS}t"}:
                pieces.append(element.text or "")
            elif element.tag in _CHARACTERS:
                pieces.append(_CHARACTERS[element.tag] if element.get(qn("w:type")) not in {"page", "column"} else "")
            elif element.tag != qn("w:r"):
                pieces.append(self._text(element))
            elif not _is_on(element, "w:vanish"):
                pieces.append(self._run_text(element, "".join(pieces)))
        return "".join(pieces)

    def _run_text(self, run: _Element, before: str) -> str:
        """Return the text of a run, nothing where it is struck out; what is raised is a mark."""
        text = self._text(run)
        if _is_on(run, "w:strike") or _is_on(run, "w:dstrike"):
            self.struck += len("".join(text.split()))
            return ""
        place = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        return raised(text, before) if place is not None and place.get(_VAL) in _RAISED else text

    def _table(self, table: _Element) -> Iterator[Block]:
        rows = [row for row in _inside(table, _TR) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        if len(rows) == 1 and len(columns := list(_inside(rows[0], _TC))) == 1:
            yield from self.blocks(columns[0])
            return
        slots: list[_Slot] = []
        nested: list[_Element] = []
        above: dict[int, _Slot] = {}
        for number, row in enumerate(rows):
            above = self._row(row, number, above, slots, nested)
        cells = tuple(Cell(UNNUMBERED, slot.row, slot.col, slot.text, slot.rowspan, slot.colspan) for slot in slots)
        if cells:
            yield Table(UNNUMBERED, cells)
        yield from self._boxed()
        for each in nested:
            yield from self._table(each)

    def _row(
        self, row: _Element, number: int, above: dict[int, _Slot], slots: list[_Slot], nested: list[_Element]
    ) -> dict[int, _Slot]:
        """Read one row into ``slots``; ``above`` and the return value map a column to the slot that begins there."""
        col = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        here: dict[int, _Slot] = {}
        for cell in _inside(row, _TC):
            properties = cell.find(qn("w:tcPr"))
            span = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            merged = None if properties is None else properties.find(qn("w:vMerge"))
            upper = above.get(col)
            if merged is not None and merged.get(_VAL) != "restart" and upper is not None and upper.colspan == span:
                upper.rowspan += 1
                here[col] = upper
            else:
                here[col] = _Slot(number, col, span, self._cell_text(cell, nested))
                slots.append(here[col])
                self._count()
            col += span
        return here

    def _count(self) -> None:
        self._cells += 1
        if self._cells > self.limits.cells:
            message = f"the tables of the file have more than {self.limits.cells:,} cells: split it"
            raise UnreadableFile(Reason.TOO_LARGE, message)

    def _cell_text(self, cell: _Element, nested: list[_Element]) -> str:
        lines: list[str] = []
        for element in _accepted(cell):
            if element.tag == _TBL:
                nested.append(element)
            elif element.tag == _P:
                lines.append(self._text(element))
            else:
                lines.append(self._cell_text(element, nested))
        return "\n".join(line for line in lines if line.strip())


def _accepted(parent: _Element) -> Iterator[_Element]:
    """Yield the children that count: no deletions, no properties, one of several alternatives."""
    for child in parent:
        if child.tag == f"{_MARKUP}AlternateContent":
            branch = next((each for each in child if each.tag in {f"{_MARKUP}Choice", f"{_MARKUP}Fallback"}), None)
            if branch is not None:
                yield branch
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield child


def _inside(parent: _Element, tag: str) -> Iterator[_Element]:
    """Yield the elements of that tag in ``parent``, also those wrapped in controls and accepted changes."""
    for child in _accepted(parent):
        if child.tag == tag:
            yield child
        elif child.tag not in {_TBL, _P}:
            yield from _inside(child, tag)


def _is_on(run: _Element, name: str) -> bool:
    """Tell whether the run itself turns on the property ``name``."""
    mark = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return mark is not None and mark.get(_VAL) not in {"0", "false", "off"}


def _number(element: _Element | None, default: int) -> int:
    value = element.get(_VAL, "") if element is not None else ""
    return min(int(value), 1_000) if value.isdecimal() else default
