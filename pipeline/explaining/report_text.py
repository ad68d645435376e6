"""The text of a report as HTML: paragraphs and tables as they stand, every numeral marked with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pipeline.model import Paragraph, Role, ValueStatus
from pipeline.text.markup import Markup, element, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.explaining.explanation import ExplainedNumeral, Explanation
    from pipeline.model import Document, Observation, Table


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of a block that is coloured, and what the pointer tells of it."""

    start: int
    end: int
    kind: str
    title: str


def report_text(explanation: Explanation, document: Document) -> Iterator[Markup]:
    """Yield the blocks of the document in reading order, with the kind of section where one begins."""
    outcome = explanation.outcome
    marks: dict[str, list[_Mark]] = {}
    for each in outcome.observations:
        if each.status is ValueStatus.ZERO_STATED:
            where = each.evidence
            mark = _Mark(where.start, where.end, each.status, _told_of(each, explanation))
            marks.setdefault(where.block_id, []).append(mark)
    for numeral in explanation.numerals:
        marks.setdefault(numeral.numeral.block_id, []).append(_mark(numeral, explanation))
    kinds: dict[str, dict[int, str]] = {}
    for section in outcome.sections:
        for span in section.spans[:1]:
            kinds.setdefault(span.block_id, {})[span.start] = section.kind
    cells = {each.evidence.block_id: each for each in outcome.observations if each.row is not None}
    for block in document.blocks:
        begins = kinds.get(block.block_id, {})
        told = {
            "class_": None if block.role is Role.BODY else block.role,
            "title": block.role_reason,
            "id": block.block_id,
        }
        if isinstance(block, Paragraph):
            yield element("p", *_pieces(block.text, marks.get(block.block_id, []), begins), **told)
        else:
            yield from map(_kind, begins.values())
            yield element("table", *_rows(block, marks, cells, explanation), **told)


def _rows(
    table: Table, marks: Mapping[str, list[_Mark]], cells: Mapping[str, Observation], explanation: Explanation
) -> Iterator[Markup]:
    for _, row in groupby(table.cells, key=lambda cell: cell.row):
        yield element(
            "tr",
            *(
                element(
                    "td",
                    *_pieces(cell.text, marks.get(cell.block_id, []), {}),
                    class_="read" if cell.block_id in cells else None,
                    title=_told_of(cells[cell.block_id], explanation) if cell.block_id in cells else None,
                    rowspan=cell.rowspan if cell.rowspan > 1 else None,
                    colspan=cell.colspan if cell.colspan > 1 else None,
                )
                for cell in row
            ),
        )


def _pieces(text: str, marks: list[_Mark], begins: Mapping[int, str]) -> Iterator[Markup]:
    """Yield the text cut where a mark or a section begins or ends; of two marks on one place the later counts."""
    owners: list[_Mark | None] = [None] * len(text)
    for mark in marks:
        owners[mark.start : mark.end] = [mark] * (mark.end - mark.start)
    places = sorted({0, len(text), *(place for place in begins if place < len(text))})
    for start, end in pairwise(places):
        if start in begins:
            yield _kind(begins[start])
        for owner, run in groupby(range(start, end), key=owners.__getitem__):
            words = "".join(text[place] for place in run)
            yield element("mark", words, class_=owner.kind, title=owner.title) if owner else escaped(words)


def _kind(kind: str) -> Markup:
    return element("span", kind, class_="kind")


def _mark(explained: ExplainedNumeral, explanation: Explanation) -> _Mark:
    numeral = explained.numeral
    told: list[str | None] = [numeral.disposition, numeral.decided_by]
    if explained.indicator is not None:
        told.insert(1, f"{explained.indicator} {explanation.names.get(explained.indicator, '')}".strip())
    told.extend(f"near: {miss.rule_id}" for miss in explained.near_misses)
    return _Mark(numeral.start, numeral.end, numeral.disposition, " · ".join(filter(None, [*told, explained.remark])))


def _told_of(each: Observation, explanation: Explanation) -> str:
    name = f"{each.indicator} {explanation.names.get(each.indicator, '')}".strip()
    return " · ".join(filter(None, (each.status, name, each.applicant, each.rule_id)))
