from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import CheckOutcome, Period, Severity, ValueSource, ValueStatus, Verdict
from tests.stages.documents import of_lines
from tests.stages.stating import cell, validated

if TYPE_CHECKING:
    from pipeline.model import Check, Observation
    from pipeline.rulebook import Rulebook

HOLDS, BROKEN, NOT_TESTABLE = CheckOutcome.HOLDS, CheckOutcome.BROKEN, CheckOutcome.NOT_TESTABLE


def bounds(book: Rulebook, *cells: Observation, level: str | None = None) -> list[Check]:
    return list(validated(book, list(cells), of_lines("无。"), era="prose", level=level).checks)


@pytest.mark.parametrize(
    ("count", "amount", "outcome"),
    [
        (0, 0, HOLDS),
        (3, 12.5, HOLDS),
        (0, 12.5, BROKEN),
        (3, 0, BROKEN),
        (None, 0, NOT_TESTABLE),
        (0, None, NOT_TESTABLE),
    ],
)
def test_money_is_spent_on_purchases(
    book: Rulebook, count: float | None, amount: float | None, outcome: CheckOutcome
) -> None:
    (check,) = bounds(book, cell("procurement.count", count), cell("procurement.amount", amount))
    assert (check.identity, check.outcome) == ("C11:procurement.count", outcome)
    assert check.verdict is (Verdict.REPORT_ERROR if outcome is BROKEN else None)


@pytest.mark.parametrize(("level", "outcomes"), [("township", [BROKEN]), ("prefecture", []), (None, [])])
def test_rules_are_made_by_higher_bodies_only(book: Rulebook, level: str | None, outcomes: list[CheckOutcome]) -> None:
    checks = bounds(book, cell("rules.in_force", 4), level=level)
    assert [check.outcome for check in checks] == outcomes
    assert [(check.left, check.right) for check in checks] == [(4, 0)] * len(outcomes)


def test_a_soft_bound_accuses_nobody(book: Rulebook) -> None:
    checks = bounds(
        book, cell("normative.made", 2), cell("normative.disclosed_new", 3), cell("normative.public_total", 9)
    )
    found = {check.identity: check for check in checks}
    exceeded = found["C9:normative.disclosed_new"]
    assert (exceeded.outcome, exceeded.residual, exceeded.verdict) == (BROKEN, 1, None)
    assert found["C9b:normative.disclosed_new"].outcome is HOLDS
    doubtful = bounds(book, cell("normative.made", 2, confidence=0.8), cell("normative.disclosed_new", 3))
    assert [check.verdict for check in doubtful] == [Verdict.EXTRACTION_DOUBT]


def test_earlier_years_may_make_up_for_it(book: Rulebook) -> None:
    cells = [cell("litigation.after_review.total", 2), cell("review.total", 1)]
    (check,) = bounds(book, *cells)
    assert check.identity == "C13:litigation.after_review.total"
    assert (check.outcome, check.left, check.right, check.residual) == (NOT_TESTABLE, 2, 1, None)
    (enough,) = bounds(book, cells[0], cell("review.total", 2))
    assert enough.outcome is HOLDS


@pytest.mark.parametrize(("requests", "outcome"), [(3, HOLDS), (2, BROKEN)])
def test_many_more_reviews_than_requests_are_unusual(book: Rulebook, requests: int, outcome: CheckOutcome) -> None:
    checks = bounds(
        book,
        cell("review.total", 8),
        cell("litigation.direct.total", 1),
        cell("litigation.after_review.total", 0),
        cell("requests.received.total", requests, "total"),
        cell("requests.carried_over", 0, "total"),
    )
    check = next(each for each in checks if each.identity == "C14:review.total")
    assert (check.outcome, check.left, check.right, check.severity) == (outcome, 9, 3 * requests, Severity.INFO)
    assert check.verdict is None


def test_every_item_went_through_a_channel_that_the_form_prints(book: Rulebook) -> None:
    form = {"source": ValueSource.ATTACHMENT_TABLE}
    cells = [
        cell("proactive.total", 52, **form),
        cell("proactive.channel.website", 40, **form),
        cell("proactive.channel.gazette", 30, **form),
    ]
    (check,) = bounds(book, *cells)
    assert (check.identity, check.outcome, check.right) == ("B9:proactive.total", HOLDS, 70)
    of_all_years = [replace(each, period=Period.CUMULATIVE) for each in cells[:2]]
    by_name = {each.identity: each for each in bounds(book, *cells, *of_all_years)}
    cumulative = by_name["B9:proactive.total:cumulative"]
    assert (cumulative.outcome, cumulative.left, cumulative.right, cumulative.verdict) == (BROKEN, 52, 40, None)
    assert by_name["B9:proactive.total"].outcome is HOLDS
    blank = replace(cells[2], status=ValueStatus.BLANK, value=None, value_base=None)
    assert [each.outcome for each in bounds(book, *cells[:2], blank)] == [NOT_TESTABLE]


def test_nothing_printed_nothing_claimed(book: Rulebook) -> None:
    assert bounds(book) == []
    assert bounds(book, cell("license.decisions", 4), level="township") == []
    assert bounds(book, cell("procurement.count", 4)) == []
