from __future__ import annotations

import math

import pytest
import regex

from pipeline.rulebook.literals import NOTHING_KNOWN, Clause, Requirements, required


def clause(words: str, lead: float = 0, behind: float = 0) -> Clause:
    return Clause(frozenset(words.split("|")), lead, behind)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("收到申请", Requirements((clause("收到申请"),), 4, 4)),
        ("(?:收到|受理)申请", Requirements((clause("收到申请|受理申请"),), 4, 4)),
        ("收到?申请", Requirements((clause("收申请|收到申请"),), 3, 4)),
        ("收到[^。]{0,9}申请", Requirements((clause("收到"), clause("申请", 11)), 4, 13)),
        ("收到(?:政府|政务){0,2}申请", Requirements((clause("收到"), clause("申请", 6)), 4, 8)),
        ("收到(?:政府|政务){1,2}申请", Requirements((clause("政府|政务", 2), clause("收到"), clause("申请", 6)), 6, 8)),
        ("[一二]件", Requirements((clause("一件|二件"),), 2, 2)),
        ("[0-2]+件", Requirements((clause("0|1|2"), clause("件", math.inf)), 2, math.inf)),
        ("收到.申请|受理", Requirements((clause("收到|受理"),), 2, 5)),
        (r"收到(?=[\p{Han}]{2}申请)", Requirements((clause("申请", 4), clause("收到")), 2, 6)),
        ("收到(?!申请)", Requirements((clause("收到"),), 2, 4)),
        ("(?<=收到)申请", Requirements((clause("收到", 0, 2), clause("申请")), 2, 2)),
        ("(?<!收到)申请", Requirements((clause("申请"),), 2, 2)),
        (r"^\(一\)$", Requirements((clause("(一)"),), 3, 3)),
        ("(?P<a>收)?(?(a)到)申请", Requirements((clause("申请|收申请|到申请|收到申请"),), 2, 4)),
        ("申请?|", Requirements((), 0, 2)),
        (r"\p{Han}{2}", Requirements((), 2, 2)),
    ],
)
def test_what_a_pattern_requires(source: str, expected: Requirements) -> None:
    assert required(regex.compile(source)) == expected


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
    assert required(regex.compile(source)) == NOTHING_KNOWN


def test_flags_make_a_pattern_one_of_which_nothing_is_known() -> None:
    assert required(regex.compile("no", regex.IGNORECASE)) == NOTHING_KNOWN
