from __future__ import annotations

from datetime import date

import pytest

from pipeline.text.dates import parts_dates, read_day, read_number, read_year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2016", 2016),
        ("二○一一", 2011),
        ("二O一八", 2018),
        ("二零一九", 2019),
        ("2O13", 2013),
        ("21010", 2010),
        ("20116", None),
        ("22016", 2016),
        ("1998", None),
        ("2099", None),
        ("某年", None),
    ],
)
def test_a_damaged_year_is_read_where_one_reading_remains(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017年2月20日", date(2017, 2, 20)),
        ("2018-03-02 10:41", date(2018, 3, 2)),
        ("2018.3.2", date(2018, 3, 2)),
        ("2018-02-30", None),
        ("2013129", None),
    ],
)
def test_a_day_is_read_or_refused(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("十二", 12), ("二十", 20), ("三十一", 31), ("十", 10), ("七", 7), ("半", None)]
)
def test_months_and_days_in_words_are_numbers(text: str, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2012年1月1 1日", True),
        ("于20 12年发文", True),
        ("（2 ０12）97号", True),
        ("1 2月", False),
        ("2012 年 1 2 月", True),
        ("2012年1月11 日", False),
        ("3 2012年", False),
        ("公开3 26件", False),
    ],
)
def test_a_space_within_a_date_is_told(text: str, told: bool) -> None:  # noqa: FBT001
    assert parts_dates(text) is told
