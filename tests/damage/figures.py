"""Numbers for a form, invented with a fixed seed, that agree with the identities of the form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from pipeline.rulebook.forms import AccountingIdentity, Era, Meaning
    from tests.damage.layout import Form, Place

Sum = tuple[list["Meaning"], list["Meaning"], str]

SIZES = {"township": (0.85, 0.6, 1.2), "county": (0.5, 2.5, 1.3), "province": (0.15, 5.5, 1.9)}
_PASSES = 20
_ORGANISATIONS = 0.4  # as often as a person
_MOST = 99_999


def figures(form: Form, size: str, rng: Random) -> dict[Meaning, Decimal]:
    """Return a number for each cell of ``form``, zero in most where ``size`` is a township, large in a province."""
    values = {place.meaning: _invented(place, size, rng) for place in form.places.values()}
    hard = [each for each in form.era.identities if each.severity is Severity.HARD]
    bounds = [each for each in form.era.identities if each.relation == "<="]
    for identities in ((*bounds, *hard), hard):
        agreeing = _agreeing(values, list(_sums(form.era, identities, set(values))))
        if agreeing:
            return agreeing
    message = f"{form.id}: no numbers found that agree with all its identities"
    raise ValueError(message)


def _agreeing(values: dict[Meaning, Decimal], sums: list[Sum]) -> dict[Meaning, Decimal] | None:
    """Return the values changed so that all sums are right, null where that does not come to rest."""
    values = dict(values)
    for _ in range(_PASSES):
        before = dict(values)
        for left, right, relation in sums:
            _settle(values, left, right, relation)
        if values == before:
            return values
    return None


def holds(values: dict[Meaning, Decimal], era: Era) -> bool:
    """Tell whether all hard identities of the form hold."""
    hard = [each for each in era.identities if each.severity is Severity.HARD]
    return all(
        sum(values[each] for each in left) == sum(values[each] for each in right)
        if relation == "="
        else sum(values[each] for each in left) <= sum(values[each] for each in right)
        for left, right, relation in _sums(era, hard, set(values))
    )


def _invented(place: Place, size: str, rng: Random) -> Decimal:
    share_of_zeros, mean, spread = SIZES[size]
    if place.meaning.applicant and place.column.key != place.columns[0].key:
        share_of_zeros = 1 - (1 - share_of_zeros) * _ORGANISATIONS
    if rng.random() < share_of_zeros:
        return Decimal(0)
    number = min(1 + int(rng.lognormvariate(mean, spread)), _MOST)
    if place.column.numbers == "amount":
        return Decimal(number) + Decimal(rng.randrange(100)) / 100
    if place.column.numbers == "change" and rng.random() < 0.4:
        return Decimal(-min(number, 99))
    return Decimal(number)


def _sums(era: Era, identities: Iterable[AccountingIdentity], meanings: set[Meaning]) -> Iterator[Sum]:
    indicators = {meaning.indicator for meaning in meanings}
    for identity in identities:
        if identity.if_printed and identity.if_printed not in indicators:
            continue
        if identity.unless_printed and identity.unless_printed in indicators:
            continue
        for left, right in _instances(identity, era, meanings):
            if {*left, *right} <= meanings:
                yield left, right, identity.relation


def _instances(
    identity: AccountingIdentity, era: Era, meanings: set[Meaning]
) -> Iterator[tuple[list[Meaning], list[Meaning]]]:
    """Yield both sides of the identity for each column or row that it runs along, in each period and scope."""
    chosen = [table for table in era.tables if identity.table in {None, table.id}]
    here = {table.meaning(row, column) for table in chosen for _, row, column in table.places()} & meanings
    for one in sorted({_along(identity, meaning) for meaning in here}, key=str):

        def side(terms: tuple[str, ...], one: Meaning = one) -> list[Meaning]:
            name = "applicant" if identity.along == "row" else "indicator"
            return [replace(one, **{name: term}) for term in terms]

        yield side(identity.left), side(identity.right)


def _along(identity: AccountingIdentity, meaning: Meaning) -> Meaning:
    """Return what the terms of the identity have in common with the cell, its own term left out."""
    if identity.along == "row":
        return replace(meaning, applicant=None)
    applicant = meaning.applicant if identity.along == "applicant" else None
    return replace(meaning, indicator="", applicant=applicant, item=None)


def _settle(values: dict[Meaning, Decimal], left: list[Meaning], right: list[Meaning], relation: str) -> None:
    have, want = sum(values[each] for each in left), sum(values[each] for each in right)
    if have == want or (relation == "<=" and have < want):
        return
    if relation == "<=":
        for each in left:
            values[each] = min(values[each], want)
            want -= values[each]
        return
    total = values[left[0]] + want - have
    if total < 0:
        values[right[-1]] -= total
    values[left[0]] = max(total, Decimal(0))
