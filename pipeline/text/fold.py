"""Folding: the text as the rules see it, with the way back to the text as printed.

``共 公 开　２，５３２ 条`` becomes ``共公开2,532条``; every folded position leads back to the printed one.
Width and script are mapped by explicit tables, one character to one: general normal forms would turn ``25³条`` (a
note mark) into ``253条``. Dropped are note marks between a number and its unit, the pinyin that some mirrors put behind
characters (``政(zhèng)府``), the end of a line within the figures of a number, the spaces within those of a date, and
what marks the items of a list that are printed below each other (``——规划类12条；``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.text.dates import without_parted_dates
from pipeline.text.script import is_traditional, simplify

_RADICALS = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾"
    "干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生"
    "用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷"
    "豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻"
    "黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)
_KANGXI = {0x2F00 + number: character for number, character in enumerate(_RADICALS)}
_WIDTH: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009, 0x000A, 0x000D, 0x000B, 0x000C), " "),
    **dict.fromkeys((0x2212, 0xFE63), "-"),
    0xFE52: ".",
    0xFE50: ",",
    0xFE55: ":",
    **dict.fromkeys(map(ord, "「『"), "“"),
    **dict.fromkeys(map(ord, "」』"), "”"),
    **_KANGXI,
}
_NEEDS_WIDTH = regex.compile("[" + "".join(regex.escape(chr(code)) for code in _WIDTH) + "]")
_HAN = r"\p{Han}〇、。《》〈〉「」『』【】〔〕“”‘’…—·"
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouüvāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,4}(?:ng|n|r)?"
_EMPTY = r"\u00ad\u200b-\u200f\u2060\ufeff"
_DIGIT = "[0-9０-９]"
_BREAK_IN_FIGURES = regex.compile(
    rf"(?<=\p{{Han}} ?(?:{_DIGIT}{{1,3}},)?{_DIGIT}{{1,3}},?)\n(?={_DIGIT}{{1,3}}(?:余|多|万|亿)?\p{{Han}})"
)
_SINGLE_FIGURES = regex.compile(
    r"(?<![0-9.,])(?<![0-9] )[0-9](?:(?: {1,2}[0-9])+(?: ?\.(?: ?[0-9])+)?| ?\. ?[0-9](?: ?[0-9])*)"
    r"(?![0-9.])(?: (?=[%‰]))?"
)
_MOST_KEPT = 2048
_NO_WIDTH = "\u200b"
_FULL_STOP = regex.compile(r"(?<=\p{Han})(?<![一二三四五六七八九十])\.(?= *(?:\p{Han}|$))")
_QUOTED = regex.compile(r'"([^"]{0,60})"')
_QUOTED_WITH_ONE_MARK = {
    "“": regex.compile("“([^“,;。]{1,24})“"),
    "”": regex.compile("”([^”,;。]{1,24})”"),
}
_BULLET = rf"(?:^|(?<=[;。:]))[ {_EMPTY}]*[—–·•●◆■▪►➢★☆*]{{1,2}}[ {_EMPTY}]*(?=[\p{{Han}}“《])"
_NOTE_MARK = r"(?<=[0-9])(?:[¹²³⁴-⁹]|\[[¹²³⁴-⁹]\]){1,2}(?=\p{Han})"
_DROPPED = regex.compile(
    rf"{_BULLET}|(?<=\p{{Han}})\({_SYLLABLE}\)"
    rf"|(?<=[{_HAN}])[ {_EMPTY}]+|[ {_EMPTY}]+(?=[{_HAN}])|^[ {_EMPTY}]+|[ {_EMPTY}]+$"
    rf"|(?<= )[ {_EMPTY}]+|[{_EMPTY}]+|{_NOTE_MARK}"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``cuts`` are the folded positions behind which characters were dropped, ``dropped`` how many."""

    text: str
    cuts: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()

    def position(self, index: int) -> int:
        """Return the printed position of the folded character at ``index``."""
        at = bisect_right(self.cuts, index)
        return index + (self.dropped[at - 1] if at else 0)

    def index(self, position: int) -> int:
        """Return the first folded index whose printed position is at or behind ``position``."""
        return bisect_left(range(len(self.text)), position, key=self.position)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the printed span of the folded span; an empty one stays empty."""
        first = self.position(start)
        return first, (self.position(end - 1) + 1 if end > start else first)


@lru_cache(maxsize=_MOST_KEPT)
def fold(text: str, *, traditional: bool = False, spaced: bool = False) -> Folded:
    """Return ``text`` with width, script, quotes and stops folded, without the spaces that touch a Chinese character.

    Text is simplified where its own characters are traditional, or where it is part of a ``traditional`` one; single
    figures are put together where it is part of a ``spaced`` one, whose spaces mean nothing.
    """
    if "\n" in text:
        text = _BREAK_IN_FIGURES.sub(_NO_WIDTH, text)
    if _NEEDS_WIDTH.search(text):
        text = text.translate(_WIDTH)
    text = without_parted_dates(text)
    if spaced:
        text = _SINGLE_FIGURES.sub(lambda found: found[0].replace(" ", _NO_WIDTH), text)
    if "." in text:
        text = _FULL_STOP.sub("。", text)
    text = _with_quotes_told_apart(text)
    if traditional or is_traditional(text):
        text = simplify(text)
    kept: list[str] = []
    cuts: list[int] = []
    dropped: list[int] = []
    last = length = total = 0
    for match in _DROPPED.finditer(text):
        kept.append(text[last : match.start()])
        length += match.start() - last
        total += match.end() - match.start()
        last = match.end()
        if cuts and cuts[-1] == length:
            dropped[-1] = total
        else:
            cuts.append(length)
            dropped.append(total)
    if not cuts:
        return Folded(text)
    kept.append(text[last:])
    return Folded("".join(kept), tuple(cuts), tuple(dropped))


def _with_quotes_told_apart(text: str) -> str:
    """Return the text with ``“…”`` where one mark opens and closes alike: ``"岚汀发布"``, ``”岚汀发布”``."""
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text)
    for mark, other in ("“", "”"), ("”", "“"):
        if mark in text and other not in text:
            text = _QUOTED_WITH_ONE_MARK[mark].sub(r"“\1”", text)
    return text
