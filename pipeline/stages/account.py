"""Account: the ledger of numerals. Opened before anything is read, closed when every numeral has one disposition."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from pipeline.model import Disposition, Numeral, Paragraph, Role, Span, Table, ValueStatus
from pipeline.rulebook.masking import MaskedBlock
from pipeline.text.dates import parts_dates
from pipeline.text.fold import fold
from pipeline.text.numerals import has_parted_figures, parts_figures, thousands_parted
from pipeline.text.script import is_traditional
from pipeline.text.words import spaces_part_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Block, Document, Observation
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.masking import Ledger, Token
    from pipeline.text.numerals import FoundNumeral

_ACCOUNTED_BY_QUOTE = (ValueStatus.ZERO_STATED, ValueStatus.UNREADABLE)
_HABIT = 3
_IN_A_LABEL = (Disposition.TABLE_LABEL, "tabulate")
_A_CODE = (Disposition.CODE, "tabulate")
_CODES = frozenset({"代码", "指标代码", "编码", "编号", "序号", "行次"})

_IN_A_SENTENCE = regex.compile("[,;。]")
_SAYS_NOTHING = "某"


@dataclass(slots=True)
class _Read:
    """What was read from one block: spans in order, each with its observation."""

    places: list[tuple[Span, Observation]]
    _starts: list[int] = field(init=False)
    _farthest: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.places.sort(key=lambda place: (place[0].start, place[0].end))
        self._starts = [span.start for span, _ in self.places]
        self._farthest = list(accumulate((span.end for span, _ in self.places), max))

    def around(self, numeral: Numeral) -> Observation | None:
        """Return the first observation whose span holds the whole numeral."""
        at = bisect_left(self._farthest, numeral.end)
        return self.places[at][1] if at < bisect_right(self._starts, numeral.start) else None

    def inside(self, numeral: Numeral) -> list[tuple[Span, Observation]]:
        """Return what was read from parts of the numeral."""
        first, last = bisect_left(self._starts, numeral.start), bisect_right(self._starts, numeral.end)
        return [place for place in self.places[first:last] if place[0].end <= numeral.end]


def open_ledger(document: Document, rulebook: Rulebook) -> Ledger:
    """Return every paragraph and cell with its numerals masked, in reading order; spam says nothing there.

    Where spaces part words, single figures, those of a date or thousands again and again in running text, those between
    figures mean nothing anywhere in it, and single figures are put together before anything is masked.
    """
    texts = [
        (block_id, _without_spam(block_id, text, document))
        for block in document.blocks
        for block_id, text in _texts(block)
    ]
    traditional = is_traditional("".join(text for _, text in texts))
    folded = [fold(text, traditional=traditional) for _, text in texts]
    running = [_IN_A_SENTENCE.search(each.text) is not None for each in folded]
    running_texts = [each.text for each, is_running in zip(folded, running, strict=True) if is_running]
    spaced = sum(map(thousands_parted, running_texts)) >= _HABIT or any(
        is_running
        and (
            parts_figures(each.text) or parts_dates(text) or (has_parted_figures(each.text) and spaces_part_words(text))
        )
        for (_, text), each, is_running in zip(texts, folded, running, strict=True)
    )
    if spaced:
        folded = [
            fold(text, traditional=traditional, spaced=is_running)
            for (_, text), is_running in zip(texts, running, strict=True)
        ]
    return tuple(
        MaskedBlock(block_id, each, rulebook.mask(each.text, spaced=spaced and is_running))
        for (block_id, _), each, is_running in zip(texts, folded, running, strict=True)
    )


def _without_spam(block_id: str, text: str, document: Document) -> str:
    """Return the text with other characters in the place of spam, digits excepted: its words are not the report's."""
    for span in document.spam:
        if span.block_id == block_id:
            words = "".join(each if each.isdigit() else _SAYS_NOTHING for each in text[span.start : span.end])
            text = text[: span.start] + words + text[span.end :]
    return text


