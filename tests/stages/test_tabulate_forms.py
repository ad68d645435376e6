"""The forms before 2019 as they come in grids: groups, units by row, periods, scope; and forms that are mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, Paragraph, Period, SourceFile, ValueSource, ValueStatus
from pipeline.stages.tabulate import tabulate
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.model import Block
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.forms import Era
    from pipeline.stages.tabulate import Tabulated

REMEDIES = """\
统计指标 | 单位 | 统计数
四、行政复议数量 | 件 | 9
（一）维持具体行政行为数 | 件 | 6
（二）被依法纠错数 | 件 | 2
（三）其他情形数 | 件 | 1
五、行政诉讼数量 | 件 | 5
（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 3
（二）被依法纠错数 | 件 | 0
（三）其他情形数 | 件 | 2
"""
READ = {
    "review.total": 9,
    "review.upheld": 6,
    "review.corrected": 2,
    "review.other": 1,
    "litigation.total": 5,
    "litigation.upheld": 3,
    "litigation.corrected": 0,
    "litigation.other": 2,
}


def read(book: Rulebook, *grids: str | Block) -> Tabulated:
    blocks = [grid_of(grid, f"t{number}") if isinstance(grid, str) else grid for number, grid in enumerate(grids)]
    return tabulate(Document(SourceFile("report.html", 0, "0" * 64), tuple(blocks)), (), book.eras)


def values(found: Tabulated, period: Period = Period.THIS_YEAR) -> dict[str, float | None]:
    return {each.indicator: each.value for each in found.observations if each.period is period}


def era(book: Rulebook, name: str) -> Era:
    return next(era for era in book.eras if era.id == name)


def kinds(found: Tabulated) -> set[str]:
    return {problem.kind for problem in found.problems}


def test_one_label_in_two_groups_is_told_by_the_group(book: Rulebook) -> None:
    found = read(book, REMEDIES)
    assert (found.form_id, found.era_id) == ("form_2014", "form_2014")
    assert values(found) == READ
    assert {each.source for each in found.observations} == {ValueSource.ATTACHMENT_TABLE}


def test_one_label_in_two_groups_is_told_by_a_group_cell_beside_it(book: Rulebook) -> None:
    beside = """\
统计指标 | < | 单位 | 统计数
四、行政复议 | （三）其他情形数 | 件 | 1
^ | （二）被依法纠错数 | 件 | 2
五、行政诉讼 | （二）被依法纠错数 | 件 | 0
^ | （三）其他情形数 | 件 | 4
"""
    beside = beside.replace("四、行政复议 ", "四、行政复议数量 ").replace("五、行政诉讼 ", "五、行政诉讼数量 ")
    assert values(read(book, beside)) == {
        "review.other": 1,
        "review.corrected": 2,
        "litigation.corrected": 0,
        "litigation.other": 4,
    }


def test_one_label_in_two_groups_is_told_by_the_order_where_the_group_is_lost(book: Rulebook) -> None:
    found = read(book, REMEDIES.replace("四、行政复议数量", "四、复议").replace("五、行政诉讼数量", "五、诉讼"))
    assert values(found) == {name: value for name, value in READ.items() if not name.endswith("total")}
    assert "row_unread" in kinds(found)


def test_one_label_in_two_groups_is_refused_where_nothing_tells(book: Rulebook) -> None:
    lines = REMEDIES.splitlines()
    alone = "\n".join([lines[0], lines[3], lines[4]])
    found = read(book, alone)
    assert found.observations == ()
    twice = read(book, "\n".join([*lines[:4], lines[3].replace("2", "77"), *lines[4:]]))
    assert values(twice) == READ


def test_a_heading_has_a_value_only_where_a_number_stands(book: Rulebook) -> None:
    grid = """\
统计指标 | 单位 | 统计数
（二）通过不同渠道和方式公开政府信息的情况 | — | {}
1.政府公报公开政府信息数 | 条 | 12
"""
    assert values(read(book, grid.format("—"))) == {"proactive.channel.gazette": 12}
    assert values(read(book, grid.format(""))) == {"proactive.channel.gazette": 12}
    assert values(read(book, grid.format("480"))) == {"proactive.channel_sum": 480, "proactive.channel.gazette": 12}


@pytest.mark.parametrize(
    ("unit", "cell", "value", "printed", "base"),
    [
        ("万元", "38.5", 38.5, "万元", 385000),
        ("元", "385000", 385000, "元", 385000),
        ("", "38.5", 38.5, None, 385000),
        ("万元", "385000元", 385000, "元", 385000),
        ("千元", "385", 385, "千元", None),
    ],
)
def test_money_has_the_unit_of_its_row(
    book: Rulebook, unit: str, cell: str, value: float, printed: str | None, base: float | None
) -> None:
    found = read(book, f"统计指标 | 单位 | 统计数\n（四）政府信息公开专项经费 | {unit} | {cell}\n")
    (budget,) = found.observations
    assert (budget.indicator, budget.value, budget.unit) == ("org.budget", value, printed)
    assert (budget.value_base, budget.unit_base) == (base, base and "元")


def test_the_unit_column_counts_behind_titles_of_groups(book: Rulebook) -> None:
    grid = """\
