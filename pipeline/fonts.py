"""Find a font that shows Chinese in matplotlib charts, or say that there is none, so that no chart shows boxes.

In: the fonts of this computer and of the extra ``fonts``. Out: the families to use, and for each label the Chinese
words where every sign of them can be drawn, else the English ones. matplotlib (extra ``notebooks``) loads on first use.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_LATIN = "DejaVu Sans"
_SAMPLE = frozenset("政府信息公开工作年度报告依申请复议诉讼")

# Family, and how the names of its files begin. The Japanese face is what old matplotlib sees of a collection.
_FAMILIES = (
    ("Noto Sans CJK SC", "notosanscjk"),
    ("Noto Sans SC", "notosanssc"),
    ("Source Han Sans SC", "sourcehansans"),
    ("Source Han Sans CN", "sourcehansans"),
    ("Microsoft YaHei", "msyh"),
    ("PingFang SC", "pingfang"),
    ("Hiragino Sans GB", "hiraginosansgb"),
    ("WenQuanYi Micro Hei", "wqymicrohei"),
    ("WenQuanYi Zen Hei", "wqyzenhei"),
    ("SimHei", "simhei"),
    ("Heiti SC", "stheiti"),
    ("STHeiti", "stheiti"),
    ("SimSun", "simsun"),
    ("Noto Serif CJK SC", "notoserifcjk"),
    ("LXGW WenKai", "lxgwwenkai"),
    ("Arial Unicode MS", "arialunicode"),
    ("Droid Sans Fallback", "droidsansfallback"),
    ("Noto Sans CJK JP", "notosanscjk"),
)
_FILES = tuple(beginning for _, beginning in _FAMILIES)

# The package of the extra `fonts` and the file in it: Noto Sans SC, SIL Open Font License 1.1.
_EXTRA_PACKAGE = "pylopdf_fonts_zh_cn"
_EXTRA_FILE = "NotoSansSC-Regular.otf"

_NOTICE = (
    "没有找到中文字体，图中的文字改用英文。请安装一种中文字体，或运行 pip install 'gongkai[fonts]'，再重新运行。\n"
    "No Chinese font was found: the charts are labelled in English. Install one, or run "
    "pip install 'gongkai[fonts]', then run this again."
)


@dataclass(frozen=True, slots=True)
class ChartFonts:
    """The families charts are drawn with, all of which exist, and the code points they have signs for.

    ``chinese`` is the family that shows Chinese, null where there is none; ``notice`` then says so in both languages.
    """

    families: tuple[str, ...]
    chinese: str | None
    signs: frozenset[int]
    notice: str | None = None

    def label(self, zh: str, en: str) -> str:
        """Return ``zh`` where every sign of it can be drawn, else ``en``."""
        return zh if all(ord(sign) in self.signs for sign in zh if sign != "\n") else en


def use_chinese_font() -> ChartFonts:
    """Return the fonts of the charts drawn from here on, and set matplotlib to use them.

    A font of the computer comes first, then that of the extra ``fonts``. Raises ``ImportError`` without matplotlib.
    """
    if find_spec("matplotlib") is None:
        raise ImportError("Charts need matplotlib, which is not installed: pip install 'gongkai[notebooks]'")
    from matplotlib import rcParams  # noqa: PLC0415 — an extra

    chinese = _known_family() or _family_in_new_files() or _family_of_extra()
    families = (_LATIN,) if chinese is None else (_LATIN, chinese)
    rcParams["font.family"] = list(families)
    signs = frozenset().union(*(_signs(family) for family in families))
    return ChartFonts(families, chinese, signs, _NOTICE if chinese is None else None)


def _known_family() -> str | None:
    """Return the first family that matplotlib knows and that really has Chinese signs."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 — an extra

    known = set(fontManager.get_font_names())
    return next((family for family, _ in _FAMILIES if family in known and _has_chinese(family)), None)


def _family_in_new_files() -> str | None:
    """Return a family from files put on this computer after matplotlib made its list of fonts."""
    from matplotlib.font_manager import findSystemFonts  # noqa: PLC0415 — an extra

    for path in sorted(findSystemFonts()):
        if Path(path).stem.lower().replace("-", "").replace("_", "").replace(" ", "").startswith(_FILES):
            _add(path)
    return _known_family()


def _family_of_extra() -> str | None:
    spec = find_spec(_EXTRA_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name(_EXTRA_FILE)
    if path.is_file():
        _add(str(path))
    return _known_family()


def _add(path: str) -> None:
    """Make the font in ``path`` known to matplotlib; a file that is no readable font is left out."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 — an extra

    with suppress(OSError, RuntimeError):
        fontManager.addfont(path)


def _has_chinese(family: str) -> bool:
    return {ord(sign) for sign in _SAMPLE} <= _signs(family)


def _signs(family: str) -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415 — an extra

    path = findfont(FontProperties(family=[family]), fallback_to_default=False)
    return frozenset(get_font(path).get_charmap())
