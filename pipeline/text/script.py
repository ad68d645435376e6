"""Script: traditional characters told apart and mapped to simplified ones, one to one, so that places stay."""

from __future__ import annotations

from functools import cache

import opencc
import regex

_PAIRS = (
    "開开關关資资請请與与訟讼議议務务報报訊讯應应編编類类條条項项總总數数網网標标題题發发圖图機机構构領领導导實实區区縣县鎮镇"
    "鄉乡辦办會会計计劃划從从規规無无過过這这個个為为時时進进還还經经給给結结續续動动"
)
_TRADITIONAL = regex.compile(f"[{_PAIRS[0::2]}]")
_SIMPLIFIED = regex.compile(f"[{_PAIRS[1::2]}]")
_HAN = (0x4E00, 0x9FFF)
_TAIWAN = {
    "资讯": "信息",
    "谘询": "咨询",
    "入口网站": "门户网站",
    "答覆": "答复",
    "回覆": "回复",
    "释出": "发布",
    "稽核": "审核",
    "影片": "视频",
    "视讯": "视频",
    "冬粉": "粉丝",
    "透过": "通过",
    "网路": "网络",
    "简讯": "短信",
    "社群": "社区",
    "规范性档案": "规范性文件",
    "连结": "链接",
    "点选": "点击",
    "专案": "项目",
}


def is_traditional(text: str) -> bool:
    """Say whether the traditional forms of common characters outnumber the simplified ones."""
    if not _TRADITIONAL.search(text):
        return False
    return len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text))


def simplify(text: str) -> str:
    """Return ``text`` in simplified characters and mainland terms, each in the place of what it stands for."""
    text = text.translate(_simplified())
    for term, mainland in _TAIWAN.items():
        text = text.replace(term, mainland)
    return text


@cache
def _simplified() -> dict[int, str]:
    """Map each traditional character to its simplified form where that is one other character."""
    converter = opencc.OpenCC("t2s")
    codes = range(_HAN[0], _HAN[1] + 1)
    found = {code: converter.convert(chr(code)) for code in codes}
    return {code: form for code, form in found.items() if len(form) == 1 and form != chr(code)}
