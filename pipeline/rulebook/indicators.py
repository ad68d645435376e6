"""Indicators and the prose rules that find them: ``rules/indicators/*.yaml``, one stanza an indicator.

A rule is a pattern over masked text (see ``masking``) with one ``{count}``, or a ``zero`` pattern whose whole match
says that there was none. It names the sections, words and units it needs, and proves itself by its examples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import regex

from pipeline.model import Period, Qualifier, SectionKind
from pipeline.rulebook.marks import COUNT, PERCENT
from pipeline.rulebook.slots import filled_pattern
from pipeline.rulebook.source import Located, RuleError, did_you_mean, load_schema, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.rulebook.lexicons import Lexicons
    from pipeline.rulebook.patterns import Pattern


_NO_TOPIC = "none"
_GROUP_NAME = regex.compile(r"\(\?P<(\w+)>")


class Says(StrEnum):
    """What a rule reads: a number, a zero in words, a list, that all of another count are so, or numbered points."""

    COUNT = "pattern"
    ZERO = "zero"
    LIST = "list"
    ALL = "all"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example must yield; ``value`` null means that the rule must stay silent."""

    value: float | None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    period: Period = Period.THIS_YEAR
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text that proves a rule, in the section it stands in, under its ``heading``, in a report on ``year``."""

    text: str
    expected: Expected
    section: SectionKind
    year: int | None
    heading: str


@dataclass(frozen=True, slots=True)
class ProseRule:
    """One way in which reports state one indicator.

    A ``weak`` rule speaks only where nothing stronger in the report states the same, and where it speaks but once;
    ``since`` and ``until`` are the first and last report year in which its words mean this. A ``shared`` rule takes a
    count that other indicators may take as well (``各2件``), ``only_zero`` one that is zero, and ``decrease`` reads a
    figure whose words say that it was taken away. One that ``adds_up`` reads a row whose last number is the sum of
    those before it. An ``unglued`` rule refuses three or more figures without a comma,
    which may be those of several cells. ``topics`` are what the words around it must be about; in sections of the
    kinds ``known_in`` neither ``context`` nor ``paragraph`` is asked for. ``of`` names the indicator whose whole count
    an ``all`` rule takes.
    """

    id: str
    indicator: str
    pattern: Pattern
    says: Says
    units: frozenset[str | None]
    sections: frozenset[SectionKind]
    topics: frozenset[str | None]
    context: Pattern | None
    paragraph: Pattern | None
    known_in: frozenset[SectionKind]
    unless: Pattern | None
    unless_before: Pattern | None
    unless_item: Pattern | None
    only_item: Pattern | None
    item_like: Pattern | None
    fewest_items: int
    period: Period | None
    priority: int
    weak: bool
    shared: bool
    only_zero: bool
    decrease: bool
    adds_up: bool
    unglued: bool
    since: int | None
    until: int | None
    of: str | None
    examples: tuple[Example, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure: its id in the catalogue, its unit, how prose states it; its names and what it counts by language.

    One ``only_if_asked`` has rules only where the user named it.
    """

    id: str
    names: Mapping[str, str]
    unit: str
    definition: Mapping[str, str]
    rules: tuple[ProseRule, ...]
    only_if_asked: bool = False


def load_indicators(folder: Path, lexicons: Lexicons, also: frozenset[str] = frozenset()) -> tuple[Indicator, ...]:
    """Return the indicators under ``folder/indicators`` in order of file and stanza.

    Rules of a stanza that is ``more_of`` an indicator stand behind those of the stanza that defines it; indicators
    ``only_if_asked`` have rules only where ``also`` names them. Raises ``RuleError`` with file and line for a mistake,
    a repeated id, or a rule that no example keeps silent, and for a name in ``also`` that is none of these.
    """
    schema = load_schema(folder, "indicators")
    indicators: dict[str, Indicator] = {}
    stanzas: dict[str, dict[str, Any]] = {}
    more: list[tuple[Located, int]] = []
    for path in sorted((folder / "indicators").glob("*.yaml")):
        located = read_rules(path, schema)
        for number, stanza in enumerate(located.value):
            if "more_of" in stanza:
                more.append((located, number))
                continue
            if stanza["id"] in indicators:
                raise located.error(f"indicator '{stanza['id']}' is defined twice", number, "id")
            stanzas[stanza["id"]] = stanza
            indicators[stanza["id"]] = Indicator(
                id=stanza["id"],
                names=stanza["names"],
                unit=stanza["unit"],
                definition=stanza["definition"],
                rules=tuple(_rules(located, number, stanza, lexicons)),
                only_if_asked=stanza.get("only_if_asked", False),
            )
    for located, number in more:
        begun = located.value[number]["more_of"]
        if begun not in indicators:
            raise located.error(f"no indicator '{begun}'{did_you_mean(begun, indicators)}", number, "more_of")
        told = indicators[begun].rules
        added = tuple(_rules(located, number, stanzas[begun], lexicons, {rule.id for rule in told}))
        indicators[begun] = replace(indicators[begun], rules=told + added)
    asked_for = {each.id for each in indicators.values() if each.only_if_asked}
    for name in sorted(also - asked_for):
        listed = ", ".join(sorted(asked_for)) or "none"
        raise RuleError(
            folder / "indicators", 1, f"no indicator '{name}' is read only if asked for; these are: {listed}"
        )
    return tuple(
        replace(each, rules=()) if each.only_if_asked and each.id not in also else each for each in indicators.values()
    )


