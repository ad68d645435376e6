from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.damage import tally
from tests.damage.damages import DAMAGES
from tests.damage.figures import SIZES, figures, holds
from tests.damage.layout import number_of
from tests.damage.others import keep, score_predictions
from tests.damage.reports import report
from tests.damage.scoring import Answer, Truth, judge, truths
from tests.damage.sheet import Sheet
from tests.damage.suite import Case, cases, known_forms, make, read

if TYPE_CHECKING:
    from pathlib import Path

STEADY = settings(derandomize=True, deadline=None, max_examples=6)
FORMS = st.deferred(lambda: st.sampled_from(sorted(known_forms())))
TOWN = Truth("review.total", None, "this_year", None, None, 7.0, "reported")
BLANK = Truth("rules.issued", None, "this_year", None, None, None, "blank")


def says(truth: Truth, value: float | None, status: str = "reported") -> Answer:
    return Answer(truth.indicator, truth.applicant, truth.period, truth.item, truth.scope, value, status)


@pytest.mark.parametrize(
    ("truth", "answer", "expected"),
    [
        (TOWN, [says(TOWN, 7.0)], (1, 0, 0)),
        (TOWN, [says(TOWN, 7.0), says(TOWN, 7.0)], (1, 0, 0)),
        (TOWN, [says(TOWN, 7.0), says(TOWN, 8.0)], (0, 0, 1)),
        (TOWN, [says(TOWN, 70.0)], (0, 0, 1)),
        (TOWN, [says(TOWN, None, "blank")], (0, 0, 1)),
        (TOWN, [says(TOWN, None, "unreadable")], (0, 1, 0)),
        (TOWN, [], (0, 1, 0)),
        (TOWN, [says(TOWN, 7.0), says(BLANK, 7.0)], (1, 0, 1)),
        (TOWN, [says(TOWN, 7.0), says(BLANK, None, "unreadable")], (1, 0, 0)),
        (BLANK, [says(BLANK, None, "blank")], (1, 0, 0)),
        (BLANK, [says(BLANK, None, "not_applicable")], (0, 1, 0)),
        (BLANK, [says(BLANK, 0.0)], (0, 0, 1)),
    ],
)
def test_an_answer_is_exact_refused_or_wrong(
    truth: Truth, answer: list[Answer], expected: tuple[int, int, int]
) -> None:
    score = judge([truth], answer)
    assert (score.exact, score.refused, score.wrong) == expected


def test_a_blank_cell_that_leaves_no_trace_is_counted_apart() -> None:
    assert judge([BLANK], [], keeps_blanks=False).traceless == 1
    assert judge([BLANK], [], keeps_blanks=True).traceless == 0


def test_every_cell_of_a_form_has_its_place() -> None:
    for name, form in known_forms().items():
        example = next(each for each in form.era.examples if each.cells == len(form.places))
        printed = {cell.block_id: cell.text for grid in form.grids for cell in grid.cells}
        values: dict[tuple[str, str | None, str], list[float | None]] = {}
        for block_id, place in form.places.items():
            key = place.meaning.indicator, place.meaning.applicant, place.meaning.period
            values.setdefault(key, []).append(number_of(printed[block_id]))
        for wanted in example.expected:
            assert wanted.value in values[wanted.indicator, wanted.applicant, wanted.period], f"{name}: {wanted}"


@pytest.mark.parametrize("size", SIZES)
def test_invented_numbers_agree_with_the_identities(size: str) -> None:
    for name, form in known_forms().items():
        values = figures(form, size, Random(1))  # noqa: S311 — invents numbers
        assert set(values) == {place.meaning for place in form.places.values()}
        assert holds(values, form.era), name


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_keeps_the_shape_of_the_table_and_the_truth_of_its_cells(damage: str) -> None:
    whole = report(known_forms()["form_2021"], "province", 1)
    damaged = DAMAGES[damage](whole, Random(1))  # noqa: S311 — chooses what is damaged
    assert damaged is not None
    assert {truth.key for truth in truths(damaged)} <= {truth.key for truth in truths(whole)}
    if damage not in {"cell_lost", "several"}:
        assert all(Sheet.of(grid).is_full for grid in damaged.grids)


@STEADY
@given(FORMS, st.sampled_from(sorted(SIZES)), st.integers(0, 10**6))
def test_an_undamaged_grid_comes_back_exact(form: str, size: str, seed: int) -> None:
    _, score = read(Case(form, size, "html", "none", seed))
    assert score is not None
    assert (score.refused, [tally.told(wrong) for wrong in score.wrongs]) == (0, [])