统计指标 | 计量单位 | 统计数
六、举报投诉数量 | 件 | 4
八、机构建设和保障经费情况 | < | <
（三）从事政府信息公开工作人员数 | 人 | 61
九、政府信息公开会议和培训情况 | — | —
（三）接受培训人员数 | 人次 | 428
"""
    found = read(book, grid)
    assert [(each.value, each.unit) for each in found.observations] == [(4, "件"), (61, "人"), (428, "人次")]


def test_own_figures_and_those_of_all_are_told_apart(book: Rulebook) -> None:
    found = read(book, "统计指标 | 单位 | 统计数（本级） | 统计数（汇总）\n（一）收到申请数 | 件 | 12 | 95\n")
    assert [(each.indicator, each.scope, each.value) for each in found.observations] == [
        ("requests.received.total", "own", 12),
        ("requests.received.total", "jurisdiction", 95),
    ]


def test_a_form_in_two_halves_is_read_one_after_the_other(book: Rulebook) -> None:
    lines = [line.split(" | ") for line in REMEDIES.splitlines()]
    halves = "\n".join(
        " | ".join([*left, *right]) for left, right in zip(lines[:5], [lines[0], *lines[5:]], strict=True)
    )
    assert values(read(book, halves)) == READ


def test_a_note_in_a_cell_and_a_row_of_ones_own_change_nothing(book: Rulebook) -> None:
    found = read(book, REMEDIES.replace("| 9", "| 9（其中网上提交2件）") + "（四）重点领域信息数 | 条 | 64\n")
    assert values(found) == READ
    (problem,) = [problem for problem in found.problems if problem.kind == "row_unread"]
    assert problem.message == (
        "rows with numbers among those of table S were not read, since they are not certainly rows of the form: "
        "（四）重点领域信息数"
    )


LOCAL = """\
指标名称 | 计量单位 | 2016年度 | 历年累计
主动公开文件数 | 条 | 31 | 280
受理依申请公开信息总数 | 条 | 7 | 19
对申请的答复总数 | 条 | 6 | 18
"""


def test_a_local_form_counts_as_one_and_keeps_its_name(book: Rulebook) -> None:
    found = read(book, LOCAL)
    assert (found.form_id, found.era_id) == ("local_fujian", "form_local")
    assert values(found) == {"proactive.total": 31, "requests.received.total": 7, "requests.outcome.total": 6}
    assert values(found, Period.CUMULATIVE)["proactive.total"] == 280
    assert found.observations[0].rule_id == "local_fujian/S/proactive.total"


@pytest.mark.parametrize(
    ("header", "this_year", "cumulative"),
    [
        ("本年度 | 累计", 31, 280),
        ("本期 | 历年累计", 31, 280),
        ("本月 | 本年累计", 280, None),
        ("本期 | 本年累计", 280, None),
        ("2016年 | 历年累计数", 31, 280),
        ("本期 | 累计", None, None),
        ("2015年度 | 2016年度", None, None),
        ("上年度 | 历年累计", None, 280),
    ],
)
def test_the_period_is_what_the_header_says(
    book: Rulebook, header: str, this_year: float | None, cumulative: float | None
) -> None:
    found = read(
        book, LOCAL.replace("2016年度 | 历年累计", header), Paragraph("p", "同意部分公开答复数、否决公开答复数")
    )
    assert values(found).get("proactive.total") == this_year
    assert values(found, Period.CUMULATIVE).get("proactive.total") == cumulative


def test_fees_of_two_kinds_are_told_by_their_group(book: Rulebook) -> None:
    form = era(book, "local_shanghai_1")
    assert form.example
    found = read(book, *form.example.grids)
    assert (values(found)["fees.proactive.mail"], values(found)["fees.request.mail"]) == (12, 30.5)
    swapped = [
        grid.replace("依申请提供信息收取费用总数", "依申请公开费用").replace("检索费", "查询服务费")
        for grid in form.example.grids
    ]
    kept = values(read(book, *swapped))
    assert kept["fees.proactive.mail"] == 12
    assert "fees.request.mail" not in kept


def test_local_exemptions_keep_their_number(book: Rulebook) -> None:
    form = era(book, "local_shanghai_1")
    assert form.example
    found = [each for each in read(book, *form.example.grids).observations if each.item]
    assert [(each.indicator, each.item, each.value) for each in found if each.period is Period.THIS_YEAR] == [
        ("requests.denied.local_scope", "免予公开范围4", 0),
        ("requests.denied.local_scope", "免予公开范围5", 1),
        ("requests.denied.local_scope", "免予公开范围6", 0),
    ]


def test_the_second_table_decides_where_forms_are_mixed(book: Rulebook) -> None:
    older, newer = era(book, "form_2019").example, era(book, "form_2021").example
    assert older
    assert newer
    found = read(book, newer.grids[0], older.grids[1], newer.grids[2])
    assert (found.era_id, found.problems, len(found.observations)) == ("form_2021", (), 10 + 161 + 15)
    found = read(book, older.grids[0], newer.grids[1], older.grids[2])
    assert (found.era_id, found.problems, len(found.observations)) == ("form_2019", (), 22 + 175 + 15)
    assert values(found)["requests.other.no_correction"] == 2


def test_an_undescribed_local_form_is_told(book: Rulebook) -> None:
    found = read(book, "指标名称 | 计量单位 | 甲项 | 乙项\n某种数量 | 条 | 31 | 280\n某种人数 | 人 | 3 | 28\n")
    assert (found.era_id, found.observations) == ("form_local", ())
    assert kinds(found) == {"table_unknown"}


def test_a_blank_form_has_no_values(book: Rulebook) -> None:
    found = read(book, REMEDIES.translate(str.maketrans("", "", "0123456789")))
    assert {(each.status, each.value) for each in found.observations} == {(ValueStatus.BLANK, None)}
    assert len(found.observations) == len(READ)
