"""``gongkai compare``: concepts and indicators side by side over bodies and years."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.rules_of_run import rules_of
from pipeline.cli.terminal import ExitCode, give_up, print_table, printable, say, telling_errors, write_text
from pipeline.model import Scope  # noqa: TC001 — typer looks annotations up
from pipeline.tables.comparison import Selection, UnknownNameError
from pipeline.tables.comparison import compare as compare_tables
from pipeline.tables.comparison_page import comparison_page
from pipeline.tables.comparison_words import LEGEND, cell_words, legend_used, level_shifts, number, subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook import Rulebook
    from pipeline.tables.comparison import Row

_SOURCES_AT_MOST = 60
_QUOTE_AT_MOST = 60
_YEARS = re.compile("(?P<first>[0-9]{4})(?:-(?P<last>[0-9]{4}))?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def compare(  # noqa: PLR0913 — the options of the command
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    indicator: Annotated[
        list[str], typer.Option(help="Concept, indicator, or expression of indicators; may be given several times.")
    ],
    years: Annotated[str | None, typer.Option(help="One year, or from and to as 2016-2021.")] = None,
    place: Annotated[
        str | None, typer.Option(help="Word in the name of a body or place, or start of its code.")
    ] = None,
    scope: Annotated[Scope | None, typer.Option(help="Only figures of the office, or of its jurisdiction.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write one page instead of printing.", dir_okay=False)] = None,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", help="Write one row per value, for Excel and other programs.", dir_okay=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one row per value.")] = False,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
) -> None:
    """Set values side by side over bodies and years: breaks between forms, sources, and why a value is missing."""
    selection = Selection(_years(years), place, scope.value if scope else None)
    with telling_errors():
        book = rules_of(out, rules).book
        try:
            rows = compare_tables(out, indicator, selection, book)
        except UnknownNameError as error:
            give_up(str(error), ExitCode.USAGE)
    if not rows:
        give_up("No body and year in the panel is like that.", ExitCode.NO_INPUT)
    if html is not None:
        write_text(html, comparison_page(rows, book))
    if csv_file is not None:
        write_text(csv_file, _csv(rows), encoding="utf-8-sig")
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif html is None and csv_file is None:
        _print(rows, indicator, book)


def _years(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = _YEARS.fullmatch(text)
    first, last = (int(found["first"]), int(found["last"] or found["first"])) if found else (1, 0)
    if first > last:
        give_up(f"--years is one year or from and to, as 2016 or 2016-2021, not '{text}'.", ExitCode.USAGE)
    return first, last


def _print(rows: list[Row], names: list[str], book: Rulebook) -> None:
    years = sorted({row["year"] for row in rows})
    for name in dict.fromkeys(names):
        about = [row for row in rows if row["name"] == name]
        table = Table(title=subject(name, about, book), title_justify="left", box=None, pad_edge=False)
        table.add_column("", overflow="fold")
        for year in years:
            table.add_column(str(year), justify="right", no_wrap=True)
        cells = {(row["agency_key"], row["year"]): cell_words(row, book) for row in about}
        bodies = {row["agency_key"]: row["agency_name"] for row in about}
        for key, body in bodies.items():
            table.add_row(printable(body), *(printable(cells[key, year]) for year in years))
        print_table(table)
    _print_sources(rows)
    for sign in legend_used(rows):
        say(f"{sign}  {LEGEND[sign]}")
    for line in level_shifts(names, years, book):
        say(line)


def _print_sources(rows: Iterable[Row]) -> None:
    stated = [row for row in rows if row["value"] is not None]
    table = Table(title="Sources", title_justify="left", box=None, pad_edge=False)
    for column in ("", "body", "year", "value", "report", "words"):
        table.add_column(column, overflow="fold")
    for row in stated[:_SOURCES_AT_MOST]:
        words = " … ".join(dict.fromkeys(row["quotes"]))
        short = words if len(words) <= _QUOTE_AT_MOST else f"{words[:_QUOTE_AT_MOST]}…"
        table.add_row(*map(printable, (row["name"], row["agency_name"], row["year"], number(row), row["path"], short)))
    if stated:
        print_table(table)
    if len(stated) > _SOURCES_AT_MOST:
        say(f"… and {len(stated) - _SOURCES_AT_MOST} more: --csv, --json and --html have them all.")


def _csv(rows: list[Row]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = [name for name in rows[0] if name not in {"observations", "quotes"}]
    writer.writerow([*columns, "observations", "quotes"])
    for row in rows:
        lists = (" ".join(row["observations"]), " … ".join(row["quotes"]))
        writer.writerow([_safe(value) for value in (*(row[name] for name in columns), *lists)])
    return stream.getvalue()


def _safe(value: object) -> object:
    """Return a cell that no program takes for a formula; numbers stay numbers, whole ones whole."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    is_text = isinstance(value, str) and value.lstrip().startswith(_FORMULA)
    return f"'{value}" if is_text else value
