from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.evaluating import Evaluation, Tally, as_json, differences, evaluate, sheets
from pipeline.evaluating.judgement import Part
from pipeline.evaluating.tally import Dimension, mean
from tests.evaluating.runs import clause_label, label, value, write_clauses, write_reports, write_run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def reports(tmp_path: Path) -> Evaluation:
    """Three reports of two places, one of them read badly."""
    total = label("proactive.total", 10, quote="主动公开10条")
    cell = label("review.total", 1, source="table")
    gold = write_reports(tmp_path / "gold", {"lanting_2019.txt": [total, cell], "lanting_2020.html": [total]})
    write_reports(gold, {"hedu_2020.html": [total, label("trainings.count", 2)]}, era="prose")
    values = {
        "lanting_2019.txt": [value("proactive.total", 10.0), value("review.total", 1.0, source="table")],
        "a/lanting_2020.html": [value("proactive.total", 10.0)],
        "hedu_2020.html": [
            value("proactive.total", 11.0, quote="公开11条"),
            value("meetings.count", 5.0, quote="5次"),
        ],
    }
    return evaluate(write_run(tmp_path / "out", values), gold)


def recalls(evaluation: Evaluation, dimension: Dimension) -> dict[str, float | None]:
    return {name: counts.recall for name, counts in evaluation.by(dimension, Part.PROSE).items()}


def test_counts_by_place_form_format_and_indicator(reports: Evaluation) -> None:
    assert recalls(reports, Dimension.PLACE) == {"lanting": 1.0, "hedu": 0.0}
    assert recalls(reports, Dimension.FORM) == {"form_2019": 1.0, "prose": 0.0}
    assert recalls(reports, Dimension.FORMAT) == {"html": 0.3333, "txt": 1.0}
    assert recalls(reports, Dimension.INDICATOR) == {
        "meetings.count": None,
        "proactive.total": 0.6667,
        "trainings.count": 0.0,
    }


def test_parts_add_up_to_the_whole(reports: Evaluation) -> None:
    for dimension in Dimension:
        for part in (None, *Part):
            found = reports.by(dimension, part).values()
            whole = reports.total(part)
            assert sum(counts.labels for counts in found) == whole.labels
            assert sum(counts.said for counts in found) == whole.said
    assert reports.total(Part.TABLE).labels + reports.total(Part.PROSE).labels == reports.total().labels


def test_a_mean_of_places_weighs_each_place_once(reports: Evaluation) -> None:
    scores = reports.scores()
    assert (scores["prose_recall"], scores["prose_recall_mean_of_places"]) == (0.5, 0.5)
    assert (scores["prose_precision"], scores["prose_precision_mean_of_places"]) == (0.5, 0.5)
    assert (scores["table_recall"], scores["table_recall_mean_of_places"]) == (1.0, 1.0)
    assert mean([1.0, None, 0.5]) == 0.75
    assert mean([None]) is None


def test_some_places_alone(reports: Evaluation) -> None:
    scores = reports.at_places({"lanting"}).scores()
    assert (scores["prose_recall"], scores["prose_precision"]) == (1.0, 1.0)


def test_the_place_of_a_clause_is_its_host(tmp_path: Path) -> None:
    gold = write_clauses(tmp_path / "c.jsonl", {"k1": [clause_label("proactive.total", 6)]})
    write_clauses(tmp_path / "d.jsonl", {"k2": []}, url="")
    gold.write_text(
        gold.read_text(encoding="utf-8") + (tmp_path / "d.jsonl").read_text(encoding="utf-8"), encoding="utf-8"
    )
    found = evaluate(write_run(tmp_path / "out", {"k2.txt": [value("proactive.total", 1.0)]}), gold)
    assert {name: counts.wrong for name, counts in found.by(Dimension.PLACE).items()} == {
        "k1.example.cn": 0,
        "unknown": 1,
    }


def test_nothing_counted_has_no_rate() -> None:
    assert (Tally().precision, Tally().recall, Tally().value_accuracy) == (None, None, None)


def test_differences_tell_misses_and_wrong_values_with_their_words(reports: Evaluation) -> None:
    assert [(row[0], row[1], row[2], row[5], row[6], row[8]) for row in differences(reports).rows] == [
        ("hedu_2020.html", "other value", "proactive.total", 10, 11.0, "主动公开10条"),
        ("hedu_2020.html", "missed", "trainings.count", 2, None, ""),
        ("hedu_2020.html", "wrong", "proactive.total", None, 11.0, "公开11条"),
        ("hedu_2020.html", "wrong", "meetings.count", None, 5.0, "5次"),
    ]


def test_sheets_have_a_row_for_each_name(reports: Evaluation) -> None:
    found = {sheet.title: sheet for sheet in sheets(reports)}
    assert list(found) == [
        "Measures",
        *(f"By {name}, {part}" for name in ("form", "format", "place", "indicator") for part in ("table", "prose")),
    ]
    assert found["By place, prose"].rows == (
        ("hedu", 2, 0, 0.0, 2, 0, 0.0, 0.0),
        ("lanting", 2, 2, 1.0, 2, 2, 1.0, 1.0),
    )
    assert all(len(row) == len(sheet.columns) for sheet in found.values() for row in sheet.rows)


def test_json_holds_scores_counts_and_differences_on_demand(reports: Evaluation) -> None:
    told = as_json(reports, show=True)
    assert told["scores"] == reports.scores()
    assert told["counts"]["prose"]["labels"] == 4
    assert told["by"]["place"]["prose"]["hedu"]["found"] == 0
    assert told["by"]["place"]["prose"]["lanting"]["precision"] == 1.0
    assert told["differences"][0]["words"] == "主动公开10条"
    assert "differences" not in as_json(reports)
