"""Bytes to text: ``D5 FE B8 AE`` is 政府 in GB 18030, whatever the file calls its encoding.

The ladder: byte order mark, strict UTF-8, the zeros of UTF-16, the declared label, then whichever of GB 18030 and
Big5 gives common characters, and as the last resort a decoding with replaced characters, which are counted.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_FAMILIES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_REPLACEMENT = "�"
_SAMPLE = 20_000
_PLAUSIBLE = 0.7
_RECOVERED = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file: ``replaced`` characters are lost, ``contradicted`` is the declared label if the bytes deny it."""

    text: str
    encoding: str
    replaced: int = 0
    contradicted: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``data``; ``declared`` is the encoding that the file itself or its server names."""
    family = _FAMILIES.get((declared or "").strip().lower())
    text, encoding = _decode(data, family)
    contradicts = family is not None and encoding.removesuffix("-sig") != family and not data.isascii()
    return Decoded(text, encoding, text.count(_REPLACEMENT), declared if contradicts else None)


def is_double_encoded(text: str) -> bool:
    """Tell whether the text was UTF-8 once and was read as GB 18030 before it got here: 鏀垮簻 for 政府."""
    sample = "".join(character for character in text if character > "\x7f")[:_SAMPLE]
    recovered = sample.encode("gb18030", errors="ignore").decode("utf-8", errors="ignore")
    return sum(map(_is_common, recovered)) > _RECOVERED * len(sample)


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    if (text := _strict(data, "utf-8")) is not None and "\0" not in text:
        return text, "utf-8"
    if (wide := _wide_encoding(data)) is not None and (text := _strict(data, wide)) is not None:
        return text, wide
    if declared is not None and (text := _strict(data, declared)) is not None and _commonness(text) >= _PLAUSIBLE:
        return text, declared
    strict = [(text, name) for name in ("gb18030", "big5hkscs") if (text := _strict(data, name)) is not None]
    lossy = [(data.decode(name, errors="replace"), name) for name in ("utf-8", "gb18030", "big5hkscs")]
    text, encoding = max(strict or lossy, key=lambda candidate: _commonness(candidate[0]))
    if strict and _commonness(text) < _PLAUSIBLE:
        return max([(text, encoding), *lossy], key=lambda candidate: _commonness(candidate[0]))
    return text, encoding


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 whose digits, spaces and line ends would leave their zero bytes where ``data`` has them."""
    high_first, low_first = data[0::2].count(0), data[1::2].count(0)
    fewest = max(1, len(data) // 200)
    if high_first >= fewest and high_first > 8 * low_first:
        return "utf-16-be"
    if low_first >= fewest and low_first > 8 * high_first:
        return "utf-16-le"
    return None


def _commonness(text: str) -> float:
    """Return the share of common characters among those beyond ASCII, between 0 and 1."""
    foreign = [character for character in text[:_SAMPLE] if character > "\x7f"]
    return sum(map(_is_common, foreign)) / len(foreign) if foreign else 1.0


@cache
def _is_common(character: str) -> bool:
    """Tell whether one of the two Chinese standards counts the character as common, or it is CJK punctuation."""
    if character in "“”‘’…—·×" or "\u3000" <= character <= "\u3017" or "\uff01" <= character <= "\uff5e":
        return True
    simplified = character.encode("gb2312", errors="ignore")
    traditional = character.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"
