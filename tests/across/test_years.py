from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.across.same_year import compare_same_year
from pipeline.across.years import AcrossCheck, compare_years, judged, outcome_of_claim
from pipeline.rulebook.evaluation import Statements
from tests.across.readings import report, statement

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.evaluation import ReadReport

FORWARD = "requests.carried_forward[total]"
OVER = "requests.carried_over[total]"


def checks(book: Rulebook, *reports: ReadReport) -> list[AcrossCheck]:
    return list(compare_years(reports, book.years, book.concepts))


def told(found: list[AcrossCheck]) -> dict[tuple[str, str | None], tuple[Any, ...]]:
    return {
        (each.check.identity, each.check.applicant): (each.check.outcome, each.check.left, each.check.right)
        for each in found
    }


def test_what_was_carried_forward_is_carried_over_in_every_column(book: Rulebook) -> None:
    before = report(book, 2021, {FORWARD: 3, "requests.carried_forward[natural_person]": 2})
    now = report(book, 2022, {OVER: 3, "requests.carried_over[natural_person]": 1})
    found = checks(book, before, now)
    assert told(found) == {
        ("C6", "total"): ("holds", 3, 3),
        ("C6", "natural_person"): ("broken", 1, 2),
    }
    (each,) = (each for each in found if each.check.applicant == "natural_person")
    assert (each.document_id, each.other_document_id) == ("d2022", "d2021")
    assert each.check.residual == -1
    assert each.check.observation_ids == (
        "d2022:requests.carried_over[natural_person]",
        "d2021:requests.carried_forward[natural_person]",
    )


def test_a_year_between_leaves_nothing_to_test(book: Rulebook) -> None:
    assert checks(book, report(book, 2020, {FORWARD: 3}), report(book, 2022, {OVER: 9})) == []


@pytest.mark.parametrize(
    ("before", "now"),
    [({FORWARD: "blank"}, {OVER: 3}), ({FORWARD: 3}, {OVER: "blank"}), ({FORWARD: 3}, {OVER: "unreadable"})],
)
def test_a_cell_without_a_number_is_not_testable(
    before: dict[str, float | str], now: dict[str, float | str], book: Rulebook
) -> None:
    found = checks(book, report(book, 2021, before), report(book, 2022, now))
    assert [each.check.outcome for each in found] == ["not_testable"]


def test_an_office_and_an_aggregate_are_not_tested_against_each_other(book: Rulebook) -> None:
    before = report(book, 2021, {FORWARD: 3}, scope="own")
    now = report(book, 2022, {OVER: 9}, scope="jurisdiction")
    assert told(checks(book, before, now)) == {("C6", "total"): ("not_testable", 9, 3)}


def test_a_sentence_about_the_county_is_not_tested_against_the_office(book: Rulebook) -> None:
    name = "proactive.total"
    before = report(book, 2011, {f"{name}(cumulative)": 785}, "prose", source="prose")
    now = report(book, 2012, {f"{name}(cumulative)": 2023, name: 1238}, "prose", source="prose")
    assert told(checks(book, before, now))[f"A7:{name}", None][0] == "holds"
    office = statement("d2011", f"{name}(cumulative)", 785, scope="own")
    county = [statement("d2012", each, 1238, scope="jurisdiction") for each in (f"{name}(cumulative)", name)]
    mixed = [
        replace(each, statements=Statements(said, (), is_partial=False))
        for each, said in ((before, [office]), (now, county))
    ]
    assert told(checks(book, *mixed))[f"A7:{name}", None][0] == "not_testable"


def test_about_so_many_is_not_testable(book: Rulebook) -> None:
    before = report(book, 2021, {FORWARD: 3}, qualifier="approx")
    assert told(checks(book, before, report(book, 2022, {OVER: 9})))["C6", "total"][0] == "not_testable"


