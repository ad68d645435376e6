from __future__ import annotations

import pytest

from pipeline.tables.stata_names import stata_codes, stata_label, stata_names


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("value", "value"),
        ("end", "v_end"),
        ("in", "v_in"),
        ("2020", "v_2020"),
        ("年份", "__"),
        ("requests_received__status", "requests_received_st"),
        ("requests_received__grade", "requests_received_gr"),
        ("requests_received__source", "requests_received_src"),
        ("a" * 40, "a" * 32),
        (f"{'a' * 40}__status", f"{'a' * 29}_st"),
    ],
)
def test_a_column_has_a_name_that_stata_takes(column: str, name: str) -> None:
    assert stata_names([column]) == {column: name}


def test_no_two_columns_share_a_name() -> None:
    columns = [f"{'a' * 40}{end}__status" for end in "xyz"]
    assert list(stata_names(columns).values()) == [f"{'a' * 29}_st", f"{'a' * 27}_2_st", f"{'a' * 27}_3_st"]


def test_codes_are_counted_from_one_in_their_order() -> None:
    assert stata_codes(["ok", "failed"]) == {"ok": 1, "failed": 2}


def test_a_label_is_cut_with_a_mark() -> None:
    assert stata_label("标" * 80) == "标" * 80
    assert stata_label("标" * 81) == f"{'标' * 79}…"
