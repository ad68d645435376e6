"""``gongkai run`` and ``gongkai demo``: read a corpus, and say how it went and where to look."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.terminal import ExitCode, printable, say, showing_progress, talk, telling_errors
from pipeline.model import DocumentStatus
from pipeline.running.run import run as run_corpus
from pipeline.shipped import shipped_folder
from pipeline.tables.run_report import REPORT

if TYPE_CHECKING:
    from pipeline.running.run import Summary

_OUT = Path("outputs")
_SECONDS_WORTH_TELLING = 1.0
_GO_ON = "What was read so far is kept: run the same command again to go on."


class FailOn(StrEnum):
    """What turns the exit code of a run from 0 into 3."""

    DOCUMENT = "document"


class Retry(StrEnum):
    """Which unchanged files a run reads again."""

    FAILED = "failed"


def run(  # noqa: PLR0913 — the options of the command
    corpus: Annotated[Path, typer.Argument(help="Folder of reports with its subfolders, or one report.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the tables; made where it is missing.")] = _OUT,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; as many as processors if left out.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one file may take.")] = 60.0,
    memory: Annotated[int, typer.Option(min=512, help="MB that a worker may use (Linux only).")] = 4096,
    only: Annotated[
        str | None, typer.Option(help="Read only paths or names like this, as '*.pdf' or '2021/*'.")
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
    also: Annotated[
        list[str] | None, typer.Option(help="An indicator that is read only if asked for, by its id; again for more.")
    ] = None,
    retry: Annotated[Retry | None, typer.Option(help="'failed': read files again that could not be read.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read all files again, unchanged or not.")] = False,
    fail_on: Annotated[FailOn | None, typer.Option(help="'document': exit code 3 where a file failed.")] = None,
) -> None:
    """Read every report in CORPUS and write the tables.

    Tables of an earlier run are replaced once all new ones are complete. Files that it read and that are unchanged are
    not read again, nor those that a run read before it was stopped. A file that can't be read becomes a row of
    documents.parquet with status and reason, and the others go on.
    """
    with telling_errors(interrupted=_GO_ON):
        with showing_progress() as progress:
            summary = run_corpus(
                corpus,
                out,
                jobs=jobs,
                timeout=timeout,
                memory=memory,
                only=only,
                rules=rules,
                also=also or (),
                retry_failed=retry is Retry.FAILED,
                fresh=fresh,
                progress=progress,
            )
        _tell(summary)
    if fail_on is FailOn.DOCUMENT and summary.count(DocumentStatus.FAILED):
        raise typer.Exit(ExitCode.FILES_FAILED)


def demo(out: Annotated[Path, typer.Option(help="Folder for the tables.")] = _OUT) -> None:
    """Read the sample reports that come with the program, and say what to open."""
    with telling_errors():
        corpus = shipped_folder("corpus") / "reports"
        with showing_progress() as progress:
            summary = run_corpus(corpus, out, progress=progress)
        _tell(summary)
    example = summary.first[DocumentStatus.OK, None]
    say(f"\nOpen {out / REPORT} first, in a browser. One row per body and year: {out / 'panel.parquet'}; each value,")
    say(f"with the words that state it: {out / 'observations.parquet'}. In Python: pipeline.load({str(out)!r})")
    say(f"For Excel and Stata: {_command('export', str(out))}")
    say(f"One report in the terminal: {_show_command(out, example)}")
    say(f"How it was read: {_command('explain', str(corpus / example))}")


def _tell(summary: Summary) -> None:
    files = sum(summary.files.values())
    values = summary.rows["observations"]
    unchanged = f", {summary.unchanged} of them unchanged and not read again" if summary.unchanged else ""
    say(f"{files} files in {summary.seconds:.1f} s{unchanged}: {values} values are now in {summary.out}")
    table = Table("status", "reason", "files", "first of them", box=None, pad_edge=False)
    for (status, reason), number in sorted(summary.files.items(), key=lambda each: (-each[1], each[0][0])):
        table.add_row(*map(printable, (status, reason, number, summary.first[status, reason])))
    talk().print(table)
    slow = [(path, seconds) for path, seconds in summary.slowest if seconds >= _SECONDS_WORTH_TELLING]
    if slow:
        say("Slowest: " + ", ".join(f"{printable(path)} ({seconds:.1f} s)" for path, seconds in slow))
    troubled = [what for what in summary.files if what[0] not in {DocumentStatus.OK, DocumentStatus.DUPLICATE}]
    if troubled:
        say(f"Why, for one file: {_show_command(summary.out, summary.first[troubled[0]])}")
        say(f"For all: 'status', 'reason' and 'message' in {summary.out / 'documents.parquet'}")
    say(f"What to look at first: {summary.out / REPORT}")


def _show_command(out: Path, document: str) -> str:
    return _command("show", str(out), "--document", document)


def _command(*words: str) -> str:
    return shlex.join(["gongkai", *words])
