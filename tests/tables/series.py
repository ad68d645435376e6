"""Invented reports of one county, as rows of the tables, and the panel that comes of them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.tables.bodies import DOCUMENT_COLUMNS, candidates, read_bodies
from pipeline.tables.facts import OBSERVATION_COLUMNS, Facts
from pipeline.tables.panel import build_panel
from pipeline.tables.schema import OBSERVATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook import Rulebook
    from pipeline.tables.bodies import BodyYear

Row = dict[str, Any]

BODY = "云溪县人民政府"
_TABLE_OF = {"form_2014": "attachment_table", "form_local": "attachment_table", "prose": "prose"}


def document(document_id: str, year: int | None, era: str, **columns: object) -> Row:
    defaults = dict.fromkeys(DOCUMENT_COLUMNS)
    return {
        **defaults,
        "document_id": document_id,
        "path": f"{document_id}.txt",
        "status": "ok",
        "era": era,
        "is_template": False,
        "is_tampered": False,
        "n_observations": 9,
        "agency_key": BODY,
        "agency_name": BODY,
        "agency_type": "government",
        "level": "county",
        "year": year,
        **columns,
    }


def value(document_id: str, era: str, indicator: str, number: float | str | None, **columns: object) -> Row:
    """A row of observations; a text as number is the status of a cell without one."""
    status = number if isinstance(number, str) else "reported"
    source = _TABLE_OF.get(era, "table")
    return {
        "document_id": document_id,
        "indicator": indicator,
        "applicant": None,
        "item": None,
        "value_base": None if isinstance(number, str) else number,
        "unit_base": "件",
        "status": status,
        "qualifier": "exact",
        "period": "this_year",
        "scope": None,
        "source": source,
        "standing": "accepted",
        "derived": False,
        "rule_id": f"{era}/S/{indicator}",
        "confidence": 1.0,
        "quote": "" if number is None or isinstance(number, str) else f"{number:g}",
        **columns,
    }


def values(document_id: str, era: str, stated: Mapping[str, float | str], **columns: object) -> list[Row]:
    """Rows of observations; requests in the forms since 2019 stand in the column of all applicants."""
    rows = []
    for indicator, number in stated.items():
        total = era in {"form_2019", "form_2021"} and indicator.startswith("requests.")
        rows.append(value(document_id, era, indicator, number, applicant="total" if total else None, **columns))
    return rows


def bodies(documents: list[Row], observations: list[Row], book: Rulebook) -> list[tuple[BodyYear, ...]]:
    schema = pa.schema([OBSERVATIONS.field(name) for name in OBSERVATION_COLUMNS])
    numbers: dict[str, count[int]] = {}
    rows = []
    for row in sorted(observations, key=lambda row: str(row["document_id"])):
        number = next(numbers.setdefault(row["document_id"], count(1)))
        rows.append({"observation_id": f"{row['document_id']}-{number:04}", **row})
    found = candidates(documents, book.panel)
    batches = pa.Table.from_pylist(rows, schema=schema).to_batches(3)
    files = {each["document_id"] for years in found.values() for year in years.values() for each in year.speaking}
    return list(read_bodies(found, Facts(batches, files, book.panel.split), book.panel))


def panel(documents: list[Row], observations: list[Row], book: Rulebook) -> tuple[list[Row], list[Row]]:
    wide, long = build_panel(bodies(documents, observations, book), book.panel)
    return wide.to_pylist(), long.to_pylist()
