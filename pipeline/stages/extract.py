"""Extract: prose rules over every section, each accepted match an observation with the words that state it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Evidence, Observation, Paragraph, Period, SectionKind, Span, ValueSource, ValueStatus
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.matching import SENTENCE_END, Reading, match_rules, settle, stretch_around
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.masking import Ledger, MaskedBlock

_BASE_UNITS = {"万元": ("元", 1e4), "亿元": ("元", 1e8)}
_CERTAIN, _FAIRLY_CERTAIN = 0.95, 0.9


def extract(
    document: Document, sections: tuple[Section, ...], ledger: Ledger, year: int | None, rulebook: Rulebook
) -> tuple[Observation, ...]:
    """Return what the prose states, section by section; ``year`` is the report's own, where it is proven.

    The observations are named by running numbers, so that derived ones can name what they come from.
    """
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    accepted = [
        (section, block, reading)
        for section, block, readings in read_sections(sections, ledger, year, rulebook, frozenset(texts))
        for reading in readings
        if reading.rejected is None
    ]
    said: dict[tuple[str, Period | None], set[float]] = defaultdict(set)
    for _, _, reading in accepted:
        said[reading.rule.indicator, reading.period].add(reading.value)
    stated = {(each.rule.indicator, each.period) for _, _, each in accepted if not _gives_way(each)}
    kept = [
        (section, block, reading)
        for section, block, reading in accepted
        if not _gives_way(reading)
        or (len(said[fact := (reading.rule.indicator, reading.period)]) == 1 and not (reading.base and fact in stated))
    ]
    names = {id(reading): str(number) for number, (_, _, reading) in enumerate(kept)}
    return tuple(
        replace(
            _observation(reading, block, section, texts[block.block_id], rulebook),
            observation_id=names[id(reading)],
            derived=reading.base is not None,
            derived_from=() if reading.base is None else (names[id(reading.base)],),
        )
        for section, block, reading in kept
        if reading.base is None or id(reading.base) in names
    )


def _gives_way(reading: Reading) -> bool:
    """Say whether the reading counts only where the report states nothing else of the same."""
    return reading.rule.weak or reading.base is not None


def read_sections(
    sections: tuple[Section, ...], ledger: Ledger, year: int | None, rulebook: Rulebook, paragraphs: frozenset[str]
) -> Iterator[tuple[Section, MaskedBlock, list[Reading]]]:
    """Yield each stretch of prose with all its readings, rejected ones included."""
    blocks = {block.block_id: block for block in ledger}
    for section in sections:
        if section.kind is SectionKind.FURNITURE:
            continue
        heading = fold(section.heading or "").text
        for span in section.spans:
            if span.block_id not in paragraphs:
                continue
            block = blocks[span.block_id]
            bounds = block.index(span.start), block.index(span.end)
            passage = rulebook.passage(block.masked, bounds, year, section.kind, heading)
            readings = match_rules(rulebook.prose_rules, passage, rulebook.lexicons.periods, rulebook.prose_gate)
            yield section, block, settle(readings)


def _observation(reading: Reading, block: MaskedBlock, section: Section, text: str, rulebook: Rulebook) -> Observation:
    start, end = block.printed(reading.start, reading.end)
    base_unit, factor = _BASE_UNITS.get(reading.unit or "", (reading.unit, 1.0))
    numeral = None
    if reading.token is not None:
        figures = reading.token.numerals[0]
        numeral = Span(block.block_id, *block.folded.span(figures.start, figures.end))
    masked = block.masked.text
    last = reading.end if reading.token is None else reading.token.at
    sentence = stretch_around(masked, SENTENCE_END, min(reading.start, last))[0]
    item = None
    if reading.item is not None:
        label_start, label_end = block.printed(*reading.item)
        item = text[label_start:label_end].replace("\n", "")
    return Observation(
        indicator=reading.rule.indicator,
        status=ValueStatus.ZERO_STATED if reading.rule.says is Says.ZERO else ValueStatus.REPORTED,
        source=ValueSource.PROSE,
        rule_id=reading.rule.id,
        evidence=Evidence(block.block_id, start, end, text[start:end]),
        value=reading.value,
        unit=reading.unit,
        value_base=reading.value * factor,
        unit_base=base_unit,
        item=item,
        item_class=None if item is None else rulebook.lexicons.class_of(reading.rule.indicator, fold(item).text),
        qualifier=reading.qualifier,
        period=reading.period or Period.THIS_YEAR,
        scope=rulebook.lexicons.scope_of(masked[sentence:last]),
        section_id=section.section_id,
        numeral=numeral,
        confidence=_CERTAIN if reading.period is Period.THIS_YEAR else _FAIRLY_CERTAIN,
    )
