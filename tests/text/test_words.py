import tempfile
from pathlib import Path

import pytest

from pipeline.text.script import is_traditional
from pipeline.text.words import part_a_word, spaces_part_words, words


def test_cuts_words_and_writes_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert words("行政复议和行政诉讼") == ["行政复议", "和", "行政诉讼"]
    assert list(tmp_path.iterdir()) == []


def test_a_word_that_begins_on_the_left_and_ends_on_the_right_is_parted() -> None:
    assert part_a_word("全部依法予", "以公开")
    assert not part_a_word("全部依法", "予以公开")
    assert not part_a_word("", "予以公开")
    assert not part_a_word("全部依法", "")


def test_spaces_within_words_are_told_from_those_between() -> None:
    assert spaces_part_words("公开政府信 息 12 条")
    assert spaces_part_words("公开政府信\u3000息")
    assert not spaces_part_words("公开 政府信息 12 条")
    assert not spaces_part_words("公开政府信\n息 12 条")


def test_tells_traditional_from_simplified() -> None:
    assert is_traditional("政府信息公開工作年度報告,收到申請三件")
    assert not is_traditional("政府信息公开工作年度报告,收到申请三件")
    assert not is_traditional("2016")
