"""Tell where the official forms print an indicator, in their own words: ``表III「（一）予以公开」``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.forms import Column, FormTable, Row


def places_in_forms(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """Return by indicator where it is printed, one line a place, the latest forms first; columns of applicants once."""
    places: dict[str, dict[str, None]] = {}
    for era in book.eras:
        for table in era.tables:
            for _, row, column in table.places():
                told = f"{era.names.zh} 表{table.id}「{_label(table, row, column)}」"
                places.setdefault(table.meaning(row, column).indicator, {})[told] = None
    return {indicator: tuple(told) for indicator, told in places.items()}


def _label(table: FormTable, row: Row | None, column: Column) -> str:
    """Return the label of the row, and of the column where this decides the indicator too."""
    labels = [row.label] if row and "{row}" in table.indicator else []
    if "{column}" in table.indicator or not labels:
        labels.append("".join(column.path))
    return " × ".join(labels)
