"""Matching: prose rules on one masked passage, each match accepted or with the reason why it was not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import Disposition, Qualifier
from pipeline.rulebook.eligibility import ALL_RULES, misfit
from pipeline.rulebook.gate import Opening
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.listing import ListReader, Lists
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.masking import STAY_COUNTS
from pipeline.rulebook.numbering import numbered_points
from pipeline.rulebook.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Period
    from pipeline.rulebook.gate import Gate
    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.lexicons import PeriodPattern
    from pipeline.rulebook.listing import CountedList
    from pipeline.rulebook.masking import Token
    from pipeline.rulebook.passages import Passage

_SEPARATORS = ",;。:、()"
WEAKER, NO_BETTER, REPEATS = "weaker than", "no better than", "repeats"
_LONGEST_LEAD = 200
_FEWEST_GLUED, _FEWEST_BEFORE_HEADING = 3, 2
_NUMBERING = frozenset("一二三四五六七八九十")
_COUNTED = (Disposition.UNEXPLAINED, Disposition.PERCENTAGE, *STAY_COUNTS)
_A_COUNT = regex.compile(COUNT)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule's match on a passage: masked span, the count it takes (null for a zero in words), and its fate.

    ``item`` is the masked span of the label that a list gives the count; ``base`` is the reading whose whole count an
    ``all`` rule takes, ``points`` how many points a ``points`` rule counted, ``whole`` the sum of which it is a part.
    """

    rule: ProseRule
    start: int
    end: int
    token: Token | None
    period: Period | None
    item: tuple[int, int] | None = None
    base: Reading | None = None
    points: int | None = None
    whole: Reading | None = None
    rejected: str | None = None

    @property
    def value(self) -> float:
        """The number read."""
        if self.base is not None:
            return self.base.value
        if self.points is not None:
            return self.points
        number = 0.0 if self.token is None else self.token.numerals[0].value or 0.0
        return -number if number and self.rule.decrease else number

    @property
    def unit(self) -> str | None:
        """The unit as printed."""
        if self.base is not None:
            return self.base.unit
        return None if self.token is None else self.token.numerals[0].unit

    @property
    def qualifier(self) -> Qualifier:
        """How exactly the number is stated."""
        return Qualifier.EXACT if self.token is None else self.token.numerals[0].qualifier


def match_rules(
    rules: Sequence[ProseRule],
    passage: Passage,
    periods: tuple[PeriodPattern, ...],
    gate: Gate | None = None,
    eligible: int = ALL_RULES,
) -> list[Reading]:
    """Return every match of ``rules`` on the passage by rule and place, the rejected ones with the reason.

    ``gate`` is the one before the patterns of just these rules: it changes nothing but the time that it takes. Behind
    it only the ``eligible`` ones are tried, whose numbers are bits.
    """
    readings: list[Reading] = []
    around = Surroundings(passage, periods)
    lists = Lists(passage)
    for number, opening in gate.open(passage.text, eligible) if gate else _ungated(rules, passage.text):
        rule = rules[number]
        if rule.says is Says.LIST:
            readings.extend(_listed(rule, opening, lists, around))
        elif rule.says is Says.POINTS:
            readings.extend(_pointed(_reading(rule, each, around), passage) for each in opening.finditer())
        else:
            readings.extend(_reading(rule, match, around) for match in opening.finditer())
    return readings


