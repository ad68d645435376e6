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


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("自2012年以来收到56件。其中网上36件,信函20件。", [Period.CUMULATIVE] * 3),
        (
            "2017年收到8件。其中网上5件。2018年收到12件。其中网上9件。",
            [Period.PREVIOUS_YEAR] * 2 + [Period.THIS_YEAR] * 2,
        ),
        ("2018年公开135条,历年累计860条。其中网站800条,公报60条。", [Period.THIS_YEAR] + [Period.CUMULATIVE] * 3),
        ("2018年公开135条,历年累计860条。其中网站100条。", [Period.THIS_YEAR, Period.CUMULATIVE, Period.THIS_YEAR]),
        ("2018年公开135条(上年120条)。其中网站100条。", [Period.THIS_YEAR, Period.PREVIOUS_YEAR, Period.THIS_YEAR]),
        ("去年开会3次。培训5次。今年开会4次。", [Period.PREVIOUS_YEAR, Period.PREVIOUS_YEAR, Period.THIS_YEAR]),
        ("去年开会3次。今年开会4次。培训5次。", [Period.PREVIOUS_YEAR, Period.THIS_YEAR, Period.THIS_YEAR]),
        ("去年工作平稳。培训5次。今年开会4次。", [Period.THIS_YEAR, Period.THIS_YEAR]),
    ],
)
def test_a_sentence_that_tells_no_time_takes_that_of_those_before(
    book: Rulebook, text: str, periods: list[Period]
) -> None:
    masked = book.mask(text)
    passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.OTHER, None)
    times = Times(passage, book.lexicons.periods)
    places = [at for at, letter in enumerate(passage.text) if letter == COUNT]
    assert [times.of_count(at, at)[0] for at in places] == periods
