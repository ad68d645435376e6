"""Fonts made for tests, and a computer that has no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

CHINESE = (*range(0x3000, 0x3040), *range(0x4E00, 0xA000), *range(0xFF00, 0xFF60))


def write_font(path: Path, family: str, signs: tuple[int, ...] = CHINESE) -> Path:
    """Write a font of the family in which each of the code points is a square; return its path."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(dict.fromkeys(signs, "square"))
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def bare_computer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While the generator stands, matplotlib knows its own fonts only, and the extra ``fonts`` is not installed."""
    manager = font_manager.fontManager
    own = [entry for entry in manager.ttflist if entry.name.startswith("DejaVu")]
    with mpl.rc_context(), monkeypatch.context() as patch:
        patch.setattr(manager, "ttflist", own)
        patch.setattr(font_manager, "findSystemFonts", list)
        patch.setattr("pipeline.fonts._EXTRA_PACKAGE", "package_that_nobody_installed")
        manager._findfont_cached.cache_clear()
        yield
    manager._findfont_cached.cache_clear()
