from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipeline.rulebook.concepts import Concept, ConceptInEra, Term
from pipeline.rulebook.forms import Names
from pipeline.tables.panel import DOCUMENT_COLUMNS, OBSERVATION_COLUMNS, build_panel
from pipeline.tables.schema import DOCUMENTS, OBSERVATIONS

WORKLOAD = Concept(
    "workload",
    Names("本年应办", "Workload"),
    "why",
    None,
    (
        ConceptInEra("form_2014", (Term("received", None),), None),
        ConceptInEra("form_2021", (Term("received", "total"), Term("carried", "total")), "broken"),
    ),
)


def document(document_id: str = "d1", **columns: object) -> dict[str, Any]:
    defaults = {"path": f"{document_id}.txt", "status": "ok", "era": "form_2021", "is_template": False}
    return {
        "document_id": document_id,
        **defaults,
        "n_observations": 2,
        "agency_key": "云溪县人民政府",
        "year": 2022,
        **columns,
    }


def value(indicator: str, number: float | None, document_id: str = "d1", **columns: object) -> dict[str, Any]:
    status = "reported" if number is not None else "blank"
    return {
        "document_id": document_id,
        "indicator": indicator,
        "applicant": "total",
        "value_base": number,
        "status": status,
        "period": "this_year",
        "standing": "accepted",
        **columns,
    }


def panel(documents: list[dict[str, Any]], values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def schema(whole: pa.Schema, names: tuple[str, ...]) -> pa.Schema:
        return pa.schema([whole.field(name) for name in names])

    rows = pa.Table.from_pylist(values, schema=schema(OBSERVATIONS, OBSERVATION_COLUMNS))
    found = build_panel(
        pa.Table.from_pylist(documents, schema=schema(DOCUMENTS, DOCUMENT_COLUMNS)), rows.to_batches(3), (WORKLOAD,)
    )
    return found.to_pylist()


def workload(values: list[dict[str, Any]], **columns: object) -> tuple[Any, ...]:
    (row,) = panel([document(**columns)], values)
    return row["workload"], row["workload__status"], row["workload__grade"], row["workload__source"]


def test_a_concept_is_the_sum_of_its_terms() -> None:
    assert workload([value("received", 10.0), value("carried", 2.0)]) == (12.0, "value", "broken", "d1")


def test_a_stated_zero_counts() -> None:
    values = [value("received", 10.0), value("carried", 0.0, status="zero_stated")]
    assert workload(values)[:2] == (10.0, "value")


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ([], "not_stated"),
        ([value("carried", None)], "blank"),
        ([value("carried", None, status="unreadable")], "unreadable"),
        ([value("carried", None, status="placeholder")], "not_stated"),
        ([value("carried", 2.0, period="previous_year")], "not_stated"),
        ([value("carried", 2.0, standing="rival")], "not_stated"),
        ([value("carried", 2.0, item="某类")], "not_stated"),
        ([value("carried", 2.0, applicant="natural_person")], "not_stated"),
        ([value("carried", 2.0), value("carried", 3.0)], "unreadable"),
    ],
)
def test_a_missing_term_leaves_no_sum_but_a_reason(second: list[dict[str, Any]], status: str) -> None:
    assert workload([value("received", 10.0), *second]) == (None, status, "broken", "d1")


def test_a_value_speaks_before_a_blank_and_equal_values_agree() -> None:
    values = [value("received", None), value("received", 10.0), value("received", 10.0), value("carried", 1.0)]
    assert workload(values)[:2] == (11.0, "value")


def test_the_office_itself_speaks_before_its_whole_jurisdiction() -> None:
    values = [
        value("received", 10.0, scope="own"),
        value("received", 90.0, scope="jurisdiction"),
        value("carried", 2.0, scope="jurisdiction"),
    ]
    assert workload(values)[:2] == (12.0, "value")


def test_each_form_has_terms_of_its_own() -> None:
    assert workload([value("received", 5.0, applicant=None)], era="form_2014") == (5.0, "value", None, "d1")
    assert workload([value("received", 5.0, applicant=None)], era="prose") == (None, "not_in_form", None, None)


def test_rows_stand_by_body_and_year() -> None:
    documents = [
        document("d1", year=2022),
        document("d2", year=2021),
        document("d3", agency_key="乙县人民政府"),
    ]
    rows = panel(documents, [])
    assert [(row["agency_key"], row["year"]) for row in rows] == [
        ("乙县人民政府", 2022),
        ("云溪县人民政府", 2021),
        ("云溪县人民政府", 2022),
    ]


@pytest.mark.parametrize(
    "columns",
    [{"agency_key": None}, {"year": None}, {"status": "not_report"}, {"status": "duplicate"}, {"is_template": True}],
)
def test_what_proves_no_report_has_no_row(columns: dict[str, Any]) -> None:
    assert panel([document(**columns)], []) == []


@pytest.mark.parametrize(
    ("other", "chosen"),
    [
        (document("d2", status="partial", n_observations=99), "d1"),
        (document("d2", n_observations=3), "d2"),
        (document("d2", path="z.txt"), "d1"),
        (document("d2", path="a.txt"), "d2"),
    ],
)
def test_of_several_reports_the_best_read_one_speaks(other: dict[str, Any], chosen: str) -> None:
    (row,) = panel([document("d1"), other], [])
    assert row["workload__source"] == chosen
