from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.shingles import likeness, numerals, shingles, signature

TEXT = "全县各级行政机关认真贯彻执行政府信息公开条例，主动公开政府信息一千二百条，依法答复申请。"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E80), max_size=200)


def test_numbers_and_punctuation_make_no_difference() -> None:
    assert np.array_equal(shingles("主动公开政府信息30条，"), shingles("主动公开 政府信息 2,500 条"))


def test_a_text_too_short_has_no_shingle() -> None:
    assert shingles("公开信息").size == 0
    assert signature(shingles("")).size == 0
    assert likeness(shingles(""), shingles("")) == 0.0


@given(HAN, HAN)
def test_likeness_is_that_of_the_sets_of_runs(one: str, other: str) -> None:
    sets = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    union = len(sets[0] | sets[1])
    exact = len(sets[0] & sets[1]) / union if union else 0.0
    assert likeness(shingles(one), shingles(other)) == pytest.approx(exact)


def test_likeness_of_long_texts_is_estimated_to_a_few_hundredths() -> None:
    characters = [chr(0x4E00 + number) for number in range(8000)]
    one, other = "".join(characters[:6000]), "".join(characters[2000:])
    assert likeness(shingles(one), shingles(other)) == pytest.approx(0.5, abs=0.04)


def test_signatures_agree_as_often_as_texts_are_alike() -> None:
    characters = [chr(0x4E00 + number) for number in range(1500)]
    one, other = shingles("".join(characters[:1200])), shingles("".join(characters[300:]))
    share = float(np.mean(signature(one) == signature(other)))
    assert share == pytest.approx(likeness(one, other), abs=0.15)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert shingles(TEXT)[:2].tolist() == [40388393, 45851571]
    assert signature(shingles(TEXT))[:2].tolist() == [35275136, 119340549]


def test_numerals_are_told_apart_by_value_and_how_often_they_stand() -> None:
    assert np.array_equal(numerals("公开30条，收到3件"), numerals("3件收到，30条"))
    assert not np.array_equal(numerals("公开30条"), numerals("公开31条"))
    assert not np.array_equal(numerals("3和3"), numerals("3"))
