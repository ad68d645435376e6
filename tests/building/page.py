"""A report as a saved web page: the site around it, and its tables as real grids."""

from __future__ import annotations

import re
from html import escape
from string import Template
from typing import TYPE_CHECKING

from tests.rendering import Grid, Heading

if TYPE_CHECKING:
    from pathlib import Path

    from tests.building.source import Report

DIGITS = re.compile(r"\d+(?:\.\d+)?")


def html_file(report: Report, folder: Path) -> bytes:
    """The bytes of the page: the site's template from ``folder`` with the report in it."""
    look = report.facts["look"]
    template = Template((folder / look["site"]).read_text(encoding="utf-8"))
    pasted = look.get("pasted_from_word", False)
    body = "\n".join(
        table(block) if isinstance(block, Grid) else paragraph(block.text, isinstance(block, Heading), pasted=pasted)
        for block in report.blocks
    )
    return template.substitute(title=escape(report.title), body=body).encode(look["encoding"])


def paragraph(text: str, heading: bool, *, pasted: bool) -> str:  # noqa: FBT001 — reads as the pair it is
    inner = escape(text, quote=False)
    if pasted:
        inner = DIGITS.sub(lambda match: f'<span lang="EN-US" style="FONT-SIZE: 16pt">{match[0]}</span>', inner)
        inner = f'<span style="FONT-FAMILY: 仿宋_GB2312; FONT-SIZE: 16pt">&nbsp;&nbsp;&nbsp; {inner}<o:p></o:p></span>'
    if heading:
        inner = f"<strong>{inner}</strong>"
    return f'<p class="MsoNormal">{inner}</p>' if pasted else f'<p style="text-indent: 2em;">{inner}</p>'


def table(grid: Grid) -> str:
    rows = []
    for row in grid.rows:
        cells = "".join(
            f"<td{span('rowspan', slot.rowspan)}{span('colspan', slot.colspan)}>"
            f'<p align="center">{escape(slot.text, quote=False) or "&nbsp;"}</p></td>'
            for slot in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return '<table border="1" cellspacing="0" cellpadding="0"><tbody>\n' + "\n".join(rows) + "\n</tbody></table>"


def span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
