"""Write numbers, codes and tables for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.markup import Markup, element, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook import Rulebook


def number(value: float | None) -> str:
    """Return a number for people: ``13,562``, ``-0.5``; nothing for null."""
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def words_of(codes: str, code: str | None, book: Rulebook) -> str:
    """Return what a code is called in Chinese; nothing for null."""
    return "" if code is None else book.labels.code(codes, code).zh


def both(codes: str, code: str, book: Rulebook) -> Markup:
    """Return what a code is called in Chinese, and smaller in English."""
    names = book.labels.code(codes, code)
    return Markup(f"{escaped(names.zh)} {element('span', names.en, class_='quiet')}")


def table(head: Iterable[str], rows: Iterable[Iterable[object]], class_: str | None = None) -> Markup:
    """Return a table that scrolls sideways where the screen is narrow; whole numbers stand right."""
    cells = [[_cell(value) for value in row] for row in rows]
    inner = element(
        "table",
        element("thead", element("tr", *(element("th", name) for name in head))),
        element("tbody", *(element("tr", *row) for row in cells)),
        class_=class_,
    )
    return element("div", inner, class_="wide")


def _cell(value: object) -> Markup:
    if isinstance(value, Markup) and value.startswith("<td"):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return element("td", number(value), class_="number")
    return element("td", value)
