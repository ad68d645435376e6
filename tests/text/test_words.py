import tempfile
from pathlib import Path

import pytest

from pipeline.text.script import is_traditional
from pipeline.text.words import words


def test_cuts_words_and_writes_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert words("行政复议和行政诉讼") == ["行政复议", "和", "行政诉讼"]
    assert list(tmp_path.iterdir()) == []


def test_tells_traditional_from_simplified() -> None:
    assert is_traditional("政府信息公開工作年度報告,收到申請三件")
    assert not is_traditional("政府信息公开工作年度报告,收到申请三件")
    assert not is_traditional("2016")
