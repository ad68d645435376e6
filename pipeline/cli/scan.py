"""``gongkai scan``: what a run would find in a folder, before anything is run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pipeline.cli.terminal import print_table, printable, say, showing_progress, telling_errors
from pipeline.model import DocumentStatus
from pipeline.running.scan import ScannedFile
from pipeline.running.scan import scan as scan_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHOWN = 10
_KINDS = (
    "unreadable",
    "wrong suffix",
    "duplicate",
    "re-issue",
    "clone",
    "no report",
    "no year",
    "no agency",
    "template",
    "tampered",
    "read in part",
)
_NOT_PROVEN = "not proven"
_NO_TEXT = {DocumentStatus.FAILED, DocumentStatus.EMPTY, DocumentStatus.NEEDS_OCR}


def scan(  # noqa: PLR0913 — the options of the command
    corpus: Annotated[Path, typer.Argument(help="Folder of reports with its subfolders, or one report.")],
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Look at bytes only: type, size, encoding, copies.")] = False,
    only: Annotated[
        str | None, typer.Option(help="Scan only paths or names like this, as '*.pdf' or '2021/*'.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; as many as processors if left out.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one file may take.")] = 60.0,
    memory: Annotated[int, typer.Option(min=512, help="MB that a worker may use (Linux only).")] = 4096,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="Print a line per file: whose report, where and when.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per file and line.")] = False,
) -> None:
    """Tell what a run would find in CORPUS: types by content, encodings, copies, and whose reports on which years.

    Nothing is written. The files that need a look are listed after the counts, at most ten of a kind.
    """
    with telling_errors(), showing_progress() as progress:
        files = tuple(
            scan_corpus(
                corpus,
                quick=quick,
                only=only,
                jobs=jobs,
                timeout=timeout,
                memory=memory,
                rules=rules,
                progress=progress,
            )
        )
    if as_json:
        for file in files:
            typer.echo(json.dumps(asdict(file), ensure_ascii=False, default=str))
        return
    if as_list:
        _print_list(files)
        return
    _print_counts(files)
    _print_attention(files)


def _print_counts(files: Sequence[ScannedFile]) -> None:
    table = Table("what", "is", "files", box=None, pad_edge=False)
    table.add_row("all", _size(sum(file.size for file in files)), str(len(files)))
    reports = [file for file in files if file.is_report and file.duplicate_of is None]
    counts: tuple[tuple[str, Iterable[str]], ...] = (
        ("type", (_type(file) for file in files)),
        ("status", map(_status, files)),
        ("kind", (file.kind or "unknown" for file in files if file.kind)),
        ("body", (file.agency_type or _NOT_PROVEN for file in reports)),
        ("level", (file.level or _NOT_PROVEN for file in reports)),
        ("place", (file.province or _NOT_PROVEN for file in reports)),
        ("scope", (file.scope or _NOT_PROVEN for file in reports)),
        ("form", (str(file.era) for file in reports)),
        ("year", (_year(file) for file in reports)),
    )
    for what, values in counts:
        for value, number in sorted(Counter(values).items()):
            table.add_row(*map(printable, (what, value, number)))
    print_table(table)


def _print_list(files: Iterable[ScannedFile]) -> None:
    table = Table("file", "is", "body", "place", "year", "form", "scope", box=None, pad_edge=False)
    for file in files:
        is_report = file.is_report and file.same_bytes_as is None
        place = "".join(filter(None, (file.province, file.prefecture, file.county, file.township)))
        told = (file.agency_name, place, _year(file), file.era, file.scope) if is_report else ("",) * 5
        table.add_row(*map(printable, (file.path, file.kind if is_report else _status(file), *told)))
    print_table(table)


def _year(file: ScannedFile) -> str:
    if file.year is None and file.period_start and file.period_end:
        return f"{file.period_start:%Y-%m}/{file.period_end:%Y-%m}"
    return str(file.year or _NOT_PROVEN)


def _type(file: ScannedFile) -> str:
    return ", ".join(filter(None, (file.format, file.encoding))) or "unknown"


def _status(file: ScannedFile) -> str:
    if file.same_bytes_as is not None:
        return DocumentStatus.DUPLICATE
    status = file.status or "not looked into"
    return f"{status} ({file.reason})" if file.reason else status


def _size(number: int) -> str:
    return f"{number / 2**20:,.1f} MB" if number >= 2**20 else f"{number / 2**10:,.1f} kB"


def _print_attention(files: Iterable[ScannedFile]) -> None:
    concerns = [(kind, file.path, why) for file in files for kind, why in _concerns(file)]
    concerns.sort(key=lambda each: _KINDS.index(each[0]))
    table = Table("needs a look", "file", "why", box=None, pad_edge=False)
    is_cut = False
    for _, group in groupby(concerns, key=lambda each: each[0]):
        rows = list(group)
        for row in rows[:_SHOWN]:
            table.add_row(*map(printable, row))
        if len(rows) > _SHOWN:
            is_cut = True
            table.add_row("", f"and {len(rows) - _SHOWN} more", "")
    if concerns:
        print_table(table)
    if is_cut:
        say("All of them: --json")


def _concerns(file: ScannedFile) -> Iterator[tuple[str, str | None]]:
    """Yield why the file needs a look; what holds for a copy is told of the first of its kind alone."""
    if file.suffix_fits is False:
        suffix = PurePosixPath(file.path).suffix
        yield "wrong suffix", f"The name ends in {suffix}, the content is {file.format}: it is read as {file.format}."
    if file.same_bytes_as is not None:
        yield "duplicate", f"It has the same bytes as {file.same_bytes_as}."
        return
    yield from _relations(file)
    if file.status in _NO_TEXT:
        yield "unreadable", file.message
    if file.status is DocumentStatus.PARTIAL:
        yield "read in part", file.message
    if file.is_report is False:
        yield "no report", file.message
        return
    if file.is_report and file.year is None and file.period_start is None:
        yield "no year", "The text does not prove on which year it reports."
    if file.is_report and file.agency is None:
        yield "no agency", "The text does not prove who reports."
    if file.is_template:
        yield "template", "It is a blank form or a model: its figures are nobody's."
    if file.is_tampered:
        yield "tampered", "Words were put into it by somebody else."


def _relations(file: ScannedFile) -> Iterator[tuple[str, str]]:
    """Yield what the file repeats."""
    if file.duplicate_of is not None:
        yield "duplicate", f"It has the words and numbers of {file.duplicate_of}."
    if file.reissue_of is not None:
        yield "re-issue", f"It is a later text of the same report as {file.reissue_of}."
    if file.clone_of is not None:
        yield "clone", f"Its words are those of another body's report, {file.clone_of}."
