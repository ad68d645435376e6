"""``gongkai rules check``: every example is run and every pattern attacked. ``gongkai rules stats``: what rules do."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import Annotated

import typer

from pipeline.cli.rules_of_run import rules_of
from pipeline.cli.terminal import ExitCode, print_sheet, say, telling_errors
from pipeline.evaluating import count_rules, evaluate, rule_sheets, rules_as_json
from pipeline.evaluating.conventions import load_conventions
from pipeline.rulecheck import check_rules
from pipeline.shipped import shipped_folder


def check(
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
) -> None:
    """Load all rules, run every embedded example, attack every pattern with hostile text.

    What ``evaluate`` takes for the same fact is loaded as well. Each failure is told with its file and line; the exit
    code is then 2.
    """
    with telling_errors():
        folder = rules or shipped_folder("rules")
        load_conventions(folder)
        trials = check_rules(folder)
    failures = [trial for trial in trials if trial.failure is not None]
    for trial in failures:
        say(f"{trial.place}: {trial.subject}: {trial.failure}")
    if failures:
        say(f"{len(failures)} of {len(trials)} trials failed.")
        raise typer.Exit(ExitCode.USAGE)
    say(f"All {len(trials)} trials passed.")


def stats(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    gold: Annotated[
        Path | None, typer.Option(help="Folder of report labels, or a .jsonl file of clauses: counts right and wrong.")
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; docs/rules.md tells its keys.")] = False,
) -> None:
    """Count the matches, conflicts and values of each prose rule; with labels, list its wrong values."""
    with telling_errors():
        used = rules_of(out, rules)
        counts = count_rules(out, used.book, evaluate(out, gold, rules=used.folder) if gold else None)
    if as_json:
        typer.echo(json.dumps(rules_as_json(counts, judged=gold is not None), ensure_ascii=False, indent=2))
        return
    for sheet in rule_sheets(counts, judged=gold is not None):
        print_sheet(sheet)
    unused, without = sum(not each.hits for each in counts), sum(not each.wins for each in counts)
    say(f"{len(counts)} rules, {unused} without a match, {without} without a value.")
