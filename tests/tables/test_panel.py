from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tables.series import BODY, document, panel, value, values

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

Row = dict[str, Any]

RECEIVED = "requests.received.total"


def told(row: Row, concept: str) -> tuple[Any, ...]:
    return tuple(row[f"{concept}{part}"] for part in ("", "__status", "__grade", "__source"))


def one(book: Rulebook, era: str, stated: dict[str, float | str], year: int = 2022, **columns: object) -> Row:
    (row,), _ = panel([document("d1", year, era, **columns)], values("d1", era, stated), book)
    return row


LIFE = [
    (2010, "prose", {RECEIVED: 9, "requests.outcome.granted": 6, "requests.outcome.total": 9}),
    (
        2013,
        "local_shanghai_2",
        {
            RECEIVED: 20,
            "requests.outcome.granted": 8,
            "requests.outcome.partial": 2,
            "requests.outcome.total": 20,
            "requests.outcome.not_exist": 3,
            "requests.outcome.not_this_organ": 1,
            "requests.outcome.denied.total": 5,
            "requests.denied.safety_stability": 1,
            "requests.denied.process_and_stability": 2,
        },
    ),
    (
        2016,
        "form_2014",
        {
            RECEIVED: 40,
            "requests.processed.total": 39,
            "requests.outcome.total": 41,
            "requests.outcome.already_public": 4,
            "requests.outcome.granted": 16,
            "requests.outcome.partial": 3,
            "requests.outcome.denied.total": 9,
            "requests.outcome.not_gov_info": 2,
            "requests.outcome.not_exist": 5,
            "requests.outcome.not_this_organ": 2,
            "requests.denied.trade_secret": 1,
            "requests.denied.privacy": 3,
            "review.total": 5,
        },
    ),
    (
        2019,
        "form_2019",
        {
            RECEIVED: 50,
            "requests.carried_over": 2,
            "requests.carried_forward": 4,
            "requests.outcome.total": 48,
            "requests.outcome.granted": 22,
            "requests.outcome.partial": 2,
            "requests.denied.third_party": 3,
            "requests.unavailable.unclear": 2,
            "requests.other.total": 6,
            "review.upheld": 2,
            "review.corrected": 1,
            "review.other": 0,
            "review.pending": 3,
            "review.total": 6,
            "admin_fee.items_prev": 20,
            "admin_fee.items_change": -2,
        },
    ),
    (
        2025,
        "form_2021",
        {
            RECEIVED: 80,
            "requests.carried_over": 5,
            "requests.carried_forward": 1,
            "requests.outcome.total": 84,
            "requests.outcome.granted": 40,
            "requests.outcome.partial": 2,
            "requests.unavailable.unclear": 1,
            "requests.other.no_correction": 4,
            "requests.other.unpaid_fee": 0,
            "requests.other.misc": 3,
            "review.upheld": 6,
            "review.corrected": 2,
            "review.other": 0,
            "review.pending": 1,
            "review.total": 9,
            "admin_fee.amount": 1200000,
        },
    ),
]


