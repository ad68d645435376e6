"""Numerals: ``2,532条``, ``1.2万元``, ``二千五百三十二件``, ``200余条`` with value, unit and qualifier.

All functions work on folded text. A multiplier before a counter is part of the value (``600余万次`` is 6,000,000 次);
the money units 万元 and 亿元 stay units, as printed. Figures that spaces part before a unit are one numeral; it has a
value
- where a space stands before every three figures (``12 480条``) or between all (``1 1 2条``), as long as the text
  prints no such number in one piece;
- where the last begin with zero, as no number of its own does (``2 074条``);
- where a comma before three figures proves that they belong together (``8,9 36条``), and then in all of the text;
- in a text that is ``spaced``, whose spaces mean nothing.
Else it has none (``3 26件``), nor has what is told in rough (``几十条``).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline.model import Qualifier

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "O": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_MULTIPLIERS = {**_SCALES, **_MYRIADS, "": 1, "万亿": 1_000_000_000_000}
MONEY, BASE_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}, "元"
COUNTERS = (
    "余?个?百分点|人次|人天|批次|场次|件次|条次|户次|家次|亿元|万元|元|条|件|项|则|篇|份|个|宗|起|次|期|场|人|名|位|处|部|册|封|家|户|幅|张|块|种|"
    "类|台|组(?!织)|本|卷|套|辆|面|支|批|例|桩|笔|号|岁|年|月|日|天|小时|分钟|工作日|平方公里|平方米|公里|米|亩|吨|倍|成|字|页|级|时|届|轮|点|楼|室|层|"
    "通(?![知报过道信常用行])|节(?![约能目日点水省庆气])|栋|幢|省|市|县|区|乡|镇|村|所|院|校|步|大|%|‰"
)
_BEFORE = {
    "约": Qualifier.APPROX,
    "近": Qualifier.APPROX,
    "将近": Qualifier.APPROX,
    "接近": Qualifier.APPROX,
    "大约": Qualifier.APPROX,
    "超": Qualifier.MORE_THAN,
    "超过": Qualifier.MORE_THAN,
    "逾": Qualifier.MORE_THAN,
    "至少": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "不足": Qualifier.AT_MOST,
    "不超过": Qualifier.AT_MOST,
}
_AFTER = {
    "余": Qualifier.MORE_THAN,
    "多": Qualifier.MORE_THAN,
    "来": Qualifier.APPROX,
    "左右": Qualifier.APPROX,
    "上下": Qualifier.APPROX,
    "以上": Qualifier.AT_LEAST,
    "以内": Qualifier.AT_MOST,
    "以下": Qualifier.AT_MOST,
}
_THREE = r"[0-9](?:\ ?[0-9]){2}"
_COUNTED = rf"(?=(?:\.[0-9]+)?[余多]?[万亿]?(?![%‰])(?:{COUNTERS}))"
_TOKEN = regex.compile(
    rf"""
    (?P<before>将近|接近|大约|超过|至少|不少于|不超过|不足|约|近|逾|超)?
    (?P<sign>(?<![0-9A-Za-z\p{{Han}})])-)?
    (?:
      (?P<mixed>(?<![0-9.,])[0-9]{{1,4}}(?:万(?:[0-9]{{4}}|[0-9]千(?:[0-9]百)?)|千[0-9]百))
      (?P<xmore>余|多)?(?P<xunit>{COUNTERS})
    |
      (?P<arabic>(?:
        (?<![0-9.,]\ ?)[1-9](?:\ ?[0-9]){{0,2}}(?:\ ?,{_THREE})+{_COUNTED}
        |(?<![0-9.,]\ ?)[1-9][0-9]{{0,2}}(?:\ (?!0\.)[0-9]{{1,3}})+{_COUNTED}
        |(?<=\p{{Han}})[0-9]{{1,4}}(?:\ \.\ ?|\.\ )[0-9]{{1,2}}(?=[万亿%])
        |[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+
      )(?:\.[0-9]+)?)
      (?P<more>余|多|来)?(?P<multiplier>万亿|万|亿|千|百)?(?P<more2>余|多)?
      (?P<unit>{COUNTERS})?
    |
      (?P<han>(?:几|(?<![息文件条人总次量份期篇项个户额申请计])数)[十百千万]|[一二三四五六七八九]?[十百]几|[零〇○一二三四五六七八九十两][零〇○一二三四五六七八九十百千万亿两]{{0,11}}|[百千](?=[余多])
        |(?:[壹贰叁肆柒捌玖]|(?<![队退入行大登内])[伍陆拾](?!人员))[壹贰叁肆伍陆柒捌玖拾佰仟零〇万]{{0,11}})
      (?P<hmore>余|多)?(?P<hmultiplier>万|亿)?
      (?P<hunit>{COUNTERS})
    )
    (?:\((?P<alternative>条|件|项|则|篇|份|个|次|宗|起)\))?
    (?P<after>左右|上下|以上|以内|以下|多(?=[,;。、:)]|$))?
    """,
    regex.VERBOSE,
)
_WHOLE = rf"(?<![0-9.,]\ ?){{}}(?!年)(?:余|多)?(?:{COUNTERS})"
_PARTED = (
    (regex.compile(r"[0-9]{1,3}(?: [0-9]{3})+"), regex.compile(_WHOLE.format("[0-9]{4,}"))),
    (regex.compile(r"[0-9](?: [0-9])+"), regex.compile(_WHOLE.format("[0-9]{2,}"))),
)
_THOUSANDS = regex.compile(rf"(?<![0-9.,]\ ?)[1-9][0-9]{{0,2}}(?:\ ?,{_THREE})+(?![ ,]*[0-9])")
_THOUSANDS_PARTED = regex.compile(rf"(?={_THOUSANDS.pattern})[0-9,]*\ ")
_THOUSANDS_BY_SPACES = regex.compile(rf"(?<=\p{{Han}})[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+(?:余|多)?(?:{COUNTERS})")
_NO_NUMBER_OF_ITS_OWN = regex.compile(r"[0-9]{1,3}(?: [0-9]{1,3})*? 0[0-9]{1,2}(?: [0-9]{1,3})*")
_FIGURES_APART = regex.compile("[0-9] [0-9]")
_SINGLE_FIGURES = regex.compile(rf"(?<![0-9.,]\ ?)[1-9](?:\ [0-9]){{2,}}(?:{COUNTERS})")
_FIGURES_AND_SCALE = regex.compile("([0-9]+)([万千百]?)")
_DECIMAL = regex.compile(r"[0-9]+ ?\. ?[0-9]+")
_TENS = ("十", "百", "千", "万")
_ONE_OR_THE_OTHER, _LONGEST_NUMBER = 2, 16
_RANGE_GOES_ON = regex.compile(rf"[至到~—－-][0-9]+(?:\.[0-9]+)?[万千百]?(?:{COUNTERS})")
_RANGE_BEGAN = regex.compile(rf"(?<![0-9.])[0-9]+(?:\.[0-9]+)?[万千百]?(?:{COUNTERS})?[至到~—－-]$")
_NUMBERED = regex.compile("(?<=[月第表图号]|附件)")


@dataclass(frozen=True, slots=True)
class FoundNumeral:
    """A numeral in a folded text: ``start`` to ``end`` are the figures, ``token_*`` take in qualifier and unit."""

    start: int
    end: int
    token_start: int
    token_end: int
    text: str
    value: float | None
    unit: str | None
    qualifier: Qualifier


def parse_chinese(text: str) -> int | None:
    """Return the value of a Chinese numeral (``二千五百三十二``, ``贰仟``, ``二〇一八``), or null where it is none.

    Two figures side by side are one or the other: ``两三件``, ``八九次``.
    """
    text = text.translate(_FORMAL)
    if not text:
        return None
    if all(c in DIGITS for c in text):
        if len(text) == _ONE_OR_THE_OTHER and 0 not in (DIGITS[c] for c in text):
            return None
        return int("".join(str(DIGITS[c]) for c in text))
    total = group = 0
    digit: int | None = None
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in _SCALES:
            group += (1 if digit is None else digit) * _SCALES[c]
            digit = None
        elif c in _MYRIADS:
            total = (total + group + (digit or 0)) * _MYRIADS[c]
            group, digit = 0, None
        else:
            return None
    return total + group + (digit or 0) if _well_formed(text) else None


def _well_formed(text: str) -> bool:
    """Say whether the scales between two myriads fall and no last digit is left open: ``一百五`` may be 105 or 150."""
    if text[0] in _MYRIADS or regex.search("[百千万亿][一二三四五六七八九两]$", text):
        return False
    for group in regex.split("[万亿]", text):
        scales = [_SCALES[c] for c in group if c in _SCALES]
        if any(left <= right for left, right in pairwise(scales)):
            return False
    return True


def find_numerals(text: str, start: int = 0, end: int | None = None, *, spaced: bool = False) -> list[FoundNumeral]:
    """Return the numerals of the folded ``text`` between ``start`` and ``end`` in reading order."""
    matches = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [_found(match, spaced=spaced) for match in matches]


def has_parted_figures(text: str) -> bool:
    """Tell whether spaces stand between figures in the folded ``text``, so that it matters what they mean."""
    return _FIGURES_APART.search(text) is not None


def parts_figures(text: str) -> bool:
    """Tell whether spaces part the figures of one number in the folded ``text``: ``9 8 7 0户``, ``8,9 36条``."""
    return _SINGLE_FIGURES.search(text) is not None or _THOUSANDS_PARTED.search(text) is not None


def thousands_parted(text: str) -> int:
    """Return how often a space stands before each three figures of a number that is counted: ``公开1 204件``."""
    return len(_THOUSANDS_BY_SPACES.findall(text))


def _joined(match: regex.Match[str], *, spaced: bool) -> float | None:
    """Return the number whose figures spaces part, null where they may be several."""
    if _NUMBERED.match(match.string, match.start()):
        return None
    figures = match["arabic"]
    if (
        spaced
        or any(proof.fullmatch(figures) for proof in (_DECIMAL, _THOUSANDS, _NO_NUMBER_OF_ITS_OWN))
        or _THOUSANDS_PARTED.search(match.string)
        or any(way.fullmatch(figures) and not whole.search(match.string) for way, whole in _PARTED)
    ):
        return float(regex.sub("[ ,]", "", match["arabic"]))
    return None


def _mixed(text: str) -> float:
    """Return the number that figures and scales together tell: ``1万2千``, ``2千2百``, ``1万2345``."""
    parts = _FIGURES_AND_SCALE.findall(text)
    return float(sum(int(figures) * _MULTIPLIERS[scale] for figures, scale in parts))


def _of_a_range(match: regex.Match[str], figures: str) -> bool:
    """Tell whether the number is one end of a range (``10至15件``, ``3件到5件``), or all that is left of ``数十件``."""
    before = match.string[max(match.start() - _LONGEST_NUMBER, 0) : match.start()]
    if _RANGE_GOES_ON.match(match.string, match.end()) or _RANGE_BEGAN.search(before):
        return True
    return match[figures] in _TENS and before.endswith("数")


def _found(match: regex.Match[str], *, spaced: bool) -> FoundNumeral:
    number: float | None
    if match["mixed"] is not None:
        number, figures, multiplier, unit = _mixed(match["mixed"]), "mixed", "", match["xunit"]
        more = match["xmore"]
        end = match.end("mixed")
    elif match["arabic"] is not None:
        number = _joined(match, spaced=spaced) if " " in match["arabic"] else float(match["arabic"].replace(",", ""))
        figures, multiplier, unit = "arabic", match["multiplier"] or "", match["unit"]
        more = match["more"] or match["more2"]
        end = match.end("multiplier") if multiplier else match.end("arabic")
    else:
        number = parse_chinese(match["han"])
        figures, multiplier, unit = "han", match["hmultiplier"] or "", match["hunit"]
        more = match["hmore"]
        end = match.end("hmultiplier") if multiplier else match.end("han")
    if _of_a_range(match, figures):
        number = None
    value = None if number is None else round(number * _MULTIPLIERS[multiplier], 6)
    if unit == "成" and value is not None:
        value, unit = value * 10, "%"
    if unit == "元" and multiplier in ("万", "亿"):
        value, unit = number, multiplier + "元"
    if match["sign"] and value is not None:
        value = -value
    start = match.start("sign") if match["sign"] else match.start(figures)
    qualifier = _AFTER.get(more or match["after"] or "") or _BEFORE.get(match["before"] or "", Qualifier.EXACT)
    return FoundNumeral(start, end, match.start(), match.end(), match.string[start:end], value, unit, qualifier)
