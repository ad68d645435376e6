"""Write a Stata file of version 118: ASCII names, labels of variables and of codes in Chinese or English.

Codes become whole numbers with labels, flags 0 and 1, days dates, missing numbers ``.``, missing texts ``""``. A text
longer than Stata's fixed width is kept whole as strL.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from pipeline.rulebook.forms import Names
from pipeline.tables.exports.selection import is_named, title_of
from pipeline.tables.labels import in_language
from pipeline.tables.stata_names import stata_codes, stata_label, stata_names

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from pipeline.tables.exports.selection import ExportTable
    from pipeline.tables.labels import LabelledColumn

_WRITTEN = datetime(1980, 1, 1)  # noqa: DTZ001 — the same bytes whenever it is written
_FLAGS = {0: Names("否", "no"), 1: Names("是", "yes")}
_WHOLE = {8: "Int16", 16: "Int16", 32: "Int32", 64: "Int64"}


def write_dta(table: ExportTable, path: Path) -> None:
    """Write ``table`` to ``path``; it is held in memory as a whole."""
    names = stata_names(column.name for column in table.columns)
    whole = pa.concat_tables(table.batches())
    frame: dict[str, Any] = {}
    value_labels: dict[Hashable, dict[float, str]] = {}
    for column in table.columns:
        name = names[column.name]
        codes = _codes(whole[column.name], column)
        frame[name] = _series(whole[column.name], column, codes)
        if pa.types.is_boolean(column.type):
            value_labels[name] = {code: in_language(flag, table.language or "en") for code, flag in _FLAGS.items()}
        elif codes:
            value_labels[name] = {number: _label(code, column, table.language) for code, number in codes.items()}
    pd.DataFrame(frame).to_stata(
        path,
        version=118,
        write_index=False,
        time_stamp=_WRITTEN,
        data_label=f"gongkai {table.name}",
        convert_dates={names[column.name]: "td" for column in table.columns if pa.types.is_date(column.type)},
        variable_labels={names[column.name]: stata_label(title_of(column, table.language)) for column in table.columns},
        value_labels=value_labels,
    )


def _codes(values: pa.ChunkedArray, column: LabelledColumn) -> dict[str, int]:
    """Return the number of each code, those that the rulebook does not know last; nothing where values are open."""
    if not column.codes or is_named(column):
        return {}
    unknown = {value for value in values.unique().to_pylist() if value is not None} - column.codes.keys()
    return stata_codes([*column.codes, *sorted(unknown)])


def _label(code: str, column: LabelledColumn, language: str | None) -> str:
    names = column.codes.get(code, Names(code, code))
    return in_language(names, language) if language else code


def _series(values: pa.ChunkedArray, column: LabelledColumn, codes: dict[str, int]) -> Any:  # noqa: ANN401 — any dtype
    kind = column.type
    if codes:
        return pd.array([codes.get(value) for value in values.to_pylist()], dtype="Int16")
    if pa.types.is_boolean(kind):
        return pd.array([None if value is None else int(value) for value in values.to_pylist()], dtype="Int8")
    if pa.types.is_integer(kind):
        return pd.array(values.to_pylist(), dtype=_WHOLE[kind.bit_width])
    if pa.types.is_floating(kind):
        return values.to_pandas()
    if pa.types.is_date(kind):
        return pd.to_datetime(pd.Series(values.to_pylist(), dtype="object"))
    texts = ("; ".join(value) if isinstance(value, list) else value or "" for value in values.to_pylist())
    return pd.Series([text.replace("\0", "\N{REPLACEMENT CHARACTER}") for text in texts], dtype="object")
