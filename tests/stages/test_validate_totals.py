from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import CheckOutcome, Standing, ValueStatus
from tests.stages.documents import of_lines
from tests.stages.stating import cell, changed, printed, said, validated

if TYPE_CHECKING:
    from pipeline.model import Observation
    from pipeline.rulebook import Rulebook

REVIEW = ("review.upheld", "review.corrected", "review.other", "review.pending")


def offered(book: Rulebook, observations: list[Observation]) -> list[Observation]:
    return [each for each in validated(book, observations).observations if each.derived]


@pytest.mark.parametrize("status", [ValueStatus.BLANK, ValueStatus.UNREADABLE, None])
def test_a_missing_total_is_offered_beside_the_cell(
    form_cells: tuple[Observation, ...], book: Rulebook, status: ValueStatus | None
) -> None:
    cells = changed(
        form_cells,
        "review.total",
        None,
        lambda each: replace(each, value=None, value_base=None, status=status) if status else (),
    )
    result = validated(book, cells)
    assert result.observations[: len(cells)] == tuple(cells)
    (total,) = result.observations[len(cells) :]
    parts = [each for each in cells if each.indicator in REVIEW]
    assert (total.indicator, total.value, total.value_base, total.status) == ("review.total", 8, 8, "reported")
    assert (total.derived, total.standing) == (True, Standing.RIVAL)
    assert total.derived_from == tuple(each.observation_id for each in parts)
    assert (total.evidence, total.row, total.numeral) == (parts[0].evidence, None, None)
    assert total.observation_id.endswith(f"-{len(cells) + 1:04}")
    assert total.rule_id == "form_2021/C4"
    assert next(check for check in result.checks if check.identity == "C4").outcome is CheckOutcome.NOT_TESTABLE


def test_the_total_of_a_row_and_of_a_column(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    cells = printed(form_cells, "requests.carried_over", "total", None)
    cells = printed(cells, "requests.outcome.total", "org.business", None)
    found = {(each.indicator, each.applicant): each.value for each in offered(book, cells)}
    assert found == {("requests.carried_over", "total"): 3, ("requests.outcome.total", "org.business"): 4}


def test_two_sums_must_lead_to_one_total(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    cells = printed(form_cells, "requests.outcome.total", "total", None)
    assert [(each.value, each.applicant) for each in offered(book, cells)] == [(39, "total")]
    contradicting = printed(cells, "requests.outcome.total", "natural_person", 33)
    assert offered(book, contradicting) == []


@pytest.mark.parametrize("status", [ValueStatus.NOT_APPLICABLE, ValueStatus.PLACEHOLDER])
def test_a_cell_crossed_out_is_not_missing(
    form_cells: tuple[Observation, ...], book: Rulebook, status: ValueStatus
) -> None:
    crossed_out = changed(
        form_cells, "review.total", None, lambda each: replace(each, value=None, value_base=None, status=status)
    )
    assert offered(book, crossed_out) == []


def test_a_printed_total_is_never_repaired(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    cells = printed(form_cells, "review.total", None, 9)
    assert validated(book, cells).observations == tuple(cells)


def test_no_total_without_all_of_its_parts(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    cells = printed(printed(form_cells, "review.total", None, None), "review.other", None, None)
    assert offered(book, cells) == []
    assert offered(book, []) == []


def test_a_total_that_prose_states_is_not_missing(book: Rulebook) -> None:
    cells = [cell("review.total", None), *(cell(name, 2) for name in REVIEW)]
    assert [each.value for each in offered(book, cells)] == [8]
    document = of_lines("行政复议9件。")
    stated = [*cells, said(document, "行政复议9件", "review.total")]
    assert [each for each in validated(book, stated, document).observations if each.derived] == []


def test_a_total_is_as_sure_as_its_least_sure_part(book: Rulebook) -> None:
    cells = [cell("review.total", None), *(cell(name, 2, confidence=0.9) for name in REVIEW)]
    assert [each.confidence for each in offered(book, cells)] == [0.9]
