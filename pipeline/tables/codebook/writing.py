"""Write the codebook as Markdown, as one page of HTML that needs nothing else, and as an Excel workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.tables.files import replacing
from pipeline.tables.styling import STYLE
from pipeline.tables.workbook import write_sheets
from pipeline.text.markup import element, escaped, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.tables.workbook import Sheet
    from pipeline.text.markup import Markup

TITLE = "gongkai 编码簿 · Codebook"

_CHARACTERS_PER_EM = 3.2
_STYLE = """
body { max-width: 120rem; }
th { white-space: normal; }
td { white-space: pre-line; }
td:first-child { font-family: ui-monospace, monospace; font-size: .92em; white-space: nowrap; }
@media (max-width: 40rem) { td:first-child { white-space: normal; overflow-wrap: anywhere; } }
"""


def write_codebook(sheets: Sequence[Sheet], into: Path, book: Rulebook) -> tuple[Path, ...]:
    """Write codebook.md, codebook.html and codebook.xlsx to the folder ``into``; return their paths."""
    with replacing(into) as folder:
        (folder / "codebook.md").write_text(markdown(sheets, book), encoding="utf-8", newline="\n")
        (folder / "codebook.html").write_text(html(sheets, book), encoding="utf-8", newline="\n")
        write_sheets(sheets, folder / "codebook.xlsx")
    return tuple(into / f"codebook.{suffix}" for suffix in ("md", "html", "xlsx"))


def markdown(sheets: Sequence[Sheet], book: Rulebook) -> str:
    """Return the codebook as Markdown."""
    return "\n".join(_markdown_lines(sheets, book)) + "\n"


def html(sheets: Sequence[Sheet], book: Rulebook) -> str:
    """Return the codebook as a page of HTML."""
    parts = [
        element("h1", TITLE),
        element("p", _versions(book), class_="quiet"),
        element("nav", *(element("a", each.title, href=f"#{_anchor(each)}") for each in sheets)),
    ]
    for each in sheets:
        head = element("tr", *map(_head, each.columns, each.widths))
        rows = (element("tr", *(element("td", value) for value in row), id=_row_id(each, row)) for row in each.rows)
        table = element("table", element("thead", head), element("tbody", *rows))
        parts += [
            element("h2", each.title, id=_anchor(each)),
            element("p", each.about),
            element("div", table, class_="wide"),
        ]
    return page(TITLE, STYLE + _STYLE, *parts)


def _markdown_lines(sheets: Sequence[Sheet], book: Rulebook) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    yield _versions(book)
    for sheet in sheets:
        yield from ("", f"## {sheet.title}", "", sheet.about, "")
        yield f"| {' | '.join(sheet.columns)} |"
        yield "|" + "---|" * len(sheet.columns)
        for row in sheet.rows:
            yield f"| {' | '.join(_in_cell(value) for value in row)} |"


def _versions(book: Rulebook) -> str:
    return f"由规则生成，规则版本 {book.version}。Built from the rules, version {book.version}."


def _in_cell(value: str) -> str:
    return escaped(value).replace("|", "\\|").replace("\n", "<br>")


def _head(column: str, width: float) -> Markup:
    return element("th", column, style=f"min-width:{width / _CHARACTERS_PER_EM:.1f}em")


def _anchor(sheet: Sheet) -> str:
    return sheet.title.partition(" ")[2].lower()


def _row_id(sheet: Sheet, row: tuple[str, ...]) -> str | None:
    return row[0] if _anchor(sheet) == "indicators" else None
