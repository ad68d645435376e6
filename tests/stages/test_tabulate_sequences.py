"""The traps of tables that were flattened into one paragraph, and of text that only looks like a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, Paragraph, Section, SectionKind, SourceFile, Span, ValueStatus
from pipeline.stages.tabulate import tabulate

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

DECISIONS = (
    "二、主动公开政府信息情况 第二十条第(一)项 | 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 | "
    "规章 | 0 | 0 | 3 | 规范性文件 | 21 | 19 | 264 | 第二十条第(五)项 | 信息内容 | 上一年项目数量 | 本年增/减 | "
    "处理决定数量 | 行政许可 | 187 | +12 | 30918 | 其他对外管理服务事项 | 95 | -4 | 1502 | 第二十条第(九)项 | "
    "信息内容 | 采购项目数量 | 采购总金额 | 政府集中采购 | 63 | 1290.5万元 |"
)
APPLICANTS = "申请人情况 | 自然人 | 法人或其他组织 | 总计 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"
RECEIVED = "一、本年新收政府信息公开申请数量 | 31 | 4 | 0 | 0 | 2 | 1 | 38"
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


def read(book: Rulebook, *lines: str) -> Tabulated:
    blocks = tuple(Paragraph(f"p{number}", line) for number, line in enumerate(lines))
    sections = (Section("s3", 1, 1, "三、", (Span("p1", 0, 9999),), SectionKind.ON_REQUEST),)
    return tabulate(Document(SourceFile("report.txt", 0, "0" * 64), blocks), sections, book.eras)


def values(found: Tabulated) -> dict[str, float | None]:
    return {
        f"{each.indicator}[{each.applicant}]" if each.applicant else each.indicator: each.value
        for each in found.observations
    }


def test_slots_are_bound_to_their_columns(book: Rulebook) -> None:
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


def test_a_slot_keeps_its_evidence(book: Rulebook) -> None:
    text = f"{APPLICANTS} | {RECEIVED}"
    found = read(book, DECISIONS, text)
    last = found.observations[-1]
    assert (last.value, last.evidence.block_id, last.evidence.quote) == (38, "p1", "38")
    assert text[last.evidence.start : last.evidence.end] == "38"
    assert last.evidence.start == len(text) - 2
    assert (last.section_id, last.row, last.col) == ("s3", None, None)


def test_an_empty_slot_is_blank(book: Rulebook) -> None:
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
def test_a_row_with_another_number_of_slots_is_not_read(book: Rulebook, row: str) -> None:
    found = read(book, DECISIONS, f"{APPLICANTS} | {row} | {GROUPED}")
    assert not any(name.startswith("requests.received") for name in values(found))
    assert values(found)["requests.outcome.granted[total]"] == 10
    assert "table_incomplete" in {problem.kind for problem in found.problems}


def test_row_ends_may_leave_an_empty_slot_in_every_row(book: Rulebook) -> None:
    text = f"{APPLICANTS} | | {RECEIVED} | | 二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | |"
    found = values(read(book, DECISIONS, text))
    assert (found["requests.received.total[total]"], found["requests.carried_over[natural_person]"]) == (38, 3)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "申请人情况 | 自然人 | 总计 |",
        "自然人 | 法人或其他组织 | 总计 | 科研机构 | 商业企业 | 社会公益组织 | 法律服务机构 | 其他 |",
    ],
    ids=["none", "some lost", "other order"],
)
def test_slots_are_not_bound_without_the_headers_in_order(book: Rulebook, header: str) -> None:
    found = read(book, DECISIONS, f"{header} {RECEIVED} | {GROUPED}")
    assert not any(name.startswith("requests") for name in values(found))


def test_headers_may_be_told_column_by_column(book: Rulebook) -> None:
    header = "自然人 | 法人或其他组织 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计"
    assert values(read(book, DECISIONS, f"{header} | {RECEIVED}"))["requests.received.total[total]"] == 38


def test_a_row_whose_sum_fails_is_not_trusted(book: Rulebook) -> None:
    found = read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED.replace('| 38', '| 39')} | {GROUPED}")
    row = [each for each in found.observations if each.indicator == "requests.received.total"]
    assert {(each.status, each.value, each.numeral) for each in row} == {(ValueStatus.UNREADABLE, None, None)}
    assert row[-1].evidence.quote == "39"
    assert values(found)["requests.outcome.granted[total]"] == 10


def test_text_behind_the_last_slot_is_no_part_of_it(book: Rulebook) -> None:
    found = values(read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED} 四、政府信息公开行政复议、行政诉讼情况 无"))
    assert found["requests.received.total[total]"] == 38
    assert "requests.received.total[total]" not in values(read(book, DECISIONS, f"{APPLICANTS} | {RECEIVED} 2件已办结"))


def test_glued_digits_give_no_value_but_a_problem(book: Rulebook) -> None:
    glued = (
        "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件14312第二十条第（五）项"
        "信息内容本年处理决定数量行政许可20417行政处罚33行政强制1本年收费金额（单位：万元）行政事业性收费415.06"
    )
    found = read(book, glued)
    assert (found.era_id, found.observations) == ("form_2021", ())
    assert found.problems[0].kind == "table_unreadable"
    assert found.problems[0].message.endswith("is there, but its cells can't be told apart: 0 of 10 cells were read")


def test_a_cell_on_each_line_gives_no_value_but_a_problem(book: Rulebook) -> None:
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
        "4",
        "5",
    ]
    lines += ["行政许可", "7", "行政处罚", "8", "行政强制", "9"]
    found = read(book, *lines)
    assert found.observations == ()
    assert [problem.kind for problem in found.problems] == ["table_unreadable", "table_missing", "table_missing"]


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
