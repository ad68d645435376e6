"""Read what a run found: its tables become one list of values per file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Period, ValueSource
from pipeline.tables.parquet import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

    from pipeline.evaluating.conventions import Conventions

_DOCUMENT_COLUMNS = ["document_id", "path", "format"]
_OBSERVATION_COLUMNS = [
    "document_id",
    "indicator",
    "applicant",
    "item",
    "value",
    "unit",
    "status",
    "qualifier",
    "period",
    "source",
    "derived",
    "quote",
    "rule_id",
]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One value as the run read it; ``value`` is null where the report prints none."""

    indicator: str
    value: float | None
    applicant: str | None = None
    item: str | None = None
    unit: str | None = None
    status: str | None = None
    qualifier: str | None = None
    period: str = Period.THIS_YEAR
    in_table: bool = False
    derived: bool = False
    quote: str = ""
    rule_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of the run, ``path`` in its corpus, with all values read from it in reading order."""

    document_id: str
    path: str
    format: str | None
    predictions: tuple[Prediction, ...]


def read_run(out: Path, conventions: Conventions) -> tuple[ReadFile, ...]:
    """Return the files of the output folder ``out`` with their values.

    Byte-identical files have the same values. Raises ``TablesMissingError`` where the tables can't be read.
    """
    found: dict[str, list[Prediction]] = {}
    for row in read_rows(out / "observations.parquet", _OBSERVATION_COLUMNS):
        found.setdefault(row["document_id"], []).append(_prediction(row, conventions))
    return tuple(
        ReadFile(row["document_id"], row["path"], row["format"], tuple(found.get(row["document_id"], ())))
        for row in read_rows(out / "documents.parquet", _DOCUMENT_COLUMNS)
    )


def distinct(predictions: Iterable[Prediction], key: Callable[[Prediction], Hashable]) -> tuple[Prediction, ...]:
    """Return the first of all predictions with the same ``key``, of those that have a value."""
    first: dict[Hashable, Prediction] = {}
    for prediction in predictions:
        if prediction.value is not None:
            first.setdefault(key(prediction), prediction)
    return tuple(first.values())


def read_rows(path: Path, columns: list[str]) -> list[dict[str, Any]]:
    """Return the rows of the table at ``path``. Raises ``TablesMissingError`` where it is missing or damaged."""
    rows: list[dict[str, Any]] = read_table(path, columns).to_pylist()
    return rows


def _prediction(row: dict[str, Any], conventions: Conventions) -> Prediction:
    indicator, period = conventions.plain(row["indicator"], row["period"] or Period.THIS_YEAR)
    return Prediction(
        indicator=indicator,
        value=row["value"],
        applicant=row["applicant"] or None,
        item=(row["item"] or "").strip() or None,
        unit=row["unit"] or None,
        status=row["status"] or None,
        qualifier=row["qualifier"] or None,
        period=period,
        in_table=row["source"] in {ValueSource.TABLE, ValueSource.ATTACHMENT_TABLE},
        derived=bool(row["derived"]),
        quote=row["quote"] or "",
        rule_id=row["rule_id"] or None,
    )
