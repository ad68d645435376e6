"""Official forms as frozen values: what is read from ``rules/eras/*.yaml`` (see ``pipeline.rulebook.eras``).

An ``Era`` has tables, a table has panels, a panel has rows and columns; row and column together say what a cell states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """

    key: str
    path: tuple[str, ...]
    keys: frozenset[str]
    unit: str | None
    units: tuple[str, ...]
    numbers: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a panel; ``under`` is the label key of its group, ``instead_of`` the keys of the rows it may replace."""

    key: str
    label: str
    under: str | None
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell states."""

    indicator: str
    applicant: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows that share their columns. Without rows, the values stand in one row below the column headers.

    ``row_labels`` leads from label keys to rows, ``leaf_labels`` to the columns whose lowest header it is;
    ``group_labels`` are the headers above these and ``row_groups`` the labels of groups of rows.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    row_labels: Mapping[str, Row] = field(compare=False)
    leaf_labels: Mapping[str, tuple[Column, ...]] = field(compare=False)
    group_labels: Mapping[str, str] = field(compare=False)
    row_groups: frozenset[str] = field(compare=False)


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
            filled(self.indicator) or "", filled(self.applicant), Period(filled(self.period) or Period.THIS_YEAR)
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
class Example:
    """Tables with invented numbers, how many cells must be read from them, and the values of some."""

    grids: tuple[str, ...]
    cells: int
    expected: tuple[tuple[str, str | None, float | None], ...]


@dataclass(frozen=True, slots=True)
class Era:
    """A form of report and all that is known of it."""

    id: str
    names: Names
    authority: str | None
    value_source: ValueSource
    fingerprints: tuple[Fingerprint, ...]
    sections: tuple[Heading, ...]
    tables: tuple[FormTable, ...]
    identities: tuple[AccountingIdentity, ...]
    example: Example | None
