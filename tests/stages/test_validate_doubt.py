from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome, Verdict
from tests.building.forms import APPLICANTS
from tests.stages.documents import of_lines
from tests.stages.stating import cell, changed, printed, said, validated

if TYPE_CHECKING:
    from pipeline.model import Check, Observation
    from pipeline.rulebook import Rulebook
    from pipeline.stages.validate import Validation

ROW = "requests.unavailable.not_held"


def broken(result: Validation) -> dict[tuple[str, str | None], Verdict | None]:
    found: list[Check] = [check for check in result.checks if check.outcome is CheckOutcome.BROKEN]
    return {(check.identity, check.applicant): check.verdict for check in found}


def doubted(result: Validation) -> set[tuple[str, str | None, float | None]]:
    return {(each.indicator, each.applicant, each.value) for each in result.observations if each.confidence < 1}


def doubted_among(result: Validation, names: tuple[str, ...]) -> set[str]:
    return {each.indicator for each in result.observations if each.confidence == 0.5 and each.indicator in names}


def row_printed(cells: tuple[Observation, ...], *values: float) -> list[Observation]:
    found = list(cells)
    for applicant, value in zip(APPLICANTS, values, strict=True):
        found = printed(found, ROW, applicant, value)
    return found


def test_one_misprint_is_the_reports_own(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    result = validated(book, printed(form_cells, ROW, "natural_person", 9))
    assert broken(result) == {("C2", "natural_person"): Verdict.REPORT_ERROR, (f"C3:{ROW}", None): Verdict.REPORT_ERROR}
    assert doubted(result) == set()


def test_two_cells_in_each_others_place_are_a_doubt(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    assert [each.value for each in form_cells if each.indicator == ROW] == [7, 1, 0, 0, 1, 0, 9]
    result = validated(book, row_printed(form_cells, 1, 7, 0, 0, 1, 0, 9))
    assert broken(result) == {
        ("C2", "natural_person"): Verdict.EXTRACTION_DOUBT,
        ("C2", "org.business"): Verdict.EXTRACTION_DOUBT,
    }
    assert doubted(result) == {(ROW, "natural_person", 1), (ROW, "org.business", 7)}


def test_a_row_one_column_too_far_is_a_doubt(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    result = validated(book, row_printed(form_cells, 0, 7, 1, 0, 0, 1, 0))
    verdicts = broken(result)
    assert verdicts.pop(("C2", "total")) is Verdict.REPORT_ERROR
    assert set(verdicts.values()) == {Verdict.EXTRACTION_DOUBT}
    assert (f"C3:{ROW}", None) in verdicts
    assert (ROW, "natural_person", 0) in doubted(result)
    assert all(indicator == ROW for indicator, _, _ in doubted(result))


def test_two_misprints_far_apart_stay_the_reports_own(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    cells = printed(printed(form_cells, ROW, "natural_person", 12), "review.total", None, 9)
    result = validated(book, cells)
    assert set(broken(result).values()) == {Verdict.REPORT_ERROR}
    assert doubted(result) == set()


def test_what_another_statement_confirms_is_not_in_doubt(book: Rulebook) -> None:
    names = ("review.upheld", "review.corrected", "review.other", "review.pending", "review.total")
    flattened = [cell(name, value, confidence=0.9) for name, value in zip(names, (2, 1, 1, 0, 5), strict=True)]
    result = validated(book, flattened)
    assert broken(result) == {("C4", None): Verdict.EXTRACTION_DOUBT}
    assert [each.confidence for each in result.observations] == [0.5] * 5

    document = of_lines("行政复议5件。", "维持2件，纠正1件。")
    prose = [
        said(document, "行政复议5", "review.total"),
        said(document, "维持2", "review.upheld"),
        said(document, "纠正1", "review.corrected"),
    ]
    result = validated(book, [*flattened, *prose], document)
    assert broken(result) == {("C4", None): Verdict.EXTRACTION_DOUBT}
    assert doubted_among(result, names) == {"review.other", "review.pending"}


def test_confidence_only_falls(form_cells: tuple[Observation, ...], book: Rulebook) -> None:
    low = changed(form_cells, "review.total", None, lambda each: replace(each, value_base=9.0, confidence=0.3))
    result = validated(book, low)
    assert [each.confidence for each in result.observations if each.indicator == "review.total"] == [0.3]
