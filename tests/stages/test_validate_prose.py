from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import CheckOutcome, Period, Qualifier, Severity, Standing, ValueStatus, Verdict
from tests.stages.documents import of_lines
from tests.stages.stating import cell, said, validated

if TYPE_CHECKING:
    from pipeline.model import Check, Observation
    from pipeline.rulebook import Rulebook

RECEIVED, CARRIED_OVER = "requests.received.total", "requests.carried_over"


def agreements(book: Rulebook, observations: list[Observation], *lines: str) -> list[Check]:
    """Return the checks of prose against tables."""
    checks = validated(book, observations, of_lines(*lines)).checks
    return [check for check in checks if check.identity.startswith("P")]


def received(text: str, *cells: Observation, book: Rulebook, **changes: object) -> list[Check]:
    quote = text[: text.index("件") + 1]
    return agreements(book, [said(of_lines(text), quote, RECEIVED, **changes), *cells], text)


def test_prose_repeats_the_total_of_the_table(book: Rulebook) -> None:
    (check,) = received("共收到申请41件。", cell(RECEIVED, 41, "total"), cell(RECEIVED, 9, "org.other"), book=book)
    assert (check.identity, check.outcome, check.severity) == ("P1:new", CheckOutcome.HOLDS, Severity.SOFT)
    assert (check.left, check.right, check.residual, check.verdict) == (41, 41, 0, None)
    assert len(check.observation_ids) == 2


def test_prose_may_count_what_was_carried_over(book: Rulebook) -> None:
    cells = cell(RECEIVED, 38, "total"), cell(CARRIED_OVER, 3, "total")
    (check,) = received("共收到申请41件。", *cells, book=book)
    assert (check.identity, check.outcome, check.right) == ("P1:with_carried_over", CheckOutcome.HOLDS, 41)


@pytest.mark.parametrize(
    ("text", "name", "outcome", "right"),
    [
        ("本年新收申请41件。", "P1:new", CheckOutcome.BROKEN, 38),
        ("共收到申请38件（含上年结转3件）。", "P1:with_carried_over", CheckOutcome.BROKEN, 41),
        ("共收到申请41件（含上年结转3件）。", "P1:with_carried_over", CheckOutcome.HOLDS, 41),
        ("共收到申请40件。另有含上年结转的3件。", "P1:new", CheckOutcome.BROKEN, 38),
    ],
)
def test_the_sentence_says_which_of_the_two(
    book: Rulebook, text: str, name: str, outcome: CheckOutcome, right: float
) -> None:
    (check,) = received(text, cell(RECEIVED, 38, "total"), cell(CARRIED_OVER, 3, "total"), book=book)
    assert (check.identity, check.outcome, check.right) == (name, outcome, right)


def test_a_contradiction_puts_the_prose_in_doubt_not_the_table(book: Rulebook) -> None:
    document = of_lines("办公室受理申请17件。")
    prose, table = said(document, "受理申请17件", RECEIVED), cell(RECEIVED, 95, "total")
    result = validated(book, [prose, table, cell(CARRIED_OVER, 0, "total")], document)
    (check,) = [check for check in result.checks if check.identity.startswith("P1")]
    assert (check.outcome, check.residual, check.verdict) == (CheckOutcome.BROKEN, -78, Verdict.EXTRACTION_DOUBT)
    assert [each.confidence for each in result.observations] == [0.5, 1.0, 1.0]


def test_two_confirmed_statements_that_differ_are_the_reports_error(book: Rulebook) -> None:
    text = "共收到申请7件，其中网上申请3件、信函申请4件。"
    document = of_lines(text)
    channels = "requests.received.by_channel"
    observations = [
        said(document, "收到申请7", RECEIVED),
        said(document, "网上申请3", f"{channels}.online"),
        said(document, "信函申请4", f"{channels}.letter"),
        cell(f"{channels}.online", 4, confidence=0.9),
        cell(f"{channels}.letter", 4),
    ]
    result = validated(book, observations, document)
    found = {check.identity: check.verdict for check in result.checks if check.outcome is CheckOutcome.BROKEN}
    assert found == {f"P1:{channels}.online": Verdict.EXTRACTION_DOUBT}
    assert [each.confidence for each in result.observations] == [0.95, 0.95, 0.95, 0.5, 1.0]


