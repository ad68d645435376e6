"""Read the official tables of a document and say of each how much of it could be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import regex

from pipeline.model import Evidence, Observation, Paragraph, Problem, Role, Span, Table, ValueStatus
from pipeline.rulebook.eras import era_of
from pipeline.stages.tabulate.cells import Reading, read_cell
from pipeline.stages.tabulate.completeness import table_problems
from pipeline.stages.tabulate.grid import bind_sheet, sheets
from pipeline.stages.tabulate.sequence import bind_sequence
from pipeline.text.labels import label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document, Section
    from pipeline.rulebook.forms import AccountingIdentity, Era
    from pipeline.stages.tabulate.binding import Bound

_HAS_DIGIT = regex.compile(r"[0-9０-９]")
_FEWEST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What the tables of a document yield; ``era_id`` is the form really used, null where no form is known."""

    era_id: str | None
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def tabulate(document: Document, sections: tuple[Section, ...], eras: tuple[Era, ...]) -> Tabulated:
    """Return the cells of the official tables in ``document`` as observations in reading order.

    A cell that is not certainly read has status unreadable and no value; one that is not certainly in its place is no
    observation but part of a problem.
    """
    blocks = [block for block in document.blocks if block.role is Role.BODY]
    era = era_of(_texts(blocks), eras)
    if era is None:
        return Tabulated(None, (), ())
    bound = [cell for sheet in sheets(document.blocks) for cell in bind_sheet(sheet, era.tables)]
    for block in blocks:
        if isinstance(block, Paragraph):
            bound.extend(_checked(bind_sequence(block, era.tables), era.identities))
    order = {block.block_id: number for number, block in enumerate(document.blocks)}
    bound.sort(key=lambda cell: (order[cell.holder], cell.row_number or 0, cell.col_number or 0, cell.offset))
    observations = tuple(_observation(cell, era, sections) for cell in bound)
    problems = [
        *table_problems(era, list(zip(bound, observations, strict=True)), "".join(map(label_key, _texts(blocks)))),
        *_unknown_tables(blocks, {cell.holder for cell in bound}),
    ]
    return Tabulated(era.id, observations, tuple(problems))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _checked(bound: list[Bound], identities: tuple[AccountingIdentity, ...]) -> Iterator[Bound]:
    """Yield the cells of flattened rows, doubtful where the sums along the row say that the slots may be shifted."""
    for _, group in groupby(bound, key=lambda cell: (cell.table.id, cell.row and cell.row.key)):
        cells = list(group)
        values = {
            cell.table.meaning(cell.row, cell.column).applicant: read_cell(cell.text, cell.column).value
            for cell in cells
        }
        doubtful = any(_contradicts(values, each) for each in identities if each.table == cells[0].table.id)
        yield from (replace(cell, doubtful=cell.doubtful or doubtful) for cell in cells)


def _contradicts(values: dict[str | None, float | None], identity: AccountingIdentity) -> bool:
    if identity.along != "row":
        return False
    left = [values.get(term) for term in identity.left]
    right = [values.get(term) for term in identity.right]
    known = [value for value in (*left, *right) if value is not None]
    return len(known) == len(left) + len(right) and sum(known[: len(left)]) != sum(known[len(left) :])


def _observation(cell: Bound, era: Era, sections: tuple[Section, ...]) -> Observation:
    reading = read_cell(cell.text, cell.column, cell.unit)
    if cell.doubtful and reading.value is not None:
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
        period=meaning.period,
        section_id=_section_id(cell, start, sections),
        page=cell.page,
        row=cell.row_number,
        col=cell.col_number,
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