def test_a_county_through_all_forms(book: Rulebook) -> None:
    documents, observations = [], []
    for year, form, stated in LIFE:
        era = "form_local" if form.startswith("local") else form
        documents.append(document(f"d{year}", year, era))
        kind = {"local_shanghai_2": "attachment_table"}.get(form)
        observations += values(f"d{year}", form, stated, **({"source": kind} if kind else {}))
    rows, _ = panel(documents, observations, book)
    assert [row["year"] for row in rows] == list(range(2010, 2026))
    by_year = {row["year"]: row for row in rows}

    def series(concept: str) -> dict[int, tuple[Any, Any, Any]]:
        return {year: told(by_year[year], concept)[:3] for year, *_ in LIFE}

    assert series("requests_received") == {
        2010: (9.0, "value", "none"),
        2013: (20.0, "value", "none"),
        2016: (40.0, "value", "close"),
        2019: (50.0, "value", "close"),
        2025: (80.0, "value", "exact"),
    }
    assert series("requests_closed") == {
        2010: (9.0, "value", "none"),
        2013: (20.0, "value", "none"),
        2016: (39.0, "value", "close"),
        2019: (48.0, "value", "close"),
        2025: (84.0, "value", "exact"),
    }
    assert series("granted_full") == {
        2010: (6.0, "value", "none"),
        2013: (8.0, "value", "none"),
        2016: (20.0, "value", "close"),
        2019: (22.0, "value", "close"),
        2025: (40.0, "value", "exact"),
    }
    assert series("disclosure_rate") == {
        2010: (None, "not_stated", "none"),
        2013: (0.5, "value", "none"),
        2016: (23 / 41, "value", "close"),
        2019: (0.5, "value", "close"),
        2025: (0.5, "value", "exact"),
    }
    assert series("disclosure_rate_narrow")[2016] == (23 / (23 + 7 + 7), "value", "close")
    assert series("disclosure_rate_narrow")[2013] == (10 / (10 + 5 + 4), "value", "none")
    assert series("denied_total")[2016] == (7.0, "value", "close")
    assert series("denied_total")[2013] == (5.0, "value", "none")
    assert series("denied_safety")[2013] == (3.0, "value", "none")
    assert series("denied_third_party")[2016] == (4.0, "value", "exact")
    assert series("denied_third_party")[2019] == (3.0, "value", "close")
    assert series("not_held")[2013] == (4.0, "value", "none")
    assert series("not_held")[2016] == (7.0, "value", "exact")
    assert series("unclear")[2025] == (5.0, "value", "close")
    assert series("other_handling") == {
        2010: (None, "not_in_form", "none"),
        2013: (None, "not_in_form", "none"),
        2016: (None, "not_in_form", "none"),
        2019: (6.0, "value", "broken"),
        2025: (7.0, "value", "close"),
    }
    assert series("requests_workload")[2019] == (52.0, "value", "broken")
    assert series("requests_workload")[2016] == (None, "not_in_form", "none")
    assert series("review_total")[2016] == (5.0, "value", "close")
    assert series("review_total")[2019] == (3.0, "value", "close")
    assert series("review_total")[2025] == (8.0, "value", "exact")
    assert series("review_filed")[2025] == (9.0, "value", "exact")
    assert series("review_loss_rate")[2019] == (1 / 3, "value", "close")
    assert series("admin_fee")[2019] == (18.0, "value", "none")
    assert series("admin_fee")[2025] == (1200000.0, "value", "broken")
    assert told(by_year[2011], "requests_received") == (None, "no_report", None, None)
    assert told(by_year[2016], "granted_full")[3] == "d2016"
    assert told(by_year[2016], "requests_workload")[3] is None


def test_grades_look_back_to_the_last_form_of_another_time(book: Rulebook) -> None:
    documents = [
        document("d1", 2016, "form_2014"),
        document("d2", 2023, "form_2021"),
        document("d3", 2024, "form_2021"),
    ]
    observations = [row for each in ("d1", "d2", "d3") for row in values(each, "form_2021", {RECEIVED: 3})]
    rows, _ = panel(documents, observations, book)
    grades = {row["year"]: (row["requests_received__grade"], row["unclear__grade"]) for row in rows}
    assert grades[2023] == grades[2024] == ("close", "broken")


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ({}, "not_stated"),
        ({"requests.carried_over": "blank"}, "blank"),
        ({"requests.carried_over": "unreadable"}, "unreadable"),
        ({"requests.carried_over": "placeholder"}, "not_stated"),
        ({"requests.carried_over": "not_applicable"}, "not_stated"),
    ],
)
def test_a_missing_part_leaves_no_sum_but_a_reason(second: dict[str, float | str], status: str, book: Rulebook) -> None:
    row = one(book, "form_2021", {RECEIVED: 10, **second})
    assert told(row, "requests_workload") == (None, status, "exact", "d1")
    assert row["requests_received"] == 10


@pytest.mark.parametrize(
    "columns",
    [{"period": "previous_year"}, {"standing": "rival"}, {"item": "某类"}, {"applicant": "natural_person"}],
)
def test_only_what_speaks_for_all_of_this_year_counts(columns: dict[str, Any], book: Rulebook) -> None:
    rows = [value("d1", "form_2021", RECEIVED, 4, **{"applicant": "total", **columns})]
    (row,), _ = panel([document("d1", 2022, "form_2021")], rows, book)
    assert told(row, "requests_received")[:2] == (None, "not_stated")


def test_a_stated_zero_is_a_value_and_a_blank_is_none(book: Rulebook) -> None:
    rows = [
        value("d1", "prose", "requests.outcome.total", 0.0, status="zero_stated"),
        value("d1", "form_2021", RECEIVED, "blank", applicant="total"),
    ]
    (row,), _ = panel([document("d1", 2022, "prose")], rows, book)
    assert told(row, "requests_closed")[:2] == (0.0, "value")
    assert told(row, "requests_received")[:2] == (None, "blank")


