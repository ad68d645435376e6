"""``gongkai explain``: why one file was read as it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.terminal import ExitCode, give_up, print_table, printable, say, telling_errors
from pipeline.explain import explain as recompute
from pipeline.rulebook import load_rulebook
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.explain import Explanation
    from pipeline.model import Outcome


def explain(
    file: Annotated[Path, typer.Argument(help="One report.", exists=True, dir_okay=False)],
    *,
    indicator: Annotated[str | None, typer.Option(help="Only this indicator, by its id in the rules.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell how one file is read: its sections, each rule that matched or was rejected and why, rivals, checks."""
    with telling_errors():
        rulebook = load_rulebook(rules or shipped_folder("rules"))
        if indicator is not None and indicator not in {each.id for each in rulebook.indicators}:
            give_up(f"'{indicator}' is no indicator of the rules.", ExitCode.USAGE)
        explanation = recompute(file, rulebook, indicator)
    if as_json:
        typer.echo(json.dumps(_plain(explanation, indicator), ensure_ascii=False, indent=2, default=str))
    else:
        _print(explanation, indicator)


def _plain(explanation: Explanation, indicator: str | None) -> dict[str, object]:
    outcome = explanation.outcome
    return {
        "status": outcome.status,
        "reason": outcome.reason,
        "message": outcome.message,
        "identity": asdict(outcome.identity) if outcome.identity else None,
        "sections": [asdict(each) for each in outcome.sections],
        "attempts": [asdict(each) for each in explanation.attempts],
        "observations": [asdict(each) for each in outcome.observations if indicator in {None, each.indicator}],
        "checks": [asdict(each) for each in outcome.checks],
        "problems": [asdict(each) for each in outcome.problems],
    }


def _print(explanation: Explanation, indicator: str | None) -> None:
    outcome = explanation.outcome
    say(f"status: {outcome.status}" + (f" ({outcome.reason}): {outcome.message}" if outcome.reason else ""))
    if outcome.identity is not None:
        for name in ("agency", "year", "era"):
            proof = outcome.identity.proof_of(name)
            words = f" — {printable(proof.quote)}" if proof else ""
            say(f"{name}: {getattr(outcome.identity, name)}{words}")
    _print_rows(
        "Sections",
        ("section", "kind", "decided by", "heading"),
        ((each.section_id, each.kind, each.decided_by, each.heading) for each in outcome.sections),
    )
    _print_rows(
        "Rules that matched",
        ("rule", "value", "unit", "period", "rejected because", "words"),
        (
            (each.rule_id, each.value, each.unit, each.period, each.rejected, each.quote)
            for each in explanation.attempts
        ),
    )
    _print_rows(
        "Values", ("indicator", "applicant", "value", "source", "standing", "why", "words"), _values(outcome, indicator)
    )
    _print_rows(
        "Checks",
        ("identity", "applicant", "outcome", "left", "right", "verdict"),
        ((each.identity, each.applicant, each.outcome, each.left, each.right, each.verdict) for each in outcome.checks),
    )
    for problem in outcome.problems:
        say(f"problem in {problem.stage}: {printable(problem.message)}")


def _values(outcome: Outcome, indicator: str | None) -> Iterable[tuple[object, ...]]:
    for each in outcome.observations:
        if indicator in {None, each.indicator}:
            why = each.standing_reason or each.rule_id
            quote = each.evidence.quote
            yield each.indicator, each.applicant, each.value, each.source, each.standing, why, quote


def _print_rows(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    table = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(printable, row))
    if table.row_count:
        print_table(table)
