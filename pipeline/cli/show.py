"""``gongkai show``: what was read from one report, as a table or as JSON."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated, Any

import pyarrow.parquet as pq
import typer
from rich.table import Table

from pipeline.cli.terminal import ExitCode, give_up, print_table, printable, say

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = ("path", "status", "reason", "message", "agency", "year", "era", "duplicate_of")
_COLUMNS = ("indicator", "applicant", "item", "value", "unit", "status", "period", "source", "standing", "quote")


def show(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    document: Annotated[str, typer.Option(help="Id of the report, or its path in the corpus.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print what was read from one report: who and when, every value with its words, and what could not be read."""
    found = _rows(out, "documents", [("path", "==", document)]) or _rows(
        out, "documents", [("document_id", "==", document)]
    )
    if not found:
        give_up(f"'{out}' has no report with the id or path '{document}'.", ExitCode.USAGE)
    own = [("document_id", "==", found[0]["document_id"])]
    values = _rows(out, "observations", own)
    problems = _rows(out, "problems", [("path", "==", found[0]["path"])])
    if as_json:
        report = {"document": found[0], "observations": values, "problems": problems}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2, default=str))
        return
    for name in _HEAD:
        if found[0][name] is not None:
            say(f"{name}: {printable(found[0][name])}")
    for problem in problems:
        say(f"problem: {printable(problem['message'])}")
    print_table(_table(values))


def _rows(out: Path, name: str, filters: list[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    path = out / f"{name}.parquet"
    if not path.is_file():
        give_up(f"There are no tables in '{out}': it is not the output folder of a finished run.", ExitCode.USAGE)
    rows: list[dict[str, Any]] = pq.read_table(path, filters=filters).to_pylist()
    return rows


def _table(values: Iterable[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name == "value" else "left", overflow="fold")
    for row in values:
        table.add_row(*(printable(row[name]) for name in _COLUMNS))
    return table
