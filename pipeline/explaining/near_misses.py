"""Near misses: for a number that no rule reads, the rules that come near and what keeps each of them off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from pipeline.explaining.elements import PatternSplitter
from pipeline.explaining.explanation import Miss, NearMiss
from pipeline.explaining.near_words import find_gap, sentence_around, weigh_characters
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.matching import period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.explaining.elements import Element
    from pipeline.explaining.explanation import Attempt
    from pipeline.model import Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.masking import MaskedBlock, Token

_MOST = 3
_LIST_LIKENESS = 0.5
_FARTHEST_ITEM = 30
_OBSTACLE = 0.15
_CLAUSE_END = regex.compile("[。!?]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of prose of one section as the rules see it: ``text`` is masked and begins at ``begin`` of the block.

    ``printed`` is the whole block as the report prints it.
    """

    section: Section
    block: MaskedBlock
    text: str
    begin: int
    heading: str
    printed: str

    def words(self, start: int, end: int) -> str:
        """Return the printed words behind a span of ``text``."""
        return self.printed[slice(*self.block.printed(self.begin + start, self.begin + end))]


@dataclass(frozen=True)
class NearMissFinder:
    """Looks for the rules that come near a number; ``rules`` are those that are tried."""

    rulebook: Rulebook
    rules: tuple[ProseRule, ...]

    @cached_property
    def units(self) -> frozenset[str | None]:
        """The units that any of the rules reads."""
        return frozenset(unit for rule in self.rules for unit in rule.units)

    def find(self, token: Token, stretch: Stretch, attempts: Iterable[Attempt]) -> tuple[NearMiss, ...]:
        """Return up to three near misses of the number ``token``, the nearest first.

        ``attempts`` are the matches of rules there: each was rejected, or the number would be read.
        """
        found = {attempt.rule_id: self._rejected(attempt) for attempt in attempts}
        for rule in self.rules:
            if rule.id in found or (rule.units and token.numerals[0].unit not in rule.units):
                continue
            miss = self._list_before(rule, token, stretch) if rule.says is Says.LIST else None
            if rule.says is Says.COUNT:
                miss = self._other_words(rule, token, stretch)
            if miss is not None:
                found[rule.id] = miss
        return tuple(sorted(found.values(), key=_rank)[:_MOST])

    @cached_property
    def _places(self) -> Mapping[str, str]:
        return {rule.id: rule.place for rule in self.rulebook.prose_rules}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        return weigh_characters(rule.pattern.pattern for rule in self.rulebook.prose_rules)

    @cached_property
    def _elements(self) -> Mapping[str, tuple[tuple[Element, ...], ...]]:
        splitter = PatternSplitter(self.rulebook.lexicons.slots)
        return {rule.id: splitter.split(rule.pattern.pattern) for rule in self.rules if rule.says is Says.COUNT}

    def _rejected(self, attempt: Attempt) -> NearMiss:
        return NearMiss(
            rule_id=attempt.rule_id,
            indicator=attempt.indicator,
            place=self._places[attempt.rule_id],
            how=Miss.REJECTED,
            expects=None,
            has=None,
            reasons=(attempt.rejected or "",),
            quote=attempt.quote,
            likeness=1.0,
        )

    def _other_words(self, rule: ProseRule, token: Token, stretch: Stretch) -> NearMiss | None:
        at = token.at - stretch.begin
        gaps = (find_gap(elements, stretch.text, at, self._weights) for elements in self._elements[rule.id])
        gap = max((gap for gap in gaps if gap is not None), key=lambda gap: gap.likeness, default=None)
        if gap is None:
            return None
        return NearMiss(
            rule_id=rule.id,
            indicator=rule.indicator,
            place=rule.place,
            how=Miss.WORDS,
            expects=gap.expected.written if gap.expected else None,
            has=stretch.words(gap.gap_start, gap.gap_end),
            reasons=tuple(self._obstacles(rule, stretch, gap.start, at)),
            quote=stretch.words(gap.start, gap.end),
            likeness=round(gap.likeness, 2),
        )

    def _list_before(self, rule: ProseRule, token: Token, stretch: Stretch) -> NearMiss | None:
        at = token.at - stretch.begin
        first = max((match.end() for match in _CLAUSE_END.finditer(stretch.text, 0, at)), default=0)
        head = next(iter(rule.pattern.finditer(stretch.text, first, at)), None)
        if head is None or at - head.end() > _FARTHEST_ITEM:
            return None
        return NearMiss(
            rule_id=rule.id,
            indicator=rule.indicator,
            place=rule.place,
            how=Miss.LIST,
            expects=None,
            has=None,
            reasons=("its list begins here, but does not take this item: see its separators, units and labels",),
            quote=stretch.words(head.start(), at + 1),
            likeness=_LIST_LIKENESS,
        )

    def _obstacles(self, rule: ProseRule, stretch: Stretch, start: int, at: int) -> Iterator[str]:
        """Yield what else would keep the rule off, were the words as it has them."""
        text = stretch.text
        if rule.sections and stretch.section.kind not in rule.sections:
            yield f"stands in a section on {stretch.section.kind}"
        sentence = text[slice(*_sentence(text, start))]
        if rule.context and not (rule.context.search(sentence) or rule.context.search(stretch.heading)):
            yield "its sentence and heading lack the context the rule needs"
        first, last = sentence_around(text, at)
        if rule.unless and rule.unless.search(text[first:last]):
            yield "its clause holds words that rule it out"
        period, why = (rule.period, "") if rule.period else period_of(text[first:at], self.rulebook.lexicons.periods)
        if period is None:
            yield f"covers another time ({why})"


def _sentence(text: str, at: int) -> tuple[int, int]:
    first = max((match.end() for match in _CLAUSE_END.finditer(text, 0, at)), default=0)
    mark = _CLAUSE_END.search(text, at)
    return first, mark.start() if mark else len(text)


def _rank(miss: NearMiss) -> tuple[float, str]:
    return -(miss.likeness - (_OBSTACLE * len(miss.reasons) if miss.how is Miss.WORDS else 0.0)), miss.rule_id
