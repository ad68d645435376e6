"""The examination of a rulebook: every embedded example run, every pattern attacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.attack import find_weakness
from pipeline.rulebook.book import Rulebook, load_rulebook
from pipeline.rulebook.matching import period_of
from pipeline.rulebook.reading import read_text
from pipeline.stages.tabulate import example_failures
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.rulebook.indicators import Example, ProseRule
    from pipeline.rulebook.matching import Reading


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that was tested: what it proves, and ``failure`` where it does not."""

    subject: str
    place: str
    failure: str | None


def check_rules(folder: Path, *, attack: bool = True) -> tuple[Trial, ...]:
    """Return every trial of the rules in ``folder``, failed ones too. Raises ``RuleError`` where they can't load."""
    return tuple(examine(load_rulebook(folder), attack=attack))


def examine(book: Rulebook, *, attack: bool = True) -> Iterator[Trial]:
    """Yield the trial of each example and, with ``attack``, of each pattern."""
    for rule in book.prose_rules:
        for example in rule.examples:
            yield Trial(f"{rule.id}: {example.text}", f"{rule.file}:{rule.line}", _example_failure(rule, example, book))
    yield from _lexicon_trials(book)
    yield from _form_trials(book)
    if attack:
        for subject, pattern in _patterns(book):
            yield Trial(f"{subject}: linear time", subject, find_weakness(pattern))


def _example_failure(rule: ProseRule, example: Example, book: Rulebook) -> str | None:
    found = read_text(example.text, example.section, example.year, (rule,), book)
    read = [_values(each, example.text, book) for each in found if each.rejected is None]
    expected = example.expected
    wanted = (expected.value, expected.unit, expected.qualifier, expected.period, expected.item)
    if expected.value is None:
        return f"must not match, but reads {_told(read)}" if read else None
    if wanted in read:
        return None
    why = "; ".join(f"{each.value:g} rejected: {each.rejected}" for each in found if each.rejected)
    return f"must read {_told([wanted])}, but reads {_told(read) or 'nothing'}" + (f" ({why})" if why else "")


def _values(reading: Reading, text: str, book: Rulebook) -> tuple[object, ...]:
    """Return what an example can ask of a reading."""
    item = None
    if reading.item is not None:
        folded = fold(text).text
        item = folded[slice(*book.mask(folded).folded_span(*reading.item))]
    return reading.value, reading.unit, reading.qualifier, reading.period, item


def _told(readings: list[tuple[object, ...]]) -> str:
    return ", ".join(" ".join(str(value) for value in values if value is not None) for values in readings)


def _form_trials(book: Rulebook) -> Iterator[Trial]:
    """Yield whether the forms' own examples are read, and every id that forms and concepts name is an indicator."""
    known = {indicator.id for indicator in book.indicators}
    for era in book.eras:
        place = f"eras/{era.id}.yaml"
        failures = example_failures(era, book.eras)
        yield Trial(f"{era.id}: example", place, "; ".join(failures) or None)
        cells = sorted(
            {table.meaning(row, column).indicator for table in era.tables for _, row, column in table.places()}
        )
        for name in cells:
            yield Trial(
                f"{era.id}: {name}", place, None if name in known else f"no indicator '{name}' under indicators/"
            )
    eras = {era.id for era in book.eras}
    for concept in book.concepts:
        for form in concept.eras:
            names = [term.indicator for term in form.terms if term.indicator not in known]
            unknown = [f"no indicator '{name}'" for name in names] + (
                [] if form.era in eras else [f"no era '{form.era}'"]
            )
            yield Trial(f"concept {concept.id}: {form.era}", "concepts/", "; ".join(unknown) or None)


def _lexicon_trials(book: Rulebook) -> Iterator[Trial]:
    place = "lexicons/numerals.yaml"
    for pattern in book.lexicons.numerals:
        compiled = regex.compile(pattern.pattern)
        for text, covers in pattern.examples:
            match = compiled.search(fold(text).text)
            found = match[0] if match else None
            failure = None if found == covers else f"must cover {covers!r}, but covers {found!r}"
            yield Trial(f"{pattern.id}: {text}", place, failure)
    for period in book.lexicons.periods:
        for text, wanted in period.examples:
            masked = book.mask(fold(text).text)
            years = [token.year for token in masked.tokens if token.year]
            marked = masked.in_year(max(years, default=None))
            last = max(
                (token.at for token in masked.tokens if token.text == text or token.disposition == "unexplained"),
                default=0,
            )
            decided, _ = period_of(marked[:last] or marked, book.lexicons.periods)
            failure = None if decided == wanted else f"must cover {wanted}, but covers {decided}"
            yield Trial(f"{period.id}: {text}", "lexicons/periods.yaml", failure)
    groups = {"furniture": book.lexicons.furniture, "spam": book.lexicons.spam, **book.lexicons.identity}
    for name, markers in groups.items():
        for marker in markers:
            for text in marker.examples:
                failure = None if marker.pattern.search(fold(text).text) else "must match"
                yield Trial(f"{name}/{marker.id}: {text}", f"lexicons ({name})", failure)
            for text in marker.counterexamples:
                failure = "must not match" if marker.pattern.search(fold(text).text) else None
                yield Trial(f"{name}/{marker.id}: not {text}", f"lexicons ({name})", failure)
    for heading in book.lexicons.headings:
        known = [other.name for other in book.lexicons.headings if set(other.variants) & set(heading.variants)]
        failure = None if known == [heading.name] else f"shares a variant: {', '.join(known)}"
        yield Trial(f"heading {heading.name}", "lexicons/headings.yaml", failure)


def _patterns(book: Rulebook) -> Iterator[tuple[str, regex.Pattern[str]]]:
    for rule in book.prose_rules:
        yield rule.id, rule.pattern
        yield from (
            (f"{rule.id} {name}", each) for name, each in (("context", rule.context), ("unless", rule.unless)) if each
        )
    for numeral in book.lexicons.numerals:
        yield f"numerals/{numeral.id}", regex.compile(numeral.pattern)
    yield from ((f"periods/{period.id}", period.pattern) for period in book.lexicons.periods)
    groups = {"furniture": book.lexicons.furniture, "spam": book.lexicons.spam, **book.lexicons.identity}
    for name, markers in groups.items():
        yield from ((f"{name}/{marker.id}", marker.pattern) for marker in markers)
