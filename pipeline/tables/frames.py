"""Turn a table into a pandas frame that keeps its meaning: types, the order of codes, and what everything is called.

Missing stays missing: integers are nullable, texts and flags too. Columns with a closed list of codes are categories in
the order of the rulebook. ``attrs["labels"]`` holds the Chinese and English name of each column, ``attrs["codes"]``
those of each code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from pipeline.tables.labels import LANGUAGES, in_language, label_columns

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

_TYPES = {
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(),
}


def as_frame(name: str, table: pa.Table, book: Rulebook) -> pd.DataFrame:
    """Return the table called ``name`` as a frame."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=_TYPES.get)
    columns = label_columns(name, table.schema, book)
    for column in columns:
        if column.codes:
            frame[column.name] = as_codes(frame[column.name], tuple(column.codes))
    frame.attrs["labels"] = {
        language: {column.name: in_language(column.names, language) for column in columns} for language in LANGUAGES
    }
    frame.attrs["codes"] = {
        language: {
            column.name: {code: in_language(names, language) for code, names in column.codes.items()}
            for column in columns
            if column.codes
        }
        for language in LANGUAGES
    }
    return frame


def as_codes(values: pd.Series[Any], codes: tuple[str, ...]) -> pd.Series[Any]:
    """Return values as ordered categories; such as the list does not know come last, in alphabetical order."""
    others = sorted(set(values.dropna()) - set(codes))
    return values.astype(pd.CategoricalDtype([*codes, *others], ordered=True))


def labelled(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a copy with headers and codes in ``language``, zh or en; what has no name keeps its id."""
    if language not in LANGUAGES:
        message = f"'{language}' is no language of the labels: {' or '.join(LANGUAGES)}"
        raise ValueError(message)
    copy = frame.copy()
    for name, codes in frame.attrs.get("codes", {}).get(language, {}).items():
        if name in copy:
            copy[name] = copy[name].astype(object).map(lambda code, names=codes: names.get(code, code))
    return copy.rename(columns=frame.attrs.get("labels", {}).get(language, {}))


def whole_numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return counts as nullable integers, anything else as it is."""
    known = values.dropna()
    return values.astype(pd.Int64Dtype()) if (known == known.round()).all() else values
