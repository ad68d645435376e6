"""Set concepts, indicators or whole expressions side by side over bodies and years, with grades, reasons and sources.

A concept comes from the panel; anything else is worked out anew from the reports that speak there. Its forms are not
graded, so that a change of form is marked as a break of unknown size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.rulebook.evaluation import Missing, Reading, evaluate
from pipeline.rulebook.expressions import Reference, parse, references
from pipeline.rulebook.source import did_you_mean
from pipeline.tables.bodies import DOCUMENT_COLUMNS, candidates, read_bodies
from pipeline.tables.facts import OBSERVATION_COLUMNS, Facts
from pipeline.tables.panel import VALUE
from pipeline.tables.parquet import opened, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.expressions import Expression
    from pipeline.tables.bodies import BodyYear

Row = dict[str, Any]

PLACES = ("agency_key", "agency_name", "province", "prefecture", "county", "township")
_REPORT = ("agency_key", "agency_name", "year", "path", "era", "scope", "n_reports")
_CELL = ("value", "unit", "status", "grade", "is_break", "basis", "is_exact", "document_id", "observations")


class UnknownNameError(ValueError):
    """Something to compare is neither a concept nor made of indicators."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of the panel to take: ``years`` from and to, a word in a place or the start of its code, a scope."""

    years: tuple[int, int] | None = None
    place: str | None = None
    scope: str | None = None

    def takes(self, row: Row) -> bool:
        """Say whether a row of the panel is asked for."""
        if self.years is not None and not self.years[0] <= row["year"] <= self.years[1]:
            return False
        if self.scope is not None and row["scope"] != self.scope:
            return False
        return self.takes_place(row)

    def takes_place(self, row: Row) -> bool:
        """Say whether the place of a row is asked for."""
        if self.place is None:
            return True
        is_code = self.place.isdecimal() and (row["adcode"] or "").startswith(self.place)
        return is_code or any(self.place in (row[name] or "") for name in PLACES)


def compare(out: Path, names: Iterable[str], selection: Selection, book: Rulebook) -> list[Row]:
    """Return one row per name, body and year, in this order; years without a report are filled in for each body.

    Raises ``UnknownNameError`` for a name that is neither a concept, an indicator nor an expression of indicators.
    """
    columns = ["adcode", *PLACES, *(name for name in _REPORT if name not in PLACES)]
    panel = [row for row in read_table(out / "panel.parquet", columns=columns).to_pylist() if selection.takes(row)]
    by_place = {(row["agency_key"], row["year"]): row for row in panel}
    found: list[Row] = []
    concepts = {concept.id for concept in book.concepts}
    for name in names:
        if name in concepts:
            cells = _from_panel(out, name, by_place)
        else:
            cells = _worked_out(out, _expression(name, book), selection, book)
        found.extend(_filled(name, cells, by_place))
    return _with_quotes(out, found)


def _expression(name: str, book: Rulebook) -> Expression:
    try:
        expression = parse(name)
    except ValueError as error:
        raise UnknownNameError(str(error)) from error
    known = {indicator.id for indicator in book.indicators}
    for asked in references(expression):
        if asked.indicator not in known:
            near = did_you_mean(asked.indicator, {*known, *(concept.id for concept in book.concepts)})
            message = f"'{asked.indicator}' is neither a concept nor an indicator{near}"
            raise UnknownNameError(message)
        if asked.before:
            message = f"'{name}': @before belongs to checks between years"
            raise UnknownNameError(message)
    return expression


def _from_panel(out: Path, concept: str, by_place: dict[tuple[str, int], Row]) -> dict[tuple[str, int], Row]:
    columns = ["agency_key", "year", *_CELL]
    rows = read_table(out / "panel_values.parquet", columns=columns, filters=[("concept", "=", concept)]).to_pylist()
    places = ((row["agency_key"], row["year"]) for row in rows)
    return {place: row for place, row in zip(places, rows, strict=True) if place in by_place}


