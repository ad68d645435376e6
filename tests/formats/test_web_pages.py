from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.html import read_html
from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.model import Document, Paragraph, Role, Table
from tests.rendering import SAMPLE, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.formats.reading import Reading

LONG = "全年主动公开政府信息3817条，受理依申请公开23件，均按时办结，未收取费用。" * 4


def reading_of(body: str, head: str = "") -> Reading:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), DEFAULT_LIMITS)


def texts_of(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]


def grid_of(reading: Reading) -> list[tuple[int, int, int, int, str]]:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def test_blocks_and_breaks_part_paragraphs() -> None:
    body = "<div>一<br>二<p>三 <b>3</b>\n  条</p>四</div><ul><li>五<li>六</ul>"
    assert texts_of(reading_of(body)) == ["一", "二", "三 3 条", "四", "五", "六"]


def test_a_paragraph_tells_where_it_stands() -> None:
    reading = reading_of("<div><p>一</p><p>二</p></div>")
    assert [block.anchor.path for block in reading.blocks] == ["html/body/div/p", "html/body/div/p[2]"]


def test_what_a_page_does_not_show_is_not_read() -> None:
    body = (
        "<script>var a='9件';</script><style>p{}</style><noscript>请启用脚本</noscript><!-- 8件 -->"
        "<template>7件</template>"
        "<p>一<span style='DISPLAY : none'>6件</span>二</p><p hidden>5件</p>"
    )
    assert texts_of(reading_of(body)) == ["一二"]


def test_much_hidden_text_is_told() -> None:
    reading = reading_of(f"<p>正文</p><div style='display:none'>{LONG}</div>")
    assert [problem.kind for problem in reading.problems] == ["hidden_text"]


def test_spans_move_the_cells_beside_and_below_them() -> None:
    rows = "<tr><td rowspan=2 colspan=2>甲<td>乙</tr><tr><td>丙<td rowspan=9>丁</tr><tr><td>戊<td>己<td>庚</tr>"
    assert grid_of(reading_of(f"<table>{rows}</table>")) == [
        (0, 0, 2, 2, "甲"),
        (0, 2, 1, 1, "乙"),
        (1, 2, 1, 1, "丙"),
        (1, 3, 2, 1, "丁"),
        (2, 0, 1, 1, "戊"),
        (2, 1, 1, 1, "己"),
        (2, 2, 1, 1, "庚"),
    ]


def test_spans_beyond_the_table_or_into_others_are_cut() -> None:
    rows = (
        "<tr><td>甲<td rowspan=2>乙<td rowspan=0>丙</tr><tr><td colspan=5>丁</tr><tr><td colspan=x>戊<td colspan=999>己"
    )
    assert grid_of(reading_of(f"<table>{rows}</table>")) == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 2, 1, "乙"),
        (0, 2, 3, 1, "丙"),
        (1, 0, 1, 1, "丁"),
        (2, 0, 1, 1, "戊"),
        (2, 1, 1, 1, "己"),
    ]


def test_lines_within_a_cell_stay_apart_and_blanks_stay_blank() -> None:
    rows = "<tr><th>商业<br>企业</th><th><p>科研</p><p>机构</p></th></tr><tr><td>&nbsp;</td><td><p>\n</p></td></tr>"
    assert [text for *_, text in grid_of(reading_of(f"<table>{rows}</table>"))] == ["商业\n企业", "科研\n机构", "", ""]


def test_tables_that_arrange_a_page_are_walked_through() -> None:
    inner = "<table><tr><td>行政许可<td>26</tr><tr><td>行政处罚<td>41</tr></table>"
    text = f"<table><tr><td><p>一、概述</p><p>{LONG}</p>{inner}</td></tr></table>"
    body = f"<table><tr><td><a href=1>公开指南</a></td><td>{text}</td></tr></table>"
    reading = reading_of(body)
    assert [text for *_, text in grid_of(reading)] == ["行政许可", "26", "行政处罚", "41"]
    assert texts_of(reading) == ["公开指南", "一、概述", LONG]


def test_a_table_inside_a_cell_follows_the_table_around_it() -> None:
    rows = "".join(f"<tr><td>第{number}项<td>{number}</tr>" for number in range(6))
    body = f"<table>{rows}<tr><td>附<td>见下<table><tr><td>甲<td>1</tr></table></td></tr></table>"
    outer, inner = (block for block in reading_of(body).blocks if isinstance(block, Table))
    assert [cell.text for cell in outer.cells][-2:] == ["附", "见下"]
    assert [cell.text for cell in inner.cells] == ["甲", "1"]


def test_a_caption_and_text_between_rows_are_not_lost() -> None:
    body = "<table><caption>统计表</caption>漏字<tr><td>行政许可<td>26</tr></table>"
    assert texts_of(reading_of(body)) == ["漏字", "统计表"]


