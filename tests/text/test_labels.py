from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.labels import find_label, label_key

KNOWN = {
    "本年新收政府信息公开申请数量": "received",
    "上年结转政府信息公开申请数量": "carried over",
    "其他法律行政法规禁止公开": "law",
    "予以公开": "granted",
    "其他": "other",
}


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（三） 不予公开", "不予公开"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ('3、危及"三安全一稳定"', "危及三安全一稳定"),
        ("(3)危及「三安全一稳定」", "危及三安全一稳定"),
        ("三、\n本年度\n办理结果", "本年度办理结果"),
        ("5.属于三类内部事务信息", "属于三类内部事务信息"),
        ("６．属于四类过程性信息", "属于四类过程性信息"),
        ("商 业\n企 业", "商业企业"),
        ("总　计", "总计"),
        ("本年增/减", "本年增减"),
        ("①予以公开", "予以公开"),
        ("", ""),
    ],
)
def test_the_key_is_what_the_label_says(printed: str, key: str) -> None:
    assert label_key(printed) == key


@settings(derandomize=True, deadline=None)
@given(st.text("（三）1.、 \u3000予以公开", max_size=20))
def test_a_key_stays_as_it_is(text: str) -> None:
    once = label_key(text)
    assert label_key(once) == once


def test_a_known_label_is_found() -> None:
    assert find_label("其他", KNOWN) == "other"
    assert find_label("另外", KNOWN) is None


def test_a_damaged_label_is_found_where_no_other_is_near() -> None:
    assert find_label("其他法律行政法禁止公开", KNOWN) == "law"
    assert find_label("本年受理政府信息公开申请数量", KNOWN) is None


def test_short_labels_must_be_exact() -> None:
    assert find_label("不予公开", KNOWN) is None
    assert find_label("其它", KNOWN) is None


def test_added_words_make_another_label() -> None:
    assert find_label("本年新收政府信息公开申请数量含上年结转", KNOWN) is None
