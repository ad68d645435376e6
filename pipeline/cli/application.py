"""All commands in one application, and what happens to errors that no command expects."""

from __future__ import annotations

import signal
import sys
import traceback
from typing import Annotated

import typer

import pipeline
from pipeline.cli import compare, diff, evaluate, explain, export, rules, run, scan, show
from pipeline.cli.terminal import ExitCode, say

app = typer.Typer(
    help="Read folders of 政府信息公开工作年度报告 into tables in which every number carries its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run.run)
app.command("demo")(run.demo)
app.command("scan")(scan.scan)
app.command("show")(show.show)
app.command("compare")(compare.compare)
app.command("diff")(diff.diff)
app.command("explain")(explain.explain)
app.command("export")(export.export)
app.command("codebook")(export.codebook)
app.command("evaluate")(evaluate.evaluate)
rules_app = typer.Typer(help="Examine the rules.", no_args_is_help=True)
rules_app.command("check")(rules.check)
rules_app.command("stats")(rules.stats)
app.add_typer(rules_app, name="rules")


def _print_version(asked: bool) -> None:  # noqa: FBT001 — typer calls it so
    if asked:
        typer.echo(f"gongkai {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Read folders of 政府信息公开工作年度报告 into tables in which every number carries its source."""


def main() -> None:
    """Run the command line; exit codes are those of ``ExitCode``."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception:  # noqa: BLE001 — a fault of ours has an exit code of its own
        say(traceback.format_exc())
        say("This is a fault of gongkai. Please report it with the lines above.")
        sys.exit(ExitCode.INTERNAL)
