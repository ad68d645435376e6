from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three small reports, one of them in a subfolder."""
    folder = tmp_path / "corpus"
    (folder / "2021").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "2021/b.txt", "c.txt"), start=2):
        text = (
            f"云溪县人民政府202{number}年政府信息公开工作年度报告\n\n一、主动公开政府信息情况\n\n"
            f"202{number}年，全县主动公开政府信息{number}312条。\n"
        )
        (folder / name).write_text(text, encoding="utf-8")
    return folder
