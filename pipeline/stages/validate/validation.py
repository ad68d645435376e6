"""Validate: what of a report agrees, whose error it is where it does not, and what that does to our trust in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.stages.validate.bounds import check_bounds
from pipeline.stages.validate.identities import check_identities
from pipeline.stages.validate.list_sums import check_shares, check_sum
from pipeline.stages.validate.lists import ListFinder
from pipeline.stages.validate.mixed_up import find_mixed_up
from pipeline.stages.validate.stated_twice import check_stated_twice, is_mended
from pipeline.stages.validate.totals import offer_totals
from pipeline.stages.validate.values import cells_of, this_year, totals_of
from pipeline.stages.validate.verdicts import doubt, judge, lower_confidence, unsure_of

if TYPE_CHECKING:
    from pipeline.model import Check, Document, Identity, Numeral, Observation
    from pipeline.rulebook.agreements import Agreements
    from pipeline.rulebook.forms import Era


@dataclass(frozen=True, slots=True)
class Validation:
    """The checks, and the observations after them: doubted ones with less confidence, derived totals at the end."""

    checks: tuple[Check, ...]
    observations: tuple[Observation, ...]


def validate(
    observations: tuple[Observation, ...],
    numerals: tuple[Numeral, ...],
    document: Document,
    identity: Identity,
    era: Era,
    agreements: Agreements,
) -> Validation:
    """Return what the identities of ``era`` and the agreements that hold for every form say of one report.

    What is printed is never changed. A broken check is the report's own error where every number of it was read with
    certainty or is confirmed by another statement. Otherwise it is a doubt about our reading, and so it is where cells
    in each other's place would explain it: then the numbers in question lose confidence. Prose that contradicts a cell,
    but agrees with another sum of the form against it, shows an error of the report.
    """
    covers = cells_of(observations, era.value_source)
    tested = {cover: check_identities(cells, era, cover) for cover, cells in covers.items()}
    mixed_up: dict[Check, frozenset[str]] = {}
    for cover, cells in covers.items():
        mixed_up |= find_mixed_up(tested[cover], cells, era)
    sums = [each for found in tested.values() for each in found]
    tables = totals_of(observations)
    stated = tuple(check_stated_twice(agreements, observations, this_year(tables), document))
    lists = tuple(ListFinder(agreements, observations, numerals, document).find())
    in_prose = (
        *(check_sum(found) for found in lists if len(found.parts) > 1),
        *(check for found in lists for check in check_shares(found, agreements.shares)),
    )
    bounds = [check for cover in tables for check in check_bounds(agreements, tables[cover], identity.level, cover)]
    unsure = unsure_of(observations, (*(each.check for each in sums), *stated, *in_prose))
    year = this_year(covers)
    checks = (
        *(doubt(each.check) if each.check in mixed_up else judge(each.check, unsure) for each in sums),
        *(each if is_mended(each, sums, year) else judge(each, unsure) for each in stated),
        *in_prose,
        *(judge(each, unsure) for each in bounds),
    )
    trusted = lower_confidence(observations, checks, unsure, frozenset().union(*mixed_up.values()))
    offered = [
        total
        for cover, cells in cells_of(trusted, era.value_source).items()
        for total in offer_totals(tested[cover], cells, trusted, era)
    ]
    numbered = tuple(
        replace(each, observation_id=f"{document.source.document_id}-{number:04}")
        for number, each in enumerate(offered, start=len(trusted) + 1)
    )
    return Validation(checks, (*trusted, *numbered))
