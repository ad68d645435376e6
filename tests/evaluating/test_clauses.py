from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.evaluating import Evaluation, evaluate
from pipeline.evaluating.judgement import Verdict
from tests.evaluating.runs import clause_label, value, write_clauses, write_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Judge = Callable[..., Evaluation]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Compare values that were read from one clause with its labels."""

    def judged(labels: list[dict[str, Any]], values: list[dict[str, Any]], **given: Any) -> Evaluation:  # noqa: ANN401 — as JSON has them
        gold = write_clauses(tmp_path / "clauses.jsonl", {"k1": labels}, **given)
        return evaluate(write_run(tmp_path / "out", {"k1.txt": values}), gold)

    return judged


def verdicts(evaluation: Evaluation) -> list[Verdict]:
    return [answer.verdict for answer in evaluation.texts[0].answers]


def test_a_clause_read_as_labelled_is_perfect(judge: Judge) -> None:
    found = judge([clause_label("proactive.total", 241)], [value("proactive.total", 241.0, unit="条")])
    scores = found.scores()
    assert (scores["precision"], scores["recall"], scores["records_perfect"], scores["unit_agrees"]) == (1, 1, 1, 1)


def test_each_value_proves_one_label_and_the_closest_first(judge: Judge) -> None:
    labels = [
        clause_label("trainings.count", 3, alt=["meetings.count"]),
        clause_label("meetings.count", 3),
    ]
    found = judge(labels, [value("meetings.count", 3.0)])
    assert [match.found for match in found.texts[0].matches] == [False, True]


def test_a_second_reading_is_right_and_told_as_such(judge: Judge) -> None:
    found = judge([clause_label("trainings.count", 3, alt=["meetings.count"])], [value("meetings.count", 3.0)])
    assert found.texts[0].matches[0].by_other_reading
    assert verdicts(found) == [Verdict.RIGHT]


@pytest.mark.parametrize(("item", "verdict"), [("公文", Verdict.RIGHT), ("年报", Verdict.WRONG), (None, Verdict.WRONG)])
def test_a_second_reading_may_ask_for_a_label(judge: Judge, item: str | None, verdict: Verdict) -> None:
    labels = [clause_label("documents.issued", 3, alt=["proactive.by_category#公文类"])]
    assert verdicts(judge(labels, [value("proactive.by_category", 3.0, item=item)])) == [verdict]


def test_a_second_reading_as_a_family_takes_in_its_members(judge: Judge) -> None:
    labels = [clause_label("website.updates", 3, alt=["proactive.by_channel"])]
    assert verdicts(judge(labels, [value("proactive.channel.weibo", 3.0)])) == [Verdict.RIGHT]


@pytest.mark.parametrize(
    ("labelled", "read", "right"),
    [
        ({"indicator": "proactive.channel.weibo"}, {"indicator": "proactive.channel.weibo"}, True),
        ({"indicator": "proactive.channel.weibo"}, {"indicator": "proactive.channel.wechat"}, False),
        ({"item": "县政府门户网站"}, {"indicator": "proactive.channel.website"}, True),
        ({"item": "宣传栏"}, {"indicator": "proactive.channel.gazette"}, False),
        ({"indicator": "proactive.channel.app"}, {"item": "新闻客户端"}, True),
        ({"indicator": "proactive.channel.app", "item": "APP"}, {"item": "公告"}, False),
        ({"item": "宣传栏"}, {"item": "宣传栏"}, True),
        ({"item": "電子屏"}, {"item": "电子屏"}, True),
        ({"item": "宣传栏"}, {"indicator": "proactive.total"}, False),
    ],
)
def test_channels_are_told_apart_by_id_label_or_words(
    judge: Judge, labelled: dict[str, Any], read: dict[str, Any], *, right: bool
) -> None:
    channel = {"indicator": "proactive.by_channel"}
    found = judge([clause_label(**channel | {"number": 6} | labelled)], [value(**channel | {"number": 6.0} | read)])
    assert found.texts[0].matches[0].found is right


@pytest.mark.parametrize(
    ("item", "read", "right"),
    [
        ("行政许可类", "行政许可", True),
        ("政府文件", "政府公文", False),
        ("规划(guihua)计划", "规划计划", True),
        ("公告", None, False),
    ],
)
def test_categories_are_told_apart_by_their_labels(judge: Judge, item: str, read: str | None, *, right: bool) -> None:
    labels = [clause_label("proactive.by_category", 6, item=item)]
    found = judge(labels, [value("proactive.by_category", 6.0, item=read)])
    assert found.texts[0].matches[0].found is right


def test_of_two_values_the_one_with_the_closer_label_is_credited(judge: Judge) -> None:
    labels = [clause_label("org.staff.total", 2, item="专职人员")]
    values = [value("org.staff.total", 2.0, item="兼职"), value("org.staff.total", 2.0, item="专职人员")]
    found = judge(labels, values)
    assert verdicts(found) == [Verdict.ASIDE, Verdict.RIGHT]


@pytest.mark.parametrize(
    ("labelled", "read", "right"),
    [
        ("this_year", "this_year", True),
        ("this_year", "cumulative", False),
        ("unclear", "cumulative", True),
        ("this_year", "to_date", False),
        ("to_date", "to_date", True),
    ],
)
def test_periods_must_agree_where_the_clause_tells_one(judge: Judge, labelled: str, read: str, *, right: bool) -> None:
    labels = [clause_label("proactive.total", 6, period=labelled)]
    assert judge(labels, [value("proactive.total", 6.0, period=read)]).texts[0].matches[0].found is right


def test_a_measure_that_names_its_period_is_compared_without_it(judge: Judge) -> None:
    labels = [clause_label("requests.carried_over", 6, period="previous_year")]
    assert verdicts(judge(labels, [value("requests.carried_over", 6.0)])) == [Verdict.RIGHT]


def test_the_words_of_a_clause_may_carry_a_closing_date(judge: Judge) -> None:
    labels = [clause_label("proactive.total", 6, evidence="截止年底共6条")]
    assert verdicts(judge(labels, [value("proactive.total", 6.0, period="to_date")])) == [Verdict.RIGHT]


@pytest.mark.parametrize(("read", "right"), [(1.2, True), (12000.0, True), (120.0, False)])
def test_money_counts_in_either_unit(judge: Judge, read: float, *, right: bool) -> None:
    found = judge([clause_label("fees.amount", 12000, unit="元")], [value("fees.amount", read, unit="万元")])
    assert found.texts[0].matches[0].found is right


def test_repeats_optional_values_and_other_years_are_set_aside(judge: Judge) -> None:
    labels = [
        clause_label("proactive.total", 6, period="unclear"),
        clause_label("org.staff.total", 2, optional=True),
    ]
    values = [
        value("proactive.total", 6.0),
        value("proactive.total", 6.0, period="cumulative"),
        value("org.staff.total", 2.0),
        value("org.staff.total", 2.0, unit="名"),
        value("proactive.total", 5.0, period="previous_year"),
        value("meetings.count", 1.0, derived=True),
    ]
    assert verdicts(judge(labels, values)) == [Verdict.RIGHT, *[Verdict.ASIDE] * 5]


def test_traps_are_numbers_and_each_is_hit_once(judge: Judge) -> None:
    traps = [{"text": "56号", "why": "document", "numbers": [56]}, {"text": "2010年", "why": "date", "numbers": [2010]}]
    values = [value("trainings.count", 56.0), value("meetings.count", 56.0), value("meetings.count", 7.0)]
    found = judge([], values, traps=traps)
    assert (found.scores()["traps"], found.scores()["traps_hit"], found.total().wrong) == (2, 1, 3)


def test_a_clause_without_file_is_absent_and_missed(tmp_path: Path) -> None:
    gold = write_clauses(tmp_path / "c.jsonl", {"k1": [clause_label("proactive.total", 6)], "k2": []})
    scores = evaluate(write_run(tmp_path / "out", {"k2.txt": []}), gold).scores()
    assert (scores["absent_records"], scores["recall"], scores["precision"], scores["records_perfect"]) == (
        1,
        0,
        None,
        1,
    )
