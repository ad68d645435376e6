"""The report as a web page with the site around it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.rendering.report import Grid

if TYPE_CHECKING:
    from tests.rendering.report import Report

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_年度报告_{agency}</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2023-01-19 10:20"></head>
<body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="/nb">年度报告</a></div>
<div class="article"><h1>{title}</h1><div class="share">分享到：<a href="#">微信</a></div>
<div class="TRS_Editor">
{body}
</div></div>
<div class="related"><ul><li><a href="1">青萝县2021年政府信息公开工作年度报告</a></li></ul></div>
<div class="footer"><p>主办：{agency}</p><p>网站标识码：9900000017 示ICP备00000017号</p></div>
<script>var visits = 4096;</script>
</body></html>
"""


def page(report: Report, encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """Return the bytes of the page; ``declared`` is the encoding that it claims to have, by default its own."""
    body = "\n".join(
        _table(block) if isinstance(block, Grid) else f'<p style="text-indent:2em">{escape(block.text)}</p>'
        for block in report.blocks
    )
    text = _PAGE.format(
        charset=declared or encoding, title=escape(report.title), agency=escape(report.agency), body=body
    )
    return text.encode(encoding)


def _table(grid: Grid) -> str:
    rows = (
        "".join(
            f'<td rowspan="{slot.rowspan}" colspan="{slot.colspan}"><p>{escape(slot.text) or "&nbsp;"}</p></td>'
            for slot in row
        )
        for row in grid.rows
    )
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>"
