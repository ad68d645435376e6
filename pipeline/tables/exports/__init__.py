"""Export the tables of a run for Excel, Stata and databases, with labels; what stood there is replaced all at once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.tables.codebook import codebook_sheets
from pipeline.tables.errors import TablesMissingError
from pipeline.tables.exports.database import write_sqlite
from pipeline.tables.exports.delimited import write_csv
from pipeline.tables.exports.excel import write_workbook
from pipeline.tables.exports.selection import select
from pipeline.tables.exports.stata import write_dta
from pipeline.tables.exports.wording import WORDS
from pipeline.tables.files import replacing
from pipeline.tables.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.tables.manifest import Manifest

__all__ = ["ExportFormat", "export"]


class ExportFormat(StrEnum):
    """What tables can be exported to."""

    CSV = "csv"
    XLSX = "xlsx"
    DTA = "dta"
    SQLITE = "sqlite"


def export(
    out: Path, into: Path, formats: Collection[ExportFormat], language: str | None, book: Rulebook
) -> tuple[Path, ...]:
    """Write the tables of the run in ``out`` to the folder ``into``, and return the files.

    ``language`` of headers and codes is zh or en, or null for ids. Raises ``TablesMissingError`` where ``out`` holds no
    finished run or another run replaces it meanwhile, ``OutputError`` where the disk refuses.
    """
    before = read_manifest(out)
    tables = select(out, before, language, book)
    about = _about(before, language)
    with replacing(into) as folder:
        for table in tables:
            if ExportFormat.CSV in formats:
                write_csv(table, folder / f"{table.name}.csv")
            if ExportFormat.DTA in formats:
                write_dta(table, folder / f"{table.name}.dta")
        if ExportFormat.XLSX in formats:
            write_workbook(tables, codebook_sheets(book), folder / "gongkai.xlsx", about)
        if ExportFormat.SQLITE in formats:
            write_sqlite(out, before, folder / "gongkai.sqlite", book)
        files = tuple(into / path.name for path in sorted(folder.iterdir()))
        if read_manifest(out) != before:
            message = f"Another run has replaced the tables in '{out}' while they were exported: export again."
            raise TablesMissingError(message)
    return files


def _about(manifest: Manifest, language: str | None) -> tuple[str, ...]:
    words = WORDS[language or "zh"]
    return words.origin.format_map(manifest.told), words.blank, words.evidence
