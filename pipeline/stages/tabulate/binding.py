"""What binding yields: a cell of the document put into its place in an official form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.text.script import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook.forms import Column, FormTable, Row


@dataclass(frozen=True, slots=True)
class Bound:
    """The text of one cell and its place in the form.

    ``text`` starts at ``offset`` in the block ``block_id``, which is part of ``holder`` (the grid or the paragraph).
    ``unit`` is what the row or the header prints; ``doubtful`` says that the place is not proven beyond doubt,
    ``confidence`` how sure an undoubted one is.
    """

    table: FormTable
    row: Row | None
    column: Column
    holder: str
    block_id: str
    text: str
    offset: int = 0
    page: int | None = None
    row_number: int | None = None
    col_number: int | None = None
    unit: str | None = None
    doubtful: bool = False
    confidence: float = 1.0


def printed_unit(texts: Iterable[str], column: Column) -> str | None:
    """Return the unit that headers or labels print in brackets, as in ``本年收费金额（单位：万元）``."""
    units = "|".join(sorted((regex.escape(unit) for unit in column.units), key=len, reverse=True))
    pattern = regex.compile(rf"(?:单位\s*[:：]?|[(（])\s*({units})\s*(?:[)）]|$)")
    found = {match[1] for text in texts for match in pattern.finditer(simplify(text))}
    return found.pop() if len(found) == 1 else None
