"""Blank cells in tables without their grid: seen between borders, else never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import ValueStatus
from tests.stages.flattened import APPLICANTS, DECISIONS_GLUED, GRANTED, HEADER, NEW, OLD, read, refused, row

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

RECEIVED, CARRIED, OUTCOME = "requests.received.total", "requests.carried_over", "requests.outcome.granted"
BARS = f"{APPLICANTS} | "


def test_a_row_with_fewer_values_than_cells_is_unreadable(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}31 4 2 1 38{OLD}3 0 0 0 0 0 3")
    assert refused(found, RECEIVED) == {"31 4 2 1 38"}
    assert row(found, CARRIED) == [3, 0, 0, 0, 0, 0, 3]


def test_values_that_run_together_among_rows_parted_by_spaces_are_unreadable(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}31 4 0 0 2 1 38{OLD}3 0 0 0 0 0 3{GRANTED}91000010")
    assert refused(found, OUTCOME) == {"91000010"}
    assert row(found, RECEIVED) == [31, 4, 0, 0, 2, 1, 38]


def test_a_label_without_values_makes_values_that_run_together_unreadable(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}{OLD}3000003{GRANTED}91000010")
    assert refused(found, CARRIED) == {"3000003"}
    assert refused(found, OUTCOME) == {"91000010"}
    assert row(found, RECEIVED) == []


def test_the_values_behind_two_labels_belong_to_the_nearer_one(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}{OLD}3 0 0 0 0 0 3{GRANTED}9 1 0 0 0 0 10")
    assert (row(found, RECEIVED), row(found, CARRIED)) == ([], [3, 0, 0, 0, 0, 0, 3])


def test_blank_cells_between_borders_keep_their_places(book: Rulebook) -> None:
    found = read(book, DECISIONS_GLUED, f"{BARS}{NEW} | 31 | 4 |  |  | 2 | 1 | 38 | {OLD} | 3 | | | | | | 3 |")
    assert row(found, RECEIVED) == [31, 4, None, None, 2, 1, 38]
    assert row(found, CARRIED) == [3, None, None, None, None, None, 3]
    assert {each.status for each in found.observations if each.value is None} == {ValueStatus.BLANK}


def test_a_row_of_blank_cells_is_blank(book: Rulebook) -> None:
    found = read(book, DECISIONS_GLUED, f"{BARS}{NEW} | | | | | | | | {OLD} | 3 | 0 | 0 | 0 | 0 | 0 | 3 |")
    assert [each.status for each in found.observations if each.indicator == RECEIVED] == [ValueStatus.BLANK] * 7
    assert row(found, CARRIED) == [3, 0, 0, 0, 0, 0, 3]


@pytest.mark.parametrize(
    ("before", "behind"),
    [("件 | ", ""), (" | | ", ""), ("", " | | | ")],
    ids=["unit", "wider on the left", "wider on the right"],
)
def test_cells_around_the_values_of_every_row_are_none_of_them(book: Rulebook, before: str, behind: str) -> None:
    rows = f"{NEW} | {before}31 | 4 | 0 | 0 | 2 | 1 | 38{behind} | {OLD} | {before}3 | 0 | 0 | 0 | 0 | 0 | 3{behind} |"
    found = read(book, DECISIONS_GLUED, BARS + rows)
    assert row(found, RECEIVED) == [31, 4, 0, 0, 2, 1, 38]
    assert row(found, CARRIED) == [3, 0, 0, 0, 0, 0, 3]


def test_blank_cells_inside_and_around_a_row_are_not_told_apart(book: Rulebook) -> None:
    found = read(
        book, DECISIONS_GLUED, f"{BARS}{NEW} | | | 31 | 4 | 0 | | 2 | 1 | 38 | {OLD} | 3 | 0 | 0 | 0 | 0 | 0 | 3 |"
    )
    assert {each.value for each in found.observations if each.indicator == RECEIVED} == {None}
    assert row(found, CARRIED) == [3, 0, 0, 0, 0, 0, 3]


def test_a_unit_between_label_and_values_is_theirs(book: Rulebook) -> None:
    found = read(book, f"{DECISIONS_GLUED}{HEADER}{NEW}件31 4 0 0 2 1 38{OLD}件3 0 0 0 0 0 3")
    cells = [each for each in found.observations if each.indicator == RECEIVED]
    assert [(each.value, each.unit) for each in cells] == [(value, "件") for value in (31, 4, 0, 0, 2, 1, 38)]


def test_two_digits_are_two_cells_only_where_the_table_prints_its_zeros(book: Rulebook) -> None:
    rows = "主动公开文件数条1387365其中：1、政府网站公开数条732、政府公报公开数条35290受理政府信息依申请公开总数条"
    header = "指标名称计量单位2021年度历年累计"
    footer = "对申请的答复总数条{0}其中：1、同意公开答复数条{0}2、同意部分公开答复数条{0}"
    assert row(read(book, f"{header}{rows}12{footer.format(12)}"), "proactive.channel.website") == [None, None]
    assert row(read(book, f"{header}{rows}00{footer.format('00')}"), "proactive.channel.website") == [7, 3]


def test_a_number_from_another_line_is_no_cell_in_place_of_a_blank_one(book: Rulebook) -> None:
    header = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
    rows = "规章 0 0 1\n行政规范性文件 3 41 {0}\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 7"
    assert row(read(book, (header + rows).format("5")), "normative") == [3, 41, 5]
    assert row(read(book, (header + rows).format("\n12")), "normative") == [None] * 3
