"""The declared columns of every table: names, order and types as the contract fixes them.

Renaming a column or changing its meaning raises ``SCHEMA_VERSION``; adding one does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.rulebook.concepts import Concept

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

TIMINGS = _schema(path=_TEXT, stage=_TEXT, seconds=_NUMBER, peak_mb=_NUMBER)

TABLES = {
    "documents": DOCUMENTS,
    "sections": SECTIONS,
    "blocks": BLOCKS,
    "observations": OBSERVATIONS,
    "numbers": NUMBERS,
    "checks": CHECKS,
    "problems": PROBLEMS,
    "timings": TIMINGS,
}
"""The tables that are written document by document, by the name of their file."""

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


PANEL_REPORT = _schema(
    document_id=_TEXT, path=_TEXT, era=_TEXT, scope=_TEXT, n_reports=_COUNT, chosen_by=_TEXT
)
"""The columns of panel.parquet that tell of the report that speaks."""

PANEL_VALUES = _schema(
    agency_key=_TEXT,
    year=_YEAR,
    concept=_TEXT,
    value=_NUMBER,
    unit=_TEXT,
    status=_TEXT,
    grade=_TEXT,
    basis=_TEXT,
    is_exact=_FLAG,
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

CONCEPTS = _schema(
    concept=_TEXT,
    name_zh=_TEXT,
    name_en=_TEXT,
    era=_TEXT,
    expression=_TEXT,
    unit=_TEXT,
    grade=_TEXT,
    why=_TEXT,
    advice=_TEXT,
)

LEVEL_SHIFTS = _schema(shift=_TEXT, since=_TEXT, name_zh=_TEXT, name_en=_TEXT, why=_TEXT, concept=_TEXT)

COMPARING = {"panel_values": PANEL_VALUES, "coverage": COVERAGE, "concepts": CONCEPTS, "level_shifts": LEVEL_SHIFTS}
"""The tables that are written after the reports, beside panel.parquet."""

_PARTS = {
    "": ("{zh}", "{en}"),
    "__status": ("{zh}：有值或缺失原因", "{en}: value, or why missing"),
    "__grade": ("{zh}：可比程度", "{en}: comparability"),
    "__source": ("{zh}：来源报告", "{en}: source report"),
    "__basis": ("{zh}：依据", "{en}: basis"),
}


def panel_schema(concepts: Iterable[Concept]) -> pa.Schema:
    """Return the columns of panel.parquet for these concepts, with their titles as metadata."""
    fields = [DOCUMENTS.field(name) for name in PANEL_IDENTITY]
    fields.extend(PANEL_REPORT)
    for concept in concepts:
        for part, titles in _PARTS.items():
            zh, en = (title.format(zh=concept.names.zh, en=concept.names.en) for title in titles)
            kind = _TEXT if part else _NUMBER
            fields.append(pa.field(f"{concept.id}{part}", kind, metadata={"title_zh": zh, "title_en": en}))
    return pa.schema(fields)
