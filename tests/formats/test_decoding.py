from __future__ import annotations

import pytest

from pipeline.formats.decode import decode, is_double_encoded

SIMPLIFIED = "青萝县人民政府2022年主动公开政府信息3817条，受理申请23件。\n"
TRADITIONAL = "青蘿縣政府2022年主動公開政府資訊3817條，受理申請23件。\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("plain 2022", "ascii", "utf-8"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "x-unknown"])
def test_the_bytes_win_over_the_label(text: str, codec: str, encoding: str, declared: str | None) -> None:
    decoded = decode(text.encode(codec), declared)
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


@pytest.mark.parametrize(
    ("codec", "declared", "contradicted"),
    [
        ("gb18030", "utf-8", "utf-8"),
        ("utf-8", "gb2312", "gb2312"),
        ("gb18030", "gb2312", None),
        ("utf-8", "utf-8", None),
    ],
)
def test_a_wrong_label_is_told(codec: str, declared: str, contradicted: str | None) -> None:
    assert decode(SIMPLIFIED.encode(codec), declared).contradicted == contradicted


def test_a_rare_name_needs_no_more_than_its_label() -> None:
    text = "局长：朱镕、刘㛃，全年公开信息12条。"
    decoded = decode(text.encode("gb18030"), "gb2312")
    assert (decoded.text, decoded.contradicted) == (text, None)


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_broken_bytes_are_counted(codec: str) -> None:
    data = (SIMPLIFIED * 5).encode(codec)
    decoded = decode(data + b"\xff" + (SIMPLIFIED * 5).encode(codec))
    assert decoded.encoding == codec
    assert decoded.replaced == 1
    assert decoded.text.replace("�", "") == SIMPLIFIED * 10


def test_a_text_that_is_cut_within_a_character_loses_only_that() -> None:
    decoded = decode((SIMPLIFIED * 3).encode()[:-3])
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)


def test_characters_lost_before_are_counted_too() -> None:
    assert decode("公开�条".encode()).replaced == 1


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "2022", "“公开”30条", "镕㛃堃喆"])
def test_sound_text_is_not_taken_for_garbled(text: str) -> None:
    assert not is_double_encoded(text)


def test_text_that_was_garbled_before_is_recognised() -> None:
    assert is_double_encoded((SIMPLIFIED * 3).encode().decode("gb18030", errors="replace"))
