from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import SectionKind
from pipeline.rulebook.numbering import numbered_points
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


@pytest.mark.parametrize(
    ("text", "number", "last"),
    [
        ("一是公开不够及时;二是形式单一;三是队伍不稳。下一步,一是加强培训;二是拓宽渠道。", 3, "三是队伍不稳"),
        ("一、公开不够及时。二、形式单一。三是另一回事。", 2, "二、形式单一"),
        ("1、信息量偏少。2、认识不到位:1.村;2.镇。3、人员缺乏。", 3, "3、人员缺乏"),
        ("（一）不够全面。（二）不够及时。", 2, "(二)不够及时"),
        ("(1)数量少;(2)质量差;(3)不及时。", 3, "(3)不及时"),
        ("①少②慢③旧", 3, "③旧"),
        ("九个方面。一是甲;二是乙。", None, None),
        ("一是公开不够及时。", None, None),
        ("一是公开不够及时;三是队伍不稳。", None, None),
        ("二是形式单一;三是队伍不稳。", None, None),
        ("主要是公开不够及时;一是甲;二是乙。", None, None),
    ],
)
def test_points_are_counted_where_none_is_left_out(
    book: Rulebook, text: str, number: int | None, last: str | None
) -> None:
    masked = book.mask(fold(text).text)
    passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.PROBLEMS, None)
    found = numbered_points(passage, 0)
    assert (found and found[1]) == number
    if found and last:
        printed = "".join(
            masked.token_at(place).text if "\ue000" <= letter <= "\ue006" else letter
            for place, letter in enumerate(masked.text[: found[0]])
        )
        assert printed.endswith(last)


def test_points_behind_no_cue_are_those_of_the_place_where_the_cue_ends(book: Rulebook) -> None:
    masked = book.mask("存在不足:一是少;二是慢。")
    passage = book.passage(masked, (0, len(masked.text)), 2018, SectionKind.PROBLEMS, None)
    assert numbered_points(passage, 5) == (12, 2)
    assert numbered_points(passage, 2) is None
