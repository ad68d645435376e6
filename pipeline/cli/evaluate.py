"""``gongkai evaluate``: what a run is worth against labels made by hand."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import Annotated

import typer

from pipeline.cli.rules_of_run import rules_of
from pipeline.cli.terminal import ExitCode, give_up, print_sheet, say, telling_errors
from pipeline.evaluating import as_json, differences, floors_broken, raised_floors, read_floors, sheets
from pipeline.evaluating import evaluate as compare_with_gold


def evaluate(  # noqa: PLR0913 — the options of the command
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    gold: Annotated[Path, typer.Option(help="Folder of report labels, or a .jsonl file of clauses.")],
    place: Annotated[list[str] | None, typer.Option(help="Only this place; may be given again.")] = None,
    show: Annotated[bool, typer.Option("--show", help="List what was missed and what is wrong.")] = False,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
    floors: Annotated[Path | None, typer.Option(help="JSON file of floors; exit code 1 below one of them.")] = None,
    as_plain: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare the values of a run with labels: precision, recall and value accuracy, by indicator, form and place."""
    with telling_errors():
        evaluation = compare_with_gold(out, gold, rules=rules_of(out, rules).folder)
        asked = read_floors(floors) if floors else None
    if place:
        evaluation = evaluation.at_places(place)
        if not evaluation.texts:
            give_up(f"No labels are of the place {', '.join(place)}.", ExitCode.USAGE)
    if as_plain:
        typer.echo(json.dumps(as_json(evaluation, show=show), ensure_ascii=False, indent=2))
    else:
        for sheet in (*sheets(evaluation), *([differences(evaluation)] if show else [])):
            print_sheet(sheet)
    if asked is None:
        return
    broken = floors_broken(evaluation, asked)
    for message in broken:
        say(message)
    if broken:
        raise typer.Exit(ExitCode.GATE_FAILED)
    raised = raised_floors(evaluation, asked)
    if raised != asked:
        say(f"All floors hold, and could be raised to: {raised.as_json()}")
