from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import ValueStatus
from pipeline.rulebook.forms import Column
from pipeline.stages.tabulate.cells import read_cell

COUNT = Column("n", ("件数",), frozenset({"件数"}), "件", ("件", "项"), "count")
CHANGE = Column("n", ("增减",), frozenset({"增减"}), "项", ("项",), "change")
AMOUNT = Column("n", ("金额",), frozenset({"金额"}), None, ("元", "万元", "亿元"), "amount")


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("0", 0, "0"),
        ("317", 317, "317"),
        (" 317\n", 317, "317"),
        ("３１７", 317, "３１７"),
        ("4,036", 4036, "4,036"),
        ("1，204，036", 1204036, "1，204，036"),
        ("41件", 41, "41件"),
        ("41 件", 41, "41 件"),
        ("6128（其中网上3000）", 6128, "6128"),
        ("17②", 17, "17"),
        ("3.0", 3, "3.0"),
        ("1.5万件", 15000, "1.5万件"),
        ("1.5万", 15000, "1.5万"),
        ("零", 0, "零"),
        ("〇", 0, "〇"),
        ("25³", 25, "25"),
        ("36¹²", 36, "36"),
        ("36件¹", 36, "36件"),
        ("36[¹]", 36, "36"),
        ("36（¹）", 36, "36"),
    ],
)
def test_numbers_are_read_with_their_place(text: str, value: float, quote: str) -> None:
    reading = read_cell(text, COUNT)
    assert (reading.status, reading.value) == (ValueStatus.REPORTED, value)
    assert text[reading.start : reading.end] == quote
    assert text[reading.number_start : reading.number_end] in quote
    assert (reading.value_base, reading.unit_base) == (value, "件")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", ValueStatus.BLANK),
        (" \u3000\n\u200b", ValueStatus.BLANK),
        ("/", ValueStatus.NOT_APPLICABLE),
        ("／", ValueStatus.NOT_APPLICABLE),
        ("—", ValueStatus.NOT_APPLICABLE),
        ("--", ValueStatus.NOT_APPLICABLE),
        ("-", ValueStatus.NOT_APPLICABLE),
        ("无", ValueStatus.NOT_APPLICABLE),
        ("不适用", ValueStatus.NOT_APPLICABLE),
        ("XX", ValueStatus.PLACEHOLDER),
        ("xx件", ValueStatus.PLACEHOLDER),
        ("**", ValueStatus.PLACEHOLDER),
        ("___", ValueStatus.PLACEHOLDER),
        ("20**", ValueStatus.PLACEHOLDER),
        ("20*7", ValueStatus.PLACEHOLDER),
        ("12 34", ValueStatus.UNREADABLE),
        ("12\n34", ValueStatus.UNREADABLE),
        ("0000000", ValueStatus.UNREADABLE),
        ("310 000031", ValueStatus.UNREADABLE),
        ("007", ValueStatus.UNREADABLE),
        ("1.036", ValueStatus.UNREADABLE),
        ("1,03", ValueStatus.UNREADABLE),
        ("12.", ValueStatus.UNREADABLE),
        ("-3", ValueStatus.UNREADABLE),
        ("O", ValueStatus.UNREADABLE),
        ("5(1)", ValueStatus.UNREADABLE),
        ("约40", ValueStatus.UNREADABLE),
        ("41元", ValueStatus.UNREADABLE),
        ("25³件3", ValueStatus.UNREADABLE),
        ("〇〇", ValueStatus.PLACEHOLDER),
        ("○", ValueStatus.UNREADABLE),
        ("三", ValueStatus.UNREADABLE),
        ("见附件1", ValueStatus.UNREADABLE),
    ],
)
def test_what_holds_no_number_has_no_value(text: str, status: ValueStatus) -> None:
    reading = read_cell(text, COUNT)
    assert (reading.status, reading.value, reading.value_base, reading.unit) == (status, None, None, None)
    assert text[reading.start : reading.end] == ("" if status is ValueStatus.BLANK else text.strip())


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("+12", 12, "+12"),
        ("-4", -4, "-4"),
        ("－4", -4, "－4"),
        ("−4", -4, "−4"),
        ("增35", 35, "增35"),
        ("减2", -2, "减2"),
        ("减少2项", -2, "减少2项"),
        ("0", 0, "0"),
        ("+3/-1", None, "+3/-1"),
        ("增3减1", None, "增3减1"),
        ("不变", None, "不变"),
    ],
)
def test_changes_have_signs(text: str, value: float | None, quote: str) -> None:
    reading = read_cell(text, CHANGE)
    assert (reading.value, text[reading.start : reading.end]) == (value, quote)


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "base"),
    [
        ("183000元", None, 183000, "元", 183000),
        ("86.4万元", None, 86.4, "万元", 864000),
        ("1.2亿元", None, 1.2, "亿元", 120000000),
        ("5120.36", "万元", 5120.36, "万元", 51203600),
        ("5元", "万元", 5, "元", 5),
        ("90210", None, 90210, None, None),
    ],
)
def test_money_keeps_its_printed_unit(
    text: str, printed: str | None, value: float, unit: str | None, base: float | None
) -> None:
    reading = read_cell(text, AMOUNT, printed)
    assert (reading.value, reading.unit, reading.value_base) == (value, unit, base)
    assert reading.unit_base == (None if base is None else "元")


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 999_999_999), st.sampled_from(["{}", "{:,}", " {} ", "{}件", "\u3000{:,} 项"]))
def test_every_count_is_read_back(number: int, style: str) -> None:
    assert read_cell(style.format(number), COUNT).value == number


@settings(derandomize=True, deadline=None)
@given(st.text("0123456789,，.万元件 /+-增减*X（其中）\n\u3000", max_size=12))
def test_the_proof_is_part_of_the_cell(text: str) -> None:
    reading = read_cell(text, COUNT)
    assert 0 <= reading.start <= reading.end <= len(text)
    assert (reading.value is None) == (reading.status is not ValueStatus.REPORTED)
    if reading.value is not None:
        assert reading.start <= reading.number_start < reading.number_end <= reading.end
