"""Numbers that are no values in tables without their grid: those of labels, and those that count the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.flattened import (
    APPLICANTS,
    DECISIONS_GLUED,
    HEADER,
    STATISTICS,
    joined,
    read,
    refused,
    row,
    values,
)

if TYPE_CHECKING:
    from pipeline.model import Observation
    from pipeline.rulebook import Rulebook

SECRET, PROHIBITED, STABILITY = "属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”"
DENIED = "requests.denied"


def test_the_digit_before_the_label_that_it_numbers_is_no_value(book: Rulebook) -> None:
    text = f"（三）不予公开1.{SECRET}10000012.{PROHIBITED}12000033.{STABILITY}0000000"
    found = read(book, DECISIONS_GLUED + HEADER + text)
    assert row(found, "requests.denied.state_secret") == [1, 0, 0, 0, 0, 0, 1]
    assert row(found, "requests.denied.law_prohibited") == [1, 2, 0, 0, 0, 0, 3]
    assert row(found, "requests.denied.safety_stability") == [0] * 7


def test_a_zero_before_the_number_of_a_label_is_a_value(book: Rulebook) -> None:
    found = values(
        read(book, f"{STATISTICS}（一）收到申请数件61.当面申请数件02.传真申请数件03.网络申请数件64.信函申请数件0")
    )
    assert list(found.values()) == [6, 0, 0, 6, 0]


def test_a_digit_that_more_numbers_follow_is_a_value(book: Rulebook) -> None:
    text = (
        "其中：主要负责同志参加新闻发布会次数次22.政府网站在线访谈次数次11其中：主要负责同志参加政府网站在线访谈次数次4"
    )
    found = values(read(book, f"{STATISTICS}1.参加或举办新闻发布会总次数次6{text}"))
    assert (found["response.press_conf.leader"], found["response.interviews.total"]) == (2, 11)
    assert (found["response.press_conf.total"], found["response.interviews.leader"]) == (6, 4)


def test_two_digits_at_the_start_of_a_cell_number_the_label(book: Rulebook) -> None:
    header = "|".join(APPLICANTS.split(" | "))
    found = read(book, DECISIONS_GLUED, f"{header}|11.{SECRET}|1|0|0|0|0|0|1|12.{PROHIBITED}|2|1|0|0|0|0|3|")
    assert row(found, DENIED) == [1, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 3]


def test_two_digits_at_the_start_of_a_line_number_the_label(book: Rulebook) -> None:
    lines = [f"11.{SECRET}", "1 0 0 0 0 0 1", f"12.{PROHIBITED}", "2 1 0 0 0 0 3"]
    assert row(read(book, DECISIONS_GLUED, HEADER, *lines), DENIED) == [1, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 3]


def test_a_number_0_of_the_next_label_is_the_end_of_two_digits(book: Rulebook) -> None:
    found = read(book, f"{STATISTICS}（一）收到申请数件74 10.当面申请数件1211.传真申请数件112.网络申请数件40")
    assert refused(found, "requests.received.by_channel.in_person") == {"121"}
    assert values(found)["requests.received.by_channel.online"] == 40


def test_values_that_all_end_alike_before_numbered_labels_are_unreadable(book: Rulebook) -> None:
    labels = "11.当面申请数件2112.传真申请数件1113.网络申请数件4114.信函申请数件41"
    found = read(book, f"{STATISTICS}（一）收到申请数件115{labels}（二）申请办结数件72")
    assert refused(found, "requests.received.total") == {"1151"}
    assert refused(found, "requests.received.by_channel.fax") == {"111"}
    assert refused(found, "requests.received.by_channel.online") == {"411"}
    assert values(found)["requests.processed.total"] == 72


VISITS = [
    ("主动公开信息数", "条", 842, 3368),
    ("其中：全文电子化的主动公开信息数", "条", 803, 3212),
    ("新增的行政规范性文件数", "条", 9, 36),
    ("提供服务类信息数", "条", 66, 264),
    ("网站专栏页面访问量", "人次", 48210, 192840),
    ("现场接待人数", "人次", 137, 548),
    ("网上咨询数", "人次", 52, 208),
    ("咨询电话接听数", "人次", 408, 1632),
    ("依申请公开信息目录数", "条", 27, 108),
]
COUNTED: list[tuple[object, ...]] = [
    ("编号", "指标", "单位", "本年度", "历年累计"),
    *((f"{number:02}", *cells) for number, cells in enumerate(VISITS, start=1)),
]


def by_period(each: Observation) -> tuple[str, float | None]:
    return str(each.period), each.value


@pytest.mark.parametrize(("between_cells", "between_rows"), [("|", "|"), ("\n", "\n"), (" ", "\n"), (" ", " ")])
def test_numbers_that_count_the_rows_are_no_values(book: Rulebook, between_cells: str, between_rows: str) -> None:
    found = read(book, *joined(COUNTED, between_cells, between_rows))
    assert [by_period(each) for each in found.observations] == [
        pair for _, _, year, years in VISITS for pair in (("this_year", year), ("cumulative", years))
    ]


def test_numbers_that_count_the_rows_and_run_together_with_values_leave_these_unreadable(book: Rulebook) -> None:
    found = read(book, *joined(COUNTED, "", ""))
    assert refused(found, "proactive.total") == {"842336802"}
    assert refused(found, "consult.online") == {"5220808"}
    assert {each.value for each in found.observations} == {None}


def test_a_number_between_the_header_and_the_first_label_makes_values_that_run_together_unreadable(
    book: Rulebook,
) -> None:
    text = DECISIONS_GLUED
    for number, label in enumerate(("行政许可", "行政处罚", "行政强制"), start=4):
        text = text.replace(label, f"{number}{label}")
    found = read(book, text)
    assert refused(found, "license.decisions") == {"20417"}
    assert refused(found, "penalty.decisions") == {"336"}
    assert refused(found, "coercion.decisions") == {"1"}
    assert values(found)["admin_fee.amount"] == 415.06


def test_numbers_before_labels_are_no_values_where_spaces_part_them(book: Rulebook) -> None:
    text = (
        "信息内容 本年制发件数 本年废止件数 现行有效件数 1 规章 0 0 1 2 行政规范性文件 3 4 51 "
        "信息内容 本年处理决定数量 4 行政许可 3 信息内容 本年处理决定数量 5 行政处罚 7 6 行政强制 2 "
        "信息内容 本年收费金额 7 行政事业性收费 0.5"
    )
    found = read(book, text)
    assert row(found, "rules") + row(found, "normative") == [0, 0, 1, 3, 4, 51]
    assert [values(found)[f"{name}.decisions"] for name in ("license", "penalty", "coercion")] == [3, 7, 2]
    assert values(found)["admin_fee.amount"] == 0.5


def test_numbers_of_two_digits_behind_those_of_one_are_told_series_by_series(book: Rulebook) -> None:
    text = (
        "统计指标单位统计数2.政府网站在线访谈次数次173.政策解读稿件发布数篇58（一）收到申请数件7411.当面申请数件1212."
        "传真申请数件113.网络申请数件4514.信函申请数件16（二）申请办结数件72"
    )
    found = read(book, text)
    assert row(found, "requests.received") == [None, None, None, None, 16]
    assert row(found, "requests.processed") == [72]


def test_digits_that_repeat_in_full_are_equal_cells_where_cells_often_are(book: Rulebook) -> None:
    header = "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000"
    found = read(book, f"{header}规范性文件474747")
    assert row(found, "normative") == [47, 47, 47]
    assert {each.confidence for each in found.observations if each.indicator == "normative.made"} == {0.85}


@pytest.mark.parametrize("digits", ["111111", "474748", "4747", "12123"])
def test_digits_that_do_not_repeat_in_full_stay_undecided(book: Rulebook, digits: str) -> None:
    header = "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000"
    assert refused(read(book, f"{header}规范性文件{digits}"), "normative.made") == {digits}
