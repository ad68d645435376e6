"""Read the official tables of a document and say of each how much of it could be read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import Evidence, Observation, Problem, Qualifier, Role, Span, Table, ValueStatus
from pipeline.rulebook.eras import era_of
from pipeline.rulebook.forms import Meaning
from pipeline.stages.tabulate.cells import Reading, read_cell
from pipeline.stages.tabulate.completeness import is_whole, table_problems, unread_rows
from pipeline.stages.tabulate.flattened import Flattened, bind_flattened
from pipeline.stages.tabulate.flattened.stream import texts
from pipeline.stages.tabulate.grid import bind_sheet
from pipeline.stages.tabulate.sheet import sheets
from pipeline.text.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document, Section
    from pipeline.rulebook.forms import Era
    from pipeline.stages.tabulate.binding import Bound

_HAS_DIGIT = regex.compile(r"[0-9０-９]")
_FEWEST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What the tables of a document yield.

    ``form_id`` is the form really used, ``era_id`` what it counts as; null where no form is known. ``spans`` are those
    of text that is no prose but a table without its grid.
    """

    form_id: str | None = None
    era_id: str | None = None
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] = ()

    def holds(self, evidence: Evidence) -> bool:
        """Tell whether the words stand in a table without its grid."""
        return any(
            span.block_id == evidence.block_id and span.start < evidence.end and evidence.start < span.end
            for span in self.spans
        )


def tabulate(
    document: Document, sections: tuple[Section, ...], eras: tuple[Era, ...], prose: Iterable[Observation] = ()
) -> Tabulated:
    """Return the cells of the official tables in ``document`` as observations in reading order.

    A cell that is not certainly read has status unreadable and no value; one that is not certainly in its place is no
    observation but part of a problem. What the ``prose`` states may decide between two ways to part digits that run
    together.
    """
    blocks = [block for block in document.blocks if block.role is Role.BODY]
    era = era_of(texts(blocks), eras)
    if era is None:
        return Tabulated()
    found = [bind_sheet(sheet, era.tables) for sheet in sheets(document.blocks)]
    bound = [cell for sheet in found for cell in sheet.bound]
    flattened = Flattened()
    lost = tuple(table for table in era.tables if not is_whole(table, bound))
    if lost:
        holders = {cell.holder for cell in bound}
        rest = [block for block in blocks if block.block_id not in holders]
        flattened = bind_flattened(rest, lost, era.identities, _stated(prose))
        bound.extend(flattened.bound)
    order = {block.block_id: number for number, block in enumerate(document.blocks)}
    bound.sort(key=lambda cell: (order[cell.holder], cell.row_number or 0, cell.col_number or 0, cell.offset))
    read = [(cell, _observation(cell, era, sections)) for cell in bound]
    read = [(cell, each) for cell, each in read if each.value is not None or not (cell.row and cell.row.is_heading)]
    problems = [
        *table_problems(era, read, "".join(map(label_key, texts(blocks)))),
        *unread_rows(row for sheet in found for row in sheet.unread),
        *_unknown_tables(blocks, {cell.holder for cell in bound}),
    ]
    return Tabulated(era.id, era.counts_as, tuple(each for _, each in read), tuple(problems), flattened.spans)


def _stated(prose: Iterable[Observation]) -> dict[Meaning, frozenset[float]]:
    """Return the numbers that the prose states of each fact; what it states of all applicants is also their total."""
    stated: dict[Meaning, frozenset[float]] = defaultdict(frozenset)
    for each in prose:
        if each.value is not None and each.item is None and each.qualifier is Qualifier.EXACT:
            for applicant in (each.applicant, "total"):
                stated[Meaning(each.indicator, applicant, each.period)] |= {each.value}
    return stated


def _observation(cell: Bound, era: Era, sections: tuple[Section, ...]) -> Observation:
    reading = read_cell(cell.text, cell.column.measured_in(cell.row), cell.unit)
    if cell.doubtful and reading.status is not ValueStatus.BLANK:
        reading = Reading(ValueStatus.UNREADABLE, reading.start, reading.end)
    start, end = cell.offset + reading.start, cell.offset + reading.end
    if reading.status is ValueStatus.BLANK:
        start = end = cell.offset
    meaning = cell.table.meaning(cell.row, cell.column)
    numeral = Span(cell.block_id, cell.offset + reading.number_start, cell.offset + reading.number_end)
    return Observation(
        indicator=meaning.indicator,
        status=reading.status,
        source=era.value_source,
        rule_id=f"{era.id}/{cell.table.id}/{meaning.indicator}",
        evidence=Evidence(cell.block_id, start, end, cell.text[start - cell.offset : end - cell.offset]),
        value=reading.value,
        unit=reading.unit,
        value_base=reading.value_base,
        unit_base=reading.unit_base,
        applicant=meaning.applicant,
        item=meaning.item,
        period=meaning.period,
        scope=meaning.scope,
        section_id=_section_id(cell, start, sections),
        page=cell.page,
        row=cell.row_number,
        col=cell.col_number,
        confidence=cell.confidence if reading.value is not None else 1.0,
        numeral=numeral if reading.value is not None else None,
    )


def _section_id(cell: Bound, position: int, sections: tuple[Section, ...]) -> str | None:
    for section in sections:
        for span in section.spans:
            if span.block_id == cell.holder and (span.start == span.end or span.start <= position < max(span.end, 1)):
                return section.section_id
    return None


def _unknown_tables(blocks: Iterable[Block], holders: set[str]) -> Iterator[Problem]:
    for block in blocks:
        if isinstance(block, Table) and block.block_id not in holders and min(block.n_rows, block.n_cols) > 1:
            numbers = sum(bool(_HAS_DIGIT.search(cell.text)) for cell in block.cells)
            if numbers >= _FEWEST_NUMBERS:
                message = (
                    f"a table of {block.n_rows} rows and {block.n_cols} columns with {numbers} numbers was not read: "
                    "its rows and headers are not those of a known form, or are not complete"
                )
                yield Problem("tabulate", "table_unknown", message, block.block_id)
