"""``gongkai show``: what was read from one report, as tables or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from pipeline.cli.rules_of_run import rules_of
from pipeline.cli.terminal import print_rows, printable, say, telling_errors
from pipeline.model import CheckOutcome
from pipeline.tables.report import read_report, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.tables.report import Report

_VALUES = ("indicator", "name", "item", "period", "value", "unit", "source", "quote")
_CHECKS = ("check", "name", "applicant", "outcome", "left", "right", "verdict", "other report")
_NUMBERS = ("value", "left", "right")
_STYLES = {CheckOutcome.BROKEN: "bold red", CheckOutcome.NOT_TESTABLE: "dim"}


def show(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    document: Annotated[str, typer.Option(help="Id of the report, or its path in the corpus.")],
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print what was read from one report: who and when, every value with its words, its checks, its problems."""
    with telling_errors():
        report = read_report(out, document, rules_of(out, rules).book)
    if as_json:
        told_whole = {
            "document": report.document,
            "sections": [{name: row[name] for name in row if name != "text"} for row in report.sections],
            "observations": report.observations,
            "checks": report.checks,
            "problems": report.problems,
        }
        typer.echo(json.dumps(told_whole, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in report.head():
        say(f"{name}: {printable(value)}")
    for problem in report.problems:
        say(f"problem: {printable(problem['message'])}")
    split, plain = report.lines()
    applicants = report.applicants()
    names = [report.book.labels.codes["applicant"][each].zh for each in applicants]
    by_applicant = (
        (line.indicator, line.title, *(told(line.values.get(each)) for each in applicants)) for line in split
    )
    print_rows("By applicant", ("indicator", "name", *names), by_applicant)
    values = (
        (line.indicator, line.title, line.item, line.period, told(row), row["unit"], row["source"], row["quote"])
        for line in plain
        for row in line.values.values()
    )
    print_rows("Values", _VALUES, values, right=_NUMBERS)
    rivals = ((row["indicator"], row["value"], row["standing_reason"], row["quote"]) for row in report.rivals())
    print_rows("Other statements of the same", ("indicator", "value", "why not", "quote"), rivals, right=_NUMBERS)
    print_rows("Checks that are broken or cannot be tested", _CHECKS, _check_rows(report), right=_NUMBERS)
    counts = Counter(row["outcome"] for row in report.checks)
    say("checks: " + ", ".join(f"{counts[outcome]} {outcome}" for outcome in CheckOutcome))


def _check_rows(report: Report) -> Iterator[tuple[object, ...]]:
    for row in report.ordered_checks():
        if row["outcome"] != CheckOutcome.HOLDS:
            outcome = Text(row["outcome"], _STYLES[CheckOutcome(row["outcome"])])
            sides = (row[name] for name in ("left", "right", "verdict", "other_document_id"))
            yield row["identity"], report.check_title(row), row["applicant"], outcome, *sides
