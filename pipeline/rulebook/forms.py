"""Official forms as frozen values: what is read from ``rules/eras/*.yaml`` (see ``pipeline.rulebook.eras``).

An ``Era`` has tables, a table has panels, a panel has rows and columns; row and column together say what a cell states.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.model import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model import SectionKind, Severity, ValueSource


@dataclass(frozen=True, slots=True)
class Names:
    """A name in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A sign of a form: ``at_least`` so many of the words stand in the document. Lower ranks are tried first."""

    rank: int
    words: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading of the form and the kind of section below it."""

    kind: SectionKind
    heading: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a panel; ``path`` are its header labels as keys from the top down, ``keys`` all wordings of the last.

    ``unit`` is the unit of a bare number, null where that is not certain; ``units`` are those a cell may print.
    ``weak_keys`` are wordings that name the column only beside another one named by its own. ``instead_of`` holds the
    keys of the columns it may replace, ``scope`` whom its values are about.
    """

    key: str
    path: tuple[str, ...]
    keys: frozenset[str]
    unit: str | None
    units: tuple[str, ...]
    numbers: str
    weak_keys: frozenset[str] = frozenset()
    instead_of: tuple[str, ...] = ()
    scope: str | None = None

    def measured_in(self, row: Row | None) -> Column:
        """Return the column with unit and kind of numbers of the row, where the form says these by row."""
        if row is None or not (row.unit or row.units or row.numbers):
            return self
        return replace(
            self,
            unit=row.unit or self.unit,
            units=row.units or self.units,
            numbers=row.numbers or self.numbers,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a panel; ``under`` is the label key of its group, ``instead_of`` the keys of the rows it may replace.

    An ``is_optional`` row is printed by some versions of the form only; one that ``is_heading`` is such a row that
    mostly has no value. ``item`` is the label that tells its values from those of the same indicator. ``unit``,
    ``units`` and ``numbers`` stand for those of the column. Where the cells of a row are ``often_equal``, digits that
    run together and repeat in full are taken for equal numbers.
    """

    key: str
    label: str
    under: str | None
    instead_of: tuple[str, ...]
    is_optional: bool = False
    is_heading: bool = False
    item: str | None = None
    unit: str | None = None
    units: tuple[str, ...] = ()
    numbers: str | None = None
    often_equal: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell states."""

    indicator: str
    applicant: str | None
    period: Period
    scope: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows that share their columns. Without rows, the values stand in one row below the column headers.

    ``row_labels`` leads from label keys to the rows they may name, told apart by group and order; ``leaf_labels`` to
    the columns whose lowest header it is. ``group_labels`` are the headers above these, and ``row_groups`` leads from
    the wordings of groups of rows to the label that their rows give as ``under``. Labels of columns hold ``year``
    where a year is printed.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    row_labels: Mapping[str, tuple[Row, ...]] = field(compare=False)
    leaf_labels: Mapping[str, tuple[Column, ...]] = field(compare=False)
    group_labels: Mapping[str, str] = field(compare=False)
    row_groups: Mapping[str, str] = field(compare=False)

    @property
    def units(self) -> frozenset[str]:
        """All units that its cells may print."""
        by_column = (unit for column in self.columns for unit in column.units)
        return frozenset({*by_column, *(unit for row in self.rows for unit in row.units)})

    @property
    def base_columns(self) -> tuple[Column, ...]:
        """The columns without those that only replace others."""
        return tuple(column for column in self.columns if not column.instead_of)

    @property
    def other_columns(self) -> tuple[Column, ...]:
        """The columns with those that replace others in their place; the same where none does."""
        replaced = {key for column in self.columns for key in column.instead_of}
        return tuple(column for column in self.columns if column.key not in replaced)


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a form. The three templates say what a cell states, with ``{row}`` and ``{column}`` for the keys."""

    id: str
    heading: str
    indicator: str
    applicant: str | None
    period: str | None
    unit_columns: frozenset[str]
    panels: tuple[Panel, ...]

    def meaning(self, row: Row | None, column: Column) -> Meaning:
        """Return what the cell at ``row`` and ``column`` states."""

        def filled(template: str | None) -> str | None:
            return template and template.replace("{row}", row.key if row else "").replace("{column}", column.key)

        return Meaning(
            filled(self.indicator) or "",
            filled(self.applicant),
            Period(filled(self.period) or Period.THIS_YEAR),
            column.scope,
            row.item if row else None,
        )

    def places(self) -> Iterator[tuple[Panel, Row | None, Column]]:
        """Yield the place of every cell in reading order, those of replacing rows included."""
        for panel in self.panels:
            for row in panel.rows or (None,):
                for column in panel.columns:
                    yield panel, row, column


@dataclass(frozen=True, slots=True)
class AccountingIdentity:
    """A sum that must agree: ``left`` and ``right`` are added up and compared by ``relation`` (``=`` or ``<=``).

    ``along`` is ``document`` (once), ``applicant`` (in every column of ``table``) or ``row`` (in every row of
    ``table``, where the terms are applicants instead of indicators).
    """

    id: str
    along: str
    table: str | None
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    severity: Severity
    if_printed: str | None
    unless_printed: str | None


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """A value that must be read; null for a cell that holds no number."""

    indicator: str
    applicant: str | None
    period: Period
    value: float | None

    def __str__(self) -> str:
        applicant = f"[{self.applicant}]" if self.applicant else ""
        period = "" if self.period is Period.THIS_YEAR else f"({self.period})"
        return f"{self.indicator}{applicant}{period}"


@dataclass(frozen=True, slots=True)
class Example:
    """Tables with invented numbers, how many cells must be read from them, and the values of some."""

    grids: tuple[str, ...]
    cells: int
    expected: tuple[ExpectedValue, ...]


@dataclass(frozen=True, slots=True)
class Era:
    """A form of report and all that is known of it; ``counts_as`` is its id in the tables of output."""

    id: str
    counts_as: str
    names: Names
    authority: str | None
    value_source: ValueSource
    fingerprints: tuple[Fingerprint, ...]
    sections: tuple[Heading, ...]
    tables: tuple[FormTable, ...]
    identities: tuple[AccountingIdentity, ...]
    examples: tuple[Example, ...]

    @property
    def example(self) -> Example | None:
        """The first example: the form as it is printed most."""
        return self.examples[0] if self.examples else None
