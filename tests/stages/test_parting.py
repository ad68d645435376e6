"""Parting digits that run together: what the sums leave is found whole, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rulebook.forms import Column
from pipeline.stages.tabulate.flattened.groups import Group
from pipeline.stages.tabulate.flattened.solve import Sum, solve
from pipeline.stages.tabulate.flattened.splits import TooManyWays, Total, is_certain, trimmed, ways

COLUMN = Column("any", ("某",), frozenset({"某"}), "件", ("件",), "count")
numbers = st.integers(0, 120)
rows_of_numbers = st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=4)


def group(*runs: str) -> tuple[str, Group]:
    text = " ".join(runs)
    stretches, at = [], 0
    for run in runs:
        stretches.append((at, at + len(run)))
        at += len(run) + 1
    return text, Group((), None, tuple(stretches))


def parted(text: str, found: Group, width: int, *totals: Total) -> set[tuple[str, ...]]:
    return {tuple(text[slice(*stretch)] for stretch, _ in way) for way in ways(text, found, [COLUMN] * width, totals)}


def test_all_ways_without_a_leading_zero_are_found() -> None:
    assert parted(*group("1020"), 3) == {("10", "2", "0"), ("1", "0", "20")}
    assert parted(*group("102", "0"), 3) == {("10", "2", "0")}
    assert parted(*group("12"), 3) == set()


def test_a_total_leaves_only_the_ways_that_keep_it() -> None:
    total = Total(2, frozenset({0, 1}))
    assert parted(*group("12315"), 3, total) == {("12", "3", "15")}
    assert parted(*group("12316"), 3, total) == set()


def test_what_can_be_parted_in_one_way_is_not_asked_for_its_total() -> None:
    assert parted(*group("12", "3", "16"), 3, Total(2, frozenset({0, 1}))) == {("12", "3", "16")}


def test_digits_are_certain_only_where_none_could_belong_to_the_one_before() -> None:
    assert is_certain(*group("000"), 3)
    assert not is_certain(*group("120"), 3)
    assert is_certain(*group("12", "3", "0"), 3)


def test_blank_cells_around_a_row_belong_to_a_wider_table() -> None:
    cells = ((0, 1), (2, 3), (4, 5), (6, 6))
    assert trimmed(Group((), cells, ()), 3) == cells[:3]
    assert trimmed(Group((), ((0, 0), *cells[:3]), ()), 3) == cells[:3]
    assert trimmed(Group((), (cells[0], (2, 2), *cells[1:3]), ()), 3) is None
    assert trimmed(Group((), cells, ()), 2) is None


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(numbers, min_size=2, max_size=5))
def test_the_printed_numbers_are_always_among_the_ways(parts: list[int]) -> None:
    printed = [*map(str, parts), str(sum(parts))]
    total = Total(len(parts), frozenset(range(len(parts))))
    assert tuple(printed) in parted(*group("".join(printed)), len(printed), total)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(rows_of_numbers)
def test_only_ways_of_whole_solutions_remain(table: list[list[int]]) -> None:
    bottom = [sum(column) for column in zip(*table, strict=True)]
    choices = [
        [tuple(float(text[slice(*stretch)]) for stretch, _ in way) for way in ways(text, found, [COLUMN] * 3)]
        for text, found in (group("".join(map(str, row))) for row in [*table, bottom])
    ]
    last = len(table)
    down = [Sum((*((row, col, 1) for row in range(last)), (last, col, -1)), is_bound=False) for col in range(3)]
    if sum(1 for _ in product(*choices)) > 3000:
        return
    solutions = [
        picks
        for picks in product(*(range(len(each)) for each in choices))
        if all(sum(sign * choices[row][picks[row]][col] for row, col, sign in each.terms) == 0 for each in down)
    ]
    decision = solve(choices, down)
    assert decision.broken == ()
    assert decision.ways == tuple(tuple(sorted({picks[row] for picks in solutions})) for row in range(last + 1))


def test_a_sum_that_nothing_keeps_is_set_aside_and_proves_nothing() -> None:
    impossible = Sum(((0, 0, 1), (1, 0, -1)), is_bound=False)
    decision = solve([[(1.0,)], [(2.0,)]], [impossible])
    assert (decision.ways, decision.kept, decision.broken) == (((0,), (0,)), (), (impossible,))


def test_a_bound_excludes_what_is_larger() -> None:
    bound = Sum(((0, 0, 1), (0, 1, -1)), is_bound=True)
    assert solve([[(11.0, 3.0), (1.0, 13.0)]], [bound]).ways == ((1,),)


def equal(*cells: tuple[int, int]) -> Sum:
    (row, col), *others = cells
    return Sum(((row, col, 1), *((each, at, -1) for each, at in others)), is_bound=False)


def test_of_two_sums_that_can_not_hold_together_the_first_in_order_decides() -> None:
    rows = [[(1.0,), (2.0,)], [(1.0,)], [(2.0,)]]
    hard, soft = equal((0, 0), (1, 0)), equal((0, 0), (2, 0))
    decision = solve(rows, [hard, soft])
    assert (decision.ways[0], decision.kept, decision.broken) == ((0,), (hard,), (soft,))
    decision = solve(rows, [soft, hard])
    assert (decision.ways[0], decision.kept, decision.broken) == ((1,), (soft,), (hard,))


def test_a_sum_within_its_bounds_that_no_choice_keeps_is_set_aside() -> None:
    even = [(0.0,), (2.0,)]
    odd = equal((2, 0), (0, 0), (1, 0))
    decision = solve([even, even, [(1.0,)]], [odd])
    assert (decision.ways, decision.kept, decision.broken) == (((0, 1), (0, 1), (0,)), (), (odd,))


def test_a_sum_set_aside_does_not_take_the_others_with_it() -> None:
    even = [(0.0,), (2.0,)]
    kept, odd = equal((3, 0), (0, 0), (1, 0)), equal((2, 0), (0, 0), (1, 0))
    decision = solve([even, even, [(1.0,)], [(4.0,)]], [kept, odd])
    assert (decision.ways[:2], decision.kept, decision.broken) == (((1,), (1,)), (kept,), (odd,))


def test_a_sum_through_a_cell_without_number_is_not_asked() -> None:
    decision = solve([[(None,)], [(2.0,)]], [equal((0, 0), (1, 0))])
    assert (decision.ways, decision.kept, decision.broken) == (((0,), (0,)), (), ())


def test_a_row_without_ways_leaves_the_others_alone() -> None:
    decision = solve([[], [(1.0,), (2.0,)]], [equal((0, 0), (1, 0))])
    assert (decision.ways, decision.kept, decision.broken) == (((), (0, 1)), (), ())


def test_where_there_is_too_much_to_search_every_way_is_kept() -> None:
    rows = [[(float(value),) for value in range(0, 60, 2)] for _ in range(40)]
    odd = equal((40, 0), *((row, 0) for row in range(40)))
    decision = solve([*rows, [(1199.0,)]], [odd])
    assert [len(ways) for ways in decision.ways] == [30] * 40 + [1]


def test_a_row_with_too_many_ways_is_refused() -> None:
    with pytest.raises(TooManyWays):
        ways(*group("1234567" * 6), [COLUMN] * 15)


def test_signs_for_nothing_and_thousands_are_cells_of_their_own() -> None:
    assert parted(*group("12/0"), 3) == {("12", "/", "0")}
    assert parted(*group("1,208", "3"), 2) == {("1,208", "3")}
    assert ("1,208", "3") in parted(*group("1,2083"), 2)
