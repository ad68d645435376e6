from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.across.unusual import Point, is_far, is_jump, points_of, unusual_values
from pipeline.rulebook.years import Distance, Jump, Unusual
from tests.across.readings import report

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

RULES = Unusual(("requests_received",), Jump(5, 20), Distance(5, 5, 20), Distance(5, 8, 20), (), "")


def point(year: int, value: float, key: str = "云溪县人民政府", **columns: Any) -> Point:  # noqa: ANN401
    told = {"peers": None, "chains": True, **columns}
    return Point("requests_received", key, year, value, f"{key}{year}", observation_ids=(f"{key}{year}-1",), **told)


def found(points: list[Point], name: str) -> dict[str, tuple[Any, ...]]:
    return {
        each.document_id: (each.check.outcome, each.check.left, each.check.right)
        for each in unusual_values(points, RULES)
        if each.check.identity == f"{name}:requests_received"
    }


@pytest.mark.parametrize(
    ("before", "now", "jumps"),
    [(10, 60, True), (60, 10, True), (10, 40, False), (1, 12, False), (0, 30, True), (100, 300, False)],
)
def test_a_jump_is_many_times_and_not_by_a_few(before: float, now: float, jumps: bool) -> None:  # noqa: FBT001
    assert is_jump(before, now, RULES.jump) is jumps


def test_far_needs_others_and_counts_in_logarithms() -> None:
    others = [100.0, 110, 95, 105, 102]
    assert is_far(1000, others, RULES.history) is True
    assert is_far(10, others, RULES.history) is True
    assert is_far(150, others, RULES.history) is False
    assert is_far(1000, others[:4], RULES.history) is None
    assert is_far(6, [0.0, 0, 0, 1, 0], RULES.history) is False


def test_jumps_are_told_between_years_that_follow_each_other() -> None:
    jumps = found([point(2020, 10), point(2021, 100), point(2023, 5)], "jump")
    assert jumps == {"云溪县人民政府2021": ("broken", 100, 10)}


def test_a_break_between_forms_is_no_jump() -> None:
    assert found([point(2018, 10), point(2019, 100, chains=False)], "jump") == {}


def test_the_odd_year_of_a_body_stands_out() -> None:
    points = [point(2010 + number, value) for number, value in enumerate((100, 110, 95, 5000, 105, 102, 98))]
    outcomes = found(points, "history")
    assert len(outcomes) == 7
    assert [name for name, told in outcomes.items() if told[0] == "broken"] == ["云溪县人民政府2013"]
    assert outcomes["云溪县人民政府2013"] == ("broken", 5000, 101)


def test_the_odd_body_among_its_peers_stands_out() -> None:
    points = [
        point(2022, value, f"县{number}", peers="government county") for number, value in enumerate(range(10, 18))
    ]
    points += [
        point(2022, 900, "岚汀市人民政府", peers="government county"),
        point(2022, 5000, "南坪镇", peers="township"),
    ]
    outcomes = found(points, "peers")
    assert [name for name, told in outcomes.items() if told[0] == "broken"] == ["岚汀市人民政府2022"]
    assert "南坪镇2022" not in outcomes


def test_points_come_from_each_report_in_its_own_form(book: Rulebook) -> None:
    concepts = [each for each in book.concepts if each.id in {"requests_received", "proactive_total"}]
    reports = [
        report(book, 2018, {"requests.received.total": 5, "proactive.total": 900}, "form_2014"),
        report(book, 2019, {"requests.received.total[total]": 7, "proactive.total": 80}, "form_2019"),
    ]
    points = list(points_of(reports, concepts, book.order, "government county"))
    assert [(each.concept, each.year, each.value, each.chains) for each in points] == [
        ("proactive_total", 2018, 900, False),
        ("proactive_total", 2019, 80, False),
        ("requests_received", 2018, 5, False),
        ("requests_received", 2019, 7, True),
    ]