def close_ledger(ledger: Ledger, observations: tuple[Observation, ...], document: Document) -> tuple[Numeral, ...]:
    """Return all numerals of the document with what each turned out to be.

    A numeral that a value was read from is extracted; one in the furniture of the page is furniture; then counts what
    the numeral itself tells (a date, an article of law); a figure in the label of a table that was read is a label,
    one in a column headed 代码 or 序号 a code;
    what is left is unexplained. Digits of several cells that run together are as many numerals as cells were read.
    """
    aside = {block_id for block in document.blocks if block.role is not Role.BODY for block_id, _ in _texts(block)}
    cells = {
        cell.block_id: block.block_id for block in document.blocks if isinstance(block, Table) for cell in block.cells
    }
    read_tables = {cells[each.evidence.block_id] for each in observations if each.evidence.block_id in cells}
    codes = {cell for block in document.blocks if block.block_id in read_tables for cell in _codes(block)}
    read = _read_places(observations)
    texts = {block_id: text for block in document.blocks for block_id, text in _texts(block)}
    numerals: list[Numeral] = []
    for block in ledger:
        here = read.get(block.block_id)
        for token in block.masked.tokens:
            what, why = _disposition(token, in_furniture=block.block_id in aside)
            for found in token.numerals:
                if what is Disposition.UNEXPLAINED and block.block_id in codes:
                    what, why = _A_CODE
                elif (
                    what is Disposition.UNEXPLAINED
                    and cells.get(block.block_id) in read_tables
                    and _labels(block, found)
                ):
                    what, why = _IN_A_LABEL
                start, end = block.folded.span(found.start, found.end)
                whole = Numeral(
                    block.block_id,
                    start,
                    end,
                    texts[block.block_id][start:end],
                    found.value,
                    found.unit,
                    found.qualifier,
                    what,
                    why,
                )
                numerals.extend(_settled(whole, here) if here else (whole,))
    return tuple(numerals)


def _settled(numeral: Numeral, read: _Read) -> Iterator[Numeral]:
    """Yield the numeral as what was read from it, or piece by piece where cells were read from parts of it."""
    whole = read.around(numeral)
    if whole is not None:
        yield _extracted(numeral, whole)
        return
    here = numeral.start
    inside = read.inside(numeral)
    for span, each in inside:
        if span.start < here:
            continue
        yield from _between(numeral, here, span.start)
        yield _extracted(replace(_cut(numeral, span.start, span.end), value=each.value, unit=each.unit), each)
        here = span.end
    if inside:
        yield from _between(numeral, here, numeral.end)
    else:
        yield numeral


def _extracted(numeral: Numeral, observation: Observation) -> Numeral:
    return replace(
        numeral,
        disposition=Disposition.EXTRACTED,
        decided_by=observation.rule_id,
        observation_id=observation.observation_id,
    )


def _between(numeral: Numeral, start: int, end: int) -> Iterator[Numeral]:
    """Yield the digits left between two cells that run together, which number the label of the next one."""
    piece = _cut(numeral, start, end)
    if any(character.isdigit() for character in piece.text):
        what, why = _IN_A_LABEL
        digits = piece.text.strip()
        yield replace(piece, value=float(digits) if digits.isdecimal() else None, disposition=what, decided_by=why)


def _cut(numeral: Numeral, start: int, end: int) -> Numeral:
    text = numeral.text[start - numeral.start : end - numeral.start]
    return replace(numeral, start=start, end=end, text=text, unit=None)


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        yield block.block_id, block.text
    else:
        yield from ((cell.block_id, cell.text) for cell in block.cells)


def _codes(block: Block) -> Iterator[str]:
    """Yield the cells of a table that stand below a header which announces codes or running numbers."""
    if isinstance(block, Table):
        heads = [cell for cell in block.cells if "".join(cell.text.split()) in _CODES]
        yield from (
            cell.block_id
            for head in heads
            for cell in block.cells
            if cell.row > head.row and (cell.col, cell.colspan) == (head.col, head.colspan)
        )


def _read_places(observations: tuple[Observation, ...]) -> dict[str, _Read]:
    """Return by block the spans that observations account for.

    These are their figures, the words of a stated zero, or all that is printed for a row that could not be read.
    """
    places: dict[str, list[tuple[Span, Observation]]] = {}
    for each in observations:
        span = each.numeral
        if span is None and each.status in _ACCOUNTED_BY_QUOTE:
            span = _quoted(each)
        if span is not None:
            places.setdefault(span.block_id, []).append((span, each))
    return {block_id: _Read(found) for block_id, found in places.items()}


def _quoted(observation: Observation) -> Span:
    evidence = observation.evidence
    return Span(evidence.block_id, evidence.start, evidence.end)


def _disposition(token: Token, *, in_furniture: bool) -> tuple[Disposition, str | None]:
    if in_furniture:
        return Disposition.PAGE_FURNITURE, "role of its block"
    return token.disposition, token.decided_by


def _labels(block: MaskedBlock, found: FoundNumeral) -> bool:
    """Say whether the numeral stands among words of a cell, as the ``1.`` of ``1.属于国家秘密``."""
    return len(block.folded.text) - (found.end - found.start) >= 2
