"""The word lists under ``rules/lexicons/``: what numerals can be, times, headings, slots of patterns, spam.

Each file is a list of entries that prove themselves by their examples; ``load_lexicons`` reads them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Disposition, Period, SectionKind
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.masking import NumeralPattern
from pipeline.rulebook.slots import filled_pattern
from pipeline.rulebook.source import Located, load_schema, read_rules
from pipeline.text.fold import fold
from pipeline.text.headings import heading_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.rulebook.patterns import Pattern

_SCHEMAS = {"names": "slots", "no_name": "spam"}
_NUMERALS, _OUT_OF_SCOPE, _PERIODS = "numerals", "out_of_scope", "periods"


@dataclass(frozen=True, slots=True)
class PeriodPattern:
    """Words that decide what time a number covers; ``period`` null refuses the number.

    Where it has a pattern for the words ``behind`` the number, both must match; ``until`` is the last report year in
    which the words mean this. Words that hold for the ``whole_sentence`` do so in later clauses that tell no time.
    """

    id: str
    period: Period | None
    pattern: Pattern
    behind: Pattern | None
    until: int | None
    whole_sentence: bool
    examples: tuple[tuple[str, Period | None], ...]
    place: str


@dataclass(frozen=True, slots=True)
class ScopePattern:
    """Words that tell whether a number covers the office itself (``own``) or its whole ``jurisdiction``."""

    id: str
    scope: str
    pattern: Pattern
    examples: tuple[tuple[str, str | None], ...]
    place: str


@dataclass(frozen=True, slots=True)
class SubsetPattern:
    """Words behind which numbers are told of a part: of their count, or else of the office that they name.

    The part is left where ``until`` matches, or at the end of the sentence. Only ``indicators``, or those that begin
    with them, are told of it, all where there are none. ``examples`` pair a text with the whole match or null.
    """

    id: str
    pattern: Pattern
    until: Pattern | None
    indicators: tuple[str, ...]
    examples: tuple[tuple[str, str | None], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The ways in which reports head one kind of section, and the words that betray the kind.

    ``variants`` are the bare words of headings; ``keywords`` betray the kind in a heading of another wording, ``terms``
    in running text.
    """

    kind: SectionKind
    name: str
    variants: tuple[str, ...]
    keywords: tuple[str, ...]
    terms: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A pattern that tells furniture, spam or a kind of page, with the reason it gives."""

    id: str
    reason: str
    pattern: Pattern
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class PlaceClue:
    """Words of a page that tell where its body sits: what their group ``value`` holds, and whether they prove it."""

    marker: Marker
    label: str
    reads: str
    proves: bool


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The clues in order of proof, the words around names of places, and the provinces' codes by letter and by host."""

    clues: tuple[PlaceClue, ...]
    words: Mapping[str, tuple[Marker, ...]]
    letters: Mapping[str, str]
    hosts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StopWords:
    """Words that say nothing about what a text talks of; ``examples`` pair a text with the words left of it."""

    words: frozenset[str]
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What words around a number are about; ``kinds`` are the sections about it where no words say otherwise."""

    id: str
    kinds: frozenset[SectionKind]
    pattern: Pattern
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LabelClass:
    """What labels of an open list mean, such as all ways to name a category of personnel matters."""

    id: str
    names: Mapping[str, str]
    pattern: Pattern
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All word lists."""

    numerals: tuple[NumeralPattern, ...]
    periods: tuple[PeriodPattern, ...]
    scopes: tuple[ScopePattern, ...]
    subsets: tuple[SubsetPattern, ...]
    headings: tuple[Heading, ...]
    slots: Mapping[str, str]
    furniture: tuple[Marker, ...]
    spam: tuple[Marker, ...]
    no_name: tuple[Marker, ...]
    identity: Mapping[str, tuple[Marker, ...]]
    kinds: Mapping[str, tuple[Marker, ...]]
    places: PlaceWords
    stop_words: StopWords
    classes: Mapping[str, tuple[LabelClass, ...]]
    topics: tuple[Topic, ...]

    def topics_in(self, text: str, heading: str, kind: SectionKind) -> tuple[tuple[int, str | None], ...]:
        """Return the ends of all mentions in the masked text with their topics, in order.

        The first entry is what the text is about before any mention: by its heading, else by the kind of its section.
        """
        before = [topic for _, topic in self._mentions(heading)]
        of_kind = next((each.id for each in self.topics if kind in each.kinds), None)
        return ((0, before[-1] if before else of_kind), *self._mentions(text))

    def _mentions(self, text: str) -> list[tuple[int, str]]:
        found = [
            (match.end(), -match.start(), each.id) for each in self.topics for match in each.pattern.finditer(text)
        ]
        longest: dict[int, tuple[int, str]] = {}
        for end, start, topic in found:
            if end not in longest or start > longest[end][0]:
                longest[end] = (start, topic)
        return [(end, longest[end][1]) for end in sorted(longest)]

    def scope_of(self, lead: str) -> str | None:
        """Return whose figures the masked words before a number announce; null where they do not say."""
        found = [
            (match.end(), -place, each.scope)
            for place, each in enumerate(self.scopes)
            for match in each.pattern.finditer(lead)
        ]
        return max(found)[2] if found else None

    def class_of(self, indicator: str, label: str) -> str | None:
        """Return the id of the first class that the folded label falls into, of those its indicator has."""
        return next((each.id for each in self.classes.get(indicator, ()) if each.pattern.search(label)), None)


