"""Extract: prose rules over every section, each accepted match an observation with the words that state it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import (
    Evidence,
    Observation,
    Paragraph,
    Period,
    SectionKind,
    Span,
    Standing,
    ValueSource,
    ValueStatus,
)
from pipeline.rulebook.eligibility import ALL_RULES
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.matching import Reading, match_rules, settle
from pipeline.rulebook.subsets import refuse_parts, values_told
from pipeline.rulebook.sums import read_sums
from pipeline.rulebook.times import SENTENCE_END, stretch_around
from pipeline.text.fold import fold
from pipeline.text.numerals import BASE_MONEY, MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Document, Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.masking import Ledger, MaskedBlock
    from pipeline.rulebook.passages import Passage

Fact = tuple[str, "Period | None"]

_FIGURES_APART = regex.compile(r"\d\s+\d")
_CERTAIN, _FAIRLY_CERTAIN, _PARTED_BY_SPACES = 0.95, 0.9, 0.8


def extract(
    document: Document,
    sections: tuple[Section, ...],
    ledger: Ledger,
    year: int | None,
    rulebook: Rulebook,
    *,
    for_all: bool = False,
) -> tuple[Observation, ...]:
    """Return what the prose states, section by section; ``year`` is the report's own, where it is proven.

    A report ``for_all`` of its jurisdiction does not give the numbers of one office as its own. The observations are
    named by running numbers, so that derived ones can name what they come from.
    """
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    stretches = read_sections(sections, ledger, year, rulebook, for_all=for_all, all_readings=False)
    kept = [
        (section, block, reading)
        for section, block, readings in stretches
        for reading in readings
        if reading.rejected is None
    ]
    names = {id(reading): str(number) for number, (_, _, reading) in enumerate(kept)}
    return tuple(
        replace(
            _observation(reading, block, section, texts[block.block_id], rulebook),
            observation_id=names[id(reading)],
            derived=reading.base is not None or reading.points is not None,
            derived_from=() if reading.base is None else (names[id(reading.base)],),
        )
        for section, block, reading in kept
        if reading.base is None or id(reading.base) in names
    )


def read_sections(
    sections: tuple[Section, ...],
    ledger: Ledger,
    year: int | None,
    rulebook: Rulebook,
    *,
    for_all: bool = False,
    all_readings: bool = True,
) -> list[tuple[Section, MaskedBlock, list[Reading]]]:
    """Return each stretch of prose with all its readings, rejected ones included; tables are none.

    Without ``all_readings`` those of rules that the section, the year or the matter rules out are not looked for.
    What a weak rule reads, or what is said of all of a count, gives way to another number of the same in the report;
    its words are then left to other rules.
    """
    blocks = {block.block_id: block for block in ledger}
    rules, periods, gate = rulebook.prose_rules, rulebook.lexicons.periods, rulebook.prose_gate
    eligible = (lambda _: ALL_RULES) if all_readings else rulebook.eligibility.of
    found = [
        (section, blocks[span.block_id], passage, match_rules(rules, passage, periods, gate, eligible(passage)))
        for section in sections
        if section.kind is not SectionKind.FURNITURE
        for span in section.spans
        if span.block_id in blocks
        for passage in [_passage(section, span, blocks[span.block_id], year, rulebook)]
    ]
    settled = [settle(readings) for *_, readings in found]
    outdone = _outdone(reading for readings in settled for reading in readings if reading.rejected is None)
    if outdone:
        settled = [settle([_unless_outdone(reading, outdone) for reading in readings]) for *_, readings in found]
    told = values_told(reading for readings in settled for reading in readings if reading.rejected is None)
    subsets = rulebook.lexicons.subsets
    return [
        (section, block, read_sums(refuse_parts(readings, passage, subsets, told, for_all=for_all), passage))
        for (section, block, passage, _), readings in zip(found, settled, strict=True)
    ]


def _passage(section: Section, span: Span, block: MaskedBlock, year: int | None, rulebook: Rulebook) -> Passage:
    bounds = block.index(span.start), block.index(span.end)
    heading = None if section.heading is None else fold(section.heading).text
    return rulebook.passage(block.masked, bounds, year, section.kind, heading)


def _fact(reading: Reading) -> Fact:
    return reading.rule.indicator, reading.period


def _outdone(accepted: Iterable[Reading]) -> frozenset[Fact]:
    """Return the facts of which the report states several numbers, so that those that are no more than likely go."""
    likely: dict[Fact, set[float]] = defaultdict(set)
    sure: dict[Fact, set[float]] = defaultdict(set)
    for reading in accepted:
        (likely if _gives_way(reading) else sure)[_fact(reading)].add(reading.value)
    return frozenset(fact for fact, values in likely.items() if len(values | sure[fact]) > 1)


def _gives_way(reading: Reading) -> bool:
    return reading.rule.weak or reading.rule.says is Says.ALL


def _unless_outdone(reading: Reading, outdone: frozenset[Fact]) -> Reading:
    if reading.rejected is None and _gives_way(reading) and _fact(reading) in outdone:
        return replace(reading, rejected="the report states another number of it")
    return reading


def _observation(reading: Reading, block: MaskedBlock, section: Section, text: str, rulebook: Rulebook) -> Observation:
    start, end = block.printed(reading.start, reading.end)
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
        value_base=reading.value * MONEY.get(reading.unit or "", 1),
        unit_base=BASE_MONEY if reading.unit in MONEY else reading.unit,
        item=item,
        item_class=None if item is None else rulebook.lexicons.class_of(reading.rule.indicator, fold(item).text),
        qualifier=reading.qualifier,
        period=reading.period or Period.THIS_YEAR,
        scope=rulebook.lexicons.scope_of(masked[sentence:last]),
        section_id=section.section_id,
        standing=Standing.ACCEPTED if reading.whole is None else Standing.RIVAL,
        standing_reason=None if reading.whole is None else f"a part of {reading.whole.value:g}, told behind it",
        numeral=numeral,
        confidence=_confidence(reading, numeral, text),
    )


def _confidence(reading: Reading, numeral: Span | None, text: str) -> float:
    if numeral is not None and _FIGURES_APART.search(text, numeral.start, numeral.end):
        return _PARTED_BY_SPACES
    return _CERTAIN if reading.period is Period.THIS_YEAR else _FAIRLY_CERTAIN