def test_a_rate_over_nothing_is_not_stated(book: Rulebook) -> None:
    names = ("requests.outcome.granted", "requests.outcome.partial", "requests.outcome.total")
    row = one(book, "form_2021", dict.fromkeys(names, 0))
    assert told(row, "disclosure_rate")[:2] == (None, "not_stated")


@pytest.mark.parametrize(
    ("cell", "status", "found"),
    [
        (7, "ok", (7.0, "value", "table")),
        ("blank", "ok", (None, "blank", None)),
        ("unreadable", "ok", (5.0, "value", "prose")),
        (None, "partial", (5.0, "value", "prose")),
        (None, "ok", (5.0, "value", "prose")),
    ],
)
def test_tables_speak_before_prose_and_prose_where_a_cell_is_lost(
    cell: float | str | None, status: str, found: tuple[Any, ...], book: Rulebook
) -> None:
    rows = [value("d1", "prose", RECEIVED, 5), value("d1", "form_2021", "rules.issued", 0)]
    rows += [] if cell is None else [value("d1", "form_2021", RECEIVED, cell, applicant="total")]
    _, long = panel([document("d1", 2022, "form_2021", status=status)], rows, book)
    (row,) = (each for each in long if each["concept"] == "requests_received")
    assert (row["value"], row["status"], row["basis"]) == found


def test_a_cell_lost_with_its_table_is_unreadable(book: Rulebook) -> None:
    rows = [value("d1", "form_2021", "rules.issued", 0)]
    (row,), _ = panel([document("d1", 2022, "form_2021", status="partial")], rows, book)
    assert told(row, "requests_received")[:2] == (None, "unreadable")
    assert told(row, "meetings")[:2] == (None, "not_in_form")


def test_a_total_that_was_added_up_is_taken_and_said_so(book: Rulebook) -> None:
    rows = [
        value("d1", "form_2021", RECEIVED, "blank", applicant="total"),
        value("d1", "form_2021", RECEIVED, 6, applicant="total", standing="rival", derived=True),
    ]
    _, long = panel([document("d1", 2022, "form_2021")], rows, book)
    (row,) = (each for each in long if each["concept"] == "requests_received")
    assert (row["value"], row["basis"], row["observations"]) == (6.0, "derived", ["d1-0002"])


def test_two_values_of_one_cell_are_unreadable(book: Rulebook) -> None:
    rows = [value("d1", "form_2021", RECEIVED, number, applicant="total") for number in (3, 4)]
    (row,), _ = panel([document("d1", 2022, "form_2021")], rows, book)
    assert told(row, "requests_received")[:2] == (None, "unreadable")


def test_the_office_and_its_jurisdiction_are_never_mixed(book: Rulebook) -> None:
    rows = [
        value("d1", "local_fujian", RECEIVED, 10, scope="own", source="attachment_table"),
        value("d1", "local_fujian", RECEIVED, 90, scope="jurisdiction", source="attachment_table"),
        value("d1", "local_fujian", "review.total", 4, scope="jurisdiction", source="attachment_table"),
    ]
    (row,), _ = panel([document("d1", 2013, "form_local")], rows, book)
    assert row["scope"] == "own"
    assert told(row, "requests_received")[:2] == (10.0, "value")
    assert told(row, "review_total")[:2] == (None, "not_stated")


def test_a_sentence_about_the_county_speaks_only_for_what_the_office_does_not_state(book: Rulebook) -> None:
    rows = [
        value("d1", "prose", "requests.outcome.granted", 4, scope="own"),
        value("d1", "prose", "requests.outcome.granted", 90, scope="jurisdiction"),
        value("d1", "prose", "requests.outcome.partial", 0, scope="own"),
        value("d1", "prose", "requests.outcome.total", 95, scope="jurisdiction"),
        value("d1", "prose", "proactive.total", 8000, scope="jurisdiction"),
    ]
    (row,), long = panel([document("d1", 2013, "prose")], rows, book)
    assert (row["scope"], row["granted_full"], row["proactive_total"]) == (None, 4, 8000)
    assert told(row, "disclosure_rate")[:2] == (None, "not_stated")
    scopes = {each["concept"]: each["scope"] for each in long}
    assert (scopes["granted_full"], scopes["proactive_total"]) == ("own", "jurisdiction")
    (row,), _ = panel([document("d1", 2013, "prose", scope="own")], rows, book)
    assert (row["scope"], row["proactive_total"], row["proactive_total__status"]) == ("own", None, "not_stated")


