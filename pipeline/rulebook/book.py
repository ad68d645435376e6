"""The rulebook: everything under ``rules/`` compiled, and the masking and matching that follow from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.model import SectionKind
from pipeline.places import Register
from pipeline.rulebook.agreements import load_agreements
from pipeline.rulebook.choosing import load_preferences
from pipeline.rulebook.concepts import load_concepts, load_form_order
from pipeline.rulebook.eligibility import Eligibility
from pipeline.rulebook.eras import load_eras
from pipeline.rulebook.evaluation import ALL_APPLICANTS
from pipeline.rulebook.gate import Gate
from pipeline.rulebook.indicators import Says, load_indicators
from pipeline.rulebook.labels import load_labels
from pipeline.rulebook.lexicons import load_lexicons
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.masking import Masked, mask
from pipeline.rulebook.passages import Passage
from pipeline.rulebook.source import RuleError
from pipeline.rulebook.years import load_year_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.rulebook.agreements import Agreements
    from pipeline.rulebook.choosing import Preference
    from pipeline.rulebook.concepts import Concept, FormOrder
    from pipeline.rulebook.eras import Era
    from pipeline.rulebook.indicators import Indicator, ProseRule
    from pipeline.rulebook.labels import Labels
    from pipeline.rulebook.lexicons import Lexicons, Marker
    from pipeline.rulebook.patterns import Pattern
    from pipeline.rulebook.years import YearRules


@dataclass(frozen=True)
class PanelRules:
    """What the panel is built by: concepts, the forms in time, which report speaks, the indicators each form has.

    ``split`` are the indicators of which single kinds of applicant are asked for.
    """

    concepts: tuple[Concept, ...]
    order: FormOrder
    preferences: tuple[Preference, ...]
    cells: Mapping[str, frozenset[str]]
    split: frozenset[str]


@dataclass(frozen=True)
class Rulebook:
    """All rules; ``version`` is the first 16 hex digits of the SHA-256 over the rule files."""

    indicators: tuple[Indicator, ...]
    eras: tuple[Era, ...]
    concepts: tuple[Concept, ...]
    order: FormOrder
    preferences: tuple[Preference, ...]
    years: YearRules
    agreements: Agreements
    lexicons: Lexicons
    register: Register
    labels: Labels
    version: str

    @cached_property
    def prose_rules(self) -> tuple[ProseRule, ...]:
        """The prose rules of all indicators in order."""
        return tuple(rule for indicator in self.indicators for rule in indicator.rules)

    @cached_property
    def prose_gate(self) -> Gate:
        """The gate before the patterns of ``prose_rules``; where no count stands no list does."""
        lists = {number for number, rule in enumerate(self.prose_rules) if rule.says is Says.LIST}
        return Gate((rule.pattern for rule in self.prose_rules), COUNT, lists)

    @cached_property
    def eligibility(self) -> Eligibility:
        """What tells which of ``prose_rules`` can be right in a passage."""
        return Eligibility(self.prose_rules)

    @cached_property
    def _numeral_gate(self) -> Gate:
        return Gate(numeral.pattern for numeral in self.lexicons.numerals)

    def prepare(self) -> None:
        """Build the gates, so that the first report need not wait for them."""
        _ = self.prose_gate, self._numeral_gate

    def compile(self) -> None:
        """Compile all patterns, those too that no text has needed. Raises ``RuleError`` for the first that is none."""
        for _, pattern in self.patterns():
            _ = pattern.compiled

    def patterns(self) -> Iterator[tuple[str, Pattern]]:
        """Yield all patterns with the ids of what they belong to."""
        for rule in self.prose_rules:
            patterns = (
                rule.context,
                rule.paragraph,
                rule.unless,
                rule.unless_before,
                rule.unless_item,
                rule.only_item,
                rule.item_like,
            )
            yield from ((rule.id, pattern) for pattern in (rule.pattern, *patterns) if pattern is not None)
        lexicons = self.lexicons
        yield from ((each.id, each.pattern) for each in lexicons.numerals)
        yield from ((each.id, each.pattern) for each in lexicons.scopes)
        for subset in lexicons.subsets:
            yield from ((subset.id, pattern) for pattern in (subset.pattern, subset.until) if pattern is not None)
        yield from ((each.id, each.pattern) for each in lexicons.topics)
        for period in lexicons.periods:
            yield from ((period.id, pattern) for pattern in (period.pattern, period.behind) if pattern is not None)
        for name, markers in self.markers().items():
            yield from ((f"{name}/{marker.id}", marker.pattern) for marker in markers)
        for classes in lexicons.classes.values():
            yield from ((each.id, each.pattern) for each in classes)

    def markers(self) -> Mapping[str, tuple[Marker, ...]]:
        """Return all markers by the list they stand in."""
        lexicons = self.lexicons
        return {
            "furniture": lexicons.furniture,
            "spam": lexicons.spam,
            "no_name": lexicons.no_name,
            "agreements": tuple(self.agreements.words.values()),
            **lexicons.identity,
            **lexicons.kinds,
            "places.clues": tuple(clue.marker for clue in lexicons.places.clues),
            **{f"places.{name}": markers for name, markers in lexicons.places.words.items()},
        }

    @cached_property
    def panel(self) -> PanelRules:
        """What the panel is built by."""
        cells = {
            era.id: frozenset(
                table.meaning(row, column).indicator for table in era.tables for _, row, column in table.places()
            )
            for era in self.eras
        }
        terms = (term for concept in self.concepts for form in concept.eras for term in form.terms)
        split = {term.indicator for term in terms if term.applicant not in {None, ALL_APPLICANTS}}
        split |= {term.indicator for rule in self.years.identities if rule.by_applicant for term in rule.terms()}
        return PanelRules(self.concepts, self.order, self.preferences, cells, frozenset(split))

    def mask(self, folded: str, *, spaced: bool = False) -> Masked:
        """Return the folded text with every numeral replaced by a mark; the spaces of a ``spaced`` one mean nothing."""
        return mask(folded, self.lexicons.numerals, self._numeral_gate, spaced=spaced)

    def passage(
        self, masked: Masked, bounds: tuple[int, int], year: int | None, kind: SectionKind, heading: str | None
    ) -> Passage:
        """Return the stretch of ``masked`` between ``bounds`` as the rules see it, under its folded ``heading``.

        What it is about follows from the kind of its section only where a heading told that: null is none.
        """
        text = masked.in_year(year)[slice(*bounds)]
        topics = self.lexicons.topics_in(text, heading or "", SectionKind.OTHER if heading is None else kind)
        return Passage(masked, text, bounds[0], year, kind, heading or "", topics)


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """A folder of rules, and which of its indicators that are read only if asked for are ``also`` read."""

    folder: Path
    also: frozenset[str] = frozenset()


def load_rulebook(folder: Path, also: frozenset[str] = frozenset()) -> Rulebook:
    """Return the rules in ``folder``. Raises ``RuleError`` with file and line for the first mistake.

    Indicators that are read only if asked for have no rules but those that ``also`` names. What was loaded before and
    has not changed since is not loaded again. Patterns are not compiled yet: one that is none is told when it is first
    tried, or all at once by ``compile``.
    """
    if not (folder / "indicators").is_dir():
        raise RuleError(folder, 1, "is no rules folder: it has no indicators/")
    for name in ("divisions.tsv", "townships.tsv"):
        if not (folder / "places" / name).is_file():
            raise RuleError(
                folder / "places" / name, 1, "is missing: copy it from the rules that came with the program"
            )
    return _load(folder, also, rules_version(folder, also))


@lru_cache(maxsize=2)
def _load(folder: Path, also: frozenset[str], version: str) -> Rulebook:
    lexicons = load_lexicons(folder)
    indicators, eras = load_indicators(folder, lexicons, also), load_eras(folder / "eras")
    concepts = load_concepts(folder / "concepts")
    return Rulebook(
        indicators=indicators,
        eras=eras,
        concepts=concepts,
        order=load_form_order(folder / "concepts", concepts),
        preferences=load_preferences(folder),
        years=load_year_rules(folder, concepts),
        agreements=load_agreements(folder),
        lexicons=lexicons,
        register=Register(folder / "places"),
        labels=load_labels(folder, indicators, eras, concepts, lexicons),
        version=version,
    )


def rules_version(folder: Path, also: frozenset[str] = frozenset()) -> str:
    """Return the first 16 hex digits of the SHA-256 over the rule files in ``folder``, their names, and ``also``."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".json", ".tsv"}:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for indicator in sorted(also):
        digest.update(f"also {indicator}\0".encode())
    return digest.hexdigest()[:16]
