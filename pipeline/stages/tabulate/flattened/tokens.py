"""What stands in the stream: labels of the form, values, borders, and other words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.stages.tabulate.flattened.stream import CELL, LINE
from pipeline.stages.tabulate.headers import column_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.rulebook.forms import FormTable


class Kind(StrEnum):
    """What a token is. A ``mark`` is numbering, a page number or punctuation between labels, and means nothing."""

    LABEL = "label"
    VALUE = "value"
    UNIT = "unit"
    CELL = "cell"
    LINE = "line"
    MARK = "mark"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the stream; ``key`` is the label key of a label. A value may be those of several cells.

    The key of a value is the digit behind it that numbers the next label, if there is one.
    """

    kind: Kind
    start: int
    end: int
    key: str = ""


_DASH = r"\-–—─"
_NUMERAL = "[一二三四五六七八九十]"
_BETWEEN = rf"""
    (?P<cell>\x1f) | (?P<line>\n)
    | (?P<mark>
        其中:? | \({_NUMERAL}{{1,3}}\) | {_NUMERAL}{{1,3}}[、.] | \([0-9]{{1,2}}\) | [①-⑳]
        | (?<=\n)\ *(?:[{_DASH}]+\ ?[0-9]{{1,4}}\ ?[{_DASH}]+|第\ ?[0-9]+\ ?页(?:\ ?[,/]?\ ?共\ ?[0-9]+\ ?页)?)\ *(?=\n)
      )
    | (?P<value>
        [0-9/\\+{_DASH}*][0-9.,/\\+{_DASH}*]*(?:UNITS)?(?:(?!\({_NUMERAL}{{1,3}}\))\([^()]*\p{{Han}}[^()]*\))?
        | (?<=\x1f)\ *(?:无|不适用|暂无|零|见附件|详见附件|XX?X?)\ *(?=[\x1f\n])
      )
    | (?P<unit>(?:UNITS)(?!\p{{Han}}))
    | (?P<words>(?:(?!{_NUMERAL}{{1,3}}、)[\p{{L}}\p{{N}}--[0-9]])+)
    | (?P<other>[^\x1f\n])
"""
_NUMBERED_NEXT = regex.compile(r"[.、]\s*(?:[“\"《(]{0,2}\p{Han}|$)")
_TRAILING = ".,"
_ORDINAL = regex.compile(r"0?[1-9]|[1-9][0-9]")
_FEWEST_STEPS = 4
_MOST_COUNT = 0.7
_TWO_DIGITS = regex.compile(r"[1-9][0-9]")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    labels: regex.Pattern[str]
    between: regex.Pattern[str]


def tokens(text: str, tables: tuple[FormTable, ...]) -> list[Token]:
    """Return the tokens of the stream ``text`` in order; labels are those of ``tables``, however they are spaced."""
    lexicon = _lexicon(tables)
    found: list[Token] = []
    last = 0
    for start, end, key in _labels(text, lexicon.labels):
        found.extend(_between(text, last, start, lexicon.between))
        found.append(Token(Kind.LABEL, start, end, key))
        last = end
    found.extend(_between(text, last, len(text), lexicon.between))
    return found


@lru_cache(maxsize=32)
def _lexicon(tables: tuple[FormTable, ...]) -> _Lexicon:
    keys: set[str] = set()
    units: set[str] = set()
    for table in tables:
        keys.update(table.unit_columns)
        for panel in table.panels:
            keys.update(panel.row_labels, panel.leaf_labels, panel.group_labels, panel.row_groups)
            keys.update(key for column in panel.columns for key in column.weak_keys)
            units.update(panel.units)
    between = _BETWEEN.replace("UNITS", _any_of(units) or "(?!)")
    labels = _any_of(keys).replace("year", "(?:19|20)[0-9]{2}")
    return _Lexicon(regex.compile(labels), regex.compile(between, regex.VERBOSE | regex.VERSION1))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _labels(text: str, pattern: regex.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the labels in ``text`` that no border of a cell cuts, the longest where several begin."""
    places = [place for place, character in enumerate(text) if character == CELL or character.isalnum()]
    squeezed = "".join(text[place] for place in places)
    for match in pattern.finditer(squeezed):
        yield places[match.start()], places[match.end() - 1] + 1, column_key(match[0])


def without_ordinals(text: str, found: Sequence[Token], label_keys: AbstractSet[str]) -> list[Token]:
    """Return the tokens with marks for the numbers before labels of rows that count them, as ``01``, ``02`` do."""
    before: list[tuple[int, int]] = []
    last: int | None = None
    for number, token in enumerate(found):
        if token.kind is Kind.VALUE:
            last = number
        elif token.kind is Kind.LABEL or token.kind is Kind.WORDS:
            if token.key in label_keys and last is not None and _ORDINAL.fullmatch(text, *_span(found[last])):
                before.append((last, int(text[slice(*_span(found[last]))])))
            last = None
    steps = sum(after[1] == one[1] + 1 for one, after in pairwise(before))
    if steps < max(_FEWEST_STEPS, _MOST_COUNT * (len(before) - 1)):
        return list(found)
    ordinals = {number for number, _ in before}
    return [replace(token, kind=Kind.MARK) if number in ordinals else token for number, token in enumerate(found)]


def _span(token: Token) -> tuple[int, int]:
    return token.start, token.end


def _between(text: str, start: int, end: int, pattern: regex.Pattern[str]) -> Iterator[Token]:
    """Yield what stands between two labels."""
    for match in pattern.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == Kind.VALUE:
            yield from _value(text, *match.span())
        elif kind != "other":
            yield Token(Kind(kind), *match.span())


def _value(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield a value; the last digit before ``.`` and a label is the number of that label, and is its key.

    One digit alone is nothing but that number, and so are two that begin a line or a cell, as ``12`` but not ``02``.
    """
    while text[start] == " ":
        start += 1
    body = text[start:end].rstrip(_TRAILING)
    behind = start + len(body)
    if not body[-1:].isdigit() or not _NUMBERED_NEXT.match(text[behind : behind + 5]):
        if body.strip():
            yield Token(Kind.VALUE, start, start + len(body.rstrip()))
    elif len(body) == 1 or (_TWO_DIGITS.fullmatch(body) and text[:start].rstrip(" ")[-1:] in {"", CELL, LINE}):
        yield Token(Kind.MARK, start, behind)
    else:
        yield Token(Kind.VALUE, start, behind - 1, body[-1])
