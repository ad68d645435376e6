"""Compare the reports of a run with each other: bodies with their years in, rows of checks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.across.same_year import compare_same_year
from pipeline.across.unusual import points_of, unusual_values
from pipeline.across.years import compare_years, judged
from pipeline.model import CheckOutcome
from pipeline.tables.rows import check_row

if TYPE_CHECKING:
    from pipeline.across.unusual import Point
    from pipeline.across.years import AcrossCheck
    from pipeline.rulebook import Rulebook
    from pipeline.tables.bodies import BodyYear
    from pipeline.tables.rows import Row
    from pipeline.tables.writer import TableSet


def checks_between(tables: TableSet, book: Rulebook) -> dict[str, list[Row]]:
    """Return the checks between the reports in ``tables``, by the id of the report they are about."""
    checks: list[AcrossCheck] = []
    points: list[Point] = []
    followed = tuple(concept for concept in book.concepts if concept.id in book.years.unusual.concepts)
    for body in tables.bodies():
        reports = [year.report for year in body if year.report is not None]
        checks.extend(compare_years(reports, book.years, book.concepts))
        for year in body:
            if year.report is not None:
                checks.extend(compare_same_year(year.report, year.others, book.concepts))
        points.extend(points_of(reports, followed, book.order, _peers(body)))
    checks.extend(unusual_values(points, book.years.unusual))
    broken = [each for each in checks if each.check.outcome is CheckOutcome.BROKEN]
    confirmed = tables.confirmed({name for each in broken for name in each.unsure})
    rows: dict[str, list[Row]] = {}
    for each in judged(checks, confirmed):
        rows.setdefault(each.document_id, []).append(check_row(each.check, each.document_id, each.other_document_id))
    return rows


def _peers(body: tuple[BodyYear, ...]) -> str | None:
    """Return the kind and level that bodies share with their peers; null where the reports do not prove them."""
    known = [year.document for year in body if year.document is not None]
    kind, level = known[-1]["agency_type"], known[-1]["level"]
    return f"{kind} {level}" if kind and level else None
