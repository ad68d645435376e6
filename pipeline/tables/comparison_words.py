"""Say a compared value in a few signs: the number, how it compares, what it rests on, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rulebook.concepts import Grade
from pipeline.rulebook.evaluation import Basis, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.rulebook import Rulebook
    from pipeline.tables.comparison import Row

MARKS = {Grade.EXACT: "=", Grade.CLOSE: "≈", Grade.BROKEN: "≠", Grade.NONE: "∅"}
_UNGRADED = "?"
_BASES = {Basis.PROSE: "p", Basis.MIXED: "m", Basis.DERIVED: "d"}
_INEXACT = "~"

LEGEND = {
    "=": "换了格式，含义相同 · a form of another time begins; the numbers mean the same",
    "≈": "换了格式，含义相近 · a form of another time begins; the numbers nearly mean the same",
    "≠": "换了格式，不可相接 · a form of another time begins; do not chain the numbers over it",
    "∅": "换了格式，之前没有可比的 · a form of another time begins; there is nothing before it to compare with",
    "?": "换了格式，不是可比指标，没有等级 · a form of another time begins; what is no concept has no grade",
    "p": "出自正文 · from prose",
    "m": "出自表格和正文 · from tables and prose together",
    "d": "报告没有印总数，由各项相加 · added up from parts, since the report prints no total",
    "~": "不是确数 · not stated exactly",
}


def mark(row: Row) -> str:
    """Return the sign of a break: nothing within one form, and nothing where the form has no such number."""
    if not row["is_break"] or row["status"] == Missing.NOT_IN_FORM:
        return ""
    return MARKS[Grade(row["grade"])] if row["grade"] else _UNGRADED


def suffix(row: Row) -> str:
    """Return the signs that stand behind a number: what it rests on, and whether it is exact."""
    if row["value"] is None:
        return ""
    basis = _BASES.get(Basis(row["basis"]), "")
    return basis + ("" if row["is_exact"] else _INEXACT)


def number(row: Row) -> str:
    """Return a value for people: shares in per cent, whole numbers whole."""
    value = row["value"]
    if row["unit"] == "比例":
        return f"{value * 100:.1f}%"
    return f"{value:.15g}" if float(value).is_integer() else f"{value:.4g}"


def cell_words(row: Row, book: Rulebook) -> str:
    """Return a value, or the English word for why it is missing, with its signs around it."""
    if row["value"] is not None:
        return " ".join(filter(None, (f"{mark(row)}{number(row)}", suffix(row))))
    return f"{mark(row)}[{book.labels.code('panel_status', row['status']).en}]"


def legend_used(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the signs that occur, in the order of the legend."""
    used = {sign for row in rows for sign in (*mark(row), *suffix(row))}
    return tuple(sign for sign in LEGEND if sign in used)


def subject(name: str, rows: Sequence[Row], book: Rulebook) -> str:
    """Return what is compared: id, names and units."""
    known = {**book.labels.codes["indicator"], **book.labels.codes["concept"]}
    names = known.get(name)
    units = "/".join(dict.fromkeys(row["unit"] for row in rows if row["unit"]))
    told = f"{name}  {names.zh}  {names.en}" if names else name
    return f"{told}  ({units})" if units else told


def level_shifts(names: Iterable[str], years: Sequence[int], book: Rulebook) -> Iterator[str]:
    """Yield a line for each shift of level within the years that touches something compared."""
    asked = set(names)
    for shift in book.order.shifts:
        if asked & set(shift.concepts) and years[0] < shift.first_year <= years[-1]:
            yield f"{shift.since} {shift.names.zh}：{shift.why.zh} {shift.names.en}: {shift.why.en}"
