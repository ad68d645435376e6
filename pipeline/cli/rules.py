"""``gongkai rules check``: every example in the rules is run and every pattern attacked."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import Annotated

import typer

from pipeline.cli.terminal import ExitCode, say, telling_errors
from pipeline.rulecheck import check_rules
from pipeline.shipped import shipped_folder


def check(
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
) -> None:
    """Load all rules, run every embedded example, attack every pattern with hostile text.

    Each failure is told with its file and line; the exit code is then 2.
    """
    with telling_errors():
        trials = check_rules(rules or shipped_folder("rules"))
    failures = [trial for trial in trials if trial.failure is not None]
    for trial in failures:
        say(f"{trial.place}: {trial.subject}: {trial.failure}")
    if failures:
        say(f"{len(failures)} of {len(trials)} trials failed.")
        raise typer.Exit(ExitCode.USAGE)
    say(f"All {len(trials)} trials passed.")
