"""What is left of the header of a table without its grid, and whether its rows are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.stages.tabulate.examples import grid_of
from tests.stages.flattened import (
    DECISIONS_GLUED,
    GRANTED,
    HEADER,
    HEADING,
    NEW,
    OLD,
    REMEDIES_HEADER,
    STATISTICS,
    joined,
    read,
    refused,
    row,
    scoped,
    values,
)

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

RECEIVED, CARRIED = "requests.received.total", "requests.carried_over"
ORGANISATIONS = "商业企业科研机构社会公益组织法律服务机构其他"
SEVEN = ["natural_person", "org.business", "org.research", "org.public_interest", "org.legal_service", "org.other"]


@pytest.mark.parametrize(
    "header",
    [
        f"自然人法人或其他组织总计{ORGANISATIONS}",
        f"自然人法人或其他组织{ORGANISATIONS}总计",
        f"自然人{ORGANISATIONS}总计",
        f"申请人情况自 然 人法人或其他组织\n总计{ORGANISATIONS}",
    ],
    ids=["row by row", "column by column", "lowest labels", "spaces and lines"],
)
def test_a_whole_header_gives_the_columns(book: Rulebook, header: str) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW}314002138{OLD}3 0 0 0 0 0 3")
    received = [(each.applicant, each.value) for each in found.observations if each.indicator == RECEIVED]
    assert received == list(zip([*SEVEN, "total"], [31, 4, 0, 0, 2, 1, 38], strict=True))


def test_a_column_lost_with_its_header_leaves_the_others_in_place_between_borders(book: Rulebook) -> None:
    header = "自然人 | 商业企业 | 科研机构 | 法律服务机构 | 其他 | 总计"
    found = read(
        book,
        f"{DECISIONS_GLUED}{HEADING}",
        f"{header} | {NEW} | 31 | 4 | 0 | 2 | 1 | 38 | {OLD} | 3 | 0 | 0 | 0 | 0 | 3",
    )
    received = {each.applicant: each.value for each in found.observations if each.indicator == RECEIVED}
    assert received == {
        "natural_person": 31,
        "org.business": 4,
        "org.research": 0,
        "org.legal_service": 2,
        "org.other": 1,
        "total": 38,
    }
    assert row(found, CARRIED) == [3, 0, 0, 0, 0, 3]


def test_spaces_alone_do_not_tell_whether_a_column_is_lost_or_its_header(book: Rulebook) -> None:
    header = "自然人商业企业科研机构法律服务机构其他总计"
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW} 31 4 0 2 1 38 {OLD} 3 0 0 0 0 3")
    assert row(found, RECEIVED) == [None] * 6


def test_values_that_run_together_below_a_header_with_a_lost_column_are_unreadable(book: Rulebook) -> None:
    header = "自然人法人或其他组织总计商业企业科研机构法律服务机构其他"
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW}314002138{OLD}3000003")
    assert refused(found, RECEIVED) == {"314002138"}


def test_a_few_rows_with_more_values_than_headers_are_not_read(book: Rulebook) -> None:
    header = "自然人法人或其他组织总计商业企业科研机构法律服务机构其他"
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW} 31 4 0 0 2 1 38 {OLD} 3 0 0 0 0 0 3")
    assert (row(found, RECEIVED), row(found, CARRIED)) == ([], [])


def test_two_neighbours_in_each_others_place_are_read_as_printed(book: Rulebook) -> None:
    header = f"自然人法人或其他组织总计{ORGANISATIONS.replace('商业企业科研机构', '科研机构商业企业')}"
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW} 31 4 0 0 2 1 38 {OLD} 3 0 0 0 0 0 3")
    received = {each.applicant: each.value for each in found.observations if each.indicator == RECEIVED}
    assert (received["org.research"], received["org.business"], received["total"]) == (4, 0, 38)


def test_a_header_with_one_damaged_character_is_whole(book: Rulebook) -> None:
    header = HEADER.replace("科研机构", "科妍机构")
    found = read(book, f"{DECISIONS_GLUED}{header}{NEW} 31 4 6 0 2 1 44 {OLD} 3 0 0 0 0 0 3")
    received = {each.applicant: each.value for each in found.observations if each.indicator == RECEIVED}
    assert (received["org.business"], received["org.research"], received["total"]) == (4, 6, 44)


def test_a_column_lost_without_its_header_is_not_guessed(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}31 4 0 2 1 38{OLD}3 0 0 0 0 3")
    assert refused(found, RECEIVED) == {"31 4 0 2 1 38"}
    assert refused(found, CARRIED) == {"3 0 0 0 0 3"}


@pytest.mark.parametrize("cells", ["314002138", " 31 4 0 0 2 1 38 "])
def test_no_cell_is_read_below_headers_in_another_order(book: Rulebook, cells: str) -> None:
    header = f"法人或其他组织自然人总计{ORGANISATIONS.replace('商业企业科研机构', '科研机构商业企业')}"
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW}{cells}")
    assert row(found, RECEIVED) == []


def test_a_header_may_be_printed_again_before_later_rows(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}31 4 0 0 2 1 38", f"{HEADER}{OLD}3 0 0 0 0 0 3")
    assert (row(found, RECEIVED), row(found, CARRIED)) == ([31, 4, 0, 0, 2, 1, 38], [3, 0, 0, 0, 0, 0, 3])


def test_a_table_printed_twice_is_read_twice(book: Rulebook) -> None:
    table = f"{HEADER}{NEW}31 4 0 0 2 1 38{OLD}3 0 0 0 0 0 3"
    found = read(book, DECISIONS_GLUED, table, table.replace("31 4", "30 4").replace("38", "37"))
    assert row(found, RECEIVED) == [31, 4, 0, 0, 2, 1, 38, 30, 4, 0, 0, 2, 1, 37]
    assert {each.evidence.block_id for each in found.observations if each.applicant} == {"p1", "p2"}


@pytest.mark.parametrize("mark", ["- 7 -", "—7—", "第 8 页", "第8页 共12页"])
def test_page_marks_between_rows_are_no_values(book: Rulebook, mark: str) -> None:
    rows = f"{NEW}31 4 0 0 2 1 38", mark, f"{OLD}3 0 0 0 0 0 3", mark, f"{GRANTED}9 1 0 0 0 0 10"
    found = read(book, DECISIONS_GLUED + HEADER, *rows)
    assert (row(found, RECEIVED), row(found, CARRIED)) == ([31, 4, 0, 0, 2, 1, 38], [3, 0, 0, 0, 0, 0, 3])
    assert row(found, "requests.outcome.granted") == [9, 1, 0, 0, 0, 0, 10]


def test_small_grids_are_pieces_of_one_table(book: Rulebook) -> None:
    header = (
        "申请人情况 | 自然人 | 法人或其他组织 | < | < | < | < | 总计\n"
        "^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^"
    )
    rows = f"{NEW} | 31 | 4 | 0 | 0 | 2 | 1 | 38", f"{OLD} | 3 | 0 | 0 | 0 | 0 | 0 | 3"
    grids = [grid_of(text, f"t{number}") for number, text in enumerate((header, *rows))]
    found = read(book, DECISIONS_GLUED, *grids)
    assert (row(found, RECEIVED), row(found, CARRIED)) == ([31, 4, 0, 0, 2, 1, 38], [3, 0, 0, 0, 0, 0, 3])
    last = found.observations[-1]
    assert (last.evidence.block_id, last.row, last.col, last.confidence) == ("t2.0.7", 0, 7, 1)


TABLE = (
    (NEW, "31 4 0 0 2 1 38"),
    (OLD, "3 0 0 0 0 0 3"),
    ("（一）予以公开", "9 1 0 0 0 0 10"),
    ("（二）部分公开", "23 3 0 0 2 1 29"),
    *(
        (label, "0 0 0 0 0 0 0")
        for label in (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
            "1.本机关不掌握相关政府信息",
            "2.没有现成信息需要另行制作",
            "3.补正后申请内容仍不明确",
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
            "（六）其他处理",
        )
    ),
    ("（七）总计", "32 4 0 0 2 1 39"),
    ("四、结转下年度继续办理", "2 0 0 0 0 0 2"),
)


def test_rows_without_any_header_are_read_where_all_of_them_keep_their_sums(book: Rulebook) -> None:
    found = read(book, DECISIONS_GLUED, *(f"{label} {cells}" for label, cells in TABLE))
    assert row(found, RECEIVED) == [31, 4, 0, 0, 2, 1, 38]
    assert row(found, "requests.outcome.partial") == [23, 3, 0, 0, 2, 1, 29]
    assert sum(each.applicant is not None for each in found.observations) == 7 * len(TABLE)


def test_a_row_without_any_header_that_breaks_its_sum_is_unreadable(book: Rulebook) -> None:
    lines = [f"{label} {cells}" for label, cells in TABLE]
    lines[0] = lines[0].replace("38", "37")
    found = read(book, DECISIONS_GLUED, *lines)
    assert refused(found, RECEIVED) == {"31 4 0 0 2 1 37"}
    assert row(found, "requests.outcome.partial") == [23, 3, 0, 0, 2, 1, 29]


def test_a_few_rows_without_any_header_are_not_read(book: Rulebook) -> None:
    found = read(book, DECISIONS_GLUED, *(f"{label} {cells}" for label, cells in TABLE[:4]))
    assert not any(each.applicant for each in found.observations)


FIFTEEN = "11 12 13 14 50 21 22 23 24 90 31 32 33 34 130"


@pytest.mark.parametrize("between", [" ", "\n"])
def test_values_alone_below_their_header_are_read_in_its_order(book: Rulebook, between: str) -> None:
    found = values(read(book, DECISIONS_GLUED, REMEDIES_HEADER, *FIFTEEN.replace(" ", between).split("\n")))
    assert [found[f"review.{name}"] for name in ("upheld", "corrected", "other", "pending", "total")] == [
        11,
        12,
        13,
        14,
        50,
    ]
    assert (found["litigation.direct.total"], found["litigation.after_review.upheld"]) == (90, 31)


def test_two_rows_of_values_below_a_header_for_one_are_not_read(book: Rulebook) -> None:
    found = read(book, DECISIONS_GLUED, REMEDIES_HEADER, FIFTEEN, FIFTEEN.replace("130", "131"))
    assert row(found, "review") == [None] * 5
    assert row(found, "litigation") == [None] * 10


REQUESTS = [
    ("（一）收到申请数", "件", 74, 222),
    ("1.当面申请数", "件", 12, 36),
    ("2.传真申请数", "件", 1, 3),
    ("3.网络申请数", "件", 45, 135),
    ("4.信函申请数", "件", 16, 48),
]


@pytest.mark.parametrize(("between_cells", "between_rows"), [("|", "|"), ("\n", "\n"), (" ", "\n"), (" ", " ")])
def test_columns_of_two_scopes_keep_them(book: Rulebook, between_cells: str, between_rows: str) -> None:
    rows = [("统计指标", "单位", "统计数", "本级", "汇总"), *REQUESTS]
    found = read(book, *joined(rows, between_cells, between_rows))
    assert list(scoped(found, "own").values()) == [74, 12, 1, 45, 16]
    assert list(scoped(found, "jurisdiction").values()) == [222, 36, 3, 135, 48]
    assert len(found.observations) == 2 * len(REQUESTS)


def test_two_values_that_run_together_are_never_one_of_a_form_with_two_columns(book: Rulebook) -> None:
    found = read(book, f"{STATISTICS}本级汇总{''.join(joined(REQUESTS[:1], '', ''))}（二）申请办结数件72215")
    assert {(each.value, each.scope) for each in found.observations} == {(None, "own"), (None, "jurisdiction")}
    assert refused(found, RECEIVED) == {"74222"}


@pytest.mark.parametrize("names", [("本期", "历年累计"), ("2013年度", "累计"), ("2013年度", "历年累计")])
def test_a_weak_name_of_a_column_counts_beside_a_column_named_by_its_own(
    book: Rulebook, names: tuple[str, str]
) -> None:
    rows = [
        ("指标名称", "单位", *names),
        ("主动公开信息数", "条", 1264, 6037),
        ("受理依申请公开信息总数", "条", 21, 88),
        ("同意部分公开答复数", "条", 3, 9),
        ("否决公开答复数", "条", 1, 6),
    ]
    found = read(book, *joined(rows, " ", "\n"))
    assert [(str(each.period), each.value) for each in found.observations[:4]] == [
        ("this_year", 1264),
        ("cumulative", 6037),
        ("this_year", 21),
        ("cumulative", 88),
    ]


def test_one_value_a_row_below_a_header_of_two_columns_is_not_read(book: Rulebook) -> None:
    rows = [("主动公开信息数", "条", 1264), ("受理依申请公开信息总数", "条", 21), ("否决公开答复数", "条", 1)]
    found = read(book, *joined([("指标名称", "单位", "本年度", "历年累计"), *rows], " ", "\n"), "同意部分公开答复数")
    assert {each.value for each in found.observations} == {None}
    assert refused(found, "proactive.total") == {"1264"}


def test_swapped_heads_inside_one_of_several_lists_are_refused(book: Rulebook) -> None:
    swapped = "结果维持 | 结果纠正 | 尚未审结 | 其他结果 | 总计"
    heads = REMEDIES_HEADER[: REMEDIES_HEADER.rindex("结果维持")] + swapped
    numbers = " | ".join(map(str, [11, 12, 13, 14, 50, 21, 22, 23, 24, 90, 31, 32, 33, 34, 130]))
    found = read(book, DECISIONS_GLUED, f"{heads} | {numbers} |")
    assert row(found, "litigation") == row(found, "review") == []


def test_digits_below_a_header_that_lost_a_head_are_unreadable(book: Rulebook) -> None:
    text = (
        "第二十条第（一）项信息内容 本年制发件数  现行有效件数规章2 260 行政规范性文件0 014 第二十条第（五）项信息内容"
    )
    found = read(book, f"{text}本年处理决定数量行政许可7第二十条第（六）项信息内容本年处理决定数量行政处罚3")
    assert row(found, "rules") == row(found, "normative") == [None, None]
    assert row(found, "license") == [7]


def test_a_foreign_word_inside_the_header_is_no_lost_column(book: Rulebook) -> None:
    header = HEADER.replace("总计", "情况说明总计")
    found = read(book, f"{DECISIONS_GLUED}{HEADING}{header}{NEW} 31 4 0 2 1 38 {OLD} 3 0 0 0 0 3")
    assert row(found, RECEIVED) == []
