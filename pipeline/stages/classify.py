"""Classify: say what each section is about, by its heading first, by its words where the heading says nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex
from rapidfuzz import fuzz

from pipeline.model import Paragraph, SectionKind
from pipeline.text.fold import fold
from pipeline.text.headings import heading_key
from pipeline.text.script import is_traditional
from pipeline.text.words import words

if TYPE_CHECKING:
    from pipeline.model import Document, Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.lexicons import Heading

_NEAR = 82.0
_MARGIN = 6.0
_SHORTEST_CONTAINED = 4
_FEWEST_TERMS = 3
_LONGEST_OF_ONE_MATTER = 400
_OF_ANYTHING = {SectionKind.OVERVIEW, SectionKind.PROBLEMS}
_SIDE_BY_SIDE = regex.compile("[、及和与]")


@dataclass(frozen=True, slots=True)
class _Decision:
    kind: SectionKind
    decided_by: str
    confidence: float


_WHOLE = _Decision(SectionKind.OTHER, "a whole report without headings", 0.2)


def classify(sections: tuple[Section, ...], document: Document, rulebook: Rulebook) -> tuple[Section, ...]:
    """Return the sections with kind, what decided it, and a confidence between 0 and 1."""
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    traditional = is_traditional("".join(texts.values()))
    headed = any(section.heading for section in sections)
    decided: list[Section] = []
    parent: _Decision | None = None
    for section in sections:
        if section.kind is SectionKind.FURNITURE:
            decided.append(section)
            continue
        decision = None
        if section.heading:
            heading = fold(section.heading, traditional=traditional).text
            decision = _by_heading(heading, rulebook.lexicons.headings)
        if section.level > 1 and parent is not None and _says_less(decision, parent):
            decision = replace(parent, decided_by="the heading above", confidence=parent.confidence * 0.9)
        if decision is None and section.heading is None and headed:
            decision = _Decision(SectionKind.OVERVIEW, "stands before the first heading", 0.5)
        if decision is None:
            text = "".join(texts.get(span.block_id, "")[span.start : span.end] for span in section.spans)
            is_whole = section.heading is None and len(text) > _LONGEST_OF_ONE_MATTER
            decision = _WHOLE if is_whole else _by_content(text, rulebook.lexicons.headings)
        if section.level == 1:
            parent = decision
        decided.append(
            replace(section, kind=decision.kind, decided_by=decision.decided_by, confidence=decision.confidence)
        )
    return tuple(decided)


def _says_less(decision: _Decision | None, parent: _Decision) -> bool:
    """Tell whether a part is what its chapter is: one on problems speaks of the problems of this and that."""
    return decision is None or (parent.kind is SectionKind.PROBLEMS and decision.confidence < parent.confidence)


def _by_heading(heading: str, lexicon: tuple[Heading, ...]) -> _Decision | None:
    key = heading_key(heading)
    variants = [(variant, entry.kind) for entry in lexicon for variant in entry.variants]
    for variant, kind in variants:
        if variant == key:
            return _Decision(kind, f"heading {variant}", 1.0)
    contained = [
        (len(variant), variant, kind)
        for variant, kind in variants
        if len(variant) >= _SHORTEST_CONTAINED and variant in key
    ]
    if contained:
        _, variant, kind = max(contained, key=lambda each: each[0])
        return _Decision(kind, f"heading contains {variant}", 0.9)
    return _by_likeness(key, variants) or _by_keyword(heading, lexicon)


def _by_keyword(heading: str, lexicon: tuple[Heading, ...]) -> _Decision | None:
    """Decide by the last keyword of the heading, by the longest of those that end there.

    Where the heading names matters of several kinds side by side, none of them is its kind.
    """
    key = heading_key(heading)
    found = [
        (key.rfind(keyword) + len(keyword), len(keyword), keyword, entry.kind)
        for entry in lexicon
        for keyword in entry.keywords
        if keyword in key
    ]
    if not found:
        return None
    several = {kind for *_, kind in found} - _OF_ANYTHING
    if len(several) > 1 and _SIDE_BY_SIDE.search(heading) and "," not in heading:
        return _Decision(SectionKind.OTHER, "heading names several matters", 0.4)
    _, _, keyword, kind = max(found, key=lambda each: each[:2])
    return _Decision(kind, f"heading word {keyword}", 0.7)


def _by_likeness(key: str, variants: list[tuple[str, SectionKind]]) -> _Decision | None:
    best: dict[SectionKind, tuple[float, str]] = {}
    for variant, kind in variants:
        score = fuzz.ratio(key, variant)
        if score > best.get(kind, (0.0, ""))[0]:
            best[kind] = (score, variant)
    ranked = sorted(best.items(), key=lambda item: -item[1][0])
    if not ranked or ranked[0][1][0] < _NEAR or (len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _MARGIN):
        return None
    kind, (score, variant) = ranked[0]
    return _Decision(kind, f"heading is like {variant}", round(score / 100, 2))


def _by_content(text: str, lexicon: tuple[Heading, ...]) -> _Decision:
    counts = Counter(words(text))
    tallies = sorted(
        ((sum(min(counts[term], 5) for term in entry.terms), entry) for entry in lexicon if entry.terms),
        key=lambda each: -each[0],
    )
    (most, entry), (second, _) = tallies[0], tallies[1]
    if most < _FEWEST_TERMS or most < 2 * second:
        return _Decision(SectionKind.OTHER, "neither heading nor words tell", 0.2)
    told = "、".join(term for term in entry.terms if counts[term])
    return _Decision(entry.kind, f"words {told}", round(min(0.8, most / (most + second) * 0.8), 2))
