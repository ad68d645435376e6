"""Work out what a report says of an expression: the value, or why there is none, and the observations that prove it.

A table speaks before prose. Prose speaks where the form has no such cell, and where the cell was lost or can't be
read; a cell that is printed blank stays blank. Nothing is added up unless every part is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.model import Qualifier, Scope, ValueSource, ValueStatus
from pipeline.rulebook.expressions import Choice, Ratio, Reference, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from pipeline.model import Period, Statement, YearReport
    from pipeline.rulebook.concepts import Concept, UsedForm
    from pipeline.rulebook.expressions import Expression

ALL_APPLICANTS = "total"

_HAVE_VALUE = frozenset({ValueStatus.REPORTED, ValueStatus.ZERO_STATED})


class Missing(StrEnum):
    """Why a cell of the panel has no value."""

    NO_REPORT = "no_report"
    NOT_IN_FORM = "not_in_form"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    NOT_STATED = "not_stated"


class Basis(StrEnum):
    """What a value of the panel rests on."""

    TABLE = "table"
    ATTACHMENT_TABLE = "attachment_table"
    PROSE = "prose"
    MIXED = "mixed"
    DERIVED = "derived"


_Place = tuple[str, str | None, "Period"]

_GRAVITY = (Missing.NOT_IN_FORM, Missing.BLANK, Missing.NOT_STATED, Missing.UNREADABLE)
_SILENT = (Missing.NOT_STATED, Missing.NOT_IN_FORM)
_WHY = {
    ValueStatus.BLANK: Missing.BLANK,
    ValueStatus.NOT_APPLICABLE: Missing.NOT_STATED,
    ValueStatus.PLACEHOLDER: Missing.NOT_STATED,
    ValueStatus.UNREADABLE: Missing.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report says of an expression: ``value``, or why there is none in ``missing``; never both.

    ``proof`` are the statements it rests on, those that are no value too. ``is_exact`` is false for 约, 余 and 多.
    """

    value: float | None = None
    missing: Missing | None = None
    proof: tuple[Statement, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Say whether every number in it is stated exactly."""
        return all(each.qualifier is Qualifier.EXACT for each in self.proof)

    @property
    def scopes(self) -> frozenset[str]:
        """Return whose figures the report says these are, the office's or its jurisdiction's, where it says so."""
        return frozenset(each.scope for each in self.proof if each.scope is not None)

    @property
    def basis(self) -> Basis | None:
        """Return what the value rests on, null where there is none."""
        if self.value is None:
            return None
        if any(each.derived for each in self.proof):
            return Basis.DERIVED
        sources = {each.source for each in self.proof}
        return Basis(sources.pop()) if len(sources) == 1 else Basis.MIXED


class Statements:
    """What one report states, ready to be asked; ``cells`` are the indicators that its form has a cell for.

    A report that was read in part has lost the cells that are not there.
    """

    def __init__(self, statements: Iterable[Statement], cells: Collection[str], *, is_partial: bool) -> None:
        self._tables: dict[_Place, list[Statement]] = {}
        self._prose: dict[_Place, list[Statement]] = {}
        for each in statements:
            places = self._prose if each.source is ValueSource.PROSE else self._tables
            places.setdefault(_place(each.indicator, each.applicant, each.period), []).append(each)
        self._cells = cells
        self._is_partial = is_partial

    def read(self, reference: Reference) -> Reading:
        """Return what the report says of one number; what it says of no kind of applicant it says of all."""
        asked = _place(reference.indicator, reference.applicant, reference.period)
        in_prose = _agreed(self._prose[asked]) if asked in self._prose else Reading(missing=Missing.NOT_STATED)
        if asked in self._tables:
            printed = _agreed(self._tables[asked])
            return in_prose if printed.missing is Missing.UNREADABLE and in_prose.value is not None else printed
        if in_prose.value is not None:
            return in_prose
        if reference.indicator in self._cells and self._is_partial:
            return Reading(missing=Missing.UNREADABLE)
        if in_prose.proof:
            return in_prose
        has_cell = not self._cells or reference.indicator in self._cells
        return Reading(missing=Missing.NOT_STATED if has_cell else Missing.NOT_IN_FORM)

    def over(self, period: Period) -> tuple[str, ...]:
        """Return the indicators for which the report states something over a period, in alphabetical order."""
        return tuple(sorted({name for name, _, found in (*self._tables, *self._prose) if found is period}))

    def applicants(self, indicator: str) -> tuple[str | None, ...]:
        """Return the columns of applicants in which the report has a cell for an indicator; null is their total."""
        found = {applicant for name, applicant, _ in self._tables if name == indicator}
        return tuple(sorted(found, key=lambda each: (each is not None, each or "")))


def _place(indicator: str, applicant: str | None, period: Period) -> _Place:
    return indicator, None if applicant == ALL_APPLICANTS else applicant, period


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that speaks for a year, the form it uses, and what it states."""

    report: YearReport
    used: UsedForm
    statements: Statements

    def concept(self, concept: Concept) -> Reading:
        """Return what the report says of a concept in its own form."""
        form = concept.in_form(self.used.form, self.used.era)
        if form is None:
            return Reading(missing=Missing.NOT_IN_FORM)
        return evaluate(form.expression, self.statements.read)


def evaluate(expression: Expression, read: Callable[[Reference], Reading]) -> Reading:
    """Return what the numbers that ``read`` finds make of an expression.

    A number over zero has no value and counts as not stated; so does what would mix figures of the office with those of
    its jurisdiction.
    """
    match expression:
        case Reference():
            return read(expression)
        case Choice(options):
            tried = [evaluate(option, read) for option in options]
            speaking = [found for found in tried if found.missing not in _SILENT]
            return speaking[0] if speaking else _gravest(tried)
        case Sum(parts):
            found = [evaluate(part, read) for _, part in parts]
            if any(each.value is None for each in found):
                return _gravest(found)
            if _are_mixed(found):
                return Reading(missing=Missing.NOT_STATED, proof=_proof(found))
            total = sum(
                -(each.value or 0.0) if minus else each.value or 0.0
                for (minus, _), each in zip(parts, found, strict=True)
            )
            return Reading(total, proof=_proof(found))
        case Ratio(top, bottom):
            found = [evaluate(top, read), evaluate(bottom, read)]
            if any(each.value is None for each in found):
                return _gravest(found)
            if not found[1].value or _are_mixed(found):
                return Reading(missing=Missing.NOT_STATED, proof=_proof(found))
            return Reading((found[0].value or 0.0) / found[1].value, proof=_proof(found))


def _agreed(found: list[Statement]) -> Reading:
    """Return what several statements of one number say: a value before its absence; two values must be equal.

    A total that was added up speaks only where the cell of the total has no number; a figure of the jurisdiction only
    where the report does not state the office's. A number whose unit nothing tells counts as not stated, as it compares
    with none.
    """
    found = [each for each in found if each.scope != Scope.JURISDICTION] or found
    valued = [each for each in found if each.status in _HAVE_VALUE and each.value is not None]
    printed = [each for each in valued if not each.derived]
    speaking = printed or valued
    if not speaking:
        missing = max((_WHY.get(each.status, Missing.NOT_STATED) for each in found), key=_GRAVITY.index)
        return Reading(missing=missing, proof=tuple(found))
    if len({each.value for each in speaking}) > 1:
        return Reading(missing=Missing.UNREADABLE, proof=tuple(speaking))
    return Reading(speaking[0].value, proof=(speaking[0],))


def _gravest(found: list[Reading]) -> Reading:
    missing = [each.missing for each in found if each.missing is not None]
    return Reading(missing=max(missing, key=_GRAVITY.index), proof=_proof(found))


def _are_mixed(found: Iterable[Reading]) -> bool:
    return len({scope for each in found for scope in each.scopes}) > 1


def _proof(found: Iterable[Reading]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(each for reading in found for each in reading.proof))
