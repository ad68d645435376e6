from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from pipeline.rulebook.forms import Names
from pipeline.tables.labels import in_language, label_columns
from pipeline.tables.schema import TABLES, panel_schema

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_name_in_both_languages(table: str, book: Rulebook) -> None:
    columns = label_columns(table, TABLES[table], book)
    assert [column.name for column in columns] == TABLES[table].names
    assert [column.name for column in columns if column.names.zh == column.name] == []


def test_the_panel_is_named_after_its_concepts(book: Rulebook) -> None:
    concept = book.concepts[0]
    columns = label_columns("panel", panel_schema([concept.id]), book)
    assert [column.name for column in columns if column.names.zh == column.name] == []
    value, status, grade, source = columns[-4:]
    assert value.names == concept.names
    assert status.names.zh == f"{concept.names.zh}：有值或缺失原因"
    assert status.codes["not_in_form"] == Names("该格式无此项", "not in this form")
    assert list(grade.codes) == ["exact", "close", "broken", "none"]
    assert source.codes == {}


def test_an_unknown_column_keeps_its_name(book: Rulebook) -> None:
    (column,) = label_columns("documents", pa.schema([("added", pa.string())]), book)
    assert in_language(column.names, "zh") == in_language(column.names, "en") == "added"
