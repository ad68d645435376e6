"""``gongkai export`` and ``gongkai codebook``: a run for other programs, and what everything in it means."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import Annotated

import typer

from pipeline.cli.rules_of_run import rules_of
from pipeline.cli.terminal import ExitCode, give_up, say, telling_errors
from pipeline.tables.codebook import codebook_sheets, write_codebook
from pipeline.tables.exports import ExportFormat
from pipeline.tables.exports import export as write_exports

_FORMATS = ",".join(ExportFormat)


class Labels(StrEnum):
    """The language of headers and codes."""

    ZH = "zh"
    EN = "en"
    NONE = "none"


def export(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    to: Annotated[str, typer.Option(help=f"Formats, separated by commas: {_FORMATS}.")] = _FORMATS,
    labels: Annotated[
        Labels, typer.Option(help="Language of headers and codes; 'none' for the ids of the parquet tables.")
    ] = Labels.ZH,
    into: Annotated[Path | None, typer.Option(help="Folder for the files; OUT/exports if left out.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
) -> None:
    """Write the tables of a run for Excel, Stata and databases, labelled in Chinese or English."""
    try:
        formats = {ExportFormat(each.strip()) for each in to.split(",")}
    except ValueError:
        give_up(f"--to takes {_FORMATS}, separated by commas, not '{to}'.", ExitCode.USAGE)
    with telling_errors():
        book = rules_of(out, rules).book
        language = None if labels is Labels.NONE else labels.value
        for path in write_exports(out, into or out / "exports", formats, language, book):
            say(f"Written: {path}")


def codebook(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    *,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that the run used.")] = None,
) -> None:
    """Write the codebook, in Chinese and English: codebook.md, codebook.html and codebook.xlsx."""
    with telling_errors():
        book = rules_of(out, rules).book
        for path in write_codebook(codebook_sheets(book), out, book):
            say(f"Written: {path}")
