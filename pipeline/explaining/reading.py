"""Explain one report: read it once more, and keep what a run does not: rejected matches and near misses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.explaining.explanation import Attempt, ExplainedNumeral, Explanation
from pipeline.explaining.near_misses import NearMissFinder, Stretch
from pipeline.model import Disposition, Paragraph, SectionKind, Span
from pipeline.running.job import read_report
from pipeline.stages.account import open_ledger
from pipeline.stages.extract import read_sections
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.explaining.explanation import NearMiss
    from pipeline.model import Document, Identity, Numeral, Outcome, Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.masking import Ledger, MaskedBlock, Token
    from pipeline.rulebook.matching import Reading

MOST_SEARCHED = 300
_NEAR = 40


def explain(path: Path, rulebook: Rulebook, indicator: str | None = None) -> Explanation:
    """Return what the file at ``path`` yields and how; with ``indicator`` only what concerns that one.

    A file that can't be read gives an outcome with status failed and nothing else.
    """
    outcome = read_report(path, path.name, rulebook)
    names = {each.id: each.names["zh"] for each in rulebook.indicators}
    document, identity = outcome.document, outcome.identity
    if document is None or identity is None:
        texts = _texts(document) if document else {}
        return Explanation(outcome, (), (), texts, names, rulebook.version, indicator)
    texts = _texts(document)
    ledger = open_ledger(document, rulebook)
    attempts = _attempts(outcome, identity, ledger, texts, rulebook)
    if indicator is not None:
        attempts = tuple(each for each in attempts if each.indicator == indicator)
    numerals = _numerals(outcome, identity, ledger, attempts, rulebook, indicator)
    explanation = Explanation(outcome, attempts, numerals, texts, names, rulebook.version, indicator)
    return explanation if indicator is None else _keep_to(indicator, explanation)


def _texts(document: Document) -> dict[str, str]:
    return {
        part.block_id: part.text
        for block in document.blocks
        for part in ([block] if isinstance(block, Paragraph) else block.cells)
    }


def _attempts(
    outcome: Outcome, identity: Identity, ledger: Ledger, texts: Mapping[str, str], rulebook: Rulebook
) -> tuple[Attempt, ...]:
    taken = {(each.rule_id, each.evidence.block_id, each.evidence.start) for each in outcome.observations}
    return tuple(
        _attempt(section, block, reading, identity, texts, taken)
        for section, block, readings in read_sections(
            outcome.sections, ledger, identity.year, rulebook, for_all=identity.is_for_all
        )
        for reading in readings
    )


def _attempt(
    section: Section,
    block: MaskedBlock,
    reading: Reading,
    identity: Identity,
    texts: Mapping[str, str],
    taken: set[tuple[str, str, int]],
) -> Attempt:
    start, end = block.printed(reading.start, reading.end)
    numeral = None
    if reading.token is not None:
        figures = reading.token.numerals[0]
        numeral = Span(block.block_id, *block.folded.span(figures.start, figures.end))
    rejected = reading.rejected
    if rejected is None and (reading.rule.id, block.block_id, start) not in taken:
        rejected = (
            f"the file is no report ({identity.rejected})"
            if identity.rejected
            else "the report states the same once more, or the words stand in a table"
        )
    return Attempt(
        rule_id=reading.rule.id,
        indicator=reading.rule.indicator,
        section_id=section.section_id,
        block_id=block.block_id,
        start=start,
        end=end,
        quote=texts[block.block_id][start:end],
        value=reading.value,
        unit=reading.unit,
        period=reading.period.value if reading.period else None,
        numeral=numeral,
        rejected=rejected,
    )


def _numerals(
    outcome: Outcome,
    identity: Identity,
    ledger: Ledger,
    attempts: tuple[Attempt, ...],
    rulebook: Rulebook,
    indicator: str | None,
) -> tuple[ExplainedNumeral, ...]:
    rules = tuple(rule for rule in rulebook.prose_rules if indicator in {None, rule.indicator})
    finder = NearMissFinder(rulebook, rules)
    tried: dict[Span, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.numeral is not None and attempt.rejected is not None:
            tried.setdefault(attempt.numeral, []).append(attempt)
    places = _places(outcome, identity, ledger, rulebook)
    paragraphs = _paragraphs(outcome)
    indicators = {each.observation_id: each.indicator for each in outcome.observations}
    cells = _cells(outcome)
    explained: list[ExplainedNumeral] = []
    searched = 0
    for numeral in outcome.numerals:
        span = Span(numeral.block_id, numeral.start, numeral.end)
        stretch, token = places.get(span, (None, None))
        section_id, row, col = cells.get(numeral.block_id, (None, None, None))
        section_id = stretch.section.section_id if stretch else section_id
        each = ExplainedNumeral(numeral, section_id, row, col, indicators.get(numeral.observation_id or ""))
        if numeral.disposition is Disposition.UNEXPLAINED:
            misses: tuple[NearMiss, ...] = ()
            if stretch is not None and token is not None:
                searched += 1
                misses = finder.find(token, stretch, tried.get(span, ())) if searched <= MOST_SEARCHED else ()
            remark = _remark(numeral, stretch, finder, in_prose=numeral.block_id in paragraphs)
            if searched > MOST_SEARCHED:
                remark = f"not looked into: {MOST_SEARCHED} numbers before it are unexplained, too"
            each = replace(each, near_misses=misses, remark=None if misses else remark)
        explained.append(each)
    return tuple(explained)


def _remark(numeral: Numeral, stretch: Stretch | None, finder: NearMissFinder, *, in_prose: bool) -> str:
    if not in_prose:
        return "stands in a table that no form reads"
    if stretch is None:
        return "stands outside the text of the sections, as in a heading"
    if numeral.unit is None:
        return "has no unit"
    if numeral.unit not in finder.units:
        return f"no rule counts {numeral.unit}"
    return "no rule comes near its words"


def _paragraphs(outcome: Outcome) -> frozenset[str]:
    blocks = outcome.document.blocks if outcome.document else ()
    return frozenset(block.block_id for block in blocks if isinstance(block, Paragraph))


def _cells(outcome: Outcome) -> dict[str, tuple[str | None, int, int]]:
    """Return the section of each cell, its row and its column."""
    sections = {span.block_id: section.section_id for section in outcome.sections for span in section.spans}
    return {
        cell.block_id: (sections.get(block.block_id), cell.row, cell.col)
        for block in (outcome.document.blocks if outcome.document else ())
        if not isinstance(block, Paragraph)
        for cell in block.cells
    }


def _places(
    outcome: Outcome, identity: Identity, ledger: Ledger, rulebook: Rulebook
) -> dict[Span, tuple[Stretch, Token]]:
    """Return for the printed place of each numeral in prose the stretch that rules see it in, and its mark."""
    places: dict[Span, tuple[Stretch, Token]] = {}
    for stretch in _stretches(outcome, identity, ledger, rulebook):
        block, begin = stretch.block, stretch.passage.start
        for token in block.masked.tokens:
            if begin <= token.at < begin + len(stretch.passage.text):
                for found in token.numerals:
                    places[Span(block.block_id, *block.folded.span(found.start, found.end))] = stretch, token
    return places


def _stretches(outcome: Outcome, identity: Identity, ledger: Ledger, rulebook: Rulebook) -> Iterator[Stretch]:
    blocks = {block.block_id: block for block in ledger}
    document = outcome.document
    texts = {each.block_id: each.text for each in document.blocks if isinstance(each, Paragraph)} if document else {}
    for section in outcome.sections:
        heading = None if section.heading is None else fold(section.heading).text
        for span in section.spans:
            if span.block_id in texts and section.kind is not SectionKind.FURNITURE:
                block = blocks[span.block_id]
                bounds = block.index(span.start), block.index(span.end)
                passage = rulebook.passage(block.masked, bounds, identity.year, section.kind, heading)
                yield Stretch(section, block, passage, texts[span.block_id])


def _keep_to(indicator: str, explanation: Explanation) -> Explanation:
    """Return what concerns ``indicator``: its values and matches, numerals near them or nearly read for it."""
    outcome = explanation.outcome
    observations = tuple(each for each in outcome.observations if each.indicator == indicator)
    ids = {each.observation_id for each in observations}
    numerals = tuple(
        each
        for each in explanation.numerals
        if each.indicator == indicator
        or each.near_misses
        or any(_is_near(attempt, each.numeral) for attempt in explanation.attempts)
    )
    kept = {
        *(each.section_id for each in observations),
        *(each.section_id for each in explanation.attempts),
        *(each.section_id for each in numerals),
    }
    outcome = replace(
        outcome,
        observations=observations,
        sections=tuple(each for each in outcome.sections if each.section_id in kept),
        checks=tuple(each for each in outcome.checks if ids.intersection(each.observation_ids)),
    )
    return replace(explanation, outcome=outcome, numerals=numerals)


def _is_near(attempt: Attempt, numeral: Numeral) -> bool:
    return (
        numeral.block_id == attempt.block_id
        and numeral.end >= attempt.start - _NEAR
        and numeral.start <= attempt.end + _NEAR
    )
