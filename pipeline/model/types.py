"""The values that flow through the program: a file, its blocks, its sections, and what was read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.vocabulary import (
    CheckOutcome,
    Disposition,
    DocumentStatus,
    Period,
    Qualifier,
    Role,
    Scope,
    SectionKind,
    Severity,
    Standing,
    ValueSource,
    ValueStatus,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date


REPORT, FORM_ALONE = "report", "form_alone"
GOVERNMENT = "government"
READ_KINDS = frozenset({REPORT, FORM_ALONE})
"""The kinds of document from which values are read."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file: ``path`` relative to the corpus with ``/``, size in bytes, and the type its content shows."""

    path: str
    size: int
    sha256: str
    format: str | None = None
    encoding: str | None = None

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the SHA-256 of the bytes."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a block stands in its file: page and line from 1, box as (x0, top, x1, bottom) in points, element path."""

    page: int | None = None
    line: int | None = None
    box: tuple[float, float, float, float] | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""A run of text as read, never altered; ``\n`` where the file breaks a line inside it."""

    block_id: str
    text: str
    anchor: Anchor = field(default_factory=Anchor)
    role: Role = Role.BODY
    role_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell of a table; ``row`` and ``col`` count from 0 and name its upper left place in the grid."""

    block_id: str
    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    anchor: Anchor = field(default_factory=Anchor)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells in reading order. A place that no cell covers does not exist; a blank cell has text ``""``."""

    block_id: str
    cells: tuple[Cell, ...]
    anchor: Anchor = field(default_factory=Anchor)
    role: Role = Role.BODY
    role_reason: str | None = None

    @property
    def n_rows(self) -> int:
        """Rows of the grid, spans counted."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Columns of the grid, spans counted."""
        return max((cell.col + cell.colspan for cell in self.cells), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or trusted, with the stage that saw it and the block concerned."""

    stage: str
    kind: str
    message: str
    block_id: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one block's text."""

    block_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: blocks in reading order with their text untouched, and what could not be read.

    ``spam`` are words that somebody else put in the place of the report's own.
    """

    source: SourceFile
    blocks: tuple[Block, ...]
    title: str | None = None
    problems: tuple[Problem, ...] = ()
    spam: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading.

    ``heading`` is null where the report prints none; ``spans`` hold the text below it (a whole table is the span
    ``(table id, 0, 0)``); ``decided_by`` says what decided the kind, ``confidence`` is between 0 and 1.
    """

    section_id: str
    order: int
    level: int
    heading: str | None
    spans: tuple[Span, ...]
    kind: SectionKind = SectionKind.OTHER
    decided_by: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove something: ``quote`` is the text of ``block_id`` at ``[start:end]``."""

    block_id: str
    start: int
    end: int
    quote: str


def speaks_for_all(scope: str | None, agency_type: str | None) -> bool:
    """Tell whether a report covers a whole jurisdiction: it says so, or is a government's and says nothing."""
    return scope == Scope.JURISDICTION or (scope is None and agency_type == GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, from where, on which year, on which form; null wherever the document does not prove it.

    ``kind`` says what kind of document it is, ``kind_evidence`` by which words. ``is_corrected`` tells that the report
    calls itself a corrected one. ``evidence`` pairs field names with the words that prove them, ``place_evidence``
    tells all clues that agree on the place.
    """

    era: str
    kind: str = REPORT
    kind_evidence: str | None = None
    agency: str | None = None
    agency_name: str | None = None
    agency_key: str | None = None
    agency_type: str | None = None
    level: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    adcode: str | None = None
    township_code: str | None = None
    place_evidence: str | None = None
    year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    published: date | None = None
    scope: str | None = None
    is_template: bool = False
    is_tampered: bool = False
    is_traditional: bool = False
    is_corrected: bool = False
    evidence: tuple[tuple[str, Evidence], ...] = ()

    @property
    def rejected(self) -> str | None:
        """Why the file is no report: its kind, or null where values may be read from it."""
        return None if self.kind in READ_KINDS else self.kind

    @property
    def is_for_all(self) -> bool:
        """Whether the report speaks for a whole jurisdiction."""
        return speaks_for_all(self.scope, self.agency_type)

    def proof_of(self, name: str) -> Evidence | None:
        """Return the words that prove the field ``name``, or null."""
        return dict(self.evidence).get(name)


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator as the report states it, with the words or the cell that state it.

    ``value`` is null unless ``reported`` or ``zero_stated``; ``value_base`` and ``unit_base`` resolve 万元.
    """

    indicator: str
    status: ValueStatus
    source: ValueSource
    rule_id: str
    evidence: Evidence
    value: float | None = None
    unit: str | None = None
    value_base: float | None = None
    unit_base: str | None = None
    applicant: str | None = None
    item: str | None = None
    item_class: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    period: Period = Period.THIS_YEAR
    scope: str | None = None
    standing: Standing = Standing.ACCEPTED
    standing_reason: str | None = None
    derived: bool = False
    derived_from: tuple[str, ...] = ()
    section_id: str | None = None
    page: int | None = None
    row: int | None = None
    col: int | None = None
    numeral: Span | None = None
    confidence: float = 1.0
    observation_id: str = ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One printed numeral and what it turned out to be."""

    block_id: str
    start: int
    end: int
    text: str
    value: float | None
    unit: str | None
    qualifier: Qualifier = Qualifier.EXACT
    disposition: Disposition = Disposition.UNEXPLAINED
    decided_by: str | None = None
    observation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One accounting identity tested on one report; ``residual`` is left minus right."""

    identity: str
    outcome: CheckOutcome
    severity: Severity
    applicant: str | None = None
    left: float | None = None
    right: float | None = None
    residual: float | None = None
    verdict: Verdict | None = None
    observation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermCount:
    """How often a word occurs in the sections of one kind."""

    section_kind: SectionKind
    term: str
    count: int


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one stage took, and the peak memory of the process after it in MB (null where unknown)."""

    stage: str
    seconds: float
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a report is compared with others.

    ``shingles`` are the sorted hashes of its runs of characters, ``signature`` their smallest under permutations,
    ``numbers`` the sorted hashes of its numerals (32-bit integers each); ``values`` is the hash of the values read,
    null where there are next to none.
    """

    shingles: bytes
    signature: bytes
    numbers: bytes
    values: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one file yields, and the only thing that crosses from a worker to the writer."""

    source: SourceFile
    status: DocumentStatus
    reason: str | None = None
    message: str | None = None
    document: Document | None = None
    identity: Identity | None = None
    sections: tuple[Section, ...] = ()
    observations: tuple[Observation, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    checks: tuple[Check, ...] = ()
    terms: tuple[TermCount, ...] = ()
    problems: tuple[Problem, ...] = ()
    timings: tuple[Timing, ...] = ()
    sketch: Sketch | None = None
