"""Write CSV that Excel opens with its Chinese intact and in which no cell is a formula: UTF-8 with a mark, RFC 4180.

A text that a spreadsheet would take for a formula gets an apostrophe in front, and the last column of the row names the
columns concerned, so that the text as printed can be had back. Numbers are left alone.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.tables.exports.selection import ExportTable

ESCAPED = {"zh": "加了撇号的列", "en": "Columns with an apostrophe", None: "escaped"}

_LIKE_A_FORMULA = regex.compile(r"[\p{Z}\p{C}]*[=+\-@＝＋－＠]|[\t\r\n]")


def write_csv(table: ExportTable, path: Path) -> None:
    """Write ``table`` to ``path``."""
    names = table.titles
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*names, ESCAPED[table.language]])
        for row in table.rows():
            escaped = [name for name, value in zip(names, row, strict=True) if is_like_a_formula(value)]
            cells = [f"'{value}" if is_like_a_formula(value) else _plain(value) for value in row]
            writer.writerow([*cells, "; ".join(escaped)])


def is_like_a_formula(value: object) -> bool:
    """Say whether a spreadsheet may take the value for a formula."""
    return isinstance(value, str) and _LIKE_A_FORMULA.match(value) is not None


def _plain(value: Any) -> Any:  # noqa: ANN401 — cells hold text, numbers, flags and days
    if isinstance(value, bool):
        return str(value).upper()
    return int(value) if isinstance(value, float) and value.is_integer() else value
