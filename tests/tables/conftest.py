from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import (
    Cell,
    Check,
    CheckOutcome,
    Disposition,
    Document,
    DocumentStatus,
    Evidence,
    Identity,
    Numeral,
    Observation,
    Outcome,
    Paragraph,
    Problem,
    Section,
    SectionKind,
    Severity,
    SourceFile,
    Span,
    Table,
    TermCount,
    Timing,
    ValueSource,
    ValueStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _outcome(path: str = "a.txt", sha256: str = "ab" * 32, value: float = 12.0) -> Outcome:
    source = SourceFile(path, 300, sha256, "txt", "utf-8")
    table = Table(
        "b00002", (Cell("b00002.r0c0", 0, 0, "项目"), Cell("b00002.r0c1", 0, 1, ""), Cell("c", 1, 0, "7", 1, 2))
    )
    observations = (
        Observation(
            "proactive.total",
            ValueStatus.REPORTED,
            ValueSource.PROSE,
            "proactive.total/shown",
            Evidence("b00001", 6, 11, "公开12条"),
            value=value,
            unit="条",
            value_base=value,
            unit_base="条",
            observation_id=f"{source.document_id}-0001",
            derived_from=("x", "y"),
        ),
        Observation(
            "proactive.total",
            ValueStatus.BLANK,
            ValueSource.TABLE,
            "form_2021/i/1",
            Evidence("b00002.r0c1", 0, 0, ""),
            applicant="total",
            observation_id=f"{source.document_id}-0002",
        ),
    )
    return Outcome(
        source,
        DocumentStatus.OK,
        document=Document(source, (Paragraph("b00001", "一、概述\n共公开12条。"), table), title="云溪县2020年报告"),
        identity=Identity(
            era="form_2021",
            agency="云溪县人民政府",
            agency_key="云溪县人民政府",
            year=2020,
            evidence=(("year", Evidence("b00001", 0, 2, "一、")),),
        ),
        sections=(
            Section(
                "s001",
                1,
                1,
                "一、概述",
                (Span("b00001", 5, 12), Span("b00002", 0, 0)),
                SectionKind.OVERVIEW,
                "heading",
                1.0,
            ),
        ),
        observations=observations,
        numerals=(
            Numeral("b00001", 8, 10, "12", 12.0, "条", disposition=Disposition.EXTRACTED, observation_id="x-0001"),
            Numeral("c", 0, 1, "7", 7.0, None),
        ),
        checks=(Check("C1", CheckOutcome.BROKEN, Severity.HARD, "total", 3.0, 2.0, 1.0, observation_ids=("x", "y")),),
        terms=(TermCount(SectionKind.OVERVIEW, "网站", 2),),
        problems=(Problem("read", "truncated", "cut off", "b00001"),),
        timings=(Timing("read", 0.5, 80.0), Timing("clean", 0.25)),
    )


@pytest.fixture
def make_outcome() -> Callable[..., Outcome]:
    """Outcomes of small invented reports."""
    return _outcome


@pytest.fixture
def failed_outcome() -> Outcome:
    """A file that was not read."""
    source = SourceFile("broken.pdf", 20, "cd" * 32)
    return replace(Outcome(source, DocumentStatus.FAILED), reason="corrupt", message="cut off")
