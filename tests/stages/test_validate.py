from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import CheckOutcome, Observation, Period, Severity, Standing, ValueSource, ValueStatus, Verdict
from tests.stages.stating import cell, changed, printed, validated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Check
    from pipeline.rulebook import Rulebook

REVIEW = ("review.upheld", "review.corrected", "review.other", "review.pending")
IDENTITIES = {"C1", "C2", "C3", "C4", "C5"}


def by_name(book: Rulebook, observations: Iterable[Observation]) -> dict[tuple[str, str | None], Check]:
    """Return the checks of the form's own identities."""
    checks = validated(book, observations).checks
    return {(each.identity, each.applicant): each for each in checks if each.identity[:2] in IDENTITIES}


def test_the_sums_of_the_example_hold(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    checks = {key: check for key, check in by_name(book, form_cells).items() if key[0][:3] not in {"C10", "C13", "C14"}}
    assert {check.outcome for check in checks.values()} == {CheckOutcome.HOLDS}
    assert len(checks) == 7 + 7 + 25 + 3
    total = checks["C1", "total"]
    assert (total.left, total.right, total.residual, total.verdict) == (41, 41, 0, None)
    assert len(total.observation_ids) == 4
    assert checks["C3:requests.received.total", None].right == 38


def test_an_error_of_the_report_is_a_finding(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    result = validated(book, printed(form_cells, "review.total", None, 9))
    check = next(check for check in result.checks if check.identity == "C4")
    assert (check.outcome, check.left, check.right, check.residual) == (CheckOutcome.BROKEN, 9, 8, 1)
    assert (check.severity, check.verdict) == (Severity.HARD, Verdict.REPORT_ERROR)
    assert {each.confidence for each in result.observations} == {1.0}


def test_a_sum_that_is_not_hard_accuses_nobody(book: Rulebook) -> None:
    form = {"source": ValueSource.ATTACHMENT_TABLE}
    cells = [cell("requests.processed.total", 5, **form), cell("requests.outcome.total", 6, **form)]
    checks = validated(book, cells, era="form_2014").checks
    (check,) = [each for each in checks if each.outcome is CheckOutcome.BROKEN]
    assert (check.identity, check.severity, check.residual, check.verdict) == ("B5", Severity.SOFT, -1, None)


def test_a_doubtful_cell_puts_the_reading_in_doubt(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    wrong = changed(form_cells, "review.total", None, lambda each: replace(each, value_base=9.0, confidence=0.8))
    result = validated(book, wrong)
    check = next(check for check in result.checks if check.identity == "C4")
    assert check.verdict is Verdict.EXTRACTION_DOUBT
    doubted = {
        each.indicator: (each.value_base, each.confidence) for each in result.observations if each.confidence < 1
    }
    assert doubted == {"review.total": (9, 0.5)}


@pytest.mark.parametrize("status", [ValueStatus.BLANK, ValueStatus.UNREADABLE, ValueStatus.NOT_APPLICABLE])
def test_a_missing_cell_is_not_zero(form_cells: tuple[Observation, ...], book: Rulebook, status: ValueStatus) -> None:
    lost = changed(
        form_cells,
        "requests.carried_over",
        "org.research",
        lambda each: replace(each, status=status, value=None, value_base=None),
    )
    checks = by_name(book, lost)
    for name in (("C1", "org.research"), ("C3:requests.carried_over", None)):
        assert checks[name].outcome is CheckOutcome.NOT_TESTABLE
        assert (checks[name].residual, checks[name].verdict) == (None, None)
    assert checks["C2", "org.research"].outcome is CheckOutcome.HOLDS
    assert checks["C1", "org.research"].left is None
    assert checks["C1", "org.research"].right == 0


@pytest.mark.parametrize(
    "other",
    [
        {"standing": Standing.RIVAL},
        {"source": ValueSource.PROSE},
        {"period": Period.PREVIOUS_YEAR},
        {"derived": True},
    ],
)
def test_only_accepted_cells_of_the_year_count(
    form_cells: tuple[Observation, ...], book: Rulebook, other: dict[str, Any]
) -> None:
    more = changed(
        form_cells, "review.total", None, lambda each: (each, replace(each, value=99.0, value_base=99.0, **other))
    )
    assert by_name(book, more)["C4", None].left == 8


def test_two_accepted_values_are_not_testable(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    more = changed(form_cells, "review.total", None, lambda each: (each, replace(each, value_base=99.0)))
    assert by_name(book, more)["C4", None].outcome is CheckOutcome.NOT_TESTABLE


def test_one_row_instead_of_three_changes_the_sum(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    three = {f"requests.other.{key}" for key in ("no_correction", "unpaid_fee", "misc")}
    one = [
        replace(each, indicator="requests.other.total", value=3.0, value_base=3.0)
        for each in form_cells
        if (each.indicator, each.applicant) == ("requests.other.misc", "total")
    ]
    checks = by_name(book, [each for each in form_cells if each.indicator not in three] + one)
    assert checks["C2", "total"].outcome is CheckOutcome.HOLDS
    names = {name for name, _ in checks}
    assert "C3:requests.other.total" in names
    assert "C3:requests.other.misc" not in names


def test_nothing_read_nothing_passed(book: Rulebook) -> None:
    assert {check.outcome for check in validated(book, []).checks} == {CheckOutcome.NOT_TESTABLE}
    assert validated(book, [], era="prose").checks == ()


def test_columns_of_all_years_are_sums_of_their_own(book: Rulebook) -> None:
    of_all_years = {"period": Period.CUMULATIVE}
    cells = [
        *(cell(name, 1) for name in ("review.total", *REVIEW[:1])),
        *(cell(name, 0) for name in REVIEW[1:]),
        cell("review.total", 7, **of_all_years),
        *(cell(name, 2, **of_all_years) for name in REVIEW),
    ]
    checks = by_name(book, cells)
    assert (checks["C4", None].outcome, checks["C4", None].left) == (CheckOutcome.HOLDS, 1)
    cumulative = checks["C4:cumulative", None]
    assert (cumulative.outcome, cumulative.left, cumulative.right) == (CheckOutcome.BROKEN, 7, 8)
    assert ("C5.direct:cumulative", None) not in checks


def test_columns_of_body_and_jurisdiction_are_not_mixed(book: Rulebook) -> None:
    cells = [
        cell(name, value, scope=scope)
        for scope, values in (("own", (2, 1, 1, 0, 0)), ("jurisdiction", (9, 4, 3, 2, 1)))
        for name, value in zip(("review.total", *REVIEW), values, strict=True)
    ]
    checks = by_name(book, cells)
    assert checks["C4:own", None].outcome is CheckOutcome.HOLDS
    assert (checks["C4:jurisdiction", None].outcome, checks["C4:jurisdiction", None].residual) == ("broken", -1)


@settings(derandomize=True, deadline=None)
@given(
    total=st.one_of(st.none(), st.integers(0, 12)),
    parts=st.lists(st.one_of(st.none(), st.just("blank"), st.integers(0, 4)), min_size=4, max_size=4),
)
def test_broken_or_not_testable(total: int | None, parts: list[int | str | None], book: Rulebook) -> None:
    cells = [cell("review.total", total)]
    cells += [
        cell(name, None if part == "blank" else float(part))
        for name, part in zip(REVIEW, parts, strict=True)
        if part is not None
    ]
    check = by_name(book, cells)["C4", None]
    numbers = [part for part in parts if isinstance(part, int)]
    missing = total is None or len(numbers) < len(parts)
    assert (check.outcome is CheckOutcome.NOT_TESTABLE) == missing
    assert (check.residual is None) == missing
    if total is not None and not missing:
        assert check.residual == total - sum(numbers)
        assert (check.outcome is CheckOutcome.BROKEN) == (total != sum(numbers))
        assert (check.verdict is Verdict.REPORT_ERROR) == (total != sum(numbers))