def test_prose_that_agrees_with_the_parts_is_not_in_doubt(book: Rulebook) -> None:
    document = of_lines("行政复议8件。")
    parts = ("review.upheld", "review.corrected", "review.other", "review.pending")
    cells = [cell("review.total", 9), *(cell(name, 2) for name in parts)]
    result = validated(book, [said(document, "行政复议8件", "review.total"), *cells], document)
    found = {check.identity: check for check in result.checks if check.outcome is CheckOutcome.BROKEN}
    assert {name: check.residual for name, check in found.items()} == {"C4": 1, "P3:review.total": -1}
    assert {check.verdict for check in found.values()} == {Verdict.REPORT_ERROR}
    assert result.observations[0].confidence == 0.95


def test_nothing_is_broken_while_one_meaning_cannot_be_tested(book: Rulebook) -> None:
    (check,) = received("共收到申请41件。", cell(RECEIVED, 38, "total"), cell(CARRIED_OVER, None, "total"), book=book)
    assert (check.outcome, check.right, check.verdict) == (CheckOutcome.NOT_TESTABLE, None, None)


def test_a_blank_cell_is_not_zero(book: Rulebook) -> None:
    (check,) = received("共收到申请0件。", cell(RECEIVED, None, "total"), book=book)
    assert check.outcome is CheckOutcome.NOT_TESTABLE
    (check,) = received("共收到申请0件。", cell(RECEIVED, 0, "total"), book=book)
    assert check.outcome is CheckOutcome.HOLDS


def test_zero_in_words_is_a_number(book: Rulebook) -> None:
    document = of_lines("未收到信息公开申请。")
    checks = agreements(
        book, [said(document, "未收到信息公开申请", RECEIVED), cell(RECEIVED, 2, "total")], "未收到信息公开申请。"
    )
    assert [(check.left, check.right, check.outcome) for check in checks] == [(0, 2, CheckOutcome.BROKEN)]


def test_no_check_where_one_side_has_no_place_for_it(book: Rulebook) -> None:
    assert received("共收到申请41件。", book=book) == []
    assert received("共收到申请41件。", cell("review.total", 1), book=book) == []
    assert agreements(book, [cell(RECEIVED, 41, "total")], "无。") == []


@pytest.mark.parametrize(
    "change",
    [
        {"qualifier": Qualifier.APPROX},
        {"period": Period.PREVIOUS_YEAR},
        {"item": "网站"},
        {"derived": True},
        {"status": ValueStatus.PLACEHOLDER, "value": None, "value_base": None},
    ],
)
def test_only_what_is_stated_exactly_of_the_whole_year(book: Rulebook, change: dict[str, object]) -> None:
    assert received("共收到申请41件。", cell(RECEIVED, 38, "total"), book=book, **change) == []


def test_every_statement_is_compared_rivals_too(book: Rulebook) -> None:
    document = of_lines("共收到申请41件。", "全年收到申请38件。", "收到申请38件。")
    statements = [
        said(document, "共收到申请41件", RECEIVED),
        said(document, "全年收到申请38件", RECEIVED, standing=Standing.RIVAL),
        said(document, "收到申请38件", RECEIVED, standing=Standing.RIVAL),
    ]
    table = [cell(RECEIVED, 38, "total"), cell(CARRIED_OVER, 1, "total")]
    checks = [
        each for each in validated(book, [*statements, *table], document).checks if each.identity.startswith("P1")
    ]
    assert [(each.outcome, each.left) for each in checks] == [(CheckOutcome.BROKEN, 41), (CheckOutcome.HOLDS, 38)]
    assert len(checks[1].observation_ids) == 3


def test_lawsuits_in_prose_are_those_of_both_kinds(book: Rulebook) -> None:
    text = "发生行政诉讼6件，行政复议9件。"
    document = of_lines(text)
    observations = [
        said(document, "行政诉讼6件", "litigation.total"),
        said(document, "行政复议9件", "review.total"),
        cell("litigation.direct.total", 2),
        cell("litigation.after_review.total", 4),
        cell("review.total", 8),
    ]
    found = {check.identity: (check.outcome, check.right) for check in agreements(book, observations, text)}
    assert found == {
        "P3:direct_and_after_review": (CheckOutcome.HOLDS, 6),
        "P3:review.total": (CheckOutcome.BROKEN, 8),
    }
