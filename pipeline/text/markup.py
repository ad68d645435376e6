"""HTML written by small functions: whatever comes from a report is escaped here, and nowhere else."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_UNPRINTABLE = regex.compile(r"[^\P{C}\n\t]")


class Markup(str):
    """Text that is HTML already; any other text is escaped before it gets into a page."""

    __slots__ = ()


def escaped(value: object) -> Markup:
    """Return a value as HTML: nothing for null, numbers short, control characters made visible."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Markup(html.escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)))


def element(name: str, *content: object, **attributes: object) -> Markup:
    """Return an element; attributes that are null are left out, ``class_`` stands for class."""
    told = "".join(f' {key.rstrip("_")}="{escaped(value)}"' for key, value in attributes.items() if value is not None)
    return Markup(f"<{name}{told}>{''.join(map(escaped, content))}</{name}>")


def page(title: str, style: str, *body: object) -> str:
    """Return a whole page that may neither run anything nor fetch anything."""
    head = element(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", title),
        element("style", Markup(style)),
    )
    return "<!doctype html>\n" + element("html", head, element("body", *body), lang="zh") + "\n"


def grid(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    """Return a table with a head, or nothing where it has no rows."""
    body = [element("tr", *(element("td", value) for value in row)) for row in rows]
    if not body:
        return Markup("")
    head = element("tr", *(element("th", column) for column in columns))
    return element("table", element("thead", head), element("tbody", *body), class_="list")
