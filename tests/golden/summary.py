"""An outcome as a text that people can read and compare line by line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome, Period, Qualifier, Standing, ValueSource, ValueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Check, Identity, Observation, Outcome, Problem, Section

APPLICANTS = (
    "natural_person",
    "org.business",
    "org.research",
    "org.public_interest",
    "org.legal_service",
    "org.other",
    "total",
)
SIGNS = {
    ValueStatus.BLANK: "_",
    ValueStatus.NOT_APPLICABLE: "/",
    ValueStatus.PLACEHOLDER: "?",
    ValueStatus.UNREADABLE: "!",
}


def summarised(outcome: Outcome) -> str:
    """Return what the report is, its sections, values, numerals, broken checks and problems, one to a line."""
    parts = [
        "\n".join(head(outcome)),
        paragraph("sections", map(section_line, outcome.sections)),
        paragraph("values", value_lines(outcome.observations)),
        paragraph("numerals", ledger_lines(outcome)),
        paragraph("checks", check_lines(outcome.checks)),
        paragraph("problems", map(problem_line, outcome.problems)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def paragraph(title: str, lines: Iterable[str]) -> str:
    body = [f"  {line}" for line in lines]
    return "\n".join([title, *body]) if body else ""


def head(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.source.path}: {outcome.status}" + (f" ({outcome.reason})" if outcome.reason else "")
    yield f"read as {outcome.source.format}, {outcome.source.encoding or 'no encoding of its own'}"
    if outcome.identity is not None:
        yield identity_line(outcome.identity)


def identity_line(identity: Identity) -> str:
    marks = {
        "template": identity.is_template,
        "tampered": identity.is_tampered,
        "traditional characters": identity.is_traditional,
    }
    facts = (identity.agency or "no body", identity.year or "no year", identity.era)
    return ", ".join([*map(str, facts), *(name for name, holds in marks.items() if holds)])


def section_line(section: Section) -> str:
    return f"{'  ' * (section.level - 1)}{section.kind}: {section.heading or '–'} ({section.decided_by})"


def value_lines(observations: Iterable[Observation]) -> Iterator[str]:
    """Yield a line per value; a row of table III is one line, its applicants from left to right."""
    for _, run in groupby(enumerate(observations), row_of_table):
        row = [observation for _, observation in run]
        yield prose_line(row[0]) if row[0].source is ValueSource.PROSE else table_line(row)


def row_of_table(place: tuple[int, Observation]) -> tuple[object, ...]:
    number, observation = place
    if observation.source is ValueSource.PROSE:
        return (number,)
    return (observation.source, observation.indicator, observation.item, *remarks(observation))


def prose_line(observation: Observation) -> str:
    item = f" [{flat(observation.item)}]" if observation.item else ""
    value = SIGNS.get(observation.status) or f"{observation.value:.12g}"
    words = [f"{observation.indicator}{item} = {value}{observation.unit or ''}", *remarks(observation)]
    return f"{', '.join(words)} «{flat(observation.evidence.quote)}»"


def table_line(row: list[Observation]) -> str:
    applicants = tuple(observation.applicant for observation in row)
    names = "" if applicants in {(None,), APPLICANTS} else f" ({', '.join(map(str, applicants))})"
    item = f" [{flat(row[0].item)}]" if row[0].item else ""
    cells = " ".join(map(cell, row))
    return ", ".join([f"{row[0].source} {row[0].indicator}{item}{names} | {cells}", *remarks(row[0])])


def cell(observation: Observation) -> str:
    """The value with its unit, and the words of the cell where they are others."""
    value = SIGNS.get(observation.status) or f"{observation.value:.12g}"
    with_unit = f"{value}{observation.unit or ''}"
    words = flat(observation.evidence.quote)
    return with_unit if words in {value, with_unit, ""} else f"{with_unit} «{words}»"


def remarks(observation: Observation) -> tuple[str, ...]:
    """What is out of the ordinary about a value."""
    standing = f"{observation.standing}: {observation.standing_reason}"
    said = {
        str(observation.status): observation.status is ValueStatus.ZERO_STATED,
        str(observation.qualifier): observation.qualifier is not Qualifier.EXACT,
        str(observation.period): observation.period is not Period.THIS_YEAR,
        standing: observation.standing is not Standing.ACCEPTED,
        "derived": observation.derived,
    }
    return tuple(text for text, is_said in said.items() if is_said)


def ledger_lines(outcome: Outcome) -> Iterator[str]:
    counts = Counter(str(numeral.disposition) for numeral in outcome.numerals)
    return (f"{disposition} {count}" for disposition, count in sorted(counts.items()))


def check_lines(checks: Iterable[Check]) -> Iterator[str]:
    counts = Counter(check.outcome for check in checks)
    for result, count in sorted(counts.items()):
        yield f"{result} {count}"
    for check in checks:
        if check.outcome is CheckOutcome.BROKEN:
            name = f"{check.identity} {check.applicant}" if check.applicant else check.identity
            yield f"{name}: {check.left:.12g} is not {check.right:.12g}, {check.severity}, {check.verdict}"


def problem_line(problem: Problem) -> str:
    return f"{problem.stage}, {problem.kind}: {flat(problem.message)}"


def flat(text: str) -> str:
    return text.replace("\n", "⏎")
