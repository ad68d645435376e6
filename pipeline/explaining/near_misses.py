"""Near misses: for a number that no rule reads, the rules that come near and what keeps each of them off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from pipeline.explaining.elements import PatternSplitter
from pipeline.explaining.explanation import Miss, NearMiss
from pipeline.explaining.near_words import find_gap, weigh_characters
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.matching import match_rules
from pipeline.rulebook.patterns import Pattern
from pipeline.rulebook.times import SENTENCE_END, stretch_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.explaining.elements import Element
    from pipeline.explaining.explanation import Attempt
    from pipeline.explaining.near_words import Gap
    from pipeline.model import Section
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.masking import MaskedBlock, Token
    from pipeline.rulebook.passages import Passage

_MOST = 3
_LIST_LIKENESS = 0.5
_FARTHEST_ITEM = 30
_FARTHEST = 400
_OBSTACLE = 0.15


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of prose of one section as the rules see it; ``printed`` is its whole block as the report prints it."""

    section: Section
    block: MaskedBlock
    passage: Passage
    printed: str

    def words(self, start: int, end: int) -> str:
        """Return the printed words behind a span of the passage's text."""
        begin = self.passage.start
        return self.printed[slice(*self.block.printed(begin + start, begin + end))]

    def around(self, token: Token) -> Stretch:
        """Return what stands near a number, so that the work on each is bounded however long the text is."""
        at = token.at - self.passage.start
        first = max(at - _FARTHEST, 0)
        return replace(self, passage=self.passage.part(first, at + _FARTHEST))


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
        stretch = stretch.around(token)
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
        return weigh_characters(rule.pattern.source for rule in self.rulebook.prose_rules)

    @cached_property
    def _elements(self) -> Mapping[str, tuple[tuple[Element, ...], ...]]:
        splitter = PatternSplitter(self.rulebook.lexicons.slots)
        return {rule.id: splitter.split(rule.pattern.source) for rule in self.rules if rule.says is Says.COUNT}

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
        at = token.at - stretch.passage.start
        gaps = (find_gap(elements, stretch.passage.text, at, self._weights) for elements in self._elements[rule.id])
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
            reasons=self._obstacle(rule, token, stretch, gap),
            quote=stretch.words(gap.start, gap.end),
            likeness=round(gap.likeness, 2),
        )

    def _list_before(self, rule: ProseRule, token: Token, stretch: Stretch) -> NearMiss | None:
        at = token.at - stretch.passage.start
        first, _ = stretch_around(stretch.passage.text, SENTENCE_END, at)
        head = next((match for match in rule.pattern.finditer(stretch.passage.text, first, at) if match[0]), None)
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

    def _obstacle(self, rule: ProseRule, token: Token, stretch: Stretch, gap: Gap) -> tuple[str, ...]:
        """Return what else would keep the rule off, were its pattern the words that stand there."""
        text, at = stretch.passage.text, token.at - stretch.passage.start
        before, behind = regex.escape(text[gap.start : at]), regex.escape(text[at + 1 : gap.end])
        willing = replace(rule, pattern=Pattern(f"{before}(?P<count>{COUNT}){behind}"))
        readings = match_rules((willing,), stretch.passage, self.rulebook.lexicons.periods)
        return tuple(each.rejected for each in readings if each.token is token and each.rejected is not None)


def _rank(miss: NearMiss) -> tuple[float, str]:
    return -(miss.likeness - (_OBSTACLE * len(miss.reasons) if miss.how is Miss.WORDS else 0.0)), miss.rule_id
