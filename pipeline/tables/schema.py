"""The declared columns of every table: names, order and types as the contract fixes them.

Renaming a column or changing its meaning raises ``SCHEMA_VERSION``; adding one does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA_VERSION = "1.0.0"

_TEXT, _FLAG, _COUNT, _YEAR, _NUMBER, _DAY = pa.string(), pa.bool_(), pa.int32(), pa.int16(), pa.float64(), pa.date32()
_TEXTS = pa.list_(pa.field("element", pa.string()))


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


DOCUMENTS = _schema(
    document_id=_TEXT,
    path=_TEXT,
    size=pa.int64(),
    sha256=_TEXT,
    format=_TEXT,
    encoding=_TEXT,
    status=_TEXT,
    reason=_TEXT,
    message=_TEXT,
    title=_TEXT,
    agency=_TEXT,
    agency_name=_TEXT,
    agency_key=_TEXT,
    agency_type=_TEXT,
    level=_TEXT,
    province=_TEXT,
    prefecture=_TEXT,
    county=_TEXT,
    township=_TEXT,
    adcode=_TEXT,
    township_code=_TEXT,
    place_evidence=_TEXT,
    year=_YEAR,
    year_evidence=_TEXT,
    period_start=_DAY,
    period_end=_DAY,
    published=_DAY,
    era=_TEXT,
    scope=_TEXT,
    is_template=_FLAG,
    is_tampered=_FLAG,
    is_traditional=_FLAG,
    duplicate_of=_TEXT,
    reissue_of=_TEXT,
    n_observations=_COUNT,
    n_numbers=_COUNT,
    n_unexplained=_COUNT,
    kind=_TEXT,
    kind_evidence=_TEXT,
    clone_of=_TEXT,
)

SECTIONS = _schema(
    document_id=_TEXT,
    section_id=_TEXT,
    order=_COUNT,
    level=_COUNT,
    heading=_TEXT,
    kind=_TEXT,
    decided_by=_TEXT,
    confidence=_NUMBER,
    text=_TEXT,
)

OBSERVATIONS = _schema(
    observation_id=_TEXT,
    document_id=_TEXT,
    indicator=_TEXT,
    applicant=_TEXT,
    item=_TEXT,
    item_class=_TEXT,
    value=_NUMBER,
    unit=_TEXT,
    value_base=_NUMBER,
    unit_base=_TEXT,
    status=_TEXT,
    qualifier=_TEXT,
    period=_TEXT,
    scope=_TEXT,
    source=_TEXT,
    standing=_TEXT,
    standing_reason=_TEXT,
    derived=_FLAG,
    derived_from=_TEXTS,
    rule_id=_TEXT,
    section_id=_TEXT,
    block_id=_TEXT,
    page=_COUNT,
    row=_COUNT,
    col=_COUNT,
    start=_COUNT,
    end=_COUNT,
    quote=_TEXT,
    confidence=_NUMBER,
)

BLOCKS = _schema(
    document_id=_TEXT,
    block_id=_TEXT,
    order=_COUNT,
    type=_TEXT,
    text=_TEXT,
    page=_COUNT,
    row=_COUNT,
    col=_COUNT,
    rowspan=_COUNT,
    colspan=_COUNT,
    role=_TEXT,
    role_reason=_TEXT,
)

NUMBERS = _schema(
    number_id=_TEXT,
    document_id=_TEXT,
    block_id=_TEXT,
    start=_COUNT,
    end=_COUNT,
    text=_TEXT,
    value=_NUMBER,
    unit=_TEXT,
    disposition=_TEXT,
    observation=_TEXT,
    decided_by=_TEXT,
)

CHECKS = _schema(
    document_id=_TEXT,
    identity=_TEXT,
    applicant=_TEXT,
    outcome=_TEXT,
    left=_NUMBER,
    right=_NUMBER,
    residual=_NUMBER,
    severity=_TEXT,
    verdict=_TEXT,
    observations=_TEXTS,
    other_document_id=_TEXT,
)

PROBLEMS = _schema(document_id=_TEXT, path=_TEXT, stage=_TEXT, kind=_TEXT, message=_TEXT, block_id=_TEXT)

SIMILARITY = _schema(document_id=_TEXT, other_document_id=_TEXT, kind=_TEXT, jaccard=_NUMBER, numbers_identical=_FLAG)
TERMS = _schema(document_id=_TEXT, section_kind=_TEXT, term=_TEXT, count=_COUNT)

TIMINGS = _schema(path=_TEXT, stage=_TEXT, seconds=_NUMBER, peak_mb=_NUMBER)

TABLES = {
    "documents": DOCUMENTS,
    "sections": SECTIONS,
    "blocks": BLOCKS,
    "observations": OBSERVATIONS,
    "numbers": NUMBERS,
    "checks": CHECKS,
    "problems": PROBLEMS,
    "similarity": SIMILARITY,
    "terms": TERMS,
    "timings": TIMINGS,
}
"""The tables that are written row by row, by the name of their file."""

LINKS = ("duplicate_of", "reissue_of", "clone_of")
"""The columns of documents.parquet that name another report; they are known when all reports are."""

PANEL_IDENTITY = (
    "agency_key",
    "agency_name",
    "agency_type",
    "level",
    "province",
    "prefecture",
    "county",
    "township",
    "adcode",
    "year",
)


PANEL_REPORT = _schema(document_id=_TEXT, path=_TEXT, era=_TEXT, scope=_TEXT, n_reports=_COUNT, chosen_by=_TEXT)
"""The columns of panel.parquet that tell of the report that speaks."""

PANEL_VALUES = _schema(
    agency_key=_TEXT,
    year=_YEAR,
    concept=_TEXT,
    value=_NUMBER,
    unit=_TEXT,
    status=_TEXT,
    grade=_TEXT,
    is_break=_FLAG,
    basis=_TEXT,
    is_exact=_FLAG,
    scope=_TEXT,
    era=_TEXT,
    document_id=_TEXT,
    observations=_TEXTS,
)

COVERAGE = _schema(
    agency_key=_TEXT,
    agency_name=_TEXT,
    year=_YEAR,
    section_kind=_TEXT,
    coverage=_TEXT,
    n_values=_COUNT,
    n_blank=_COUNT,
    n_not_applicable=_COUNT,
    n_placeholder=_COUNT,
    n_unreadable=_COUNT,
    document_id=_TEXT,
    path=_TEXT,
)

COMPARING = {"panel_values": PANEL_VALUES, "coverage": COVERAGE}
"""The tables that are written after the reports, beside panel.parquet."""


def panel_schema(concepts: Iterable[str]) -> pa.Schema:
    """Return the columns of panel.parquet for these concept ids."""
    fields = [DOCUMENTS.field(name) for name in PANEL_IDENTITY]
    fields.extend(PANEL_REPORT)
    for concept in concepts:
        fields.append(pa.field(concept, _NUMBER))
        fields.extend(pa.field(f"{concept}__{part}", _TEXT) for part in ("status", "grade", "source"))
    return pa.schema(fields)
