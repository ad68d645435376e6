from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.evaluating import Evaluation, evaluate
from pipeline.evaluating.judgement import Part, Verdict
from tests.evaluating.runs import label, value, write_reports, write_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Judge = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Evaluation]

FILE = "songmo_county_2020.txt"


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Compare values that were read from one report with its labels."""

    def judged(labels: list[dict[str, Any]], values: list[dict[str, Any]], **given: Any) -> Evaluation:  # noqa: ANN401 — as JSON has them
        gold = write_reports(tmp_path / "gold", {FILE: labels}, **given)
        return evaluate(write_run(tmp_path / "out", {FILE: values}), gold)

    return judged


def verdicts(evaluation: Evaluation) -> list[Verdict]:
    return [answer.verdict for answer in evaluation.texts[0].answers]


def prose(evaluation: Evaluation) -> tuple[int, int, int, int]:
    counts = evaluation.total(Part.PROSE)
    return counts.labels, counts.found, counts.said, counts.right


def test_a_value_read_as_labelled_is_found_and_right(judge: Judge) -> None:
    found = judge([label("proactive.total", 241)], [value("proactive.total", 241.0)])
    assert prose(found) == (1, 1, 1, 1)


def test_another_value_is_a_miss_and_wrong_but_located(judge: Judge) -> None:
    found = judge([label("proactive.total", 241)], [value("proactive.total", 214.0)])
    assert prose(found) == (1, 0, 1, 0)
    assert found.total().located == 1
    assert found.scores()["prose_value_accuracy"] == 0.0


def test_a_value_of_another_period_is_no_located_value(judge: Judge) -> None:
    found = judge([label("proactive.total", 241)], [value("proactive.total", 241.0, period="cumulative")])
    assert prose(found) == (1, 0, 1, 0)
    assert found.total().located == 0
    (match,) = found.texts[0].matches
    assert match.prediction is not None
    assert match.prediction.period == "cumulative"


def test_the_cumulative_id_is_a_period_of_the_plain_one(judge: Judge) -> None:
    found = judge([label("proactive.total_cumulative", 900)], [value("proactive.total", 900.0, period="cumulative")])
    assert prose(found) == (1, 1, 1, 1)


@pytest.mark.parametrize(("quote", "right"), [("截至12月共51条", 1), ("共51条", 0)])
def test_a_number_up_to_a_date_counts_for_the_year_where_the_words_say_so(judge: Judge, quote: str, right: int) -> None:
    found = judge([label("proactive.total", 51, quote=quote)], [value("proactive.total", 51.0, period="to_date")])
    assert found.total().right == right


def test_money_counts_in_either_unit(judge: Judge) -> None:
    found = judge([label("fees.amount", 12000, unit="元")], [value("fees.amount", 1.2, unit="万元")])
    assert prose(found) == (1, 1, 1, 1)
    assert found.scores()["unit_agrees"] == 0.0


def test_the_same_fact_read_or_labelled_twice_counts_once(judge: Judge) -> None:
    twice = [label("proactive.total", 8, quote="共8条"), label("proactive.total", 8, source="table")]
    found = judge(twice, [value("proactive.total", 8.0), value("proactive.total", 8.0, source="table")])
    assert prose(found) == (1, 1, 1, 1)
    assert found.total(Part.TABLE).labels == 0


@pytest.mark.parametrize(
    "given", [{"derived": True}, {"period": "previous_year"}, {"period": "change"}], ids=lambda given: next(iter(given))
)
def test_what_no_label_tells_of_other_years_or_by_inference_is_set_aside(judge: Judge, given: dict[str, Any]) -> None:
    found = judge([label("proactive.total", 8)], [value("trainings.count", 3.0, **given)])
    assert verdicts(found) == [Verdict.ASIDE]


def test_an_optional_label_neither_helps_nor_hurts(judge: Judge) -> None:
    labels = [label("org.staff.total", 3, optional=True), label("trainings.count", 2, optional=True)]
    found = judge(labels, [value("org.staff.total", 3.0)])
    assert prose(found) == (0, 0, 0, 0)
    assert verdicts(found) == [Verdict.ASIDE]


def test_a_second_reading_that_the_label_allows_is_right(judge: Judge) -> None:
    labels = [label("meetings.count", 4, note="alt: trainings.count; meetings.attendees")]
    found = judge(labels, [value("trainings.count", 4.0)])
    assert prose(found) == (1, 1, 1, 1)
    assert found.texts[0].matches[0].by_other_reading


@pytest.mark.parametrize(
    ("item", "read", "right"),
    [
        ("行政许可类信息", "行政许可", 1),
        ("其它信息", "其他", 1),
        ("行政许可", "行政处罚", 0),
        ("行政许可", None, 0),
        (None, None, 1),
        ("信息公开", "信息公开", 1),
        ("信息公开", "公开信息", 0),
    ],
)
def test_categories_are_told_apart_by_their_labels(
    judge: Judge, item: str | None, read: str | None, right: int
) -> None:
    found = judge([label("proactive.by_category", 6, item=item)], [value("proactive.by_category", 6.0, item=read)])
    assert found.total().right == right


@pytest.mark.parametrize(
    ("labelled", "read", "right"),
    [
        ({"indicator": "proactive.channel.website"}, {"indicator": "proactive.channel.website", "item": "门户"}, 1),
        ({"indicator": "proactive.channel.website"}, {"indicator": "proactive.channel.weibo", "item": "网站"}, 0),
        ({"indicator": "proactive.channel.website", "quote": "政府网站"}, {"item": "政府网站"}, 1),
        ({"indicator": "proactive.channel.website", "item": "网站", "quote": "网站6条"}, {"item": "网站"}, 1),
        ({"indicator": "proactive.channel.website", "item": "网站"}, {"item": "公开栏"}, 0),
    ],
)
def test_channels_are_told_apart_by_id_or_label(
    judge: Judge, labelled: dict[str, Any], read: dict[str, Any], right: int
) -> None:
    channel: dict[str, Any] = {"indicator": "proactive.by_channel", "number": 6.0}
    found = judge([label(**channel | labelled)], [value(**channel | read)])
    assert found.total().right == right


def test_cells_are_told_apart_by_applicant(judge: Judge) -> None:
    labels = [label("requests.received.total", 5, applicant="natural_person", source="table")]
    found = judge(labels, [value("requests.received.total", 5.0, applicant="total", source="table")])
    assert (found.total(Part.TABLE).found, found.total(Part.TABLE).wrong) == (0, 1)


def test_a_number_in_a_blank_cell_is_fabricated(judge: Judge) -> None:
    blank = label("review.total", None, source="table")
    found = judge([blank], [value("review.total", 0.0, source="table")])
    counts = found.total()
    assert (counts.blanks, counts.blanks_found, counts.fabricated, counts.wrong) == (1, 0, 1, 1)


def test_a_blank_cell_read_as_blank_is_found(judge: Judge) -> None:
    found = judge([label("review.total", None, source="table")], [value("review.total", None, source="table")])
    assert (found.total().blanks_found, found.scores()["blank_recall"]) == (1, 1.0)


def test_a_number_that_another_cell_of_the_indicator_states_is_not_fabricated(judge: Judge) -> None:
    labels = [label("review.total", None, source="table"), label("review.total", 2, source="table")]
    found = judge(labels, [value("review.total", 2.0, source="table")])
    assert (found.total().fabricated, found.total().right) == (0, 1)


def test_a_table_value_from_a_report_without_tables_is_fabricated(judge: Judge) -> None:
    found = judge([label("proactive.total", 8)], [value("review.total", 2.0, source="attachment_table")])
    assert found.scores()["fabricated_cells"] == 1


def test_a_cell_that_cannot_be_read_may_have_its_true_value_or_none(judge: Judge) -> None:
    labels = [
        label("review.total", None, source="table", status="unreadable", note="glued true=42"),
        label("suit.total", None, source="table", status="unreadable", note="glued"),
    ]
    found = judge(labels, [value("review.total", 42.0, source="table"), value("suit.total", 4.0, source="table")])
    assert verdicts(found) == [Verdict.ASIDE, Verdict.WRONG]
    assert found.total().labels == 0


def test_a_wrong_value_that_is_a_number_of_a_trap_hits_it(tmp_path: Path) -> None:
    traps = [{"text": "栖政办〔2010〕56号", "why": "number of a document"}]
    gold = write_reports(tmp_path / "gold", {FILE: [label("proactive.total", 56)]}, traps=traps)
    values = [value("proactive.total", 56.0), value("trainings.count", 56.0), value("meetings.count", 2010.0)]
    scores = evaluate(write_run(tmp_path / "out", {FILE: values}), gold).scores()
    assert (scores["traps"], scores["traps_hit"]) == (2, 2)


def test_agreement_is_counted_over_what_was_found(judge: Judge) -> None:
    labels = [
        label("proactive.total", 0, status="zero_stated", unit="条"),
        label("trainings.count", 2, unit="次"),
        label("meetings.count", 9, unit="次"),
    ]
    values = [
        value("proactive.total", 0.0, status="zero_stated", unit="条"),
        value("trainings.count", 2.0, unit=None, qualifier="approx"),
    ]
    scores = judge(labels, values).scores()
    assert [scores[f"{name}_agrees"] for name in ("status", "qualifier", "unit", "period")] == [1.0, 0.5, 0.5, 1.0]


def test_a_report_that_was_not_read_is_absent_and_all_missed(tmp_path: Path) -> None:
    gold = write_reports(tmp_path / "gold", {FILE: [label("proactive.total", 8)]})
    found = evaluate(write_run(tmp_path / "out", {"other.txt": [value("proactive.total", 8.0)]}), gold)
    assert found.scores()["absent_documents"] == 1
    assert prose(found) == (1, 0, 0, 0)
