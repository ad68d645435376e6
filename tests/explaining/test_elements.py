from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.explaining.elements import LONGEST_ELEMENT, PatternSplitter, _sources
from pipeline.rulebook.marks import COUNT, PERCENT
from pipeline.rulebook.slots import fill_slots

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

SLOTS = {"held": "召开|举行", "work": "{held}了?工作"}


@pytest.mark.parametrize(
    ("pattern", "elements"),
    [
        ("召开会议?{count}", ["召开会", "议?", "{count}"]),
        ("{work}会{0,2}{gap:9}{count}", ["{work}", "会{0,2}", "{gap:9}", "{count}"]),
        (r"(?:^|[。;)]){held}\p{Han}{1,4}\.{count}", ["(?:^|[。;)])", "{held}", r"\p{Han}{1,4}", r"\.", "{count}"]),
        ("在{year}{mark}(?!{n}){count}", ["在", "{year}", "{mark}", "(?!{n})", "{count}"]),
    ],
)
def test_a_pattern_is_written_as_the_rule_has_it(pattern: str, elements: list[str]) -> None:
    filled = fill_slots(pattern, SLOTS, count=f"(?P<count>{COUNT})")
    (alternative,) = PatternSplitter(SLOTS).split(filled)
    assert [each.written for each in alternative] == elements
    assert "".join(each.pattern.source for each in alternative) == filled


def test_alternatives_come_apart() -> None:
    first, second = PatternSplitter(SLOTS).split(f"召开(?P<count>{COUNT})|会议(?P<count>{PERCENT})")
    assert [each.is_count for each in (*first, *second)] == [False, True, False, True]


def test_every_pattern_of_the_rules_comes_apart_whole(book: Rulebook) -> None:
    splitter = PatternSplitter(book.lexicons.slots)
    for rule in book.prose_rules:
        sources = tuple(_sources(rule.pattern.source))
        assert "".join(sources) == rule.pattern.source, rule.id
        elements = [element for alternative in splitter.split(rule.pattern.source) for element in alternative]
        assert [each.written for each in elements] == [splitter.written(each) for each in sources if each != "|"], (
            rule.id
        )


def test_an_element_tells_what_it_matches() -> None:
    ((words, open_words, nothing),) = PatternSplitter(SLOTS).split("会议[^。]{0,2}(?=次)")
    assert [words.matches("开会议5次", 1, end) for end in (2, 3, 4)] == [False, True, False]
    assert [open_words.matches("会议5。次", 2, end) for end in (2, 3, 4)] == [True, True, False]
    assert [nothing.matches("5次", start, start) for start in (0, 1)] == [False, True]
    assert (words.is_open, open_words.is_open) == (False, True)


def test_an_element_tells_how_long_it_can_be() -> None:
    ((words, open_words, nothing),) = PatternSplitter(SLOTS).split("会议[^。]{0,2}(?=次)")
    assert [list(words.lengths(most)) for most in (1, 9)] == [[], [2]]
    assert list(open_words.lengths(2)) == [0, 1, 2]
    assert len(open_words.lengths(90)) == LONGEST_ELEMENT + 1
    assert list(nothing.lengths(9)) == [0]
