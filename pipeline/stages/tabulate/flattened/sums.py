"""The identities of a form as sums through the rows that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Severity
from pipeline.stages.tabulate.flattened.solve import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Period
    from pipeline.rulebook.forms import AccountingIdentity
    from pipeline.stages.tabulate.flattened.rows import FoundRow

_Place = tuple[str, str | None, "Period"]


def sums(identities: Iterable[AccountingIdentity], rows: Sequence[FoundRow]) -> Iterator[Sum]:
    """Yield the identities of a form where all their terms are among the cells of the rows found, hard ones first."""
    places: dict[_Place, tuple[int, int]] = {}
    for number, found in enumerate(rows):
        for col, column in enumerate(found.columns):
            meaning = found.table.meaning(found.row, column)
            places.setdefault((meaning.indicator, meaning.applicant, meaning.period), (number, col))
    printed = {indicator for indicator, _, _ in places}
    for identity in sorted(identities, key=lambda identity: identity.severity is not Severity.HARD):
        if identity.if_printed and identity.if_printed not in printed:
            continue
        if identity.unless_printed and identity.unless_printed in printed:
            continue
        if identity.along == "row":
            yield from _along_rows(identity, rows)
        else:
            yield from _down_columns(identity, places)


def _along_rows(identity: AccountingIdentity, rows: Sequence[FoundRow]) -> Iterator[Sum]:
    for number, found in enumerate(rows):
        cols = {column.key: col for col, column in enumerate(found.columns)}
        if found.table.id == identity.table and cols.keys() >= {*identity.left, *identity.right}:
            yield Sum(
                (
                    *((number, cols[key], 1) for key in identity.left),
                    *((number, cols[key], -1) for key in identity.right),
                ),
                identity.relation == "<=",
            )


def _down_columns(identity: AccountingIdentity, places: dict[_Place, tuple[int, int]]) -> Iterator[Sum]:
    for applicant, period in dict.fromkeys((applicant, period) for _, applicant, period in places):
        if (identity.along == "document") != (applicant is None):
            continue
        left = [places.get((term, applicant, period)) for term in identity.left]
        right = [places.get((term, applicant, period)) for term in identity.right]
        if None in left or None in right:
            continue
        yield Sum(
            (*((*place, 1) for place in left if place), *((*place, -1) for place in right if place)),
            identity.relation == "<=",
        )
