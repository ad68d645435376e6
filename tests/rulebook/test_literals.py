from __future__ import annotations

import math

import pytest

from pipeline.rulebook.literals import BARS, NOTHING_KNOWN, required

Told = tuple[frozenset[str], float, float, float, float]


def clause(words: str, lead: float, behind: float, trail: float, beyond: float) -> Told:
    return frozenset(words.split("|")), lead, behind, trail, beyond


@pytest.mark.parametrize(
    ("source", "clauses", "least", "reach"),
    [
        ("收到申请", [clause("收到申请", 0, 0, 4, -4)], 4, 4),
        ("(?:收到|受理)申请", [clause("收到申请|受理申请", 0, 0, 4, -4)], 4, 4),
        ("收到?申请", [clause("收申请|收到申请", 0, 0, 4, -3)], 3, 4),
        ("收到[^。]{0,9}申请", [clause("收到", 0, 0, 13, -4), clause("申请", 11, -2, 2, -2)], 4, 13),
        ("收到(?:政府|政务){0,2}申请", [clause("收到", 0, 0, 8, -4), clause("申请", 6, -2, 2, -2)], 4, 8),
        (
            "收到(?:政府|政务){1,2}申请",
            [clause("收到", 0, 0, 8, -6), clause("政府|政务", 2, -2, 6, -4), clause("申请", 6, -4, 2, -2)],
            6,
            8,
        ),
        ("[一二]件", [clause("一件|二件", 0, 0, 2, -2)], 2, 2),
        ("[0-2]+件", [clause("0|1|2", 0, 0, math.inf, -2), clause("件", math.inf, -1, 1, -1)], 2, math.inf),
        ("收到.申请|受理", [clause("收到|受理", 0, 0, 5, -2)], 2, 5),
        (r"收到(?=[\p{Han}]{2}申请)", [clause("申请", 4, -4, -2, 2), clause("收到", 0, 0, 2, -2)], 2, 6),
        ("收到(?!申请)", [clause("收到", 0, 0, 2, -2)], 2, 4),
        ("(?<=收到)申请", [clause("收到", -2, 2, 4, -4), clause("申请", 0, 0, 2, -2)], 2, 2),
        ("(?<!收到)申请", [clause("申请", 0, 0, 2, -2)], 2, 2),
        (r"^\(一\)$", [clause("(一)", 0, 0, 3, -3)], 3, 3),
        ("(?P<a>收)?(?(a)到)申请", [clause("申请|收申请|到申请|收到申请", 0, 0, 4, -2)], 2, 4),
        ("申请?|", [], 0, 2),
        (r"\p{Han}{2}", [], 2, 2),
    ],
)
def test_what_a_pattern_requires(source: str, clauses: list[Told], least: int, reach: float) -> None:
    needs = required(source)
    assert [(each.literals, each.lead, each.behind, each.trail, each.beyond) for each in needs.clauses] == clauses
    assert (needs.least, needs.reach) == (least, reach)


@pytest.mark.parametrize(
    ("source", "crossed"),
    [
        ("收到[^。;]{0,9}申请", ",:、!?()"),
        ("[,。][^,。]{0,9}申请", ";:、!?()"),
        ("(?:^|[,。])[^,。]{0,9}申请", ";:、!?()"),
        ("(?:,甲|甲,乙)[甲乙丙丁]{0,9}申请", ","),
        (r"甲\([^()]{1,9}\)\w{1,2}申请", ",;。:、!?()"),
        ("[,。]{1,2}申请", ",。"),
        (r"[,。]\p{Han}{0,9}(?=[^,;:、!?()]{2}申请)", "。"),
        ("(?<=申请.{0,9})收到.", ",;。:、!?()"),
    ],
)
def test_which_bars_can_stand_between_the_beginning_and_a_word(source: str, crossed: str) -> None:
    (found,) = [each.crossed.rest for each in required(source).clauses if "申请" in each.literals]
    assert sorted(found) == sorted(crossed)
    assert set(crossed) <= set(BARS)


@pytest.mark.parametrize(
    ("source", "opens"),
    [
        ("收到|受理", "收受"),
        ("(?:向|对)?申请", "向对申"),
        ("(?:^|[,。])申请", ",。"),
        ("(?:^|[,。])?申请", ",。申"),
        (r"\A申请", ""),
        ("(?<![收到])(?=申请)[一二]{0,2}申请", "一二申"),
        ("(?:收(?:到)?){1,2}申请", "收"),
        (r"(?:^|[,。]|\p{Han})申请", None),
        (r"\p{Han}?申请", None),
        ("收?", None),
    ],
)
def test_with_which_characters_a_match_opens(source: str, opens: str | None) -> None:
    assert required(source).opens == (None if opens is None else frozenset(opens))


@pytest.mark.parametrize(
    "source",
    [
        "(?i)收到",
        "(?:收到){e<=1}",
        "(?P<a>收)(?P=a)",
        r"(收)\1",
        "(?|收(到)|受(理))",
        "(?:收(?R)?)",
        r"收\K到",
        "[[:alpha:]]收",
        r"\N{DIGIT ONE}收",
        "(?#words)收",
    ],
)
def test_nothing_is_known_of_syntax_that_is_not_understood(source: str) -> None:
    assert required(source) == NOTHING_KNOWN