def test_values_in_length_name_what_they_rest_on(book: Rulebook) -> None:
    rows = values("d1", "form_2021", {RECEIVED: 10, "requests.carried_over": 2})
    rows.append(value("d1", "prose", "proactive.total", 300, qualifier="more_than"))
    _, long = panel([document("d1", 2022, "form_2021")], rows, book)
    by_concept = {row["concept"]: row for row in long}
    assert by_concept["requests_workload"]["observations"] == ["d1-0001", "d1-0002"]
    assert by_concept["requests_workload"]["is_exact"] is True
    assert by_concept["proactive_total"]["is_exact"] is False
    assert (by_concept["admin_fee"]["unit"], by_concept["disclosure_rate"]["unit"]) == ("元", "比例")
    assert list(by_concept) == [concept.id for concept in book.concepts]


@pytest.mark.parametrize(
    "columns",
    [{"agency_key": None}, {"year": None}, {"status": "not_report"}, {"status": "duplicate"}, {"is_template": True}],
)
def test_what_proves_no_report_has_no_row(columns: dict[str, Any], book: Rulebook) -> None:
    documents = [{**document("d1", 2022, "form_2021"), **columns}]
    assert panel(documents, [], book) == ([], [])


def test_a_file_that_could_not_be_read_is_no_missing_report(book: Rulebook) -> None:
    documents = [document("d1", 2020, "prose"), document("d2", 2021, "prose", status="needs_ocr")]
    rows, _ = panel(documents, [], book)
    assert told(rows[1], "requests_received") == (None, "unreadable", None, "d2")
    assert (rows[1]["n_reports"], rows[1]["chosen_by"]) == (0, None)


@pytest.mark.parametrize(
    ("other", "chosen", "rule"),
    [
        ({"scope": "jurisdiction", "n_observations": 99}, "d1", "own_office"),
        ({"is_tampered": True}, "d1", "not_tampered"),
        ({"era": "form_2014"}, "d1", "with_a_form"),
        ({"status": "partial", "n_observations": 99}, "d1", "read_whole"),
        ({"published": date(2023, 3, 1)}, "d2", "published_last"),
        ({"n_observations": 30}, "d2", "most_values"),
        ({"path": "z.txt"}, "d1", "first_path"),
        ({"path": "a.txt"}, "d2", "first_path"),
    ],
)
def test_of_several_reports_declared_rules_choose_one(
    other: dict[str, Any], chosen: str, rule: str, book: Rulebook
) -> None:
    documents = [document("d1", 2022, "form_2021"), document("d2", 2022, **{"era": "form_2021", **other})]
    (row,), _ = panel(documents, [], book)
    assert (row["document_id"], row["chosen_by"], row["n_reports"]) == (chosen, rule, 2)


def test_a_reissue_speaks_in_the_place_of_what_it_replaces(book: Rulebook) -> None:
    documents = [
        document("d1", 2022, "form_2021", n_observations=200),
        document("d2", 2022, "form_2021", n_observations=100, reissue_of="d1.txt"),
    ]
    observations = [*values("d1", "form_2021", {RECEIVED: 11}), *values("d2", "form_2021", {RECEIVED: 12})]
    (row,), _ = panel(documents, observations, book)
    assert told(row, "requests_received") == (12.0, "value", "exact", "d2")
    assert (row["n_reports"], row["chosen_by"]) == (1, "only_report")


def test_a_reissue_that_was_not_read_replaces_nothing(book: Rulebook) -> None:
    documents = [
        document("d1", 2022, "form_2021"),
        document("d2", 2022, "form_2021", status="needs_ocr", reissue_of="d1.txt"),
    ]
    (row,), _ = panel(documents, values("d1", "form_2021", {RECEIVED: 11}), book)
    assert told(row, "requests_received")[:2] == (11.0, "value")


def test_a_copy_in_another_format_is_left_out(book: Rulebook) -> None:
    documents = [document("d1", 2022, "form_2021"), document("d2", 2022, "form_2021", duplicate_of="d1.txt")]
    (row,), _ = panel(documents, [], book)
    assert (row["document_id"], row["n_reports"]) == ("d1", 1)


def test_rows_stand_by_body_and_year_and_know_who_they_are(book: Rulebook) -> None:
    documents = [
        document("d1", 2022, "form_2021"),
        document("d2", 2020, "form_2019"),
        document("d3", 2022, "form_2021", agency_key="乙县人民政府", agency_name="乙县人民政府"),
    ]
    rows, _ = panel(documents, [], book)
    assert [(row["agency_name"], row["year"]) for row in rows] == [
        ("乙县人民政府", 2022),
        (BODY, 2020),
        (BODY, 2021),
        (BODY, 2022),
    ]
    assert [row["path"] for row in rows[1:]] == ["d2.txt", None, "d1.txt"]
