"""Matching: prose rules on one masked passage, each match accepted or with the reason why it was not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Disposition, Period, Qualifier, SectionKind
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.listing import list_items
from pipeline.rulebook.masking import COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import regex

    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.lexicons import PeriodPattern
    from pipeline.rulebook.masking import Masked, Token

SENTENCE_END = "。!?"
_SEPARATORS = ",;。:、()"
CLAUSE_END = "。;!?"
_LONGEST_LEAD = 200
_WHERE_COUNTS_STAND = frozenset(SectionKind) - {SectionKind.PROBLEMS, SectionKind.FURNITURE}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one masked block inside one section.

    ``text`` is the masked text of the stretch alone, other years told apart; it begins at ``start`` of the block;
    ``year`` is the report's own, where it is proven.
    """

    masked: Masked
    text: str
    start: int
    year: int | None
    kind: SectionKind
    heading: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule's match on a passage: masked span, the count it takes (null for a zero in words), and its fate.

    ``item`` is the masked span of the label that a list gives the count.
    """

    rule: ProseRule
    start: int
    end: int
    token: Token | None
    period: Period | None
    item: tuple[int, int] | None = None
    rejected: str | None = None

    @property
    def value(self) -> float:
        """The number read."""
        return 0.0 if self.token is None else self.token.numerals[0].value or 0.0

    @property
    def unit(self) -> str | None:
        """The unit as printed."""
        return None if self.token is None else self.token.numerals[0].unit

    @property
    def qualifier(self) -> Qualifier:
        """How exactly the number is stated."""
        return Qualifier.EXACT if self.token is None else self.token.numerals[0].qualifier


def match_rules(rules: Iterable[ProseRule], passage: Passage, periods: tuple[PeriodPattern, ...]) -> list[Reading]:
    """Return every match of ``rules`` on the passage by rule and place, the rejected ones with the reason."""
    readings: list[Reading] = []
    for rule in rules:
        for match in rule.pattern.finditer(passage.text):
            if rule.says is Says.LIST:
                readings.extend(_listed(rule, match, passage, periods))
            else:
                readings.append(_reading(rule, match, passage, periods))
    return readings


def settle(readings: list[Reading]) -> list[Reading]:
    """Return the readings with each count, and each negation, left to at most one rule of an indicator.

    Of two rules that claim the same words the one of higher priority wins, then the longer match. Where two
    indicators claim a count with equal right both are rejected: a guess would look right.
    """
    accepted = [(place, reading) for place, reading in enumerate(readings) if reading.rejected is None]
    return [
        reading if reading.rejected else _against(place, reading, accepted) for place, reading in enumerate(readings)
    ]


def period_of(lead: str, periods: tuple[PeriodPattern, ...]) -> tuple[Period | None, str]:
    """Return the time that the words before a number give it, and the pattern that said so; null refuses the number."""
    best: tuple[int, Period | None, str] = (-1, Period.THIS_YEAR, "")
    for pattern in periods:
        for match in pattern.pattern.finditer(lead):
            if match.end() > best[0]:
                best = (match.end(), pattern.period, pattern.id)
    return best[1], best[2]


def stretch_around(text: str, marks: str, at: int) -> tuple[int, int]:
    """Return the bounds of the stretch around ``at`` that the closing ``marks`` cut out of ``text``."""
    first = max(text.rfind(mark, 0, at) for mark in marks) + 1
    ends = [end for mark in marks if (end := text.find(mark, at)) >= 0]
    return first, min(ends, default=len(text))


def _reading(rule: ProseRule, match: regex.Match[str], passage: Passage, periods: tuple[PeriodPattern, ...]) -> Reading:
    begin = passage.start
    token = None if rule.says is Says.ZERO else passage.masked.token_at(begin + match.start("count"))
    sentence = passage.text[slice(*stretch_around(passage.text, SENTENCE_END, match.start()))]
    first, last = stretch_around(passage.text, CLAUSE_END, match.start())
    clause = passage.text[first:last]
    at = match.end() if token is None else token.at - begin
    period, why = (
        (rule.period, "") if rule.period else period_of(passage.text[max(first, at - _LONGEST_LEAD) : at], periods)
    )
    if token is None and period is None:
        period = Period.THIS_YEAR
    item = None
    if "item" in rule.pattern.groupindex:
        item = begin + match.start("item"), begin + match.end("item")
    words = begin + match.start() + len(match[0]) - len(match[0].lstrip(_SEPARATORS))
    reading = Reading(rule, words, begin + match.end(), token, period, item)
    reason = _misfit(rule, passage) or _unreadable(rule, token)
    if reason is None and rule.context and not (rule.context.search(sentence) or rule.context.search(passage.heading)):
        reason = "its sentence and heading lack the context the rule needs"
    if reason is None and rule.unless and rule.unless.search(clause):
        reason = "its clause holds words that rule it out"
    if reason is None and period is None:
        reason = f"covers another time ({why})"
    return reading if reason is None else _reject(reading, reason)


def _misfit(rule: ProseRule, passage: Passage) -> str | None:
    """Return why the rule has no say in this passage, or null; what is to be improved is told in plans, not counts."""
    if passage.kind not in (rule.sections or _WHERE_COUNTS_STAND):
        return f"stands in a section on {passage.kind}"
    if rule.until is not None and passage.year is not None and passage.year > rule.until:
        return f"means this in reports until {rule.until} only"
    return None


def _unreadable(rule: ProseRule, token: Token | None) -> str | None:
    """Return why the numeral is not the count that the rule looks for, or null."""
    if token is None:
        return None
    if token.disposition not in (Disposition.UNEXPLAINED, Disposition.PERCENTAGE):
        return f"the numeral is {token.disposition} ({token.decided_by})"
    if token.numerals[0].value is None:
        return "the numeral cannot be read with certainty"
    if rule.units and token.numerals[0].unit not in rule.units:
        return f"unit {token.numerals[0].unit} is none of {sorted(map(str, rule.units))}"
    return None


def _against(place: int, reading: Reading, accepted: list[tuple[int, Reading]]) -> Reading:
    """Return the reading, rejected where another one has a better claim to its words, or as good a one."""
    rivals = [(other, rival) for other, rival in accepted if other != place and _same_words(rival, reading)]
    for _, rival in rivals:
        if _claim(rival) > _claim(reading):
            return _reject(reading, f"weaker than {rival.rule.id}")
    for other, rival in rivals:
        if _claim(rival) == _claim(reading):
            if rival.rule.indicator != reading.rule.indicator:
                return _reject(reading, f"no better than {rival.rule.id}")
            if other < place:
                return _reject(reading, f"repeats {rival.rule.id}")
    return reading


def _listed(
    rule: ProseRule, match: regex.Match[str], passage: Passage, periods: tuple[PeriodPattern, ...]
) -> Iterator[Reading]:
    """Yield a reading for each item of the list that begins behind ``match``."""
    begin = passage.start
    first, _ = stretch_around(passage.text, SENTENCE_END, match.start())
    period = rule.period or period_of(passage.text[max(first, match.end() - _LONGEST_LEAD) : match.end()], periods)[0]
    last_count = passage.text.rfind(COUNT, match.start(), match.end())
    total = passage.masked.token_at(begin + last_count).numerals[0].value if last_count >= 0 else None
    for item in list_items(rule, passage, match.end(), total):
        label = begin + item.start, begin + item.label_end
        reading = Reading(rule, label[0], begin + item.end, item.token, period, label)
        reason = _misfit(rule, passage) or (None if period else "covers another time")
        yield reading if reason is None else _reject(reading, reason)


def _same_words(left: Reading, right: Reading) -> bool:
    if left.token is not None and right.token is not None:
        return left.token.at == right.token.at
    if left.token is None and right.token is None:
        return left.rule.indicator == right.rule.indicator and left.start < right.end and right.start < left.end
    return False


def _claim(reading: Reading) -> tuple[int, int]:
    return reading.rule.priority, reading.end - reading.start


def _reject(reading: Reading, reason: str) -> Reading:
    return replace(reading, rejected=reading.rejected or reason)
