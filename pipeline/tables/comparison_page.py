"""A comparison as one page of HTML that needs nothing else; each value opens its source and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.tables.comparison_words import LEGEND, legend_used, level_shifts, mark, number, subject, suffix
from pipeline.text.markup import Markup, element, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rulebook import Rulebook
    from pipeline.tables.comparison import Row

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1b1f24;
  background: #fff; margin: 2rem auto; padding: 0 1.2rem; max-width: 90rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .4rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92em; }
td, th { border: 1px solid #d0d7de; padding: .2em .55em; vertical-align: top; text-align: right; }
th:first-child { text-align: left; position: sticky; left: 0; background: #f6f8fa; }
th { background: #f6f8fa; }
td.break { border-left: 3px solid #0969da; }
td.broken { border-left-color: #b3261e; }
td.missing { color: #6e7781; font-size: .9em; }
details summary { cursor: pointer; list-style: none; }
details p { text-align: left; margin: .2em 0; font-size: .88em; max-width: 22rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.sign { color: #57606a; }
.why { color: #57606a; max-width: 60rem; }
"""


def comparison_page(rows: list[Row], book: Rulebook) -> str:
    """Return the page as text in UTF-8, escaped throughout."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    years = sorted({row["year"] for row in rows})
    return page("gongkai compare", _STYLE, *_parts(rows, names, years, book))


def _parts(rows: list[Row], names: list[str], years: list[int], book: Rulebook) -> Iterator[Markup]:
    yield element("h1", f"gongkai compare {years[0]}–{years[-1]}")
    for name in names:
        about = [row for row in rows if row["name"] == name]
        yield element("h2", subject(name, about, book))
        for concept in book.concepts:
            if concept.id == name:
                told = [concept.why, *filter(None, [concept.advice])]
                yield element("p", "".join(each.zh for each in told), class_="why")
                yield element("p", " ".join(each.en for each in told), class_="why")
        yield element("div", _grid(about, years, book), class_="wide")
    for sign in legend_used(rows):
        yield element("p", element("b", sign), f" {LEGEND[sign]}", class_="sign")
    for line in level_shifts(names, years, book):
        yield element("p", line, class_="why")


def _grid(rows: list[Row], years: list[int], book: Rulebook) -> Markup:
    cells = {(row["agency_key"], row["year"]): row for row in rows}
    head = element("tr", element("th", ""), *(element("th", year) for year in years))
    body = (
        element("tr", element("th", name), *(_cell(cells[key, year], book) for year in years))
        for key, name in {row["agency_key"]: row["agency_name"] for row in rows}.items()
    )
    return element("table", element("thead", head), element("tbody", *body))


def _cell(row: Row, book: Rulebook) -> Markup:
    classes = ["break"] * bool(row["is_break"]) + ["broken"] * (row["grade"] in {"broken", "none"})
    sign = element("span", mark(row), class_="sign")
    if row["value"] is None:
        why = book.labels.code("panel_status", row["status"])
        return element("td", sign, f"{why.zh} {why.en}", class_=" ".join([*classes, "missing"]))
    told = element("summary", sign, number(row), " ", element("span", suffix(row), class_="sign"))
    lines = [f"{row['path']} · {book.labels.code('era', row['era']).zh}", *dict.fromkeys(row["quotes"])]
    return element("td", element("details", told, *(element("p", line) for line in lines)), class_=" ".join(classes))
