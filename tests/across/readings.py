"""Invented reports of one body, ready to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Qualifier, Statement, ValueSource, ValueStatus, YearReport
from pipeline.rulebook.evaluation import ReadReport, Statements
from pipeline.rulebook.expressions import Reference, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook import Rulebook


def statement(document_id: str, name: str, number: float | str, **columns: object) -> Statement:
    asked = parse(name)
    assert isinstance(asked, Reference)
    told: dict[str, object] = {
        "observation_id": f"{document_id}:{name}",
        "indicator": asked.indicator,
        "applicant": asked.applicant,
        "period": asked.period,
        "value": None if isinstance(number, str) else float(number),
        "unit": "件",
        "status": ValueStatus(number) if isinstance(number, str) else ValueStatus.REPORTED,
        "source": ValueSource.TABLE,
        "qualifier": Qualifier.EXACT,
        "scope": None,
        "derived": False,
        "confidence": 1.0,
        "quote": "",
        **columns,
    }
    return Statement(**told)  # type: ignore[arg-type]


def report(
    book: Rulebook, year: int, stated: Mapping[str, float | str], era: str = "form_2021", **columns: object
) -> ReadReport:
    document_id = f"d{year}"
    scope = columns.pop("scope", None)
    found = YearReport(document_id, f"{document_id}.txt", "云溪县人民政府", year, scope)  # type: ignore[arg-type]
    statements = [statement(document_id, name, number, **columns) for name, number in stated.items()]
    return ReadReport(found, book.order.used(era, era, year), Statements(statements, (), is_partial=False))
