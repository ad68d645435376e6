"""Put checks between reports beside those within them, and ask these what they confirm."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipeline.model import CheckOutcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import pyarrow as pa

    from pipeline.tables.rows import Row

_EQUAL = 0.55  # as where the reports themselves are judged: counts are whole, and shares may be rounded by that much


def confirmed_by(checks: Iterable[pa.RecordBatch], observations: Collection[str]) -> frozenset[str]:
    """Return those of some observations that stand in a check which holds, with sides that are equal and not zero."""
    asked = frozenset(observations)
    if not asked:
        return frozenset()
    return frozenset(
        name
        for batch in checks
        for check in batch.to_pylist()
        if check["outcome"] == CheckOutcome.HOLDS and check["left"] and abs(check["residual"] or 0.0) <= _EQUAL
        for name in check["observations"]
        if name in asked
    )


def with_more(
    checks: Iterable[pa.RecordBatch], more: Mapping[str, list[Row]], order: Iterable[str | None]
) -> Iterator[list[Row]]:
    """Yield the checks of one document after the other: its own, and then those in ``more`` by its id.

    ``order`` names the documents as their checks stand; one that is named twice has its rows the first time.
    """
    rows = (row for batch in checks for row in batch.to_pylist())
    own = groupby(rows, key=itemgetter("document_id"))
    waiting: tuple[str, list[dict[str, Any]]] | None = None
    for document in dict.fromkeys(name for name in order if name is not None):
        if waiting is None:
            waiting = next(((name, list(found)) for name, found in own), None)
        found: list[Row] = []
        if waiting is not None and waiting[0] == document:
            found, waiting = waiting[1], None
        yield found + more.get(document, [])
