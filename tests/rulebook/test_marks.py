from __future__ import annotations

import pytest

from pipeline.rulebook.marks import DATE, EARLIER, LATER, PART, YEARS, mark_of_date, year_of


@pytest.mark.parametrize(
    ("text", "before", "mark"),
    [
        ("2018年度", "", DATE),
        ("2017年", "", EARLIER),
        ("2019年3月", "", LATER),
        ("上一年度", "", EARLIER),
        ("五年来", "", YEARS),
        ("近三年", "", YEARS),
        ("2014-2018年", "", YEARS),
        ("2010-2015年", "", YEARS),
        ("2017-2018学年", "", DATE),
        ("2017年12月1日至2018年11月30日", "", DATE),
        ("2017年5月1日至2018年12月31日", "", YEARS),
        ("2016年5月至2018年3月", "", YEARS),
        ("1-6", "", PART),
        ("1-12", "", DATE),
        ("自2018年1月1日起至2018年12月31日止", "", DATE),
        ("2018年1月1日至2018年6月30日", "", PART),
        ("12月26日至31日", "", PART),
        ("3月份", "", PART),
        ("3月", "", DATE),
        ("2018年9月底", "截至", PART),
        ("2018年6月30日", "收到", DATE),
        ("2018年12月31日", "截止到", DATE),
        ("二〇一七年", "", EARLIER),
    ],
)
def test_a_date_is_marked_as_seen_from_the_year_of_the_report(text: str, before: str, mark: str) -> None:
    assert mark_of_date(text, before, 2018) == mark


def test_reports_on_2008_cover_the_year_from_may_on() -> None:
    assert mark_of_date("5月1日至12月31日", "", 2008) == DATE
    assert mark_of_date("5月1日至12月31日", "", 2009) == PART


def test_without_a_year_only_words_tell() -> None:
    assert [mark_of_date(text, "", None) for text in ("2017年", "1-6", "上一年", "几年来")] == [
        DATE,
        DATE,
        EARLIER,
        YEARS,
    ]


@pytest.mark.parametrize(("text", "year"), [("2012-2013年", 2013), ("二○一四年", 2014), ("5月", None)])
def test_a_date_counts_to_the_year_it_ends_in(text: str, year: int | None) -> None:
    assert year_of(text) == year
