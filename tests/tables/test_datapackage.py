from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.tables.datapackage import DATAPACKAGE, describe
from pipeline.tables.schema import COMPARING, TABLES
from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


@pytest.fixture
def out(tmp_path: Path, make_outcome: Callable[..., Outcome], book: Rulebook) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    manifest = {"version": "0.1.0", "rules_version": book.version, "schema_version": "1.0.0"}
    with TableSet(folder, book.panel) as tables:
        tables.add(make_outcome())
        tables.commit(manifest, {DATAPACKAGE: lambda tables_folder, told: describe(tables_folder, told, book)})
    return folder


@pytest.fixture
def package(out: Path) -> dict[str, Any]:
    descriptor: dict[str, Any] = json.loads((out / DATAPACKAGE).read_text(encoding="utf-8"))
    return descriptor


def test_the_descriptor_keeps_to_the_standard(package: dict[str, Any]) -> None:
    profile = json.loads(files("dplib").joinpath("profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(profile)
    jsonschema.validate(package, profile)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**package, "resources": [{**package["resources"][0], "name": 1}]}, profile)


def test_every_table_is_described_with_the_types_of_its_columns(package: dict[str, Any], out: Path) -> None:
    assert {each["name"] for each in package["resources"]} == {*TABLES, *COMPARING, "panel"}
    for resource in package["resources"]:
        schema = pq.read_schema(out / resource["path"])
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == schema.names
        for field, column in zip(fields, schema, strict=True):
            if field["type"] == "array":
                assert pa.types.is_list(column.type)
            else:
                assert column.type in {TYPES[field["type"]], *narrower(field["type"])}, field["name"]


def narrower(kind: str) -> set[pa.DataType]:
    return {pa.int8(), pa.int16(), pa.int32()} if kind == "integer" else set()


def test_titles_are_chinese_with_english_beside_them(package: dict[str, Any]) -> None:
    (observations,) = (each for each in package["resources"] if each["name"] == "observations")
    fields = {field["name"]: field for field in observations["schema"]["fields"]}
    assert (fields["value"]["title"], fields["value"]["title_en"]) == ("数值", "Value as printed")
    assert fields["status"]["categories"][2] == {"value": "blank", "label": "空白", "label_en": "blank"}
    assert observations["schema"]["primaryKey"] == ["observation_id"]


def test_every_value_of_a_closed_list_is_in_it_and_keys_are_unique(package: dict[str, Any], out: Path) -> None:
    for resource in package["resources"]:
        table = pq.read_table(out / resource["path"])
        for field in resource["schema"]["fields"]:
            if "categories" in field:
                known = {category["value"] for category in field["categories"]}
                assert set(table[field["name"]].drop_null().to_pylist()) <= known, field["name"]
        key = resource["schema"].get("primaryKey", [])
        rows = list(zip(*(table[name].to_pylist() for name in key), strict=True))
        assert len(set(rows)) == len(rows), resource["name"]


def test_the_manifest_names_the_file_with_its_hash(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["files"]) == [DATAPACKAGE]
    assert len(manifest["files"][DATAPACKAGE]) == 64
