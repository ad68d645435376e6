"""The examination of a rulebook: every embedded example run, every pattern attacked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.across.examples import comparison_trials
from pipeline.model import SectionKind
from pipeline.rulebook.agreements import stands_for
from pipeline.rulebook.attack import find_slow_text, find_weakness
from pipeline.rulebook.book import Rulebook, load_rulebook
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.reading import read_text
from pipeline.rulebook.slots import refuse_unused_slots
from pipeline.rulebook.source import RuleError
from pipeline.rulebook.times import period_of
from pipeline.stages.count_terms import terms
from pipeline.stages.tabulate import example_failures
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Period
    from pipeline.rulebook.indicators import Example, ProseRule
    from pipeline.rulebook.matching import Reading


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that was tested, where it stands (``file:line``), and ``failure`` where it does not hold."""

    subject: str
    place: str
    failure: str | None


def check_rules(folder: Path) -> tuple[Trial, ...]:
    """Return every trial of the rules in ``folder``, failed ones too.

    Raises ``RuleError`` where they can't load, or where no pattern uses a slot.
    """
    book = load_all_rules(folder)
    refuse_unused_slots(folder)
    return tuple(examine(book, attack=True))


def load_all_rules(folder: Path) -> Rulebook:
    """Return the rules in ``folder``, those of indicators that are read only if asked for too."""
    indicators = load_rulebook(folder).indicators
    return load_rulebook(folder, frozenset(each.id for each in indicators if each.only_if_asked))


def require_sound(book: Rulebook) -> None:
    """Raise ``RuleError`` for the first example that fails or pattern that may take more than linear time."""
    for trial in examine(book, attack=False):
        if trial.failure is not None:
            path, _, line = trial.place.rpartition(":")
            raise RuleError(Path(path), int(line), f"{trial.subject}: {trial.failure}")


def examine(book: Rulebook, *, attack: bool) -> Iterator[Trial]:
    """Yield the trial of each example and each pattern; with ``attack`` hostile text is thrown at the patterns, too.

    Raises ``RuleError`` for the first pattern that is none.
    """
    book.compile()
    for rule in book.prose_rules:
        for example in rule.examples:
            yield Trial(f"{rule.id}: {example.text}", rule.place, _example_failure(rule, example, book))
    yield from _lexicon_trials(book)
    yield from _lead_trials(book)
    yield from _class_trials(book)
    yield from _form_trials(book)
    if attack:
        yield from _term_trials(book)
    for subject, pattern in book.patterns():
        failure = find_weakness(pattern) or (find_slow_text(pattern) if attack else None)
        yield Trial(f"{subject}: linear time", pattern.place, failure)


def _example_failure(rule: ProseRule, example: Example, book: Rulebook) -> str | None:
    rules = book.prose_rules if rule.of else (rule,)
    readings = read_text(example.text, example.section, example.year, rules, book, example.heading)
    found = [each for each in readings if each.rule is rule]
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
    """Yield whether the forms' own examples are read, and whether every id named elsewhere is an indicator."""
    known = {indicator.id for indicator in book.indicators}
    for era in book.eras:
        place = f"eras/{era.id}.yaml:1"
        failures = example_failures(era, book.eras)
        yield Trial(f"{era.id}: example", place, "; ".join(failures) or None)
        cells = {table.meaning(row, column).indicator for table in era.tables for _, row, column in table.places()}
        for name in sorted(cells):
            yield Trial(
                f"{era.id}: {name}", place, None if name in known else f"no indicator '{name}' under indicators/"
            )
    for term in sorted(book.agreements.terms):
        is_known = any(stands_for(term, indicator) for indicator in known)
        yield Trial(f"agreements: {term}", "agreements.yaml:1", None if is_known else f"no indicator '{term}'")
    yield from (Trial(*trial) for trial in comparison_trials(book))


