"""The traps of tables that were flattened into text, and of text that only looks like a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import ValueStatus
from pipeline.stages.tabulate.examples import grid_of
from tests.stages.flattened import APPLICANTS, RECEIVED, read, row, stated, values

if TYPE_CHECKING:
    from pipeline.model import Table
    from pipeline.rulebook import Rulebook

DECISIONS = (
    "二、主动公开政府信息情况 第二十条第(一)项 | 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 | "
    "规章 | 0 | 0 | 3 | 规范性文件 | 21 | 19 | 264 | 第二十条第(五)项 | 信息内容 | 上一年项目数量 | 本年增/减 | "
    "处理决定数量 | 行政许可 | 187 | +12 | 30918 | 其他对外管理服务事项 | 95 | -4 | 1502 | 第二十条第(九)项 | "
    "信息内容 | 采购项目数量 | 采购总金额 | 政府集中采购 | 63 | 1290.5万元 |"
)
GROUPED = (
    "三、本年度办理结果 | (一)予以公开 | 9 | 1 | 0 | 0 | 0 | 0 | 10 | "
    "(三) 不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0"
)
REMEDIES = (
    "四、政府信息公开行政复议、行政诉讼情况 行政复议 | 行政诉讼 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | "
    "未经复议直接起诉 | 复议后起诉 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | "
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | "
    "11 | 12 | 13 | 14 | 50 | 21 | 22 | 23 | 24 | 90 | 31 | 32 | 33 | 34 | 130 |"
)


def test_cells_are_bound_to_their_columns(book: Rulebook) -> None:
    found = values(read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED} | {GROUPED} |", REMEDIES))
    assert (found["rules.public_total"], found["normative.disclosed_new"]) == (3, 19)
    assert (found["license.items_change"], found["other_service.items_change"]) == (12, -4)
    assert (found["procurement.count"], found["procurement.amount"]) == (63, 1290.5)
    assert (found["requests.received.total[org.legal_service]"], found["requests.received.total[total]"]) == (2, 38)
    assert found["requests.outcome.granted[org.business]"] == 1
    assert found["requests.denied.state_secret[total]"] == 0
    assert (found["review.corrected"], found["litigation.direct.total"]) == (12, 90)
    assert (found["litigation.after_review.upheld"], found["litigation.after_review.total"]) == (31, 130)
    assert len(found) == 3 + 3 + 3 + 3 + 2 + 3 * 7 + 15


def test_a_cell_keeps_its_evidence(book: Rulebook) -> None:
    text = f"{APPLICANTS} | {RECEIVED}"
    found = read(book, DECISIONS, text)
    last = found.observations[-1]
    assert (last.value, last.evidence.block_id, last.evidence.quote) == (38, "p1", "38")
    assert text[last.evidence.start : last.evidence.end] == "38"
    assert last.evidence.start == len(text) - 2
    assert (last.section_id, last.row, last.col) == ("s3", None, None)


def test_an_empty_cell_is_blank(book: Rulebook) -> None:
    found = read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED.replace('| 0 | 0 |', '| | / |')} |")
    statuses = [(each.status, each.value) for each in found.observations if each.applicant]
    assert statuses[1:4] == [
        (ValueStatus.REPORTED, 4),
        (ValueStatus.BLANK, None),
        (ValueStatus.NOT_APPLICABLE, None),
    ]
    blank = next(each for each in found.observations if each.status is ValueStatus.BLANK)
    assert (blank.evidence.quote, blank.evidence.start) == ("", blank.evidence.end)


@pytest.mark.parametrize("row", [RECEIVED.replace(" | 0", "", 1), RECEIVED + " | 0"], ids=["one lost", "one too many"])
def test_a_row_with_another_number_of_cells_is_not_read(book: Rulebook, row: str) -> None:
    found = read(book, DECISIONS, f"{APPLICANTS} | {row} | {GROUPED}")
    received = [each for each in found.observations if each.indicator == "requests.received.total"]
    assert {(each.status, each.value) for each in received} == {(ValueStatus.UNREADABLE, None)}
    assert values(found)["requests.outcome.granted[total]"] == 10
    assert "table_incomplete" in {problem.kind for problem in found.problems}


def test_row_ends_may_leave_an_empty_cell_in_every_row(book: Rulebook) -> None:
    text = f"{APPLICANTS} | | {RECEIVED} | | 二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | |"
    found = values(read(book, DECISIONS, text))
    assert (found["requests.received.total[total]"], found["requests.carried_over[natural_person]"]) == (38, 3)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "申请人情况 | 自然人 | 总计 |",
        "自然人 | 法人或其他组织 | 总计 | 社会公益组织 | 科研机构 | 商业企业 | 法律服务机构 | 其他 |",
    ],
    ids=["none", "some lost", "other order"],
)
def test_cells_are_not_bound_without_the_headers_in_order(book: Rulebook, header: str) -> None:
    found = read(book, DECISIONS, f"{header} {RECEIVED} | {GROUPED}")
    assert not any(name.startswith("requests") for name in values(found))


def test_headers_may_be_told_column_by_column(book: Rulebook) -> None:
    header = "自然人 | 法人或其他组织 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计"
    assert values(read(book, DECISIONS, f"{header} | {RECEIVED}"))["requests.received.total[total]"] == 38


def test_a_wrong_sum_between_borders_is_the_reports_own(book: Rulebook) -> None:
    found = read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED.replace('| 38', '| 39')} | {GROUPED}")
    assert row(found, "requests.received.total") == [31, 4, 0, 0, 2, 1, 39]


def test_text_behind_the_last_cell_is_no_part_of_it(book: Rulebook) -> None:
    found = values(read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED} 四、政府信息公开行政复议、行政诉讼情况 无"))
    assert found["requests.received.total[total]"] == 38
    assert (
        values(read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED} 2件已办结"))["requests.received.total[total]"] is None
    )


ISSUED = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数"
GLUED = (
    f"{ISSUED}规章000行政规范性文件14312第二十条第（五）项信息内容本年处理决定数量行政许可20417第二十条第（六）项"
    "信息内容本年处理决定数量行政处罚33行政强制1第二十条第（八）项信息内容本年收费金额（单位：万元）"
    "行政事业性收费415.06三、收到和处理政府信息公开申请情况申请人情况自然人法人或其他组织总计商业企业科研机构"
    "社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量314002138二、上年结转政府信息公开申请数量3000003"
    "三、本年度办理结果（一）予以公开91000010（二）部分公开（区分处理的，只计这一情形，不计其他情形）611000 8"
    "（三）不予公开1.属于国家秘密00000002.其他法律行政法规禁止公开1200003"
)


def test_digits_run_together_are_parted_where_the_sums_leave_one_way(book: Rulebook) -> None:
    found = read(book, GLUED)
    assert found.era_id == "form_2021"
    assert row(found, "requests.received.total") == [31, 4, 0, 0, 2, 1, 38]
    assert row(found, "requests.carried_over") == [3, 0, 0, 0, 0, 0, 3]
    assert row(found, "requests.outcome.granted") == [9, 1, 0, 0, 0, 0, 10]
    assert row(found, "requests.outcome.partial") == [6, 1, 1, 0, 0, 0, 8]
    assert row(found, "requests.denied.state_secret") == [0] * 7
    granted = next(each for each in found.observations if each.indicator == "requests.outcome.granted")
    assert (granted.evidence.quote, granted.confidence) == ("9", 0.95)


def test_the_digit_of_the_next_number_is_no_value(book: Rulebook) -> None:
    assert row(read(book, GLUED), "requests.denied.law_prohibited") == [1, 2, 0, 0, 0, 0, 3]


def test_one_value_behind_its_label_needs_no_sum(book: Rulebook) -> None:
    found = values(read(book, GLUED))
    assert (found["license.decisions"], found["penalty.decisions"], found["coercion.decisions"]) == (20417, 33, 1)
    assert found["admin_fee.amount"] == 415.06


def test_digits_that_no_sum_decides_are_unreadable_with_all_that_is_printed(book: Rulebook) -> None:
    cells = [each for each in read(book, GLUED).observations if each.indicator.startswith("normative")]
    assert {(each.status, each.value, each.evidence.quote) for each in cells} == {
        (ValueStatus.UNREADABLE, None, "14312")
    }
    assert len(cells) == 3


def test_zeros_can_be_parted_in_one_way_only(book: Rulebook) -> None:
    assert row(read(book, GLUED), "rules") == [0, 0, 0]


def test_prose_decides_between_two_ways(book: Rulebook) -> None:
    prose = stated("normative.issued", 14), stated("normative.in_force", 2)
    assert row(read(book, GLUED, prose=prose), "normative") == [14, 31, 2]
    assert row(read(book, GLUED, prose=prose[:1]), "normative") == [None] * 3
    assert row(read(book, GLUED, prose=(stated("normative.issued", 99),)), "normative") == [None] * 3


def test_a_row_that_keeps_no_sum_is_unreadable(book: Rulebook) -> None:
    assert row(read(book, GLUED.replace("314002138", "314002139")), "requests.received.total") == [None] * 7


def test_cells_may_stand_in_a_line_each(book: Rulebook) -> None:
    lines = [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "规章",
        "0",
        "1",
        "行政规范性文件",
        "3",
        "41",
        "5",
    ]
    found = read(book, *lines, "行政许可", "7")
    assert row(found, "rules") == [None] * 3
    assert row(found, "normative") == [3, 41, 5]
    assert [each.evidence.block_id for each in found.observations][-3:] == ["p8", "p9", "p10"]
    assert "license.decisions" not in values(found)


HEADLESS = """\
一、本年新收政府信息公开申请数量 | 31 | 4 | 0 | 0 | 2 | 1 | 38
二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3
（一）予以公开 | 9 | 1 | 0 | 0 | 0 | 0 | 10
"""
REST = """\
（二）部分公开
1.属于国家秘密
2.其他法律行政法规禁止公开
3.危及“三安全一稳定”
4.保护第三方合法权益
5.属于三类内部事务信息
6.属于四类过程性信息
7.属于行政执法案卷
8.属于行政查询事项
1.本机关不掌握相关政府信息
2.没有现成信息需要另行制作
3.补正后申请内容仍不明确
1.信访举报投诉类申请
2.重复申请
3.要求提供公开出版物
4.无正当理由大量反复申请
5.要求行政机关确认或重新出具已获取信息
（六）其他处理
""".splitlines()
TOTALS = """\
（七）总计 | 32 | 4 | 0 | 0 | 2 | 1 | 39
四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2
"""


def headless(*rows: str) -> list[Table]:
    text = HEADLESS + "".join(f"{each}\n" for each in rows) + TOTALS
    return [grid_of(text, "t0")]


def outcome(label: str, values: str = "0 | 0 | 0 | 0 | 0 | 0 | 0") -> str:
    return f"{label} | {values}"


def test_a_grid_without_header_is_read_where_its_rows_and_sums_are_those_of_the_form(book: Rulebook) -> None:
    rows = [outcome(REST[0], "23 | 3 | 0 | 0 | 2 | 1 | 29"), *map(outcome, REST[1:])]
    found = read(book, DECISIONS, *headless(*rows))
    assert row(found, "requests.outcome.partial") == [23, 3, 0, 0, 2, 1, 29]
    assert row(found, "requests.carried_forward") == [2, 0, 0, 0, 0, 0, 2]
    assert sum(each.applicant is not None for each in found.observations) == 23 * 7


def test_rows_without_label_are_those_that_are_missing_between_two(book: Rulebook) -> None:
    rows = [outcome(REST[0], "23 | 3 | 0 | 0 | 2 | 1 | 29"), *map(outcome, REST[1:])]
    for lost in (4, 5, 9):
        rows[lost] = rows[lost].replace(REST[lost], "")
    assert row(read(book, DECISIONS, *headless(*rows)), "requests.denied.third_party") == [0] * 7
    assert row(read(book, DECISIONS, *headless(*rows[:5], *rows[6:])), "requests.denied.third_party") == []


def test_rows_without_header_whose_sums_fail_are_unreadable(book: Rulebook) -> None:
    rows = [outcome(REST[0], "23 | 3 | 0 | 0 | 2 | 1 | 28"), *map(outcome, REST[1:])]
    assert row(read(book, DECISIONS, *headless(*rows)), "requests.outcome.partial") == [None] * 7


@pytest.mark.parametrize(
    "text",
    [
        "全年办理行政许可30918件，行政处罚874件，规章3件。",
        "首页 | 政务公开 | 规章 | 规范性文件 | 2 | 行政许可 | 3 |",
        "行政处罚 | 5 | 0 | 1 | 行政强制 | 6 | 2 | 2 |",
    ],
)
def test_prose_gives_no_cell(book: Rulebook, text: str) -> None:
    found = read(book, text)
    assert (found.era_id, found.observations, found.problems) == ("prose", (), ())
