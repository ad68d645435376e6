from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Period, SectionKind
from pipeline.rulebook.masking import COUNT
from pipeline.rulebook.times import period_of_count, period_of_zero

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
    assert period_of_count(passage, at - 2, at, book.lexicons.periods)[0] is period


def test_a_zero_in_words_is_of_this_year_unless_another_is_told(book: Rulebook) -> None:
    for text, period in (("明年不收取费用", Period.THIS_YEAR), ("历年累计未收取费用", Period.CUMULATIVE)):
        masked = book.mask(text)
        passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.OTHER, None)
        assert period_of_zero(passage, 0, len(passage.text), book.lexicons.periods)[0] is period
