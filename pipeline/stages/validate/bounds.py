"""Bounds between the counts of the tables: what can't well be, whatever the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome
from pipeline.rulebook.agreements import stands_for
from pipeline.stages.validate.values import accusing_nobody, compare, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Check
    from pipeline.rulebook.agreements import Agreements, Bound
    from pipeline.stages.validate.values import Values


def check_bounds(agreements: Agreements, tables: Values, level: str | None, cover: str = "") -> Iterator[Check]:
    """Yield the bounds for bodies of ``level`` of whose counts the tables have every cell, filled or not.

    A bound is told apart by the indicator on its left side, as in ``C9:normative.disclosed_new``; ``cover`` names the
    columns where they are not those of the year. What is exceeded is unusual, and accuses nobody.
    """
    for bound in agreements.bounds:
        if bound.levels and level not in bound.levels:
            continue
        right = _printed(bound.right, tables)
        if bound.right and not right:
            continue
        for left in _left_sides(bound, tables):
            yield _check(bound, left, right, tables, named(f"{bound.id}:{left[0]}", cover))


def _left_sides(bound: Bound, tables: Values) -> list[tuple[str, ...]]:
    """Return the left side; one for each indicator where it is ``x.*``; none where a part of it is not printed."""
    printed = _printed(bound.left, tables)
    if len(bound.left) == 1:
        return [(term,) for term in printed]
    return [bound.left] if printed else []


def _printed(terms: tuple[str, ...], tables: Values) -> tuple[str, ...]:
    """Return the terms, ``x.*`` written out as what the tables have of it; empty where they lack one of them."""
    known = sorted(tables.indicators)
    found = [[indicator for indicator in known if stands_for(term, indicator)] for term in terms]
    return tuple(name for names in found for name in names) if all(found) else ()


def _check(bound: Bound, left: tuple[str, ...], right: tuple[str, ...], tables: Values, name: str) -> Check:
    sides = tuple((term, None) for term in left), tuple((term, None) for term in right)
    total = tables.total(sides[1])
    check = compare(
        name,
        bound.severity,
        (tables.total(sides[0]), None if total is None else total * bound.times),
        tables.at((*sides[0], *sides[1])),
        relation=bound.relation,
    )
    if check.outcome is CheckOutcome.BROKEN and bound.earlier_years:
        return replace(check, outcome=CheckOutcome.NOT_TESTABLE, residual=None, verdict=None)
    return accusing_nobody(check) if bound.relation == "<=" else check