def load_lexicons(folder: Path) -> Lexicons:
    """Return the word lists under ``folder/lexicons``. Raises ``RuleError`` with file and line."""
    slots = _read(folder, "slots").value
    names = _read(folder, "names").value
    periods = [_read(folder, name, _PERIODS) for name in _split_lists(folder, _PERIODS)]
    return Lexicons(
        numerals=tuple(
            each
            for name in (*_split_lists(folder, _NUMERALS), *_split_lists(folder, _OUT_OF_SCOPE))
            for each in _numerals(_read(folder, name, _NUMERALS), slots)
        ),
        periods=tuple(_period(each, number, slots) for each in periods for number in range(len(each.value))),
        scopes=_scopes(_read(folder, "scopes"), slots),
        subsets=_subsets(_read(folder, "subsets"), slots),
        headings=_headings(_read(folder, "headings")),
        slots=slots,
        furniture=_markers(_read(folder, "furniture"), slots),
        spam=_markers(_read(folder, "spam"), slots),
        no_name=_markers(_read(folder, "no_name"), slots),
        identity=_lists(_read(folder, "identity"), names),
        kinds=_lists(_read(folder, "kinds"), names),
        places=_places(_read(folder, "places"), slots),
        stop_words=_stop_words(_read(folder, "stop_words")),
        classes=_classes(_read(folder, "classes"), slots),
        topics=_topics(_read(folder, "topics"), slots),
    )


def _read(folder: Path, name: str, schema: str | None = None) -> Located:
    shape = load_schema(folder, schema or _SCHEMAS.get(name, name))
    return read_rules(folder / "lexicons" / f"{name}.yaml", shape)


def _split_lists(folder: Path, name: str) -> list[str]:
    """Return the names of the lists that ``name`` is split into by matter: its own first, then ``name_*`` in order."""
    return sorted(path.stem for path in (folder / "lexicons").glob(f"{name}*.yaml"))


def _numerals(located: Located, slots: Mapping[str, str]) -> tuple[NumeralPattern, ...]:
    return tuple(
        NumeralPattern(
            each["id"],
            Disposition(each["disposition"]),
            filled_pattern(located, slots, number, "pattern"),
            each.get("closed", False),
            tuple((example["text"], example["covers"]) for example in each["examples"]),
            located.place(number),
        )
        for number, each in enumerate(located.value)
    )


def _headings(located: Located) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            SectionKind(each["kind"]),
            each["name"],
            tuple(heading_key(fold(variant).text) for variant in each["variants"]),
            tuple(each.get("keywords", ())),
            tuple(each.get("terms", ())),
            located.place(number),
        )
        for number, each in enumerate(located.value)
    )