def settle(readings: list[Reading]) -> list[Reading]:
    """Return the readings with each count, and each negation, left to at most one rule of an indicator.

    Of two rules that claim the same words the one of higher priority wins, then the longer match. Where two
    indicators claim a count with equal right both are rejected: a guess would look right.
    """
    rivals: dict[int | str, list[tuple[int, Reading]]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if reading.rejected is None:
            rivals[_fought_over(reading)].append((place, reading))
    settled = [
        reading if reading.rejected else _against(place, reading, rivals[_fought_over(reading)])
        for place, reading in enumerate(readings)
    ]
    told = [reading for reading in settled if reading.rejected is None and reading.rule.says is not Says.ALL]
    return [
        _based(reading, told) if reading.rule.says is Says.ALL and reading.rejected is None else reading
        for reading in settled
    ]


def _ungated(rules: Iterable[ProseRule], text: str) -> Iterator[tuple[int, Opening]]:
    return ((number, Opening(rule.pattern.compiled, text)) for number, rule in enumerate(rules))


def _based(reading: Reading, told: list[Reading]) -> Reading:
    """Return the reading with the count that its words begin with, where that is the one it takes the whole of."""
    if any(other.rule.indicator == reading.rule.indicator and other.period == reading.period for other in told):
        return _reject(reading, "the same is told as a number")
    for other in told:
        if other.token is not None and other.token.at == reading.start and other.rule.indicator == reading.rule.of:
            return replace(reading, base=other)
    return _reject(reading, f"begins with no count of {reading.rule.of}")


def _pointed(reading: Reading, passage: Passage) -> Reading:
    """Return the reading with the points that are numbered behind it, rejected where there are none."""
    found = numbered_points(passage, reading.end - passage.start)
    if found is None:
        return reading if reading.rejected else _reject(reading, "no points numbered one by one follow")
    end, number = found
    return replace(reading, end=passage.start + end, points=number)


def _reading(rule: ProseRule, match: regex.Match[str], around: Surroundings) -> Reading:
    passage = around.passage
    begin = passage.start
    token = (
        None
        if rule.says in (Says.ZERO, Says.ALL, Says.POINTS)
        else passage.masked.token_at(begin + match.start("count"))
    )
    opens = match.start() + len(match[0]) - len(match[0].lstrip(_SEPARATORS))
    at = match.end() if token is None else token.at - begin
    period, why = rule.period, ""
    if period is None:
        period, why = (around.times.of_count if token else around.times.of_zero)(opens, at)
    item = None
    if "item" in rule.pattern.groupindex:
        item = begin + match.start("item"), begin + match.end("item")
    reading = Reading(rule, begin + opens, begin + match.end(), token, period, item)
    reason = misfit(rule, passage.kind, passage.year) or _unreadable(rule, token, passage.text[at + 1 : at + 2])
    if reason is None and rule.says is Says.ZERO and _A_COUNT.search(match[0]):
        reason = "a count stands between its words"
    if reason is None:
        reason = _lacking(rule, around, opens)
    if reason is None and rule.unless and around.in_clause(rule.unless, opens):
        reason = "its clause holds words that rule it out"
    if reason is None and rule.unless_before and around.in_clause_before(rule.unless_before, opens, at):
        reason = "the words of its clause before it rule it out"
    if reason is None and rule.adds_up and not _adds_up(passage.counts(*match.span())):
        reason = "its numbers do not add up to the last"
    if reason is None:
        reason = _off_topic(rule, passage, match.end())
    if reason is None and period is None:
        reason = f"covers another time ({why})"
    return reading if reason is None else _reject(reading, reason)


def _adds_up(numbers: Sequence[float | None]) -> bool:
    """Tell whether the last of the numbers is the sum of those before it; not if one can't be read."""
    *parts, total = numbers
    return total is not None and sum(part for part in parts if part is not None) == total and None not in parts


def _lacking(rule: ProseRule, around: Surroundings, place: int) -> str | None:
    """Return what words that the rule needs are not around ``place``, or null."""
    if around.passage.kind in rule.known_in:
        return None
    if rule.context and not around.is_context(rule.context, place):
        return "its sentence and heading lack the context the rule needs"
    if rule.paragraph and not around.in_paragraph(rule.paragraph):
        return "its paragraph and heading lack the words the rule needs"
    return None


def _off_topic(rule: ProseRule, passage: Passage, place: int) -> str | None:
    """Return why the words at ``place`` are about something else than the rule, or null."""
    topic = passage.topic_at(place)
    if rule.topics and topic not in rule.topics:
        return f"the words around it are about {topic or 'nothing that is known'}"
    return None


def _unreadable(rule: ProseRule, token: Token | None, behind: str) -> str | None:
    """Return why the numeral, with ``behind`` right after it, is not the count that the rule looks for, or null."""
    if token is None:
        return None
    if token.disposition not in _COUNTED:
        return f"the numeral is {token.disposition} ({token.decided_by})"
    figures = token.numerals[0].text
    if token.numerals[0].value is None or (figures[0] == "0" and figures[1:2].isdigit()):
        return "the numeral cannot be read with certainty"
    bare = figures.isdigit() and token.numerals[0].unit is None
    if rule.unglued and bare and len(figures) >= (_FEWEST_BEFORE_HEADING if behind in _NUMBERING else _FEWEST_GLUED):
        return "may be the figures of several cells run together"
    if rule.only_zero and token.numerals[0].value:
        return "is a count where the rule looks for none"
    if rule.units and token.numerals[0].unit not in rule.units:
        return f"unit {token.numerals[0].unit} is none of {sorted(map(str, rule.units))}"
    return None


def _fought_over(reading: Reading) -> int | str:
    """Return what only readings that share it can claim from each other: the place of a count, a zero's indicator."""
    return reading.rule.indicator if reading.token is None else reading.token.at


def _against(place: int, reading: Reading, accepted: list[tuple[int, Reading]]) -> Reading:
    """Return the reading, rejected where another one has a better claim to its words, or as good a one."""
    rivals = [(other, rival) for other, rival in accepted if other != place and _same_words(rival, reading)]
    for _, rival in rivals:
        if _claim(rival) > _claim(reading):
            return _reject(reading, f"{WEAKER} {rival.rule.id}")
    for other, rival in rivals:
        if _claim(rival) == _claim(reading):
            if rival.rule.indicator != reading.rule.indicator:
                return _reject(reading, f"{NO_BETTER} {rival.rule.id}")
            if other < place:
                return _reject(reading, f"{REPEATS} {rival.rule.id}")
    return reading


def _listed(rule: ProseRule, opening: Opening, lists: Lists, around: Surroundings) -> Iterator[Reading]:
    """Yield a reading for each item of the lists that begin behind the rule's matches.

    No list begins inside another, except one in brackets that parts an item: ``财务公开20条(预算12条、决算8条)``.
    """
    end = 0
    reader = ListReader(lists, rule)
    last_count = lists.passage.text.rfind(COUNT)
    for match in lists.leads(opening):
        if match.start() > last_count:
            break
        if match.end() > last_count or (match.end() < end and not match[0].endswith("(")):
            continue
        found = reader.read(match.end())
        if found.items:
            end = found.end
            yield from _listed_items(rule, match.span(), found, around)


def _listed_items(
    rule: ProseRule, lead: tuple[int, int], found: CountedList, around: Surroundings
) -> Iterator[Reading]:
    """Yield the readings of the items; ``lead`` is where the words before their list begin and end."""
    passage = around.passage
    start, end = lead
    labels = found.items[0].start
    period = rule.period or around.times.of_list(lead, labels, found.total)
    reason = misfit(rule, passage.kind, passage.year)
    if reason is None:
        reason = _lacking(rule, around, start)
    if reason is None and rule.unless and rule.unless.search(passage.text[max(0, end - _LONGEST_LEAD) : end]):
        reason = "the words before its list rule it out"
    if reason is None:
        reason = _off_topic(rule, passage, labels)
    if reason is None and period is None:
        reason = "covers another time"
    begin = passage.start
    for item in found.items:
        label = begin + item.label[0], begin + item.label[1]
        yield Reading(rule, begin + item.start, begin + item.end, item.token, period, label, rejected=reason)


def _same_words(left: Reading, right: Reading) -> bool:
    """Tell whether two readings that are ``_fought_over`` alike claim the same words."""
    if left.token is None:
        return left.start < right.end and right.start < left.end
    told_of_both = left.rule.shared and right.rule.shared and left.rule.indicator != right.rule.indicator
    told_of_labels = left.rule is right.rule and left.item != right.item
    return not (told_of_both or told_of_labels)


def _claim(reading: Reading) -> tuple[int, int]:
    return reading.rule.priority, reading.end - reading.start


def _reject(reading: Reading, reason: str) -> Reading:
    return replace(reading, rejected=reading.rejected or reason)