def _worked_out(out: Path, expression: Expression, selection: Selection, book: Rulebook) -> dict[tuple[str, int], Row]:
    documents = read_table(out / "documents.parquet", columns=DOCUMENT_COLUMNS).to_pylist()
    found = candidates((each for each in documents if selection.takes_place(each)), book.panel)
    files = {each["document_id"] for years in found.values() for year in years.values() for each in year.speaking}
    wanted = {asked.indicator for asked in references(expression)}
    with opened(out / "observations.parquet") as observations:
        batches = observations.iter_batches(columns=list(OBSERVATION_COLUMNS))
        facts = Facts((_about(batch, wanted) for batch in batches), files, wanted)
        bodies = list(read_bodies(found, facts, book.panel))
    unit = _unit(expression, book)
    return {
        (year.agency_key, year.year): _cell(year, is_break, expression, unit)
        for body in bodies
        for year, is_break in _breaks(body)
    }


def _about(batch: pa.RecordBatch, indicators: set[str]) -> pa.RecordBatch:
    """Return the rows about some indicators, and one row of each table, which tells the version of the form."""
    asked = pc.is_in(batch["indicator"], value_set=pa.array(sorted(indicators)))
    return batch.filter(pc.or_(asked, pc.not_equal(batch["source"], "prose")))


def _unit(expression: Expression, book: Rulebook) -> str | None:
    """Return the unit of an indicator that stands alone; sums and ratios of several have none here."""
    if not isinstance(expression, Reference):
        return None
    return next(each.unit for each in book.indicators if each.id == expression.indicator)


def _breaks(body: tuple[BodyYear, ...]) -> Iterator[tuple[BodyYear, bool | None]]:
    last: int | None = None
    for year in body:
        here = year.report.used.time if year.report else None
        yield year, None if here is None else last is not None and last != here
        last = here if here is not None else last


def _cell(year: BodyYear, is_break: bool | None, expression: Expression, unit: str | None) -> Row:  # noqa: FBT001 — a column
    if year.report is None:
        reading = Reading(missing=Missing.UNREADABLE if year.document else Missing.NO_REPORT)
    else:
        reading = evaluate(expression, year.report.statements.read)
    return {
        "value": reading.value,
        "unit": unit,
        "status": reading.missing or VALUE,
        "grade": None,
        "is_break": is_break,
        "basis": reading.basis,
        "is_exact": reading.is_exact if reading.value is not None else None,
        "document_id": year.document["document_id"] if year.document else None,
        "observations": [each.observation_id for each in reading.proof],
    }


def _filled(name: str, cells: dict[tuple[str, int], Row], by_place: dict[tuple[str, int], Row]) -> Iterator[Row]:
    """Yield a row for each body and each year that any of them has."""
    if not by_place:
        return
    years = [year for _, year in by_place]
    for key, agency_name in {key: row["agency_name"] for (key, _), row in by_place.items()}.items():
        for year in range(min(years), max(years) + 1):
            report, cell = by_place.get((key, year)), cells.get((key, year))
            if report is None or cell is None:
                report, cell = dict.fromkeys(_REPORT), dict.fromkeys(_CELL)
                cell |= {"status": Missing.NO_REPORT.value, "observations": []}
            told = {"name": name, **{column: report[column] for column in _REPORT}}
            yield {
                **told,
                "agency_key": key,
                "agency_name": agency_name or key,
                "year": year,
                **{column: cell[column] for column in _CELL},
            }


def _with_quotes(out: Path, rows: list[Row]) -> list[Row]:
    """Return the rows with the words behind each value."""
    wanted = pa.array(sorted({each for row in rows for each in row["observations"]}), pa.string())
    quotes: dict[str, str] = {}
    with opened(out / "observations.parquet") as observations:
        for batch in observations.iter_batches(columns=["observation_id", "quote"]):
            kept = batch.filter(pc.is_in(batch["observation_id"], value_set=wanted))
            quotes.update(zip(kept["observation_id"].to_pylist(), kept["quote"].to_pylist(), strict=True))
    return [{**row, "quotes": [quotes[each] for each in row["observations"]]} for row in rows]