def _stop_words(located: Located) -> StopWords:
    words = frozenset(word for each in located.value["lists"] for word in each["words"])
    examples = tuple((example["text"], tuple(example["terms"])) for example in located.value["examples"])
    return StopWords(words, examples, located.place("examples"))


def _period(located: Located, number: int, slots: Mapping[str, str]) -> PeriodPattern:
    each = located.value[number]
    return PeriodPattern(
        each["id"],
        _period_name(each["period"]),
        filled_pattern(located, slots, number, "pattern"),
        filled_pattern(located, slots, number, "behind") if "behind" in each else None,
        each.get("until"),
        each.get("whole_sentence", False),
        tuple((example["text"], _period_name(example["period"])) for example in each["examples"]),
        located.place(number),
    )


def _scopes(located: Located, slots: Mapping[str, str]) -> tuple[ScopePattern, ...]:
    return tuple(
        ScopePattern(
            each["id"],
            each["scope"],
            filled_pattern(located, slots, number, "pattern"),
            tuple((example["text"], example["scope"]) for example in each["examples"]),
            located.place(number),
        )
        for number, each in enumerate(located.value)
    )


def _subsets(located: Located, slots: Mapping[str, str]) -> tuple[SubsetPattern, ...]:
    return tuple(
        SubsetPattern(
            each["id"],
            filled_pattern(located, slots, number, "pattern", count=f"(?P<count>{COUNT})"),
            filled_pattern(located, slots, number, "until") if "until" in each else None,
            tuple(each.get("indicators", ("",))),
            tuple((example["text"], example["covers"]) for example in each["examples"]),
            located.place(number),
        )
        for number, each in enumerate(located.value)
    )


def _period_name(name: str) -> Period | None:
    return None if name == "refuse" else Period(name)


def _markers(located: Located, slots: Mapping[str, str], *keys: str) -> tuple[Marker, ...]:
    entries: Any = located.value
    for key in keys:
        entries = entries[key]
    return tuple(
        Marker(
            each["id"],
            each.get("reason", each["id"]),
            filled_pattern(located, slots, *keys, number, "pattern"),
            tuple(each["examples"]),
            tuple(each["counterexamples"]),
            located.place(*keys, number),
        )
        for number, each in enumerate(entries)
    )


def _lists(located: Located, slots: Mapping[str, str]) -> dict[str, tuple[Marker, ...]]:
    return {name: _markers(located, slots, name) for name in located.value}


def _places(located: Located, slots: Mapping[str, str]) -> PlaceWords:
    value = located.value
    clues = zip(_markers(located, slots, "clues"), value["clues"], strict=True)
    return PlaceWords(
        clues=tuple(PlaceClue(marker, each["label"], each["reads"], each["proves"]) for marker, each in clues),
        words={name: _markers(located, slots, name) for name in value if name not in {"clues", "provinces"}},
        letters={letter: each["code"] for each in value["provinces"] for letter in each["letters"]},
        hosts={host: each["code"] for each in value["provinces"] for host in each["hosts"]},
    )


def _classes(located: Located, slots: Mapping[str, str]) -> dict[str, tuple[LabelClass, ...]]:
    return {
        indicator: tuple(
            LabelClass(
                each["id"],
                each["names"],
                filled_pattern(located, slots, indicator, number, "pattern"),
                tuple(each["examples"]),
                tuple(each["counterexamples"]),
                located.place(indicator, number),
            )
            for number, each in enumerate(entries)
        )
        for indicator, entries in located.value.items()
    }


def _topics(located: Located, slots: Mapping[str, str]) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            each["id"],
            frozenset(map(SectionKind, each["sections"])),
            filled_pattern(located, slots, number, "pattern"),
            tuple(each["examples"]),
            tuple(each["counterexamples"]),
            located.place(number),
        )
        for number, each in enumerate(located.value)
    )
