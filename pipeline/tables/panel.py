"""Build the panel: one row per body and year, with the comparable concepts side by side and why a value is missing.

Of several reports of one body on one year the best read one speaks: whole before partial, then the one with more
values, then the first path. Duplicates, templates and what is no report do not enter.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model import DocumentStatus, Period, Standing, ValueStatus
from pipeline.tables.schema import PANEL_IDENTITY, panel_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.rulebook.concepts import Concept

DOCUMENT_COLUMNS = ("document_id", "path", "status", "era", "is_template", "n_observations", *PANEL_IDENTITY)
OBSERVATION_COLUMNS = (
    *("document_id", "indicator", "applicant", "item", "scope"),
    *("value_base", "status", "period", "standing"),
)

_Fact = tuple[str, str | None]
_Reading = tuple[str, float | None]

_SPEAKING = (DocumentStatus.OK, DocumentStatus.PARTIAL)
_WHOLE = "jurisdiction"
_HAVE_VALUE = (ValueStatus.REPORTED, ValueStatus.ZERO_STATED)
_WHY_MISSING = {
    ValueStatus.BLANK: "blank",
    ValueStatus.NOT_APPLICABLE: "not_stated",
    ValueStatus.PLACEHOLDER: "not_stated",
    ValueStatus.UNREADABLE: "unreadable",
}
_GRAVITY = ("blank", "not_stated", "unreadable")


def build_panel(documents: pa.Table, observations: Iterable[pa.RecordBatch], concepts: tuple[Concept, ...]) -> pa.Table:
    """Return the panel, ordered by body and year, of tables with ``DOCUMENT_COLUMNS`` and ``OBSERVATION_COLUMNS``.

    A concept is the sum of its terms in the form that the report uses, in base units. It has a value only where every
    term has one; otherwise its status says why not.
    """
    chosen = _choose(documents.to_pylist())
    facts = dict(_facts(observations, chosen, concepts))
    rows = [_row(document, facts.get(document_id, {}), concepts) for document_id, document in chosen.items()]
    rows.sort(key=itemgetter("agency_key", "year"))
    return pa.Table.from_pylist(rows, schema=panel_schema(concept.id for concept in concepts))


def _choose(documents: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the document that speaks for each body and year, by document id."""
    best: dict[tuple[str, int], dict[str, Any]] = {}
    for document in documents:
        known = document["agency_key"] is not None and document["year"] is not None
        if not known or document["status"] not in _SPEAKING or document["is_template"]:
            continue
        key = document["agency_key"], document["year"]
        if key not in best or _rank(document) < _rank(best[key]):
            best[key] = document
    return {document["document_id"]: document for document in best.values()}


def _rank(document: Mapping[str, Any]) -> tuple[int, int, str]:
    return _SPEAKING.index(document["status"]), -document["n_observations"], document["path"]


def _facts(
    batches: Iterable[pa.RecordBatch], chosen: Mapping[str, object], concepts: tuple[Concept, ...]
) -> Iterator[tuple[str, dict[_Fact, _Reading]]]:
    """Yield the facts that concepts may ask for, document by document.

    Where a form has both, the figures of the office itself speak before those of its whole jurisdiction.
    """
    terms = {(term.indicator, term.applicant) for each in concepts for era in each.eras for term in era.terms}
    for document_id, rows in groupby(_speaking_rows(batches), key=itemgetter("document_id")):
        if document_id not in chosen:
            continue
        own: dict[_Fact, _Reading] = {}
        whole: dict[_Fact, _Reading] = {}
        for row in rows:
            fact = row["indicator"], row["applicant"]
            if fact in terms:
                facts = whole if row["scope"] == _WHOLE else own
                facts[fact] = _agreed(facts.get(fact), (row["status"], row["value_base"]))
        yield document_id, {**whole, **own}


def _speaking_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    """Yield the rows that speak for this year as a whole."""
    standings = pa.array([Standing.ACCEPTED.value, Standing.CORRECTED.value])
    for batch in batches:
        speaks = pc.is_in(batch["standing"], value_set=standings)
        this_year = pc.equal(batch["period"], Period.THIS_YEAR.value)
        kept = pc.and_(pc.and_(speaks, this_year), pc.is_null(batch["item"]))
        yield from batch.filter(kept).to_pylist()


def _agreed(known: _Reading | None, new: _Reading) -> _Reading:
    """Return what two readings of one fact say together: a value speaks before its absence, two values must agree."""
    if known is None or known[0] not in _HAVE_VALUE:
        return new
    if new[0] in _HAVE_VALUE and new[1] != known[1]:
        return ValueStatus.UNREADABLE, None
    return known


def _row(document: Mapping[str, Any], facts: Mapping[_Fact, _Reading], concepts: tuple[Concept, ...]) -> dict[str, Any]:
    row = {name: document[name] for name in PANEL_IDENTITY}
    for concept in concepts:
        form = concept.in_era(document["era"])
        value, status = (None, "not_in_form")
        if form is not None:
            value, status = _sum([facts.get((term.indicator, term.applicant)) for term in form.terms])
        row[concept.id] = value
        row[f"{concept.id}__status"] = status
        row[f"{concept.id}__grade"] = form.grade if form else None
        row[f"{concept.id}__source"] = document["document_id"] if form else None
    return row


def _sum(readings: list[_Reading | None]) -> tuple[float | None, str]:
    missing = {
        _WHY_MISSING[ValueStatus(reading[0])] if reading else "not_stated"
        for reading in readings
        if reading is None or reading[0] not in _HAVE_VALUE
    }
    if missing:
        return None, max(missing, key=_GRAVITY.index)
    return sum(reading[1] or 0.0 for reading in readings if reading), "value"
