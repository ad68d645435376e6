from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Period, Qualifier, Statement, ValueSource, ValueStatus
from pipeline.rulebook.evaluation import Missing, Reading, evaluate
from pipeline.rulebook.expressions import Choice, Expression, Ratio, Reference, Sum, parse, references

WORDS = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).filter(lambda word: word != "else")
REFERENCES = st.builds(
    Reference,
    st.lists(WORDS, min_size=1, max_size=3).map(".".join),
    st.none() | st.sampled_from(["total", "natural_person", "org.business"]),
    st.sampled_from(Period),
    st.booleans(),
)


def _compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    later = st.lists(st.tuples(st.booleans(), inner), min_size=1, max_size=3)
    sums = st.builds(lambda first, others: Sum(((False, first), *others)), inner, later)
    choices = st.lists(inner, min_size=2, max_size=3).map(lambda options: Choice(tuple(options)))
    return sums | st.builds(Ratio, inner, inner) | choices


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(REFERENCES, _compound, max_leaves=8)


def stated(name: str, value: float) -> Reading:
    where = name, None, Period.THIS_YEAR, value, "件"
    how = ValueStatus.REPORTED, ValueSource.TABLE, Qualifier.EXACT, None
    return Reading(value, proof=(Statement(name, *where, *how, derived=False, confidence=1.0, quote=""),))


@given(EXPRESSIONS)
def test_an_expression_printed_and_parsed_is_itself(expression: Expression) -> None:
    assert parse(str(expression)) == expression


@given(EXPRESSIONS)
def test_spaces_do_not_matter(expression: Expression) -> None:
    assert parse(f"  {str(expression).replace(' + ', '+').replace(' / ', '   /')}  ") == expression


@given(st.text(alphabet="ab.[]()+-/@ else", max_size=30) | st.text(max_size=30))
def test_any_text_is_an_expression_or_a_told_mistake(text: str) -> None:
    try:
        found = parse(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 — either way is right
    else:
        assert parse(str(found)) == found


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**6)), min_size=2, max_size=6))
def test_a_sum_is_the_sum_of_its_parts(parts: list[tuple[bool, int]]) -> None:
    text = "a0" + "".join(f" {'-' if minus else '+'} a{number}" for number, (minus, _) in enumerate(parts[1:], start=1))
    found = evaluate(parse(text), lambda asked: stated(asked.indicator, float(parts[int(asked.indicator[1:])][1])))
    assert found.value == parts[0][1] + sum(-value if minus else value for minus, value in parts[1:])
    assert [each.observation_id for each in found.proof] == [f"a{number}" for number in range(len(parts))]


@given(EXPRESSIONS, st.sampled_from(list(Missing)[1:]))
def test_nothing_stated_gives_nothing(expression: Expression, missing: Missing) -> None:
    found = evaluate(expression, lambda _: Reading(missing=missing))
    assert (found.value, found.missing) == (None, missing)


@given(EXPRESSIONS, st.data())
def test_a_value_rests_on_stated_numbers_only(expression: Expression, data: st.DataObject) -> None:
    asked = list(dict.fromkeys(references(expression)))
    silent = set(data.draw(st.lists(st.sampled_from(asked), unique=True)))
    found = evaluate(
        expression,
        lambda each: Reading(missing=Missing.BLANK) if each in silent else stated(str(each), 2.0),
    )
    assert {each.observation_id for each in found.proof} <= {str(each) for each in asked if each not in silent}
    assert found.value is None or math.isfinite(found.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "a b",
        "a / b / c",
        "(a",
        "a)",
        "else a",
        "a else",
        "a[b",
        "a(next_year)",
        "A.b",
        "2 + a",
        "a * b",
        "__import__('os').system('true')",
        "a.b; c",
        "(" * 40 + "a" + ")" * 40,
    ],
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no expression|brackets"):
        parse(text)