def test_the_site_around_a_report_is_furniture_with_a_reason(read_bytes: Callable[[bytes], Document]) -> None:
    document = read_bytes(page(SAMPLE))
    found = [
        (block.role_reason, block.text)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role is Role.FURNITURE
    ]
    assert found == [
        ("page title", f"{SAMPLE.title}_年度报告_{SAMPLE.agency}"),
        ("page metadata", f"ArticleTitle: {SAMPLE.title}"),
        ("page metadata", "PubDate: 2023-01-19 10:20"),
        ("header", "首页"),
        ("header", "政务公开"),
        ("breadcrumb", "当前位置：首页 > 年度报告"),
        ("share bar", "分享到：微信"),
        ("related links", "青萝县2021年政府信息公开工作年度报告"),
        ("footer", f"主办：{SAMPLE.agency}"),
        ("footer", "网站标识码：9900000017 示ICP备00000017号"),
    ]
    assert document.title == SAMPLE.title


def test_the_text_is_found_without_known_names() -> None:
    body = (
        "<div><a href=1>首页</a> <a href=2>要闻</a></div><div class=x1><div>来源：本网</div>"
        f"<div class=x2><p>一、概述</p><p>{LONG}</p><p>{LONG}</p></div></div><div>主办：青萝县</div>"
    )
    assert [(block.role, block.role_reason) for block in reading_of(body).blocks] == [
        (Role.FURNITURE, "link list"),
        (Role.FURNITURE, "outside main text"),
        (Role.BODY, None),
        (Role.BODY, None),
        (Role.BODY, None),
        (Role.FURNITURE, "outside main text"),
    ]


def test_a_table_of_the_report_is_never_furniture() -> None:
    table = "<table><tr><td>收到申请数<td>23</tr><tr><td>行政复议数<td>1</tr></table>"
    reading = reading_of(f"<div id=zoom><p>{LONG}</p></div><div class=footer>{table}</div>")
    assert [block.role for block in reading.blocks] == [Role.BODY, Role.BODY]


def test_a_name_that_wraps_the_whole_page_hides_nothing() -> None:
    reading = reading_of(f"<div class=header><p>{LONG}</p></div>")
    assert [block.role for block in reading.blocks] == [Role.BODY]


def test_the_title_of_the_report_is_its_own_wherever_it_stands() -> None:
    title = "青萝县2022年政府信息公开年报"
    body = f"<div class=con_head><h1>{title}</h1><p>字体：大 中 小</p></div><div id=zoom><p>{LONG}</p></div>"
    reading = reading_of(body, f"<title>{title}-青萝县</title>")
    assert [block.role_reason for block in reading.blocks] == ["page title", None, "header", None]


def test_a_page_that_is_no_report_keeps_its_text() -> None:
    reading = reading_of("<div>404</div><div>您访问的页面不存在</div>")
    assert [(block.role, block.text) for block in reading.blocks if isinstance(block, Paragraph)] == [
        (Role.BODY, "404"),
        (Role.BODY, "您访问的页面不存在"),
    ]


@pytest.mark.parametrize(("depth", "kinds"), [(300, []), (5_000, ["too_deep"])])
@pytest.mark.parametrize("tag", ["div", "font"])
def test_depth_loses_nothing(tag: str, depth: int, kinds: list[str]) -> None:
    reading = reading_of(f"<{tag}>" * depth + LONG + f"</{tag}>" * depth)
    assert texts_of(reading) == [LONG]
    assert [problem.kind for problem in reading.problems] == kinds


def test_what_the_parser_drops_is_told() -> None:
    reading = reading_of("<table><tr><td>" * 2_100 + LONG)
    assert {"too_deep", "text_lost"} <= {problem.kind for problem in reading.problems}


def test_length_loses_nothing() -> None:
    text = "公开" * 6_000_000
    assert [len(found) for found in texts_of(reading_of(f"<p>{text}</p>"))] == [len(text)]


def test_entities_from_outside_are_not_read() -> None:
    data = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>a&x;b</p></body></html>'
    assert texts_of(read_html(data, DEFAULT_LIMITS))[-1] == "a&x;b"


@pytest.mark.parametrize(
    ("codec", "declared", "kinds"),
    [
        ("gb18030", "gb2312", []),
        ("utf-8", "gb2312", ["declared_encoding_wrong"]),
        ("gb18030", "utf-8", ["declared_encoding_wrong"]),
    ],
)
def test_the_bytes_of_a_page_win_over_what_it_declares(codec: str, declared: str, kinds: list[str]) -> None:
    reading = read_html(page(SAMPLE, codec, declared), DEFAULT_LIMITS)
    assert reading.encoding == codec
    assert [problem.kind for problem in reading.problems] == kinds
    assert SAMPLE.prose[1] in texts_of(reading)


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<td>", "<tr>", "<table>", "</table>", "<br>", "<a href=1>", "</a>", "<b>", "甲", "12"]
    ),
    max_size=40,
)


@settings(derandomize=True, deadline=None)
@given(MARKUP)
def test_every_shown_character_is_read_once(pieces: list[str]) -> None:
    reading = reading_of("".join(pieces))
    found = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
        for block in reading.blocks
    )
    assert sorted("".join(found.split())) == sorted(re.sub("<[^>]*>", "", "".join(pieces)))