@pytest.mark.parametrize(
    "damage",
    ["blank_zeros", "units", "extra_subtotal", "row_lost", "columns_swapped", "split_plain", "misspelt_labels"],
)
def test_a_damaged_grid_yields_no_wrong_number(damage: str) -> None:
    made, score = read(Case("form_2019", "county", "html", damage, 2))
    assert made.damage == damage
    assert score is not None
    assert [tally.told(wrong) for wrong in score.wrongs] == []
    assert score.exact >= 0.9 * score.cells


@settings(STEADY, max_examples=8)
@given(
    FORMS,
    st.sampled_from(["glued", "glued_in_parts", "tags_removed"]),
    st.sampled_from(["none", "blank_zeros", "row_lost", "thousands"]),
    st.integers(0, 10**6),
)
def test_glued_text_yields_no_wrong_number(form: str, rendering: str, damage: str, seed: int) -> None:
    _, score = read(Case(form, "county", rendering, damage, seed))
    assert score is None or [tally.told(wrong) for wrong in score.wrongs] == []


@pytest.mark.parametrize(
    ("form", "rendering", "damage", "sizes"),
    [
        ("form_2014-2", "glued_in_parts", "spans_repeated", ["township", "province"]),
        ("form_2014-2", "glued_in_parts", "blank_zeros", ["county", "province"]),
        ("form_2014", "glued", "renumbered_rows", ["township", "province"]),
        ("form_2014", "glued_in_parts", "renumbered_rows", ["county", "province"]),
        ("form_2019", "glued_in_parts", "split_headed", ["township", "province"]),
        ("local_shanghai_1", "glued_in_parts", "spans_blank", ["township", "province"]),
        ("local_shanghai_2", "cell_per_line", "slashes", ["county"]),
        ("local_shanghai_2", "cell_per_line", "dashes", ["province"]),
        ("local_fujian", "tags_removed", "renumbered_rows", ["township", "province"]),
        ("form_2021", "spaces", "extra_number", ["county", "province"]),
    ],
    ids=[
        "two columns are not one",
        "blank cells of two columns",
        "two digits before the next label",
        "two digits before the next label, some spaces",
        "a minus sign between two numbers",
        "numbers of rows behind values",
        "a slash in one of two columns",
        "a dash in one of two columns",
        "the number of the next line",
        "numbers of rows before labels",
    ],
)
def test_traps_of_flattened_tables_yield_no_wrong_number(
    form: str, rendering: str, damage: str, sizes: list[str]
) -> None:
    for size in sizes:
        _, score = read(Case(form, size, rendering, damage, 1))
        assert score is not None
        assert [tally.told(wrong) for wrong in score.wrongs] == []
        assert score.cells >= 36


def test_other_programs_are_scored_on_the_same_files(tmp_path: Path) -> None:
    chosen = list(cases(1, chosen_forms=["form_2014"], renderings=["html"], damages=["none"]))
    assert keep(chosen, tmp_path) == 1
    [case] = chosen
    made = make(case)
    assert made is not None
    assert (tmp_path / case.file).read_bytes() == made.data
    lines = [{"file": case.file, "indicator": each.indicator, "value": each.value} for each in made.printed[1:]]
    lines[0]["value"] = 123456
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    [(scored, score)] = score_predictions(predictions, tmp_path)
    assert scored == case
    assert (score.exact, score.refused, score.wrong) == (len(made.printed) - 2, 1, 1)


def test_predictions_about_an_unknown_file_are_refused(tmp_path: Path) -> None:
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text('{"file": "other.html", "indicator": "review.total", "value": 1}\n', "utf-8")
    with pytest.raises(ValueError, match=r"other\.html"):
        score_predictions(predictions, tmp_path)


def test_the_summary_tells_where_cells_are_wrong() -> None:
    case = Case("form_2021", "county", "html", "units", 1)
    scored = [(case, judge([TOWN], [says(TOWN, 8.0)]))]
    assert list(tally.wrongs(scored)) == ["form_2021.county.html.units.html: review.total 7 ≠ reported 8: "]
    assert any(line.split()[:5] == ["html", "×", "units", "0", "0"] for line in tally.summary(scored))
    assert tally.as_json(scored)["total"]["wrong"] == 1