def test_stocks_flow(book: Rulebook) -> None:
    before = report(book, 2021, {"normative.in_force": 20, "rules.in_force": 4})
    now = report(
        book,
        2022,
        {
            "normative.in_force": 23,
            "normative.issued": 5,
            "normative.repealed": 2,
            "rules.in_force": 5,
            "rules.issued": 0,
            "rules.repealed": 0,
        },
    )
    assert told(checks(book, before, now)) == {
        ("C8:rules", None): ("broken", 5, 4),
        ("C8:normative", None): ("holds", 23, 23),
    }


def test_sums_of_all_years_grow_by_this_year(book: Rulebook) -> None:
    name = "proactive.total"
    before = report(book, 2011, {f"{name}(cumulative)": 785}, "form_local")
    now = report(book, 2012, {f"{name}(cumulative)": 2023, name: 1238}, "form_local")
    later = report(book, 2013, {f"{name}(cumulative)": 2500, name: 400}, "form_local")
    assert told(checks(book, before, now)) == {(f"A7:{name}", None): ("holds", 2023, 2023)}
    assert told(checks(book, now, later)) == {(f"A7:{name}", None): ("broken", 2500, 2423)}


def test_what_is_said_of_last_year_is_what_last_year_said(book: Rulebook) -> None:
    name = "requests.received.total"
    before = report(book, 2021, {f"{name}[total]": 40})
    now = report(book, 2022, {f"{name}[total]": 47, f"{name}(previous_year)": 41, f"{name}(change)": 7})
    assert told(checks(book, before, now)) == {
        (f"P6.before:{name}", None): ("broken", 41, 40),
        (f"P6.change:{name}", None): ("holds", 7, 7),
    }


@pytest.mark.parametrize(
    ("said", "outcome"), [(23.9, "holds"), (24, "holds"), (23.91, "holds"), (23.8, "broken"), (25, "broken")]
)
def test_growth_is_that_between_both_reports_in_their_own_forms(said: float, outcome: str, book: Rulebook) -> None:
    before = report(book, 2018, {"requests.received.total": 46}, "prose", source="prose")
    now = report(book, 2019, {"requests.received.total[total]": 57, "requests.growth_rate(change)": said}, "form_2019")
    found = told(checks(book, before, now))["P6:requests.growth_rate", None]
    assert found[:2] == (outcome, said)
    assert found[2] == pytest.approx(23.913, abs=0.001)


def test_growth_from_nothing_is_not_testable() -> None:
    assert outcome_of_claim(0, 5, 100) == "not_testable"
    assert outcome_of_claim(200, 150, -25) == "holds"


def test_who_is_to_blame_depends_on_how_surely_it_was_read(book: Rulebook) -> None:
    before = report(book, 2021, {FORWARD: 3}, confidence=0.95)
    found = checks(book, before, report(book, 2022, {OVER: 5}))
    unsure = f"d2021:{FORWARD}"
    assert found[0].unsure == (unsure,)
    assert [each.check.verdict for each in judged(found, ())] == ["extraction_doubt"]
    assert [each.check.verdict for each in judged(found, {unsure})] == ["report_error"]


def test_information_is_nobody_s_error(book: Rulebook) -> None:
    before = report(book, 2021, {"review.pending": 4})
    now = report(book, 2022, {"review.upheld": 1, "review.corrected": 0, "review.other": 0})
    (found,) = judged(checks(book, before, now), ())
    assert (found.check.identity, found.check.outcome, found.check.verdict) == ("C12.review", "broken", None)


def test_two_reports_on_one_year_that_disagree_are_told(book: Rulebook) -> None:
    chosen = report(book, 2022, {"requests.received.total[total]": 12, "review.total": 2})
    other = report(book, 2022, {"requests.received.total[total]": 15, "review.total": 2})
    found = told(list(compare_same_year(chosen, [other], book.concepts)))
    assert found == {
        ("S1:requests_received", None): ("broken", 15, 12),
        ("S1:review_filed", None): ("holds", 2, 2),
    }
    whole = report(book, 2022, {"requests.received.total[total]": 99}, scope="jurisdiction")
    assert list(compare_same_year(chosen, [whole], book.concepts)) == []
