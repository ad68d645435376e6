"""Say what the columns of a table are called for people, and what their codes mean.

The words stand in the rulebook; here they meet the declared columns. Exports, the codebook, the data package and frames
in Python all take them from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.rulebook.forms import Names
from pipeline.rulebook.labels import ColumnLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from pipeline.rulebook import Rulebook

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class LabelledColumn:
    """A column with its names and a remark.

    ``codes`` are the names of its values, empty where these are open; ``codes_name`` is what their list is called.
    """

    name: str
    type: pa.DataType
    names: Names
    note: Names | None = None
    codes: Mapping[str, Names] = field(default_factory=dict)
    codes_name: str | None = None


def label_columns(table: str, schema: pa.Schema, book: Rulebook) -> tuple[LabelledColumn, ...]:
    """Return the columns of ``table`` in their order; one that the rulebook does not know keeps its own name."""
    known = _panel_labels(book) if table == "panel" else book.labels.tables[table].columns
    columns = []
    for each in schema:
        label = known.get(each.name, ColumnLabel(Names(each.name, each.name), None, None))
        codes = book.labels.codes[label.codes] if label.codes else {}
        columns.append(LabelledColumn(each.name, each.type, label.names, label.note, codes, label.codes))
    return tuple(columns)


def in_language(names: Names, language: str) -> str:
    """Return the name in ``language``, one of ``LANGUAGES``."""
    return names.zh if language == "zh" else names.en


def _panel_labels(book: Rulebook) -> dict[str, ColumnLabel]:
    labels = {**book.labels.tables["documents"].columns, **book.labels.tables["panel"].columns}
    for concept in book.concepts:
        labels[concept.id] = ColumnLabel(concept.names, None, None)
        for part, label in book.labels.panel_parts.items():
            names = Names(f"{concept.names.zh}：{label.names.zh}", f"{concept.names.en}: {label.names.en}")
            labels[f"{concept.id}__{part}"] = ColumnLabel(names, None, label.codes)
    return labels
