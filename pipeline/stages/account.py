"""Account: the ledger of numerals. Opened before anything is read, closed when every numeral has one disposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Disposition, Numeral, Paragraph, Role, Span, Table, ValueStatus
from pipeline.rulebook.masking import MaskedBlock
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Block, Document, Observation
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.masking import Ledger, Token
    from pipeline.text.numerals import FoundNumeral


def open_ledger(document: Document, rulebook: Rulebook) -> Ledger:
    """Return every paragraph and cell with its numerals masked, in reading order."""
    return tuple(
        MaskedBlock(block_id, folded := fold(text), rulebook.mask(folded.text))
        for block in document.blocks
        for block_id, text in _texts(block)
    )


def close_ledger(ledger: Ledger, observations: tuple[Observation, ...], document: Document) -> tuple[Numeral, ...]:
    """Return all numerals of the document with what each turned out to be.

    A numeral that a value was read from is extracted; one in the furniture of the page is furniture; then counts what
    the numeral itself tells (a date, an article of law); a figure in the label of a table that was read is a label;
    what is left is unexplained.
    """
    aside = {block_id for block in document.blocks if block.role is not Role.BODY for block_id, _ in _texts(block)}
    cells = {
        cell.block_id: block.block_id for block in document.blocks if isinstance(block, Table) for cell in block.cells
    }
    read_tables = {cells[each.evidence.block_id] for each in observations if each.evidence.block_id in cells}
    read = _read_places(observations)
    texts = {block_id: text for block in document.blocks for block_id, text in _texts(block)}
    numerals: list[Numeral] = []
    for block in ledger:
        for token in block.masked.tokens:
            for found in token.numerals:
                start, end = block.folded.span(found.start, found.end)
                observation = _covering(read.get(block.block_id, ()), start, end)
                what, why = _disposition(token, in_furniture=block.block_id in aside)
                if observation is not None:
                    what, why = Disposition.EXTRACTED, observation.rule_id
                elif (
                    what is Disposition.UNEXPLAINED
                    and cells.get(block.block_id) in read_tables
                    and _labels(block, found)
                ):
                    what, why = Disposition.TABLE_LABEL, "tabulate"
                numerals.append(
                    Numeral(
                        block.block_id,
                        start,
                        end,
                        texts[block.block_id][start:end],
                        found.value,
                        found.unit,
                        found.qualifier,
                        what,
                        why,
                        observation.observation_id if observation else None,
                    )
                )
    return tuple(numerals)


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        yield block.block_id, block.text
    else:
        yield from ((cell.block_id, cell.text) for cell in block.cells)


def _read_places(observations: tuple[Observation, ...]) -> dict[str, list[tuple[Span, Observation]]]:
    """Return, by block, the spans that observations account for: their figures, or the words of a stated zero."""
    places: dict[str, list[tuple[Span, Observation]]] = {}
    for each in observations:
        span = each.numeral
        if span is None and each.status is ValueStatus.ZERO_STATED:
            span = _quoted(each)
        if span is not None:
            places.setdefault(span.block_id, []).append((span, each))
    return places


def _quoted(observation: Observation) -> Span:
    evidence = observation.evidence
    return Span(evidence.block_id, evidence.start, evidence.end)


def _covering(places: list[tuple[Span, Observation]] | tuple[()], start: int, end: int) -> Observation | None:
    return next((each for span, each in places if span.start <= start and end <= span.end), None)


def _disposition(token: Token, *, in_furniture: bool) -> tuple[Disposition, str | None]:
    if in_furniture:
        return Disposition.PAGE_FURNITURE, "role of its block"
    return token.disposition, token.decided_by


def _labels(block: MaskedBlock, found: FoundNumeral) -> bool:
    """Say whether the numeral stands among words of a cell, as the ``1.`` of ``1.属于国家秘密``."""
    return len(block.folded.text) - (found.end - found.start) >= 2
