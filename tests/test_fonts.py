"""Charts show Chinese where a font has it, and English where none has: never boxes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from matplotlib import font_manager, rcParams

from pipeline import fonts
from pipeline.fonts import use_chinese_font
from tests.notebooks.typeface import bare_computer, write_font

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from bare_computer(monkeypatch)


def install(monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [str(file) for file in files])


def test_without_a_chinese_font_labels_are_english_and_the_notice_tells_how_to_get_one() -> None:
    found = use_chinese_font()
    assert (found.chinese, found.families) == (None, ("DejaVu Sans",))
    assert rcParams["font.family"] == ["DejaVu Sans"]
    assert found.label("申请", "Requests") == "Requests"
    assert found.label("2021", "year") == "2021"
    assert "没有找到中文字体" in str(found.notice)
    assert "pip install 'gongkai[fonts]'" in str(found.notice)


def test_a_font_installed_after_matplotlib_listed_its_fonts_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, write_font(tmp_path / "wqy-microhei.ttf", "WenQuanYi Micro Hei"))
    found = use_chinese_font()
    assert (found.chinese, found.notice) == ("WenQuanYi Micro Hei", None)
    assert rcParams["font.family"] == ["DejaVu Sans", "WenQuanYi Micro Hei"]
    assert found.label("申请（件）", "Requests") == "申请（件）"


def test_only_families_that_exist_are_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, write_font(tmp_path / "simhei.ttf", "SimHei"))
    assert set(use_chinese_font().families) <= set(font_manager.fontManager.get_font_names())


def test_a_known_font_comes_before_the_search_of_the_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    font_manager.fontManager.addfont(write_font(tmp_path / "SimSun.ttf", "SimSun"))
    install(monkeypatch, write_font(tmp_path / "msyh.ttf", "Microsoft YaHei"))
    assert use_chinese_font().chinese == "SimSun"


def test_the_font_of_the_extra_is_used_where_the_computer_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "packaged_font"
    write_font(package / fonts._EXTRA_FILE, "Noto Sans SC")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(fonts, "_EXTRA_PACKAGE", "packaged_font")
    assert use_chinese_font().chinese == "Noto Sans SC"
    install(monkeypatch, write_font(tmp_path / "wqy-zenhei.ttf", "WenQuanYi Zen Hei"))
    font_manager.fontManager.ttflist = [entry for entry in font_manager.fontManager.ttflist if "SC" not in entry.name]
    assert use_chinese_font().chinese == "WenQuanYi Zen Hei"


def test_a_family_without_chinese_signs_and_a_broken_file_are_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "PingFang.ttc"
    broken.write_bytes(b"no font")
    install(monkeypatch, broken, write_font(tmp_path / "NotoSansSC-Regular.ttf", "Noto Sans SC", tuple(range(32, 127))))
    assert use_chinese_font().chinese is None


def test_a_label_with_a_sign_that_the_font_lacks_is_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(monkeypatch, write_font(tmp_path / "simhei.ttf", "SimHei"))
    found = use_chinese_font()
    assert found.label("浉河区\n申请", "body 1") == "浉河区\n申请"
    assert found.label("𬇙水镇", "body 1") == "body 1"


def test_the_package_of_the_extra_carries_the_font() -> None:
    package = "pylopdf_fonts_zh_cn"
    if importlib.util.find_spec(package) is None:
        pytest.skip("the extra fonts is not installed: pip install '.[fonts]'")
    fonts._EXTRA_PACKAGE = package
    found = use_chinese_font()
    assert found.chinese == "Noto Sans SC"
    assert found.label("浉河区−5", "body 1") == "浉河区−5"


def test_the_package_loads_without_matplotlib_and_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; from pipeline.fonts import use_chinese_font\n"
        "try: use_chinese_font()\nexcept ImportError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Charts need matplotlib, which is not installed: pip install 'gongkai[notebooks]'\n"
