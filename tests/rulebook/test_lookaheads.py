"""Quickened look-aheads change nothing but the time."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rulebook import lookaheads
from pipeline.rulebook.literals import beginnings
from pipeline.rulebook.lookaheads import quickened

ATOMS = st.sampled_from(["a", "b", "c", "ab", r"\.", "[ab]", "[^a]", r"[\]a]", ".", "(?=b)", "(?<=a)", "^", r"\b", "$"])
TIMES = st.sampled_from(["", "", "", "?", "{0,2}", "{1,2}", "*"])


def sequences(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rows = st.lists(st.tuples(parts, TIMES).map("".join), max_size=3).map("".join)
    return st.lists(rows, min_size=1, max_size=4).map("|".join)


PATTERNS = st.recursive(
    sequences(ATOMS),
    lambda inner: sequences(st.one_of(ATOMS, st.builds("(?!{})".format, inner), st.builds("(?:{})".format, inner))),
    max_leaves=6,
)


@pytest.fixture
def every_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short look-aheads are quickened too."""
    monkeypatch.setattr(lookaheads, "_FEWEST_WORDS", 1)


@pytest.mark.usefixtures("every_one")
@settings(derandomize=True, deadline=None, max_examples=400)
@given(PATTERNS, PATTERNS, st.text(alphabet="aabbc.]\n", max_size=12))
def test_a_quickened_pattern_finds_the_same(body: str, rest: str, text: str) -> None:
    source = f"(?:(?!{body}).){{0,3}}?(?:{rest})"
    found = [match.span() for match in regex.finditer(quickened(source), text)]
    assert found == [match.span() for match in regex.finditer(source, text)]


@pytest.mark.usefixtures("every_one")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(?!网站|微博)[^,]", "(?!(?=[微网])(?:网站|微博))[^,]"),
        ("(?:(?!(?:网站|微博)目录|-号).)+", "(?:(?!(?=[\\-微网])(?:(?:网站|微博)目录|-号)).)+"),
        ("(?!公开(?!栏|网))", "(?!(?=[公])(?:公开(?!(?=[栏网])(?:栏|网))))"),
        ("(?!.(?!栏|网))", "(?!.(?!(?=[栏网])(?:栏|网)))"),
        ("(?!的?网站|微博)", "(?!(?=[微的网])(?:的?网站|微博))"),
        (r"\(?!网站|[(?!]微博", r"\(?!网站|[(?!]微博"),
        ("(?!网站|)", "(?!网站|)"),
        ("(?!网站|[^,]微博)", "(?!网站|[^,]微博)"),
        ("(?!(?<=网)站)", "(?!(?=[站])(?:(?<=网)站))"),
        ("(?i)(?!web|www)", "(?i)(?!web|www)"),
    ],
)
def test_only_what_certainly_begins_with_few_characters_is_quickened(source: str, expected: str) -> None:
    assert quickened(source) == expected


def test_short_look_aheads_stay_as_they_are() -> None:
    assert quickened("(?!网站|微博)公开") == "(?!网站|微博)公开"
    long = "|".join("甲乙丙丁戊己庚辛壬癸")
    assert quickened(f"(?!{long})公开") == f"(?!(?=[{''.join(sorted(set(long) - {'|'}))}])(?:{long}))公开"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("网站|微博", {"网站", "微博"}),
        ("(?:政府)?网站", {"政府网站", "网站"}),
        ("网.{0,3}站|微博", {"网", "微博"}),
        ("网站?|", set()),
        (".网站", set()),
    ],
)
def test_the_words_a_match_begins_with(source: str, words: set[str]) -> None:
    assert beginnings(source) == words
