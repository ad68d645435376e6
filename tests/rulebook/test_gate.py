"""The gate changes nothing but the time: every pattern finds through it just what it finds by itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import SectionKind, Table
from pipeline.rulebook import gate as gates
from pipeline.rulebook.gate import Gate
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.literals import NOTHING_KNOWN, required
from pipeline.rulebook.matching import match_rules
from pipeline.rulebook.passages import Passage
from pipeline.rulebook.patterns import Pattern
from pipeline.shipped import shipped_folder
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

STEADY = settings(derandomize=True, deadline=None, max_examples=120)

WORDS = ["a", "b", "c", "ab", "bca", r"\.", r"\n", ",", "b;"]
CLASSES = ["[ab]", "[^a]", "[a-c]", r"[c\n]", ".", r"\w", r"\p{L}", "^", "$", r"\b", "[^,;]", "[,;]"]
ATOMS = st.sampled_from([*WORDS, *CLASSES, "(?:^|,)", "(?:[^,]b|[;c])"])
TIMES = st.sampled_from(["", "", "", "?", "{0,2}", "{1,3}", "{2}", "{0,3}?", "{1,2}+", "*", "+", "{,2}", "{1,}"])
GROUPS = st.sampled_from(["(?:{})", "({})", "(?P<word>{})", "(?={})", "(?!{})", "(?<={})", "(?<!{})", "(?>{})"])


def sequences(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rows = st.lists(st.tuples(parts, TIMES).map("".join), max_size=4).map("".join)
    return st.lists(rows, min_size=1, max_size=3).map("|".join)


PATTERNS = st.recursive(
    sequences(ATOMS),
    lambda inner: sequences(st.one_of(ATOMS, st.builds(str.format, GROUPS, inner))),
    max_leaves=6,
)
LONG = 60
EVERY = 7
TEXTS = st.text(alphabet="aaabbbccc.\nd,;", max_size=60)


def understood(sources: Iterable[str]) -> Iterator[Pattern]:
    for source in sources:
        try:
            regex.compile(source)
        except regex.error:
            continue
        yield Pattern(source)


def spans(matches: Iterable[regex.Match[str]]) -> list[tuple[object, ...]]:
    return [(*match.span(), *match.groups()) for match in matches]


def through(patterns: list[Pattern], text: str, *, overlapped: bool = False) -> list[list[tuple[object, ...]]]:
    found: list[list[tuple[object, ...]]] = [[] for _ in patterns]
    for number, opening in Gate(patterns).open(text):
        found[number] = spans(opening.finditer(overlapped=overlapped))
    return found


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows in short texts too, none of them joined, and each as short as can be told."""
    monkeypatch.setattr(gates, "_SHORT_TEXT", 0)
    monkeypatch.setattr(gates, "_SHORT_GAP", 0)
    monkeypatch.setattr(gates, "_SHORT_LEAD", 0)


@pytest.mark.usefixtures("narrow")
@STEADY
@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS, st.booleans())
def test_any_pattern_finds_the_same_through_the_gate(sources: list[str], text: str, overlapped: bool) -> None:  # noqa: FBT001
    patterns = list(understood(sources))
    expected = [spans(pattern.compiled.finditer(text, overlapped=overlapped)) for pattern in patterns]
    assert through(patterns, text, overlapped=overlapped) == expected


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(?<=ab|c)d", "abd..abxd.cd"),
        ("(?<=a(?=b))b|cd", "ab.cd"),
        ("(?=ab)", "ab.ab"),
        ("(?<=a)b?", "ab.a.a"),
        ("a(?=.{0,3}b)", "a..b.a....b"),
        ("a(?!.{0,3}b)", "a..b.a....b"),
        ("a.{0,2}$", "a..b.a.\n"),
        ("a.{0,2}\\Z", "a.b.a."),
        ("^a|b{2}", "a.a.bb"),
        ("(?<=^a)b", "ab.ab"),
        ("(?P<one>a)(?P=one)", "a.aa"),
        ("(?P<one>a)?(?(one)b|c)d", "abd.cd.acd"),
        ("a.b.{2,9}a", "axbxxxxa.abxxa.axbxxa"),
        ("(?:^|[,;])[^,;]{0,9}?ab", "ab,xx;xxab,xxab"),
        ("(?:^|[,;](?=x))(?:[^,;]|x,){0,9}?ab", "xab,xx,xx;xxab,xxab"),
        ("(?:,[^;]|;[^,]){1,3}ab", ";a,;ab,bab"),
        ("[^,]a(?:[^;]{0,4}b){2}", ",a;b,xa,b,b,xa;b"),
        ("..?a.{0,30}b", "xxa...yya" + "." * 20 + "b"),
        ("(?i)a", "A"),
        ("[[:alpha:]]b", "ab"),
    ],
)
@pytest.mark.parametrize("overlapped", [False, True])
@pytest.mark.parametrize("dear", [0, 3, 1000])
def test_what_stands_around_a_match_counts_through_the_gate(
    source: str,
    text: str,
    dear: int,
    overlapped: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gates, "_DEAR", dear)
    pattern = Pattern(source)
    expected = spans(pattern.compiled.finditer(text, overlapped=overlapped))
    assert expected
    assert through([pattern], text, overlapped=overlapped) == [expected]


