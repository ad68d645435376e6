"""Write Excel workbooks in which every text is a text: no formula, no link, and nothing is lost without a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767

_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 — the same bytes whenever it is written, as the entries of its archive
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text under their headers; ``about`` says what they are, ``widths`` are in characters."""

    title: str
    about: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Workbook:
    """A workbook being written; it is complete when its context ends well.

    ``cut`` counts the texts that were longer than a cell can hold: they end with a mark.
    """

    def __init__(self, path: Path) -> None:
        self.cut = 0
        self._file = xlsxwriter.Workbook(str(path), _OPTIONS)
        self._file.set_properties({"created": _CREATED, "title": "gongkai"})
        self._head = self._file.add_format({"bold": True, "bg_color": "#EAEEF2", "valign": "top", "text_wrap": True})
        self._whole = self._file.add_format({"num_format": "#,##0"})
        self._decimal = self._file.add_format({"num_format": "#,##0.0###"})
        self._bare = self._file.add_format({"num_format": "0"})
        self._day = self._file.add_format({"num_format": "yyyy-mm-dd"})
        self._wrapped = self._file.add_format({"valign": "top", "text_wrap": True})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._file.close()

    def sheet(self, title: str) -> Worksheet:
        """Return a new sheet."""
        return self._file.add_worksheet(title)

    def headed(self, title: str, headers: Iterable[str], widths: Iterable[float], frozen: int = 1) -> Worksheet:
        """Return a new sheet with headers; these and the first ``frozen`` columns stay in sight."""
        sheet = self.sheet(title)
        sheet.freeze_panes(1, frozen)
        for at, (header, width) in enumerate(zip(headers, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, header, self._head)
        return sheet

    def add(self, content: Sheet) -> None:
        """Write a sheet of text."""
        sheet = self.headed(content.title, content.columns, content.widths)
        for row, values in enumerate(content.rows, start=1):
            for at, value in enumerate(values):
                if value:
                    sheet.write_string(row, at, self._fitting(value), self._wrapped)
        sheet.autofilter(0, 0, len(content.rows), len(content.columns) - 1)

    def write(self, sheet: Worksheet, row: int, at: int, value: Any, form: Format | None) -> None:  # noqa: ANN401
        """Write one value as what it is; null and empty text leave the cell empty."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, float):
            sheet.write_number(row, at, value, self._whole if value.is_integer() else self._decimal)
        elif isinstance(value, int):
            sheet.write_number(row, at, value, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), self._day)  # noqa: DTZ001
        else:
            sheet.write_string(row, at, self._fitting(value))

    def format_of(self, name: str, kind: pa.DataType) -> Format | None:
        """Return how the whole numbers of a column are shown: years without a separator."""
        if name == "year":
            return self._bare
        return self._whole if pa.types.is_integer(kind) else None

    def _fitting(self, text: str) -> str:
        if len(text) <= MOST_CHARACTERS:
            return text
        self.cut += 1
        return f"{text[: MOST_CHARACTERS - 1]}…"


def write_sheets(sheets: Iterable[Sheet], path: Path) -> None:
    """Write sheets of text to a workbook at ``path``."""
    with Workbook(path) as book:
        for sheet in sheets:
            book.add(sheet)
