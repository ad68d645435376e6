"""The accounting identities of a form, tested at every place they apply to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Severity
from pipeline.stages.validate.values import accusing_nobody, compare, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Check
    from pipeline.rulebook.forms import AccountingIdentity, Era
    from pipeline.stages.validate.values import Place, Values


@dataclass(frozen=True, slots=True)
class TestedIdentity:
    """An identity at one place: the summands of its two sides, and what came of it."""

    __test__ = False

    identity: AccountingIdentity
    left: tuple[Place, ...]
    right: tuple[Place, ...]
    check: Check


def check_identities(values: Values, era: Era, cover: str = "") -> tuple[TestedIdentity, ...]:
    """Return each identity of ``era`` at each place it applies to.

    An identity along the rows of a table is told apart by its indicator, as in ``C3:requests.carried_over``. On other
    columns than those of the year, which ``cover`` names, it is tested only where something is printed. One that is not
    hard may be broken, and accuses nobody.
    """
    printed = values.indicators
    tested: list[TestedIdentity] = []
    for identity in era.identities:
        if identity.if_printed and identity.if_printed not in printed:
            continue
        if identity.unless_printed and identity.unless_printed in printed:
            continue
        for name, applicant, left, right in _instances(identity, era, printed):
            if cover and all(values.number(place) is None for place in (*left, *right)):
                continue
            check = compare(
                named(name, cover),
                identity.severity,
                (values.total(left), values.total(right)),
                values.at((*left, *right)),
                relation=identity.relation,
                applicant=applicant,
            )
            certainly_wrong = identity.severity is Severity.HARD
            tested.append(TestedIdentity(identity, left, right, check if certainly_wrong else accusing_nobody(check)))
    return tuple(tested)


def _instances(
    identity: AccountingIdentity, era: Era, printed: frozenset[str]
) -> Iterator[tuple[str, str | None, tuple[Place, ...], tuple[Place, ...]]]:
    """Yield name and applicant of each place the identity applies to, and the summands of its sides."""
    left, right = identity.left, identity.right
    if identity.along == "document":
        yield identity.id, None, tuple((term, None) for term in left), tuple((term, None) for term in right)
        return
    places = [
        (table.meaning(row, column), row)
        for table in era.tables
        if table.id == identity.table
        for _, row, column in table.places()
    ]
    if identity.along == "applicant":
        for who in dict.fromkeys(meaning.applicant for meaning, _ in places):
            yield identity.id, who, tuple((term, who) for term in left), tuple((term, who) for term in right)
        return
    replaced = {key for meaning, row in places if row and meaning.indicator in printed for key in row.instead_of}
    for what, row in dict.fromkeys((meaning.indicator, row) for meaning, row in places):
        if row and (row.key in replaced or (row.instead_of and what not in printed)):
            continue
        name = f"{identity.id}:{what}"
        yield name, None, tuple((what, term) for term in left), tuple((what, term) for term in right)