@STEADY
@given(st.lists(PATTERNS, min_size=1, max_size=4), TEXTS)
def test_the_leftmost_matches_are_those_of_one_pattern_of_all(sources: list[str], text: str) -> None:
    patterns = [each for each in understood(sources) if each.compiled.groups == 0 and required(each.source).least > 0]
    together = regex.compile("|".join(f"({pattern.source})" for pattern in patterns) or "(?!)")
    expected = [((match.lastindex or 0) - 1, match.span()) for match in together.finditer(text)]
    assert [(number, match.span()) for number, match in Gate(patterns).leftmost(text)] == expected


def test_only_patterns_whose_words_stand_near_each_other_get_through() -> None:
    gate = Gate(map(Pattern, ["收到.{0,3}申请", "受理申请", "[^。]申请"]))
    assert [number for number, _ in gate.open("收到两份申请")] == [0, 2]
    assert [number for number, _ in gate.open("收到" + "公开" * 100 + "申请")] == [2]
    assert list(gate.open("没有")) == []


def test_a_pattern_without_words_always_gets_through() -> None:
    gate = Gate(map(Pattern, [r"\p{Han}{2}", "(?i)no", "(?:受理)?", "受理"]))
    assert [number for number, _ in gate.open("")] == [0, 1, 2]


def test_a_gate_before_nothing_is_shut() -> None:
    assert list(Gate([]).open("收到两份申请")) == []


@pytest.fixture(scope="module")
def texts(book: Rulebook, outcome_of: Callable[[str], Outcome]) -> list[str]:
    """Every text of the sample reports and, in turn with others, of the examples in the rules, folded."""
    reports = sorted(path.name for path in (shipped_folder("corpus") / "reports").iterdir())
    documents = [outcome.document for outcome in map(outcome_of, reports) if outcome.document]
    blocks = chain.from_iterable(document.blocks for document in documents)
    printed = chain.from_iterable(
        [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text] for block in blocks
    )
    examples = [example.text for rule in book.prose_rules for example in rule.examples][::EVERY]
    of_numerals = [text for numeral in book.lexicons.numerals for text, _ in numeral.examples][::EVERY]
    whole = ["".join(block.text for block in document.blocks if not isinstance(block, Table)) for document in documents]
    return [fold(text).text for text in dict.fromkeys((*examples, *of_numerals, *printed, *whole))]


def test_all_rules_read_the_same_through_the_gate(book: Rulebook, texts: list[str]) -> None:
    rules, periods = book.prose_rules, book.lexicons.periods
    read = 0
    long = [text for text in texts if len(text) > LONG]
    for text in long:
        masked = book.mask(text)
        passage = Passage(masked, masked.in_year(2016), 0, 2016, SectionKind.OVERVIEW, "")
        readings = match_rules(rules, passage, periods)
        assert match_rules(rules, passage, periods, book.prose_gate) == readings
        read += len(readings)
    assert read > len(long)


def test_all_rules_find_the_same_through_the_gate_wherever_their_words_stand(book: Rulebook, texts: list[str]) -> None:
    masked = [book.mask(text).text for text in texts]
    text = "\n".join(masked)
    found = {
        book.prose_rules[number].id: spans(opening.finditer(overlapped=book.prose_rules[number].says is Says.LIST))
        for number, opening in book.prose_gate.open(text)
    }
    for rule in book.prose_rules:
        assert found.get(rule.id, []) == spans(rule.pattern.compiled.finditer(text, overlapped=rule.says is Says.LIST))


def test_all_numerals_are_the_same_through_the_gate(book: Rulebook, texts: list[str]) -> None:
    patterns = [numeral.pattern for numeral in book.lexicons.numerals]
    together = regex.compile("|".join(f"(?P<p{number}>{each.source})" for number, each in enumerate(patterns)))
    gate = Gate(patterns)
    for text in (*texts, "\n".join(texts)):
        expected = [(str(match.lastgroup), match.span()) for match in together.finditer(text)]
        assert [(f"p{number}", match.span()) for number, match in gate.leftmost(text)] == expected


def test_the_syntax_of_every_rule_is_understood(book: Rulebook) -> None:
    patterns = [*(rule.pattern for rule in book.prose_rules), *(each.pattern for each in book.lexicons.numerals)]
    assert [pattern.source for pattern in patterns if required(pattern.source) == NOTHING_KNOWN] == []
