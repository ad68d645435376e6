"""Say what is there of which section, body by body and year by year, over all years of the corpus.

A body and year without a report is there too, so that holes show.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model import SectionKind, Standing, ValueStatus
from pipeline.tables.schema import COVERAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.tables.bodies import Candidates

SECTION_COLUMNS = ("document_id", "section_id", "kind")
CELL_COLUMNS = ("document_id", "section_id", "status", "standing")

KINDS = tuple(kind.value for kind in SectionKind if kind is not SectionKind.FURNITURE)

_WITH_VALUE = (ValueStatus.REPORTED, ValueStatus.ZERO_STATED)
_WITHOUT_VALUE = (ValueStatus.BLANK, ValueStatus.NOT_APPLICABLE, ValueStatus.PLACEHOLDER, ValueStatus.UNREADABLE)

_Place = tuple[str, str]


def build_coverage(
    found: Mapping[str, Mapping[int, Candidates]],
    sections: Iterable[pa.RecordBatch],
    observations: Iterable[pa.RecordBatch],
) -> pa.Table:
    """Return one row per body, year and kind of section, of tables with ``SECTION_COLUMNS`` and ``CELL_COLUMNS``.

    ``coverage`` is ``no_report``, ``unreadable`` where the file could not be read, ``absent`` where the report has no
    such section, ``text`` where it has one without a value, ``values`` otherwise.
    """
    if not found:
        return COVERAGE.empty_table()
    chosen = {year.speaking[0]["document_id"] for years in found.values() for year in years.values() if year.speaking}
    known = pa.array(sorted(chosen), pa.string())
    kinds = _kinds(sections, known)
    counts = _counts(observations, kinds, known)
    present = {(document, kind) for (document, _), kind in kinds.items()}
    first = min(min(years) for years in found.values())
    last = max(max(years) for years in found.values())
    rows: list[dict[str, Any]] = []
    for key, years in found.items():
        name = _name(years)
        for year in range(first, last + 1):
            here = years.get(year)
            document = (here.speaking or here.unread)[0] if here else None
            for kind in KINDS:
                place = (document["document_id"], kind) if document else ("", kind)
                tally = counts.get(place, Counter())
                values = sum(tally[status] for status in _WITH_VALUE)
                rows.append(
                    {
                        "agency_key": key,
                        "agency_name": name,
                        "year": year,
                        "section_kind": kind,
                        "coverage": _coverage(here, values, is_there=place in present),
                        "n_values": values,
                        **{f"n_{status}": tally[status] for status in _WITHOUT_VALUE},
                        "document_id": document["document_id"] if document else None,
                        "path": document["path"] if document else None,
                    }
                )
    return pa.Table.from_pylist(rows, schema=COVERAGE)


def _coverage(here: Candidates | None, values: int, *, is_there: bool) -> str:
    if here is None:
        return "no_report"
    if not here.speaking:
        return "unreadable"
    if values:
        return "values"
    return "text" if is_there else "absent"


def _name(years: Mapping[int, Candidates]) -> str | None:
    last = years[max(years)]
    return next((each["agency_name"] or each["agency_key"] for each in (*last.speaking, *last.unread)), None)


def _kinds(sections: Iterable[pa.RecordBatch], documents: pa.Array) -> dict[_Place, str]:
    """Return the kind of each section, by report and section."""
    found = {}
    for batch in sections:
        kept = batch.filter(pc.is_in(batch["document_id"], value_set=documents))
        for document, section, kind in zip(*(kept[name].to_pylist() for name in SECTION_COLUMNS), strict=True):
            found[document, section] = kind
    return found


def _counts(
    observations: Iterable[pa.RecordBatch], kinds: Mapping[_Place, str], documents: pa.Array
) -> dict[_Place, Counter[str]]:
    """Return how many cells of each status stand in sections of one kind, by report and kind."""
    found: dict[_Place, Counter[str]] = {}
    for batch in observations:
        kept = batch.filter(pc.is_in(batch["document_id"], value_set=documents))
        for document, section, status, standing in zip(*(kept[name].to_pylist() for name in CELL_COLUMNS), strict=True):
            if standing == Standing.ACCEPTED:
                kind = kinds.get((document, section), SectionKind.OTHER.value)
                found.setdefault((document, kind), Counter())[status] += 1
    return found
