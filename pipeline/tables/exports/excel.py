"""Write one Excel workbook: a first sheet that says what is what, a sheet for each table, and the codebook.

What does not fit into Excel is never lost silently: rows beyond the last of a sheet go on in another, and a text that
is cut ends with a mark; both are told on the first sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.tables import workbook
from pipeline.tables.exports.wording import WORDS
from pipeline.tables.labels import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.tables.exports.selection import ExportTable
    from pipeline.tables.workbook import Sheet, Workbook

_LEFT_OUT = frozenset({"terms"})
_FROZEN = {"panel": 2, "observations": 2, "checks": 2}
_NARROWEST, _WIDEST = 10.0, 26.0


def write_workbook(tables: Sequence[ExportTable], codebook: Iterable[Sheet], path: Path, about: Sequence[str]) -> None:
    """Write ``tables`` and the sheets of the ``codebook`` to ``path``; ``about`` are lines for the first sheet."""
    language = tables[0].language or "zh"
    words = WORDS[language]
    lines = [*about, "", words.sheets]
    with workbook.Workbook(path) as book:
        first = book.sheet(words.about)
        for table in tables:
            if table.name not in _LEFT_OUT:
                lines += _write(book, table)
        for sheet in codebook:
            book.add(sheet)
            lines.append(f"{sheet.title}: {sheet.about}")
        left_out = [in_language(table.names, language) for table in tables if table.name in _LEFT_OUT]
        if left_out:
            lines += ["", words.left_out.format(", ".join(left_out))]
        first.set_column(0, 0, 120)
        for number, line in enumerate(lines):
            first.write_string(number, 0, line)


def _write(book: Workbook, table: ExportTable) -> list[str]:
    """Write a table to as many sheets as it needs; return what the first sheet tells of it."""
    words = WORDS[table.language or "zh"]
    title = in_language(table.names, table.language) if table.language else table.name
    formats = [book.format_of(column.name, column.type) for column in table.columns]
    widths = [_width(title, column.type) for title, column in zip(table.titles, table.columns, strict=True)]
    cut, sheets, written = book.cut, 0, 0
    rows = table.rows()
    values = next(rows, None)
    while values is not None or not sheets:
        sheets += 1
        name = title if sheets == 1 else f"{title} {sheets}"
        sheet = book.headed(name, table.titles, widths, _FROZEN.get(table.name, 1))
        row = 0
        while values is not None and row + 1 < workbook.MOST_ROWS:
            row += 1
            for at, (value, form) in enumerate(zip(values, formats, strict=True)):
                book.write(sheet, row, at, value, form)
            values = next(rows, None)
        sheet.autofilter(0, 0, row, len(table.columns) - 1)
        written += row
    told = [words.table.format(title, in_language(table.row, table.language or "zh"), written)]
    if sheets > 1:
        told.append(words.split.format(title, sheets))
    if book.cut > cut:
        told.append(words.cut.format(title, book.cut - cut, workbook.MOST_CHARACTERS))
    return told


def _width(title: str, kind: pa.DataType) -> float:
    """Return a width in characters that shows the header, and more of texts than of numbers."""
    wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in title) + 4
    least = 16.0 if pa.types.is_string(kind) else _NARROWEST
    return min(max(float(wide), least), _WIDEST)
