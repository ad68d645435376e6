from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.tables.schema import DOCUMENTS, OBSERVATIONS, PANEL_IDENTITY, PANEL_REPORT, TABLES, panel_schema

CONTRACT = {
    "documents": (
        "document_id path size sha256 format encoding status reason message title agency agency_name agency_key "
        "agency_type level province prefecture county township adcode township_code place_evidence year year_evidence "
        "period_start period_end published era scope is_template is_tampered is_traditional duplicate_of reissue_of "
        "n_observations n_numbers n_unexplained"
    ),
    "sections": "document_id section_id order level heading kind decided_by confidence text",
    "observations": (
        "observation_id document_id indicator applicant item item_class value unit value_base unit_base status "
        "qualifier period scope source standing standing_reason derived derived_from rule_id section_id block_id page "
        "row col start end quote confidence"
    ),
    "blocks": "document_id block_id order type text page row col rowspan colspan role role_reason",
    "numbers": "number_id document_id block_id start end text value unit disposition observation decided_by",
    "checks": (
        "document_id identity applicant outcome left right residual severity verdict observations other_document_id"
    ),
    "problems": "document_id path stage kind message block_id",
    "similarity": "document_id other_document_id kind jaccard numbers_identical",
    "terms": "document_id section_kind term count",
    "timings": "path stage seconds peak_mb",
}
ADDED = {"documents": "kind kind_evidence clone_of"}


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract(name: str) -> None:
    assert TABLES[name].names == [*CONTRACT[name].split(), *ADDED.get(name, "").split()]


def test_there_is_no_other_table() -> None:
    assert TABLES.keys() == CONTRACT.keys()


def test_types_are_declared() -> None:
    assert DOCUMENTS.field("year").type == pa.int16()
    assert DOCUMENTS.field("period_start").type == pa.date32()
    assert DOCUMENTS.field("adcode").type == pa.string()
    assert OBSERVATIONS.field("value").type == pa.float64()
    assert OBSERVATIONS.field("derived_from").type.value_type == pa.string()


def test_the_panel_has_four_columns_for_each_concept() -> None:
    names = panel_schema(["received"]).names
    assert names == [
        *PANEL_IDENTITY,
        *PANEL_REPORT.names,
        "received",
        "received__status",
        "received__grade",
        "received__source",
    ]
