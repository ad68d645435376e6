"""What commands share: where words go, how errors end, how progress shows."""

from __future__ import annotations

import time
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.evaluating import EvaluationError
from pipeline.rulebook import RuleError
from pipeline.running.errors import CorpusError, WorkerError
from pipeline.shipped import NotShippedError
from pipeline.tables.errors import OutputError, QuoteError, TablesMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rich.progress import Task

    from pipeline.evaluating import Sheet

_SECONDS_BETWEEN_LINES = 5.0
_FEWEST_FOR_SPEED = 5
_WIDE = 4000


class ExitCode(IntEnum):
    """What the command returns to the shell."""

    DONE = 0
    GATE_FAILED = 1
    USAGE = 2
    FILES_FAILED = 3
    NO_INPUT = 4
    OUTPUT = 5
    INTERNAL = 6
    INTERRUPTED = 130


_ENDINGS: dict[type[BaseException], ExitCode] = {
    RuleError: ExitCode.USAGE,
    CorpusError: ExitCode.NO_INPUT,
    EvaluationError: ExitCode.USAGE,
    TablesMissingError: ExitCode.USAGE,
    OutputError: ExitCode.OUTPUT,
    NotShippedError: ExitCode.INTERNAL,
    WorkerError: ExitCode.INTERNAL,
    QuoteError: ExitCode.INTERNAL,
}


def talk() -> Console:
    """Return the console for people."""
    return Console(stderr=True, highlight=False)


def say(message: str) -> None:
    """Print a line for people."""
    talk().print(Text(message), soft_wrap=True)


def print_table(table: Table) -> None:
    """Print a table as data; into a file or a pipe it is as wide as it needs to be."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)


def print_sheet(sheet: Sheet) -> None:
    """Print rows under named columns as data."""
    table = Table(*sheet.columns, title=sheet.title, title_justify="left", box=None, pad_edge=False)
    for row in sheet.rows:
        table.add_row(*map(printable, row))
    print_table(table)


def print_rows(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]], right: Iterable[str] = ()) -> None:
    """Print rows under named columns as data, those of ``right`` to the right; nothing where there are no rows."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in right else "left")
    for row in rows:
        table.add_row(*map(printable, row))
    if table.row_count:
        print_table(table)


def printable(value: object) -> Text:
    """Return a value for a table cell: numbers short, nothing for null, no control characters, text as it is."""
    if isinstance(value, Text):
        return value
    if value is None:
        return Text("")
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Text("".join(sign if sign.isprintable() else " " for sign in text))


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write a file that the user named, line ends as they are in ``text``, and say so; give up where it can't be."""
    try:
        path.write_text(text, encoding=encoding, newline="")
    except OSError as error:
        give_up(f"'{path}' cannot be written: {error.strerror}.", ExitCode.OUTPUT)
    say(f"Written: {path}")


def give_up(message: str, code: ExitCode) -> NoReturn:
    """Print what went wrong and end the command."""
    say(f"gongkai: {message}")
    raise typer.Exit(code)


@contextmanager
def telling_errors(*, interrupted: str = "") -> Iterator[None]:
    """End the command with a message and an exit code where something goes wrong that the user should know.

    ``interrupted`` is what to say besides where the user stops it.
    """
    try:
        yield
    except KeyboardInterrupt:
        message = "Interrupted. The tables that were there before are untouched."
        give_up(f"{message} {interrupted}".rstrip(), ExitCode.INTERRUPTED)
    except tuple(_ENDINGS) as error:
        give_up(str(error), next(code for kind, code in _ENDINGS.items() if isinstance(error, kind)))


@contextmanager
def showing_progress() -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows files done of all files: a bar on a terminal, elsewhere a line now and then."""
    console = talk()
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


class _Lines:
    """Progress for logs; the speed is that since the first file, before which the workers load the rules."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._first: tuple[int, float] | None = None

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._first is None:
            self._first = done, now
        if now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        already, since = self._first
        if done - already < _FEWEST_FOR_SPEED or now <= since:
            say(f"{done} of {total} files")
            return
        rate = (done - already) / (now - since)
        say(f"{done} of {total} files, {rate:.1f} a second, about {(total - done) / rate:.0f} seconds left")
