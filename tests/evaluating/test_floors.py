from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluating import Evaluation, EvaluationError, Floors, evaluate, floors_broken, raised_floors, read_floors
from tests.evaluating.runs import label, value, write_reports, write_run

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = Floors({"prose_recall": 0.6}, {"fabricated_cells": 0})


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Two of three labels found, one table value made up."""
    folder = tmp_path_factory.mktemp("floors")
    labels = [label("proactive.total", 10), label("trainings.count", 2), label("meetings.count", 4)]
    gold = write_reports(folder / "gold", {"lanting_2019.txt": labels})
    values = [value("proactive.total", 10.0), value("trainings.count", 2.0), value("review.total", 1.0, source="table")]
    return evaluate(write_run(folder / "out", {"lanting_2019.txt": values}), gold)


def test_measures_at_or_above_their_floors_break_nothing(evaluation: Evaluation) -> None:
    assert floors_broken(evaluation, Floors({"prose_recall": 0.6667}, {"fabricated_cells": 1})) == ()


def test_measures_beyond_their_floors_are_told(evaluation: Evaluation) -> None:
    assert floors_broken(evaluation, Floors({"prose_recall": 0.7}, {"fabricated_cells": 0})) == (
        "prose_recall is 0.6667, and must be at least 0.7",
        "fabricated_cells is 1, and must be at most 0",
    )


@pytest.mark.parametrize(
    "name", ["proze_recall", "blank_recall", "prose_recall[form=prose]", "prose_speed[form=form_2019]"]
)
def test_what_cannot_be_measured_breaks_its_floor(evaluation: Evaluation, name: str) -> None:
    assert floors_broken(evaluation, Floors({name: 0.1}, {})) == (f"{name} is not measured, and must be at least 0.1",)


def test_a_floor_may_be_set_for_one_indicator_form_format_or_place(evaluation: Evaluation) -> None:
    floors = Floors(
        {
            "prose_recall[indicator=meetings.count]": 0.5,
            "prose_recall[indicator=proactive.total]": 1.0,
            "prose_precision[form=form_2019]": 1.0,
            "table_precision[place=lanting]": 0.2,
            "prose_value_accuracy[format=txt]": 1.0,
        },
        {},
    )
    assert floors_broken(evaluation, floors) == (
        "prose_recall[indicator=meetings.count] is 0, and must be at least 0.5",
        "table_precision[place=lanting] is 0, and must be at least 0.2",
    )


@settings(derandomize=True, deadline=None)
@given(st.floats(0, 1), st.floats(0, 3))
def test_floors_only_rise_and_ceilings_only_fall(evaluation: Evaluation, floor: float, ceiling: float) -> None:
    raised = raised_floors(evaluation, Floors({"prose_recall": floor, "no_such": 0.5}, {"fabricated_cells": ceiling}))
    assert raised == Floors({"prose_recall": max(floor, 0.666), "no_such": 0.5}, {"fabricated_cells": min(ceiling, 1)})


def test_floors_are_read_from_json(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"at_least": {"prose_recall": 0.6}, "at_most": {"fabricated_cells": 0}}', encoding="utf-8")
    assert read_floors(path) == FLOORS
    path.write_text(FLOORS.as_json(), encoding="utf-8")
    assert read_floors(path) == FLOORS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "can't be read"),
        ("{", "is no JSON"),
        ('{"least": {}}', "must have the keys 'at_least' and 'at_most' and no other"),
        ("[]", "must have the keys 'at_least' and 'at_most' and no other"),
        ('{"at_least": {"prose_recall": "high"}}', "'at_least' must give a number"),
    ],
)
def test_a_file_that_holds_no_floors_is_told(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "floors.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message) as told:
        read_floors(path)
    assert str(path) in str(told.value)
