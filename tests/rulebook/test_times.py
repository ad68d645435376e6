from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Period, SectionKind
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.times import Times

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("明年:一是更新目录;二是培训200人次。", None),
        ("一是更新目录;二是培训200人次。", Period.THIS_YEAR),
        ("明年更新目录。全年培训200人次。", Period.THIS_YEAR),
        ("明年更新目录;2018年培训200人次。", Period.THIS_YEAR),
        ("上年公开3条;培训200人次。", Period.PREVIOUS_YEAR),
        ("上年公开3条;今年培训200人次。", Period.THIS_YEAR),
        ("上年结转3件;培训200人次。", Period.THIS_YEAR),
        ("2017年3月开通微信;培训200人次。", Period.THIS_YEAR),
        ("日均点击3次;培训200人次。", Period.THIS_YEAR),
        ("历年累计培训200人次。", Period.CUMULATIVE),
    ],
)
def test_a_count_shares_the_time_of_its_sentence(book: Rulebook, text: str, period: Period | None) -> None:
    masked = book.mask(text)
    passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.OTHER, None)
    at = passage.text.rindex(COUNT)
    assert Times(passage, book.lexicons.periods).of_count(at - 2, at)[0] is period


def test_a_zero_in_words_is_of_the_time_that_is_told(book: Rulebook) -> None:
    for text, period in (("明年不收取费用", None), ("历年累计未收取费用", Period.CUMULATIVE)):
        masked = book.mask(text)
        passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.OTHER, None)
        assert Times(passage, book.lexicons.periods).of_zero(0, len(passage.text))[0] is period
