"""``gongkai diff``: what changed between two runs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from pipeline.cli.terminal import ExitCode, print_rows, say, telling_errors
from pipeline.tables.difference import Change, difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.tables.difference import Difference, FileChange, Row, TableChange, ValueChange

_VALUES = (
    *("", "path", "indicator", "applicant", "item", "period"),
    *("before", "after", "words before", "words after"),
)
_STYLES = {Change.ADDED: "green", Change.REMOVED: "red", Change.CHANGED: "yellow", Change.MOVED: "dim"}


def diff(
    out_a: Annotated[Path, typer.Argument(help="Output folder of the earlier run.")],
    out_b: Annotated[Path, typer.Argument(help="Output folder of the later run.")],
    *,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit code 1 where anything differs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what changed between two runs: files, columns, and each value with the words of both."""
    with telling_errors():
        found = difference(out_a, out_b)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
    else:
        _print_tables(found.tables)
        _print_files(found.files)
        _print_values(found.values)
        _say_counts(found)
    if exit_code and found:
        raise typer.Exit(ExitCode.GATE_FAILED)


def _print_tables(changes: Sequence[TableChange]) -> None:
    rows = ((_sign(each.change), each.name, each.old, each.new) for each in changes)
    print_rows("Versions and columns", ("", "name", "before", "after"), rows)


def _print_files(changes: Sequence[FileChange]) -> None:
    rows = ((_sign(each.change), each.path, each.column, each.old, each.new) for each in changes)
    print_rows("Files", ("", "path", "column", "before", "after"), rows)


def _print_values(changes: Sequence[ValueChange]) -> None:
    rows = (
        (
            *(_sign(each.change), each.path, each.indicator, each.applicant, each.item, each.period),
            *(_value(each.old), _value(each.new), _words(each.old), _words(each.new)),
        )
        for each in changes
    )
    print_rows("Values", _VALUES, rows)


def _value(row: Row | None) -> str | None:
    if row is None:
        return None
    if row["value"] is None:
        return f"[{row['status']}]"
    exact = "" if row["qualifier"] == "exact" else f" {row['qualifier']}"
    return f"{row['value']:.15g}{row['unit'] or ''}{exact}"


def _words(row: Row | None) -> str | None:
    return row["quote"] if row is not None else None


def _sign(change: Change) -> Text:
    return Text(change, _STYLES[change])


def _say_counts(found: Difference) -> None:
    if not found:
        say("Nothing differs: the same files, columns and values, with the same words.")
        return
    for name, changes in (("columns and versions", found.tables), ("files", found.files), ("values", found.values)):
        counts = Counter(each.change for each in changes)
        told = ", ".join(f"{counts[change]} {change}" for change in Change if counts[change])
        say(f"{name}: {told or 'no difference'}")