def _rules(
    located: Located, number: int, stanza: dict[str, Any], lexicons: Lexicons, taken: Iterable[str] = ()
) -> Iterator[ProseRule]:
    """Yield the rules that stand at ``number``, of the indicator of ``stanza``; ids ``taken`` are not free."""
    ids = set(taken)
    for place in range(len(located.value[number].get("prose", ()))):
        rule = _rule(located, (number, "prose", place), stanza, lexicons)
        if rule.id in ids:
            raise located.error(
                f"two rules of '{stanza['id']}' have the id '{rule.id.partition('/')[2]}'", number, "prose", place, "id"
            )
        ids.add(rule.id)
        yield rule


def _rule(located: Located, here: tuple[int, str, int], stanza: dict[str, Any], lexicons: Lexicons) -> ProseRule:
    number, key, place = here
    each = located.value[number][key][place]
    says = next(kind for kind in Says if kind in each)
    if says is Says.COUNT and each["pattern"].count("{count}") + each["pattern"].count("{share}") != 1:
        raise located.error("a pattern needs exactly one {count} or {share}, the number it reads", *here, "pattern")
    if not any(example.get("none") for example in each["examples"]):
        raise located.error(
            "at least one example must not match: give a near miss with `none: true`", *here, "examples"
        )
    settings: dict[str, Any] = {"sections": stanza.get("sections", []), "units": stanza.get("units", []), **each}
    slots = {**lexicons.slots, "share": f"(?P<count>{PERCENT})"}
    patterns = {
        name: filled_pattern(located, slots, *here, name, count=f"(?P<count>{COUNT})" if name == Says.COUNT else None)
        for name in (
            *Says,
            "context",
            "paragraph",
            "unless",
            "unless_before",
            "unless_item",
            "only_item",
            "item_like",
        )
        if name in each
    }
    names = _GROUP_NAME.findall(patterns[says].source)
    if len(set(names)) < len(names):
        raise located.error("names a group twice: write a rule for each wording", *here, says)
    return ProseRule(
        id=f"{stanza['id']}/{each['id']}",
        indicator=stanza["id"],
        pattern=patterns[says],
        says=says,
        units=frozenset(settings["units"]),
        sections=frozenset(SectionKind(kind) for kind in settings["sections"]),
        topics=_topics_of(located, each, lexicons, *here),
        context=patterns.get("context"),
        paragraph=patterns.get("paragraph"),
        known_in=frozenset(SectionKind(kind) for kind in each.get("known_in", ())),
        unless=patterns.get("unless"),
        unless_before=patterns.get("unless_before"),
        unless_item=patterns.get("unless_item"),
        only_item=patterns.get("only_item"),
        item_like=patterns.get("item_like"),
        fewest_items=each.get("fewest_items", 2),
        period=Period(each["period"]) if "period" in each else None,
        priority=each.get("priority", 0),
        weak=each.get("weak", False),
        shared=each.get("shared", False),
        only_zero=each.get("only_zero", False),
        decrease=each.get("decrease", False),
        adds_up=each.get("adds_up", False),
        unglued=each.get("unglued", False),
        since=each.get("since"),
        until=each.get("until"),
        of=each.get("of"),
        examples=tuple(_example(example, settings) for example in each["examples"]),
        place=located.place(*here),
    )


def _topics_of(located: Located, each: dict[str, Any], lexicons: Lexicons, *here: str | int) -> frozenset[str | None]:
    """Return the topics a rule names, null for ``none``. Raises ``RuleError`` for one that is not defined."""
    topics: list[str] = each.get("topics", [])
    known = {topic.id for topic in lexicons.topics} | {_NO_TOPIC}
    for topic in topics:
        if topic not in known:
            raise located.error(f"unknown topic '{topic}'; topics are defined in lexicons/topics.yaml", *here, "topics")
    return frozenset(None if topic == _NO_TOPIC else topic for topic in topics)


def _example(example: dict[str, Any], settings: dict[str, Any]) -> Example:
    sections = settings["sections"] or ["other"]
    return Example(
        text=example["text"],
        expected=Expected(
            None if example.get("none") else example["value"],
            example.get("unit"),
            Qualifier(example.get("qualifier", "exact")),
            Period(example.get("period", "this_year")),
            example.get("item"),
        ),
        section=SectionKind(example.get("section", sections[0])),
        year=example.get("year"),
        heading=example.get("heading", ""),
    )
