"""Build the panel: one row per body and year, with the comparable concepts side by side and why a value is missing.

Beside it goes the same in length, one row per body, year and concept, which names the observations behind each value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.rulebook.concepts import Grade
from pipeline.rulebook.evaluation import Missing, Reading
from pipeline.tables.schema import PANEL_IDENTITY, PANEL_REPORT, PANEL_VALUES, panel_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.rulebook.book import PanelRules
    from pipeline.rulebook.concepts import Concept, UsedForm
    from pipeline.tables.bodies import BodyYear

VALUE = "value"

_Row = dict[str, Any]


def build_panel(bodies: Iterable[tuple[BodyYear, ...]], rules: PanelRules) -> tuple[pa.Table, pa.Table]:
    """Return the panel and its values in length, both ordered by body and year, the values by concept too.

    A concept has a value only where the expression of the form that the report uses has one; otherwise its status says
    why not. Years between the first and the last report of a body are rows, too.
    """
    wide: list[_Row] = []
    long: list[_Row] = []
    for body in bodies:
        for year, cells in _years(body, rules):
            identity = _identity(body, year)
            wide.append({**identity, **_report(year), **_columns(cells)})
            long.extend(cells)
    schema = panel_schema(concept.id for concept in rules.concepts)
    return pa.Table.from_pylist(wide, schema=schema), pa.Table.from_pylist(long, schema=PANEL_VALUES)


def _years(body: tuple[BodyYear, ...], rules: PanelRules) -> Iterator[tuple[BodyYear, list[_Row]]]:
    """Yield each year of a body with its cells; grades look back to the last form of another time."""
    forms: list[UsedForm] = []
    for year in body:
        before, is_break = None, False
        if year.report is not None:
            here = year.report.used
            before = next((each for each in reversed(forms) if each.time != here.time), None)
            is_break = bool(forms) and forms[-1].time != here.time
            forms.append(here)
        yield (
            year,
            [
                {**_cell(year, concept, before, rules), "is_break": is_break if year.report else None}
                for concept in rules.concepts
            ],
        )


def _cell(year: BodyYear, concept: Concept, before: UsedForm | None, rules: PanelRules) -> _Row:
    grade: Grade | None = None
    unit: str | None = None
    if year.report is None:
        reading = Reading(missing=Missing.UNREADABLE if year.document else Missing.NO_REPORT)
    else:
        used = year.report.used
        reading = year.report.concept(concept)
        is_in_form = reading.missing is not Missing.NOT_IN_FORM
        grade = rules.order.grade(concept, used, before) if is_in_form else Grade.NONE
        found = concept.in_form(used.form, used.era)
        unit = (found.unit if found else None) or concept.unit
    document = year.document if reading.missing is not Missing.NOT_IN_FORM else None
    return {
        "agency_key": year.agency_key,
        "year": year.year,
        "concept": concept.id,
        "value": reading.value,
        "unit": unit,
        "status": reading.missing or VALUE,
        "grade": grade,
        "basis": reading.basis,
        "is_exact": reading.is_exact if reading.value is not None else None,
        "scope": next(iter(sorted(reading.scopes)), None) if reading.value is not None else None,
        "era": year.document["era"] if year.document else None,
        "document_id": document["document_id"] if document else None,
        "observations": [each.observation_id for each in reading.proof],
    }


def _columns(cells: list[_Row]) -> _Row:
    row: _Row = {}
    for cell in cells:
        concept = cell["concept"]
        row[concept] = cell["value"]
        row[f"{concept}__status"] = cell["status"]
        row[f"{concept}__grade"] = cell["grade"]
        row[f"{concept}__source"] = cell["document_id"]
    return row


def _identity(body: tuple[BodyYear, ...], year: BodyYear) -> _Row:
    """Return who and where; a year without a file takes from the last year before that has one."""
    known = [each.document for each in body if each.document is not None and each.year <= year.year]
    row = {name: known[-1][name] for name in PANEL_IDENTITY}
    return {**row, "agency_key": year.agency_key, "year": year.year}


def _report(year: BodyYear) -> _Row:
    """Return the columns that tell of the report that speaks."""
    document = year.document or dict.fromkeys(PANEL_REPORT.names)
    return {
        **{name: document[name] for name in ("document_id", "path", "era")},
        "scope": year.report.report.scope if year.report else document["scope"],
        "n_reports": len(year.others) + (year.report is not None),
        "chosen_by": year.chosen_by,
    }
