"""A table is of the year, and of the office, that its caption names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, Identity, Paragraph, Period, SourceFile
from pipeline.stages.tabulate import captioned, tabulate
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

HEADER = """\
项目 | < | 申请人情况 | < | < | < | < | < | <
^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计
^ | ^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^
"""
OURS = "一、本年新收政府信息公开申请数量 | < | 31 | 4 | 0 | 0 | 2 | 1 | 38\n"
OTHERS = "一、本年新收政府信息公开申请数量 | < | 50 | 6 | 0 | 0 | 0 | 0 | 56\n"
ISSUED = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | 3\n行政规范性文件 | 4 | 5 | 6\n"
RECEIVED = "requests.received.total"
THIS, BEFORE = Period.THIS_YEAR, Period.PREVIOUS_YEAR


def read(book: Rulebook, year: int | None, *parts: str, agency_type: str = "government") -> Tabulated:
    """Return the tables of a report on the year; a part with a bar is a grid, any other a paragraph."""
    blocks = tuple(
        grid_of(part, f"t{number}") if "|" in part else Paragraph(f"p{number}", part)
        for number, part in enumerate((ISSUED, *parts))
    )
    identity = Identity("form_2021", year=year, agency_type=agency_type, scope="own")
    document = Document(SourceFile("report.html", 0, "0" * 64), blocks)
    return captioned(tabulate(document, (), book.eras), document, identity)


def received(found: Tabulated) -> list[tuple[float | None, Period, str | None]]:
    """The totals of the requests received."""
    return [
        (each.value, each.period, each.scope)
        for each in found.observations
        if each.indicator == RECEIVED and each.applicant == "total"
    ]


def kinds(found: Tabulated) -> list[str]:
    return [problem.kind for problem in found.problems if problem.kind == "other_year"]


@pytest.mark.parametrize(
    "caption",
    [
        "（一）2021年收到和处理政府信息公开申请情况",
        "附：2021年度收到和处理政府信息公开申请情况（供对比）",
        "二〇二一年政府信息公开申请情况统计表",
        "2021年度",
        "（2021年）",
        "上年度收到和处理政府信息公开申请情况",
        "三、2021年收到和处理政府信息公开申请情况",
    ],
)
def test_a_table_of_the_year_before_does_not_speak_for_this_one(book: Rulebook, caption: str) -> None:
    found = read(book, 2022, caption, HEADER + OTHERS, "2022年收到和处理政府信息公开申请情况", HEADER + OURS)
    assert received(found) == [(56, BEFORE, None), (38, THIS, None)]
    assert kinds(found) == ["other_year"]


def test_the_first_row_may_be_the_caption(book: Rulebook) -> None:
    line = " | ".join(["{}年度", *"<" * 8]) + "\n"
    found = read(book, 2022, line.format(2021) + HEADER + OTHERS, line.format(2022) + HEADER + OURS)
    assert received(found) == [(56, BEFORE, None), (38, THIS, None)]


def test_the_cells_of_any_other_year_are_left_out(book: Rulebook) -> None:
    found = read(book, 2022, "2019年收到和处理政府信息公开申请情况", HEADER + OTHERS)
    assert received(found) == []
    assert "7 were left out" in next(each.message for each in found.problems if each.kind == "other_year")


def test_several_years_prove_nothing_where_the_report_proves_none(book: Rulebook) -> None:
    both = ("2021年收到申请情况", HEADER + OTHERS, "2022年收到申请情况", HEADER + OURS)
    assert received(read(book, None, *both)) == []
    assert received(read(book, None, *both[2:])) == [(38, THIS, None)]


@pytest.mark.parametrize(
    "caption",
    [
        "三、收到和处理政府信息公开申请情况",
        "云溪县2023年政府信息公开工作年度报告",
        "2023年1月15日",
        "2023年1月公布的情况",
        "云政办〔2021〕12号",
        "2021年，全县收到申请56件，情况见统计表",
        "本报告统计期限为2021年1月1日至2021年12月31日。",
        "2023年工作打算和安排情况",
        "2021年至2022年对比情况",
        "2022—2023年数据",
        "2020-2021学年信息公开情况统计表",
        "申请办理与上年对比情况",
        "上年结转申请办理情况",
        "2022年收到和处理政府信息公开申请情况",
    ],
)
def test_other_lines_with_a_year_are_no_caption(book: Rulebook, caption: str) -> None:
    found = read(book, 2022, caption, HEADER + OURS)
    assert received(found) == [(38, THIS, None)]
    assert kinds(found) == []


def test_a_caption_reaches_no_further_than_its_table(book: Rulebook) -> None:
    found = read(book, 2022, "2021年规章情况", ISSUED, "三、收到和处理政府信息公开申请情况", HEADER + OURS)
    assert received(found) == [(38, THIS, None)]


def test_a_table_without_its_grid_has_a_caption_too(book: Rulebook) -> None:
    labels = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
    row = "一、本年新收政府信息公开申请数量 50 6 0 0 0 0 56"
    found = read(book, 2022, "2021年收到和处理政府信息公开申请情况", labels, row)
    assert {each.period for each in found.observations if each.indicator == RECEIVED} == {BEFORE}


def test_captions_tell_whose_figures_they_are(book: Rulebook) -> None:
    own = ("表1：县政府本级收到和处理政府信息公开申请情况", HEADER + OURS)
    whole = ("表2：全县收到和处理政府信息公开申请情况", HEADER + OTHERS)
    assert received(read(book, 2022, *own, *whole)) == [(38, THIS, "own"), (56, THIS, "jurisdiction")]


@pytest.mark.parametrize(
    ("caption", "scope"),
    [
        ("各部门、各乡镇政府信息公开情况汇总统计表", "jurisdiction"),
        ("县政府办公室政府信息公开情况统计表", "own"),
        ("县本级（不含各部门）申请情况", None),
        ("全局政府信息公开情况统计表", None),
        ("政府信息公开情况统计表", None),
    ],
)
def test_a_caption_tells_a_scope_only_where_it_is_plain(book: Rulebook, caption: str, scope: str | None) -> None:
    assert received(read(book, 2022, caption, HEADER + OURS)) == [(38, THIS, scope)]


def test_a_body_that_governs_nobody_has_no_jurisdiction(book: Rulebook) -> None:
    found = read(book, 2022, "各部门政府信息公开情况汇总统计表", HEADER + OURS, agency_type="department")
    assert received(found) == [(38, THIS, None)]
