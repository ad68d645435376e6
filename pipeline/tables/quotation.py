"""The printed words behind a value as a notebook shows them: the sentence, or the cell with its row and headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from pipeline.text.markup import Markup, element, escaped, grid

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.rulebook import Rulebook

_CONTEXT = 120
_NO_HEADING = regex.compile(r"\d|^\s*$")
_STYLE = """
.gongkai td, .gongkai th { border: 1px solid #d0d7de; padding: .1em .5em; text-align: left; vertical-align: top; }
.gongkai table { border-collapse: collapse; margin: .3em 0 1em; }
.gongkai mark { background: #ffe08a; }
"""


@dataclass(frozen=True, repr=False)
class Quotation:
    """What ``Tables.evidence`` returns, with the cells of the tables concerned; each row tells one observation."""

    proof: pd.DataFrame
    cells: pd.DataFrame
    book: Rulebook

    def __repr__(self) -> str:
        return "\n".join(f"{row['path']}: {row['quote']}" for row in self._rows())

    def _repr_html_(self) -> str:
        """Return the quotes marked in their text, escaped."""
        return element("div", element("style", Markup(_STYLE)), *map(self._one, self._rows()), class_="gongkai")

    def _rows(self) -> list[dict[str, Any]]:
        known = self.proof.astype(object).where(self.proof.notna(), None)
        return [{str(name): value for name, value in row.items()} for row in known.to_dict("records")]

    def _one(self, row: dict[str, Any]) -> Markup:
        name = self.book.labels.code("indicator", row["indicator"])
        where = [f"{word} {row[key]}" for key, word in (("page", "页 page"), ("block_id", "块 block")) if row[key]]
        head = element("p", element("b", f"{row['agency_name'] or ''} {row['year'] or ''} {name.zh} {name.en}"))
        told = element("p", " · ".join((row["path"], *where, f"[{row['start']}:{row['end']}]")))
        words = element("p", _marked(row["text"], row["start"], row["end"])) if row["row"] is None else self._row(row)
        return Markup(head + told + words)

    def _row(self, row: dict[str, Any]) -> Markup:
        """Return the row of a table in which a cell stands, below the headings of its column."""
        table = row["block_id"].rpartition(".")[0]
        mates = self.cells[
            (self.cells["document_id"] == row["observation_id"].partition("-")[0])
            & (self.cells["block_id"].str.rpartition(".")[0] == table)
        ]
        above = mates[
            (mates["row"] < row["row"])
            & (mates["col"] <= row["col"])
            & (mates["col"] + mates["colspan"] > row["col"])
            & ~mates["text"].map(lambda text: bool(_NO_HEADING.search(text)))
        ]
        level = mates[(mates["row"] <= row["row"]) & (mates["row"] + mates["rowspan"] > row["row"])].sort_values("col")
        line = [
            _marked(text, row["start"], row["end"]) if block == row["block_id"] else escaped(text)
            for block, text in zip(level["block_id"], level["text"], strict=True)
        ]
        headings = " › ".join(above.sort_values("row")["text"])
        return Markup(element("p", f"列 column: {headings}") + grid((), [line])) if headings else grid((), [line])


def _marked(text: str, start: int, end: int) -> Markup:
    left = ("…" if start > _CONTEXT else "") + text[max(0, start - _CONTEXT) : start]
    right = text[end : end + _CONTEXT] + ("…" if len(text) > end + _CONTEXT else "")
    return Markup(escaped(left) + element("mark", text[start:end]) + escaped(right))
