"""Townships: which counties have one of a name, and its code where both authorities give the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|"
    "赫哲|门巴|珞巴|基诺|各|民"
)
_KIND = regex.compile(rf"(?:(?:{_PEOPLES})族)*(?:镇|乡|街道|苏木|地区|区公所)$")
_TITLE = regex.compile(
    r"(?P<name>\p{Han}{1,14}?(?:镇|乡|街道|苏木|地区(?=办事处|人民政府)))(?:人民政府|政府|办事处|党政办|办公室|党委)*"
)


class Township(NamedTuple):
    """A township of today: its county's code, its name, and its nine digits where both authorities give the same."""

    county: str
    name: str
    code: str | None


class Townships:
    """The townships by name; 乡 becomes 镇 over the years, so that namesakes are those with the same stem."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8") as stream:
            next(stream)
            self._by_stem = dict(line.rstrip("\n").split("\t") for line in stream)

    def namesakes(self, name: str) -> tuple[Township, ...]:
        """Return the townships with this name or, whatever their kind, with its stem."""
        short = stem(name)
        return tuple(_township(short, entry) for entry in self._by_stem.get(short, "").split())

    def named(self, name: str) -> tuple[Township, ...]:
        """Return the townships with exactly this name."""
        return tuple(each for each in self.namesakes(name) if each.name == name)

    def of_county(self, name: str, county: str) -> Township | None:
        """Return the township of the county with this name, else the only one with its stem, without a code."""
        here = [each for each in self.namesakes(name) if each.county == county]
        exact = next((each for each in here if each.name == name), None)
        if exact or len(here) != 1:
            return exact
        return here[0]._replace(code=None)

    def mentioned(self, text: str) -> Iterator[str]:
        """Yield the names of townships in the folded text, the longest where several end at one place."""
        for end in regex.finditer("[镇乡]|街道", text):
            for length in range(8, 1, -1):
                name = text[max(0, end.end() - length) : end.end()]
                if len(stem(name)) > 1 and self.named(name):
                    yield name
                    break


def stem(name: str) -> str:
    """Return the name without its kind and the peoples in it: ``兰西`` for ``兰西镇``."""
    short = _KIND.sub("", name)
    return short or name


def township_in(title: str) -> str | None:
    """Return the name of the township that ``title`` begins with and consists of, offices left aside; or null."""
    match = _TITLE.fullmatch(title)
    return match["name"] if match else None


def _township(short: str, entry: str) -> Township:
    county, kind, codes = entry.split(":")
    return Township(county, f"{short}{kind}", None if "/" in codes else f"{county}{codes}")
