"""Grids as pages and copying leave them: torn rows, captions between, labels split, notes and units inside cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Document, Paragraph, SourceFile, ValueStatus
from pipeline.rulebook.forms import Column
from pipeline.stages.tabulate import tabulate
from pipeline.stages.tabulate.cells import read_cell
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.model import Block
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

COUNT = Column("n", ("件数",), frozenset({"件数"}), "件", ("件", "项"), "count")

ISSUED = """\
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 1 | 2 | 3
行政规范性文件 | 4 | 5 | 6
"""
HEADER = """\
项目 | < | 申请人情况 | < | < | < | < | < | <
^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计
^ | ^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^
"""
RECEIVED = "一、本年新收政府信息公开申请数量 | < | 31 | 4 | 0 | 0 | 2 | 1 | 38\n"
NOT_HELD = "（四）无法提供 | 1.本机关不掌握相关政府信息 | 8 | 0 | 0 | 0 | 0 | 0 | 8\n"
CREATION = "^ | 2.没有现成信息需要另行制作 | 3 | 0 | 0 | 0 | 0 | 0 | 3\n"
BLANK = " |  |  |  |  |  | "
VALUES = "5 | 0 | 0 | 0 | 0 | 0 | 5"


def read(book: Rulebook, *grids: str | Block) -> Tabulated:
    blocks = [grid_of(grid, f"t{number}") if isinstance(grid, str) else grid for number, grid in enumerate(grids)]
    return tabulate(Document(SourceFile("report.html", 0, "0" * 64), tuple(blocks)), (), book.eras)


def totals(found: Tabulated) -> dict[str, float | None]:
    """The values of the last column, and those of tables without applicants."""
    return {each.indicator: each.value for each in found.observations if each.applicant in {None, "total"}}


@pytest.mark.parametrize(
    "between",
    [
        "- 3 -",
        "第 3 页 共 8 页",
        "3/8",
        "续表",
        "表二（续）",
        "收到和处理申请情况（续表1）",
        "单位：件",
        "  \n",
    ],
)
def test_a_table_goes_on_behind_a_page_number_or_a_caption(book: Rulebook, between: str) -> None:
    found = totals(read(book, ISSUED, HEADER + RECEIVED, Paragraph("p1", between), NOT_HELD))
    assert found["requests.unavailable.not_held"] == 8


@pytest.mark.parametrize("between", ["以下为各镇情况：", "注：总计含上年结转。", "附件2", "二〇一九年", "单位：甲局"])
def test_a_table_does_not_go_on_behind_words(book: Rulebook, between: str) -> None:
    found = totals(read(book, ISSUED, HEADER + RECEIVED, Paragraph("p1", between), NOT_HELD))
    assert "requests.unavailable.not_held" not in found


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (f"（四）无 | 2.没有现成信息需 | {BLANK}", f"法提供 | 要另行制作 | {VALUES}"),
        (f"（四）无 | 2.没有现成信息需 | {VALUES}", f"法提供 | 要另行制作 | {BLANK}"),
        (f"（四）无法提供 | 2.没有现成信息需要另行制作 | {BLANK}", f" |  | {VALUES}"),
        (f"（四）无法提供 | 2.没有现成信息需要另行制作 | {VALUES}", f" |  | {BLANK}"),
    ],
    ids=["values below", "values above", "only values below", "nothing below"],
)
def test_a_row_torn_by_a_page_is_put_together(book: Rulebook, upper: str, lower: str) -> None:
    found = read(book, ISSUED, HEADER + RECEIVED + upper, lower + "\n（七）总计 | < | 9 | 0 | 0 | 0 | 0 | 0 | 9\n")
    assert totals(found)["requests.unavailable.need_creation"] == 5
    assert totals(found)["requests.outcome.total"] == 9
    assert "row_unread" not in {problem.kind for problem in found.problems}


def test_a_row_torn_within_a_grid_is_put_together_only_by_its_words(book: Rulebook) -> None:
    torn = f"（四）无 | 2.没有现成信息需 | {BLANK}\n法提供 | 要另行制作 | {VALUES}\n"
    assert totals(read(book, ISSUED, HEADER + RECEIVED + torn))["requests.unavailable.need_creation"] == 5
    bare = f"（四）无法提供 | 2.没有现成信息需要另行制作 | {BLANK}\n | | {VALUES}\n"
    assert totals(read(book, ISSUED, HEADER + RECEIVED + bare))["requests.unavailable.need_creation"] is None
    both = f"（四）无 | 2.没有现成信息需 | {VALUES}\n法提供 | 要另行制作 | {VALUES}\n"
    assert "requests.unavailable.need_creation" not in totals(read(book, ISSUED, HEADER + RECEIVED + both))


def test_blank_rows_below_each_other_stay_two(book: Rulebook) -> None:
    rows = f"（三）不予公开 | 1.属于国家秘密 | {BLANK}\n^ | 2.其他法律行政法规禁止公开 | {VALUES}\n"
    found = totals(read(book, ISSUED, HEADER + RECEIVED + rows))
    assert (found["requests.denied.state_secret"], found["requests.denied.law_prohibited"]) == (None, 5)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("（1）本机关不掌握相关政府信息", 8),
        ("第1项 本机关不掌握相关政府信息", None),
        ("1本机关不掌握相关政府信息", 8),
        ("①“本机关”不掌握 相关政府信息", 8),
        ("⒈本机关不掌握相关政府信息。", 8),
        ("其中：1、本机关不掌握相关政府信息", 8),
        ("1.本机关不掌屋相关政府信息", 8),
        ("1.本机关不掌握相关", None),
        ("1.上级机关也不掌握其他政府文件", None),
    ],
)
def test_labels_are_told_by_their_words(book: Rulebook, label: str, value: float | None) -> None:
    found = totals(read(book, ISSUED, HEADER + RECEIVED + NOT_HELD.replace("1.本机关不掌握相关政府信息", label)))
    assert found.get("requests.unavailable.not_held") == value


def test_a_label_split_over_cells_is_put_together(book: Rulebook) -> None:
    split = NOT_HELD.replace("（四）无法提供 | 1.本机关不掌握相关政府信息", "1.本机关不掌握 | 相关政府信息")
    found = totals(read(book, ISSUED, HEADER + RECEIVED + split))
    assert found["requests.unavailable.not_held"] == 8


def test_more_columns_and_a_header_below_change_nothing(book: Rulebook) -> None:
    lines = (HEADER + RECEIVED).splitlines()
    added = ["序号 | " + lines[0] + " | 小计", "^ | " + lines[1] + " | ^", "^ | " + lines[2] + " | ^"]
    found = totals(read(book, ISSUED, "\n".join([*added, "1 | " + lines[3] + " | 76"])))
    assert found["requests.received.total"] == 38
    numbered = "\n".join([*lines[:3], "甲 | < | 1 | 2 | 3 | 4 | 5 | 6 | 7", lines[3]])
    assert totals(read(book, ISSUED, numbered))["requests.received.total"] == 38


def test_a_blank_right_of_a_group_belongs_to_it_only_above_a_label(book: Rulebook) -> None:
    remedies = """\
