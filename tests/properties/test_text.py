import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.fold import fold
from pipeline.text.numerals import find_numerals, parse_chinese
from tests.text.chinese import write_chinese

STEADY = settings(derandomize=True, deadline=None, max_examples=150)
TEXTS = st.text(alphabet="公开信息共条件 　\n\t０１２３0123，,.。（)年月\u200b\ufeffaB余万约", max_size=60)


@STEADY
@given(TEXTS)
def test_every_folded_character_comes_from_its_printed_place(text: str) -> None:
    folded = fold(text)
    places = [folded.position(index) for index in range(len(folded.text))]
    assert places == sorted(set(places))
    for place, character in zip(places, folded.text, strict=True):
        alone = fold(text[place]).text
        assert alone in (character, "") or (alone, character) == (".", "。")


@STEADY
@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@STEADY
@given(TEXTS, st.data())
def test_index_and_position_are_inverse(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        index = data.draw(st.integers(0, len(folded.text) - 1))
        assert folded.index(folded.position(index)) == index


@STEADY
@given(st.integers(0, 99_999_999))
def test_a_written_chinese_numeral_reads_back(value: int) -> None:
    written = write_chinese(value)
    assert parse_chinese(written) == value or written[-2:-1] in "百千万"


@STEADY
@given(st.integers(0, 10**12), st.sampled_from(["条", "件", "人次", "元"]))
def test_a_number_reads_back_plain_and_with_separators(value: int, unit: str) -> None:
    for written in (f"{value}{unit}", f"{value:,}{unit}"):
        [found] = find_numerals(f"共{written}。", 1)
        assert (found.value, found.unit) == (value, unit)


@STEADY
@given(TEXTS)
def test_numerals_do_not_overlap_and_quote_their_text(text: str) -> None:
    folded = fold(text).text
    found = find_numerals(folded)
    assert all(left.token_end <= right.token_start for left, right in itertools.pairwise(found))
    assert all(folded[each.start : each.end] == each.text for each in found)
