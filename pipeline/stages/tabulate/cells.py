"""Read one cell: ``5,548（其中网上2000）`` is the number 5548, ``/`` is not applicable, an empty cell is blank.

The grammar is closed: whatever it does not know is unreadable and keeps no number. Positions are those of the text as
printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import regex

from pipeline.model import ValueStatus
from pipeline.text.fold import fold
from pipeline.text.numerals import BASE_MONEY, MONEY
from pipeline.text.script import simplify

if TYPE_CHECKING:
    from pipeline.rulebook.forms import Column

_NOT_APPLICABLE = regex.compile(r"[/\\]{1,3}|[-–—─－]{1,6}|无|不适用|暂无|不涉及|无此项|N/?A", regex.IGNORECASE)
_PLACEHOLDER = regex.compile(
    r"(?![0-9]+[*]$)[0-9]*(?:[X×]{1,6}|[*]{1,6}|_{2,}|[○〇□]{2,})[0-9]*[\p{Han}]{0,2}", regex.IGNORECASE
)
_NUMBER = regex.compile(
    r"""
    (?P<sign>[+-]|增加?|减少?)?
    (?P<digits>(?:0|[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\ [0-9]{3})+)|[1-9][0-9]{0,11})(?:\.[0-9]+)?)
    (?P<myriad>万(?!元))?
    (?P<unit>(?!注)\p{Han}{1,2})?
    (?:\([^()]*\p{Han}[^()]*\)|[\[(]注?RAISED{1,2}[\])]|\[注?[0-9]{1,2}\]|注?(?:[①-⑳]|RAISED{1,2})|[*※†])?
    """.replace("RAISED", "[⁰¹²³⁴-⁹]"),
    regex.VERBOSE,
)
_THIN_SPACES = regex.compile(r"(?<=[0-9])[\u2009\u202f](?=[0-9]{3})")
_LATER_GROUP = regex.compile(r" [0-9]{3}")
_ZERO = regex.compile(r"(?P<digits>[零〇])(?P<unit>(?!〇)\p{Han})?")
_SIGNS = {"+": 1, "-": -1, "增": 1, "增加": 1, "减": -1, "减少": -1}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell holds: ``text[start:end]`` is the proof, ``text[number_start:number_end]`` the bare number in it.

    ``value`` is as printed, in ``unit`` (null where none is printed); ``value_base`` is in ``unit_base``, with 万
    resolved, and null where the unit is not certain.
    """

    status: ValueStatus
    start: int = 0
    end: int = 0
    number_start: int = 0
    number_end: int = 0
    value: float | None = None
    unit: str | None = None
    value_base: float | None = None
    unit_base: str | None = None


def read_cell(text: str, column: Column, printed_unit: str | None = None) -> Reading:
    """Return what ``text`` holds in a cell of ``column``; ``printed_unit`` is the unit its row or header prints."""
    folded = fold(simplify(text))
    core = folded.text.strip()
    if not core:
        return Reading(ValueStatus.BLANK)
    lead = len(folded.text) - len(folded.text.lstrip())
    start, end = folded.span(lead, lead + len(core))
    if _NOT_APPLICABLE.fullmatch(core):
        return Reading(ValueStatus.NOT_APPLICABLE, start, end)
    if _PLACEHOLDER.fullmatch(core):
        return Reading(ValueStatus.PLACEHOLDER, start, end)
    match = _ZERO.fullmatch(core) or _NUMBER.fullmatch(core)
    value = _value(match, column) if match else None
    if match is None or value is None or not _groups_thousands(match["digits"], text):
        return Reading(ValueStatus.UNREADABLE, start, end)
    unit = match["unit"] or printed_unit
    last = (
        match.end("unit") if match["unit"] else max(match.end("digits"), match.end("myriad") if _myriad(match) else 0)
    )
    first = match.start("digits")
    if column.numbers == "change" and match.groupdict().get("sign"):
        first = match.start("sign")
    start, end = folded.span(lead + first, lead + last)
    number_start, number_end = folded.span(lead + match.start("digits"), lead + match.end("digits"))
    value_base, unit_base = _base(value, unit, column)
    return Reading(
        ValueStatus.REPORTED, start, end, number_start, number_end, float(value), unit, value_base, unit_base
    )


def _groups_thousands(digits: str, text: str) -> bool:
    """Tell whether spaces in a number can only group its thousands, so that it is not two numbers side by side."""
    groups = _LATER_GROUP.findall(digits)
    return not groups or any(group[1] == "0" for group in groups) or len(_THIN_SPACES.findall(text)) == len(groups)


def _myriad(match: regex.Match[str]) -> bool:
    return bool(match.groupdict().get("myriad"))


def _value(match: regex.Match[str], column: Column) -> Decimal | None:
    """Return the number, or null where it can't be one of this column."""
    if match["unit"] and match["unit"] not in column.units:
        return None
    sign = match.groupdict().get("sign")
    if sign and column.numbers != "change":
        return None
    if match["digits"] in {"零", "〇"}:
        return Decimal(0)
    value = Decimal(match["digits"].replace(",", "").replace(" ", "")) * (10**4 if _myriad(match) else 1)
    if column.numbers != "amount" and value != value.to_integral_value():
        return None
    return value * _SIGNS.get(sign or "", 1)


def _base(value: Decimal, unit: str | None, column: Column) -> tuple[float | None, str | None]:
    if unit and unit not in column.units:
        return None, None
    unit = unit or column.unit
    if unit in MONEY:
        return float(value * MONEY[unit]), BASE_MONEY
    return (float(value), unit) if unit else (None, None)
