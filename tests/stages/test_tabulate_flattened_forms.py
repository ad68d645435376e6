"""Statistics forms with one or two columns: run together, in lines, or in traditional characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.flattened import STATISTICS, joined, read, refused, stated, values

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

REQUESTS = [
    ("（一）收到申请数", "件", 74),
    ("1.当面申请数", "件", 12),
    ("2.传真申请数", "件", 1),
    ("3.网络申请数", "件", 45),
    ("4.信函申请数", "件", 16),
    ("（二）申请办结数", "件", 72),
    ("1.按时办结数", "件", 69),
    ("2.延期办结数", "件", 3),
]
CHANNELS = "requests.received.by_channel"
YEARS = [
    ("主动公开信息数", "条", 1264, 6037),
    ("其中：1.网站公开", "条", 1251, 5980),
    ("2.政府公报公开", "条", 13, 57),
    ("受理依申请公开信息总数", "条", 21, 88),
    ("其中：1.当面申请数", "条", 9, 40),
    ("2.传真申请数", "条", 0, 1),
    ("3.电子邮件申请数", "条", 2, 7),
    ("4.网上申请数", "条", 6, 25),
    ("5.信函申请数", "条", 4, 14),
    ("6.其它形式申请数", "条", 0, 1),
    ("对申请的答复总数", "条", 19, 85),
    ("其中：1.同意公开答复数", "条", 15, 70),
    ("2.同意部分公开答复数", "条", 3, 9),
    ("3.否决公开答复数", "条", 1, 6),
]
HEADER = ("指标名称", "计量单位", "2013年度", "历年累计")


def pairs(found: Tabulated, indicator: str) -> list[tuple[float | None, float]]:
    return [(each.value, each.confidence) for each in found.observations if each.indicator == indicator]


@pytest.mark.parametrize(("between_cells", "between_rows"), [("", ""), ("", "\n"), ("\n", "\n"), ("|", "|")])
def test_one_value_a_row_is_read_however_its_cells_are_kept(
    book: Rulebook, between_cells: str, between_rows: str
) -> None:
    found = read(book, STATISTICS, *joined(REQUESTS, between_cells, between_rows))
    assert list(values(found).values()) == [74, 12, 1, 45, 16, 72, 69, 3]
    assert {each.scope for each in found.observations} == {None}


def test_cells_in_lines_of_their_own_may_be_in_traditional_characters(book: Rulebook) -> None:
    rows = [
        ("統計指標", "單位", "統計數"),
        ("（一）收到申請數", "件", 74),
        ("1.當面申請數", "件", 12),
        ("2.傳真申請數", "件", 1),
        ("3.網絡申請數", "件", 45),
        ("4.信函申請數", "件", 16),
    ]
    found = read(book, *joined(rows, "\n", "\n"))
    assert list(values(found).values()) == [74, 12, 1, 45, 16]
    assert [each.evidence.quote for each in found.observations] == ["74", "12", "1", "45", "16"]


def test_decisions_in_traditional_characters_are_read(book: Rulebook) -> None:
    words = (
        "信息內容 本年制發件數 本年廢止件數 現行有效件數 規章 1 0 12 行政規範性文件 14 3 1208 "
        "信息內容 本年處理決定數量 行政許可 77 信息內容 本年處理決定數量 行政處罰 8 行政強制 2"
    )
    assert list(values(read(book, *words.split())).values()) == [1, 0, 12, 14, 3, 1208, 77, 8, 2]


def test_two_columns_that_run_together_are_parted_where_sums_leave_one_way(book: Rulebook) -> None:
    found = read(book, *joined([HEADER, *YEARS], "", ""))
    assert pairs(found, "requests.received.total") == [(21, 0.95), (88, 0.95)]
    assert pairs(found, f"{CHANNELS}.in_person") == [(9, 0.95), (40, 0.95)]
    assert pairs(found, f"{CHANNELS}.online") == [(6, 0.95), (25, 0.95)]
    assert pairs(found, "requests.outcome.denied.total") == [(1, 0.95), (6, 0.95)]
    assert refused(found, "proactive.total") == {"12646037"}
    assert refused(found, "proactive.channel.website") == {"12515980"}


def test_prose_parts_two_columns_and_what_follows_from_them(book: Rulebook) -> None:
    found = read(book, *joined([HEADER, *YEARS], "", ""), prose=(stated("proactive.total", 1264),))
    assert pairs(found, "proactive.total") == [(1264, 0.9), (6037, 0.9)]
    assert pairs(found, "proactive.channel.website") == [(1251, 0.95), (5980, 0.95)]
    assert refused(found, "proactive.channel.gazette") == {"1357"}


def test_signs_for_nothing_keep_their_columns(book: Rulebook) -> None:
    rows = [*YEARS[:4], ("其中：1.当面申请数", "条", "/", 40), ("2.传真申请数", "条", 1, "—"), *YEARS[10:]]
    found = read(book, *joined([HEADER, *rows], "\n", "\n"))
    cells = [each for each in found.observations if each.indicator.startswith(CHANNELS)]
    assert [(str(each.status), each.value, each.evidence.quote) for each in cells] == [
        ("not_applicable", None, "/"),
        ("reported", 40, "40"),
        ("reported", 1, "1"),
        ("not_applicable", None, "—"),
    ]


def test_the_number_of_a_label_in_the_next_line_is_no_value(book: Rulebook) -> None:
    rows = [(f"{number}.{label.split('.')[-1]}", *cells) for number, (label, *cells) in enumerate(YEARS, start=1)]
    found = read(book, *joined([HEADER, *rows], "", "\n"))
    assert pairs(found, "requests.received.total") == [(21, 0.95), (88, 0.95)]
    assert refused(found, "proactive.channel.gazette") == {"1357"}


def test_rows_that_not_every_version_has_may_stand_elsewhere(book: Rulebook) -> None:
    rows = [
        *YEARS,
        ("行政复议数", "件", 2, 5),
        ("行政诉讼数", "件", 0, 1),
        ("接受行政申诉、举报数", "件", 1, 4),
        ("政府信息公开收费减免金额", "元", 0, 126.5),
    ]
    found = read(book, *joined([HEADER, *rows], " ", "\n"))
    assert pairs(found, "litigation.total") == [(0, 0.98), (1, 0.98)]
    assert pairs(found, "appeals_complaints.total") == [(1, 0.98), (4, 0.98)]
    assert pairs(found, "fees.waived") == [(0, 0.98), (126.5, 0.98)]
    assert found.problems == ()


def test_an_optional_row_before_its_place_loses_none_behind_it(book: Rulebook) -> None:
    lines = "统计指标单位统计数", "（一）收到申请数件74", "5.其他形式申请数件2", "1.当面申请数件12", "2.传真申请数件1"
    found = values(read(book, *lines, "（二）申请办结数件72"))
    assert (found["requests.received.by_channel.in_person"], found["requests.received.by_channel.fax"]) == (12, 1)
    assert (found["requests.received.by_channel.other"], found["requests.processed.total"]) == (2, 72)