def _lexicon_trials(book: Rulebook) -> Iterator[Trial]:
    for numeral in book.lexicons.numerals:
        for text, covers in numeral.examples:
            match = numeral.pattern.search(fold(text).text)
            found = match[0] if match else None
            failure = None if found == covers else f"must cover {covers!r}, but covers {found!r}"
            yield Trial(f"{numeral.id}: {text}", numeral.place, failure)
    for name, markers in book.markers().items():
        for marker in markers:
            for text in marker.examples:
                failure = None if marker.pattern.search(fold(text).text) else "must match"
                yield Trial(f"{name}/{marker.id}: {text}", marker.place, failure)
            for text in marker.counterexamples:
                failure = "must not match" if marker.pattern.search(fold(text).text) else None
                yield Trial(f"{name}/{marker.id}: not {text}", marker.place, failure)
    for heading in book.lexicons.headings:
        known = [other.name for other in book.lexicons.headings if set(other.variants) & set(heading.variants)]
        failure = None if known == [heading.name] else f"shares a variant: {', '.join(known)}"
        yield Trial(f"heading {heading.name}", heading.place, failure)


def _term_trials(book: Rulebook) -> Iterator[Trial]:
    """Yield whether stop words leave of each example what they should; jieba is too slow for the start of every run."""
    stop_words = book.lexicons.stop_words
    for text, wanted in stop_words.examples:
        found = tuple(terms(text, stop_words.words))
        failure = None if found == wanted else f"must leave {'、'.join(wanted)}, but leaves {'、'.join(found)}"
        yield Trial(f"stop words: {text}", stop_words.place, failure)


def _lead_trials(book: Rulebook) -> Iterator[Trial]:
    """Yield the trials of the words before a number that tell its time, its scope and of what part it is told."""
    for period in book.lexicons.periods:
        for text, wanted in period.examples:
            decided = _period_told(text, book, of_first=period.behind is not None)
            failure = None if decided == wanted else f"must cover {wanted}, but covers {decided}"
            yield Trial(f"{period.id}: {text}", period.place, failure)
    for scope in book.lexicons.scopes:
        for text, wanted_scope in scope.examples:
            told = book.lexicons.scope_of(book.mask(fold(text).text).text)
            failure = None if told == wanted_scope else f"must be {wanted_scope}, but is {told}"
            yield Trial(f"{scope.id}: {text}", scope.place, failure)
    for subset in book.lexicons.subsets:
        for text, covers in subset.examples:
            folded = fold(text).text
            masked = book.mask(folded)
            match = subset.pattern.search(masked.text)
            found = folded[slice(*masked.folded_span(*match.span()))] if match else None
            failure = None if found == covers else f"must cover {covers!r}, but covers {found!r}"
            yield Trial(f"{subset.id}: {text}", subset.place, failure)


def _class_trials(book: Rulebook) -> Iterator[Trial]:
    """Yield the trials of what words are about and of what labels mean."""
    for topic in book.lexicons.topics:
        for text, belongs in [
            *((one, True) for one in topic.examples),
            *((one, False) for one in topic.counterexamples),
        ]:
            mentions = book.lexicons.topics_in(book.mask(fold(text).text).text, "", SectionKind.OTHER)
            told = mentions[-1][1]
            failure = None if (told == topic.id) == belongs else f"is about {told}"
            yield Trial(f"{topic.id}: {text}", topic.place, failure)
    for indicator, classes in book.lexicons.classes.items():
        for each in classes:
            for label, belongs in [
                *((one, True) for one in each.examples),
                *((one, False) for one in each.counterexamples),
            ]:
                found = book.lexicons.class_of(indicator, fold(label).text)
                failure = None if (found == each.id) == belongs else f"falls into {found}"
                yield Trial(f"{each.id}: {label}", each.place, failure)


def _period_told(text: str, book: Rulebook, *, of_first: bool) -> Period | None:
    """Return the time that a count of ``text`` covers, the first or the last, in a report on the latest year named."""
    masked = book.mask(fold(text).text)
    year = max((token.year for token in masked.tokens if token.year), default=None)
    marked = masked.in_year(year)
    counts = [token.at for token in masked.tokens if masked.text[token.at] == COUNT]
    if not counts:
        return period_of(marked, "", year, book.lexicons.periods)[0]
    at = counts[0] if of_first else counts[-1]
    return period_of(marked[:at], marked[at + 1 :], year, book.lexicons.periods)[0]
