from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from pipeline.model import Evidence, Outcome
from pipeline.tables.errors import QuoteError
from pipeline.tables.rows import rows_of
from pipeline.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_row_of_a_report_has_exactly_the_columns_of_its_table(make_outcome: Callable[..., Outcome]) -> None:
    rows = rows_of(make_outcome(), None)
    assert rows.keys() | {"similarity"} == TABLES.keys()
    for name, found in rows.items():
        assert found
        for row in found:
            assert set(row) == set(TABLES[name].names), name


def test_rows_keep_their_values_in_columns(make_outcome: Callable[..., Outcome]) -> None:
    rows = rows_of(make_outcome(), None)
    first, blank = pa.RecordBatch.from_pylist(rows["observations"], schema=TABLES["observations"]).to_pylist()
    assert first["value"] == 12.0
    assert (first["start"], first["end"], first["quote"]) == (6, 11, "公开12条")
    assert (first["source"], first["standing"], first["derived_from"]) == ("prose", "accepted", ["x", "y"])
    assert (blank["value"], blank["quote"], blank["start"], blank["end"]) == (None, "", 0, 0)


def test_a_document_row_counts_what_was_read(make_outcome: Callable[..., Outcome]) -> None:
    (row,) = rows_of(make_outcome(), None)["documents"]
    assert row["document_id"] == "abababababababab"
    assert (row["n_observations"], row["n_numbers"], row["n_unexplained"]) == (2, 2, 1)
    assert (row["title"], row["year"], row["year_evidence"]) == ("云溪县2020年报告", 2020, "一、")
    assert row["place_evidence"] is None


def test_blocks_stand_in_reading_order_with_their_cells(make_outcome: Callable[..., Outcome]) -> None:
    rows = rows_of(make_outcome(), None)["blocks"]
    assert [(row["order"], row["type"], row["text"]) for row in rows] == [
        (1, "paragraph", "一、概述\n共公开12条。"),
        (2, "table", ""),
        (3, "cell", "项目"),
        (4, "cell", ""),
        (5, "cell", "7"),
    ]
    assert (rows[4]["row"], rows[4]["col"], rows[4]["rowspan"], rows[4]["colspan"]) == (1, 0, 1, 2)


def test_the_text_of_a_section_holds_its_tables(make_outcome: Callable[..., Outcome]) -> None:
    (section,) = rows_of(make_outcome(), None)["sections"]
    assert section["text"] == "共公开12条。\n项目\t\n7"


def test_numbers_are_numbered(make_outcome: Callable[..., Outcome]) -> None:
    rows = rows_of(make_outcome(), None)["numbers"]
    assert [row["number_id"] for row in rows] == ["abababababababab-n00001", "abababababababab-n00002"]
    assert [row["disposition"] for row in rows] == ["extracted", "unexplained"]


def test_a_duplicate_points_to_the_first_path_and_repeats_no_value(make_outcome: Callable[..., Outcome]) -> None:
    rows = rows_of(make_outcome("b.txt"), "a.txt")
    assert rows.keys() == {"documents", "timings"}
    (row,) = rows["documents"]
    assert (row["path"], row["status"], row["duplicate_of"]) == ("b.txt", "duplicate", "a.txt")
    assert (row["agency"], row["year"]) == ("云溪县人民政府", 2020)
    assert (row["n_observations"], row["n_numbers"], row["n_unexplained"]) == (0, 0, 0)


def test_a_failure_has_a_row_and_nothing_else(failed_outcome: Outcome) -> None:
    rows = rows_of(failed_outcome, None)
    (row,) = rows.pop("documents")
    assert (row["status"], row["reason"], row["message"], row["size"]) == ("failed", "corrupt", "cut off", 20)
    assert (row["era"], row["is_template"]) == (None, None)
    assert not any(rows.values())


def test_a_file_whose_bytes_were_not_seen_has_no_size_and_no_id(failed_outcome: Outcome) -> None:
    unseen = replace(failed_outcome, source=replace(failed_outcome.source, sha256="", size=0))
    (row,) = rows_of(unseen, None)["documents"]
    assert (row["document_id"], row["sha256"], row["size"]) == (None, None, None)


@pytest.mark.parametrize(
    "proof",
    [
        Evidence("b00001", 6, 11, "公开13条"),
        Evidence("b00001", 5, 10, "公开12条"),
        Evidence("b00009", 6, 11, "公开12条"),
        Evidence("b00009", 0, 0, ""),
    ],
)
def test_a_quote_that_is_not_the_text_is_refused(make_outcome: Callable[..., Outcome], proof: Evidence) -> None:
    outcome = make_outcome()
    wrong = replace(outcome, observations=(replace(outcome.observations[0], evidence=proof),))
    with pytest.raises(QuoteError) as caught:
        rows_of(wrong, None)
    assert "a.txt" in str(caught.value)
    assert "proactive.total/shown" in str(caught.value)