行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 |  |  |  |  | 复议后起诉 |  |  |  |
 |  |  |  |  | 结果纠正 | 结果维持 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
11 | 12 | 13 | 14 | 50 | 22 | 21 | 23 | 24 | 90 | 31 | 32 | 33 | 34 | 130
"""
    found = totals(read(book, ISSUED, remedies))
    assert (found["litigation.direct.upheld"], found["litigation.direct.corrected"]) == (21, 22)
    assert found["litigation.after_review.upheld"] == 31
    halved = """\
行政复议 | < | < | < | < |  | < | < | 行政诉讼 | < | < | < | < | < | <
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | < | < | < | < | 复议后起诉 | < | < | < | <
^ | ^ | ^ | ^ | ^ | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
11 | 12 | 13 | 14 | 50 | 21 | 22 | 23 | 24 | 90 | 31 | 32 | 33 | 34 | 130
"""
    direct = {"litigation.direct.upheld": 21, "litigation.direct.corrected": 22}
    assert totals(read(book, ISSUED, halved)) == {**found, **direct}
    remark = "统计指标 | 单位 | 统计数 |\n六、举报投诉数量 | 件 |  | 12\n七、依申请公开信息收取的费用 | 元 | 3 | 4\n"
    assert totals(read(book, remark)) == {"complaints.total": None, "fees.total": 3}


def test_a_row_that_lost_a_cell_is_not_read(book: Rulebook) -> None:
    short = HEADER + RECEIVED.replace("31 | 4 | ", "31 | ")
    found = read(book, ISSUED, short)
    assert not [each for each in found.observations if each.indicator == "requests.received.total"]
    told = [problem.message for problem in found.problems if problem.kind == "row_unread"]
    assert "一、本年新收政府信息公开申请数量" in told[0]


def test_traditional_characters_are_read(book: Rulebook) -> None:
    found = totals(
        read(book, "統計指標 | 單位 | 統計數\n2.同意公開答覆數 | 件 | 24\n七、依申請公開信息收取的費用 | 萬元 | 無\n")
    )
    assert found == {"requests.outcome.granted": 24, "fees.total": None}


def test_words_below_a_header_make_it_another_column(book: Rulebook) -> None:
    below = ISSUED.replace("规章 |", " | 其中县级 | 其中镇级 | 其中村级\n规章 |", 1)
    found = read(book, below, HEADER + RECEIVED)
    assert not any(name.startswith("rules") for name in totals(found))


def test_two_tables_in_one_grid_are_both_read(book: Rulebook) -> None:
    wide = "\n".join(line + " | < | < | < | < | <" for line in ISSUED.splitlines()) + "\n"
    found = totals(read(book, wide + HEADER + RECEIVED))
    assert (found["rules.in_force"], found["requests.received.total"]) == (3, 38)


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("5548（其中网上2000）", 5548, "5548"),
        ("12①", 12, "12"),
        ("12注①", 12, "12"),
        ("3*", 3, "3"),
        ("3＊", 3, "3"),
        ("7[2]", 7, "7"),
        ("１，２０８", 1208, "１，２０８"),
        ("1\u2009208", 1208, "1\u2009208"),
        ("1\u202f208\u202f330", 1208330, "1\u202f208\u202f330"),
        ("1 036", 1036, "1 036"),
        ("25 000 件", 25000, "25 000 件"),
        ("1 204 036", 1204036, "1 204 036"),
    ],
)
def test_numbers_with_notes_and_separators(text: str, value: float, quote: str) -> None:
    reading = read_cell(text, COUNT)
    assert (reading.status, reading.value, text[reading.start : reading.end]) == (ValueStatus.REPORTED, value, quote)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("1 208", ValueStatus.UNREADABLE),
        ("1\xa0208", ValueStatus.UNREADABLE),
        ("12 208 3", ValueStatus.UNREADABLE),
        ("1,20", ValueStatus.UNREADABLE),
        ("3**", ValueStatus.PLACEHOLDER),
        ("*3", ValueStatus.PLACEHOLDER),
        ("XX", ValueStatus.PLACEHOLDER),
        ("————", ValueStatus.NOT_APPLICABLE),
        ("//", ValueStatus.NOT_APPLICABLE),
        ("不涉及", ValueStatus.NOT_APPLICABLE),
        ("详见附件", ValueStatus.UNREADABLE),
        ("见附表2", ValueStatus.UNREADABLE),
        ("若干", ValueStatus.UNREADABLE),
        ("　", ValueStatus.BLANK),
    ],
)
def test_what_is_not_certainly_one_number_has_no_value(text: str, status: ValueStatus) -> None:
    reading = read_cell(text, COUNT)
    assert (reading.status, reading.value) == (status, None)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["", "/", "—", "7", "310", "XX", "见附件", "5 5", "12①"]), min_size=6, max_size=6))
def test_no_zero_appears_that_is_not_printed(book: Rulebook, cells: list[str]) -> None:
    rows = ["规章", "行政规范性文件"]
    grid = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n" + "\n".join(
        f"{label} | {' | '.join(cells[3 * number : 3 * number + 3])}" for number, label in enumerate(rows)
    )
    found = read(book, grid)
    assert len(found.observations) == 6
    assert all(each.value != 0 for each in found.observations)
    printed = [float(cell.rstrip("①")) for cell in cells if cell.rstrip("①").isdigit()]
    assert [each.value for each in found.observations if each.value is not None] == printed
