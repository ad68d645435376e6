"""Keep what reports state, as far as comparing needs it, in columns: observations in, statements of one report out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model import Period, Qualifier, Standing, Statement, ValueSource, ValueStatus
from pipeline.rulebook.evaluation import ALL_APPLICANTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

OBSERVATION_COLUMNS = (
    *("document_id", "observation_id", "indicator", "applicant", "item", "value_base", "unit_base", "status"),
    *("qualifier", "period", "scope", "source", "standing", "derived", "rule_id", "confidence", "quote"),
)

_DROPPED = ("item", "standing")


class Facts:
    """The statements of some reports. Those of one report stand together, as in observations.parquet.

    Single kinds of applicant are kept for the indicators in ``split`` only, to save room and time.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], documents: Collection[str], split: Collection[str]) -> None:
        known, indicators = (pa.array(sorted(names), pa.string()) for names in (documents, split))
        kept = [_speaking(batch, known, indicators) for batch in batches]
        self._table = pa.Table.from_batches(kept).combine_chunks() if kept else None
        self._places = self._runs()

    def of(self, document_id: str) -> tuple[tuple[Statement, ...], str | None]:
        """Return the statements of a report, and the version of the form that its tables were read by, or null."""
        if self._table is None or document_id not in self._places:
            return (), None
        rows = self._table.slice(*self._places[document_id]).to_pylist()
        forms = [row["rule_id"].partition("/")[0] for row in rows if row["source"] != ValueSource.PROSE]
        form = max(sorted(set(forms)), key=forms.count) if forms else None
        return tuple(_statement(row) for row in rows), form

    def _runs(self) -> dict[str, tuple[int, int]]:
        """Return where the rows of each report begin, and how many they are."""
        if self._table is None or not self._table.num_rows:
            return {}
        runs = pc.run_end_encode(self._table["document_id"].combine_chunks())
        names, ends = runs.values.to_pylist(), runs.run_ends.to_pylist()
        return {name: (start, end - start) for name, start, end in zip(names, [0, *ends], ends, strict=False)}


def _speaking(batch: pa.RecordBatch, documents: pa.Array, split: pa.Array) -> pa.RecordBatch:
    """Return the rows that speak for their fact, and the totals that were added up where a report prints none."""
    accepted = pc.equal(batch["standing"], Standing.ACCEPTED.value)
    speaks = pc.or_(accepted, pc.fill_null(batch["derived"], False))  # noqa: FBT003
    of_all = pc.fill_null(pc.equal(batch["applicant"], ALL_APPLICANTS), True)  # noqa: FBT003
    asked = pc.or_(of_all, pc.is_in(batch["indicator"], value_set=split))
    kept = pc.and_(
        pc.and_(pc.and_(speaks, asked), pc.is_null(batch["item"])), pc.is_in(batch["document_id"], value_set=documents)
    )
    return batch.filter(kept).drop_columns(list(_DROPPED))


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(
        observation_id=row["observation_id"],
        indicator=row["indicator"],
        applicant=row["applicant"],
        period=Period(row["period"]),
        value=row["value_base"],
        unit=row["unit_base"],
        status=ValueStatus(row["status"]),
        source=ValueSource(row["source"]),
        qualifier=Qualifier(row["qualifier"]),
        scope=row["scope"],
        derived=row["derived"],
        confidence=row["confidence"],
        quote=row["quote"],
    )
