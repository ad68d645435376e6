from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import (
    CheckOutcome,
    Document,
    Observation,
    Period,
    Severity,
    SourceFile,
    Standing,
    ValueSource,
    ValueStatus,
    Verdict,
)
from pipeline.stages.tabulate import tabulate
from pipeline.stages.tabulate.examples import grid_of
from pipeline.stages.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Check
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.forms import Era


@pytest.fixture(scope="module")
def era(book: Rulebook) -> Era:
    return next(era for era in book.eras if era.id == "form_2021")


@pytest.fixture(scope="module")
def observations(book: Rulebook, era: Era) -> tuple[Observation, ...]:
    """The cells of the form's own example; all of its sums agree."""
    assert era.example is not None
    grids = tuple(grid_of(text, f"t{number}") for number, text in enumerate(era.example.grids))
    found = tabulate(Document(SourceFile("report.html", 0, "0" * 64), grids), (), book.eras)
    return tuple(replace(each, observation_id=f"o{number}") for number, each in enumerate(found.observations))


def changed(
    observations: tuple[Observation, ...],
    indicator: str,
    applicant: str | None,
    change: Callable[[Observation], object],
) -> list[Observation]:
    """Return the observations with one of them changed, doubled or left out, as ``change`` says."""
    result: list[Observation] = []
    for each in observations:
        made = change(each) if (each.indicator, each.applicant) == (indicator, applicant) else each
        result.extend(one for one in (made if isinstance(made, tuple) else (made,)) if isinstance(one, Observation))
    return result


def by_name(checks: tuple[Check, ...]) -> dict[tuple[str, str | None], Check]:
    return {(check.identity, check.applicant): check for check in checks}


def test_the_sums_of_the_example_hold(observations: tuple[Observation, ...], era: Era) -> None:
    checks = validate(observations, era)
    assert {check.outcome for check in checks} == {CheckOutcome.HOLDS}
    assert len(checks) == 7 + 7 + 25 + 3
    total = by_name(checks)["C1", "total"]
    assert (total.left, total.right, total.residual, total.verdict) == (41, 41, 0, None)
    assert len(total.observation_ids) == 4
    assert by_name(checks)["C3:requests.received.total", None].right == 38


def test_an_error_of_the_report_is_a_finding(observations: tuple[Observation, ...], era: Era) -> None:
    wrong = changed(observations, "review.total", None, lambda each: replace(each, value=9.0, value_base=9.0))
    check = by_name(validate(wrong, era))["C4", None]
    assert (check.outcome, check.left, check.right, check.residual) == (CheckOutcome.BROKEN, 9, 8, 1)
    assert (check.severity, check.verdict) == (Severity.HARD, Verdict.REPORT_ERROR)


def test_a_doubtful_cell_puts_the_reading_in_doubt(observations: tuple[Observation, ...], era: Era) -> None:
    wrong = changed(observations, "review.total", None, lambda each: replace(each, value_base=9.0, confidence=0.8))
    assert by_name(validate(wrong, era))["C4", None].verdict is Verdict.EXTRACTION_DOUBT


@pytest.mark.parametrize("status", [ValueStatus.BLANK, ValueStatus.UNREADABLE, ValueStatus.NOT_APPLICABLE])
def test_a_missing_cell_is_not_zero(observations: tuple[Observation, ...], era: Era, status: ValueStatus) -> None:
    lost = changed(
        observations,
        "requests.carried_over",
        "org.research",
        lambda each: replace(each, status=status, value=None, value_base=None),
    )
    checks = by_name(validate(lost, era))
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
    observations: tuple[Observation, ...], era: Era, other: dict[str, object]
) -> None:
    more = changed(
        observations, "review.total", None, lambda each: (each, replace(each, value=99.0, value_base=99.0, **other))
    )
    assert by_name(validate(more, era))["C4", None].left == 8


def test_two_accepted_values_are_not_testable(observations: tuple[Observation, ...], era: Era) -> None:
    more = changed(observations, "review.total", None, lambda each: (each, replace(each, value_base=99.0)))
    assert by_name(validate(more, era))["C4", None].outcome is CheckOutcome.NOT_TESTABLE


def test_one_row_instead_of_three_changes_the_sum(observations: tuple[Observation, ...], era: Era) -> None:
    three = {f"requests.other.{key}" for key in ("no_correction", "unpaid_fee", "misc")}
    one = [
        replace(each, indicator="requests.other.total", value=3.0, value_base=3.0)
        for each in observations
        if (each.indicator, each.applicant) == ("requests.other.misc", "total")
    ]
    checks = validate([each for each in observations if each.indicator not in three] + one, era)
    assert [check.outcome for check in checks if (check.identity, check.applicant) == ("C2", "total")] == ["holds"]
    names = {check.identity for check in checks}
    assert "C3:requests.other.total" in names
    assert "C3:requests.other.misc" not in names


def test_a_form_without_identities_has_no_checks(observations: tuple[Observation, ...], book: Rulebook) -> None:
    prose = next(era for era in book.eras if era.id == "prose")
    assert validate(observations, prose) == ()
