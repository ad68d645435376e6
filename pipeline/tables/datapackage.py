"""Describe the tables of a run as a Data Package, so that other programs know types, keys, labels and codes.

The descriptor follows the Data Package standard, version 2 (https://datapackage.org). Titles are Chinese; ``title_en``
and ``description_en`` stand beside them, since the standard knows one language only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.labels import label_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.tables.labels import LabelledColumn

DATAPACKAGE = "datapackage.json"

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEYS = {
    "documents": ["path"],
    "sections": ["document_id", "section_id"],
    "blocks": ["document_id", "block_id"],
    "observations": ["observation_id"],
    "numbers": ["number_id"],
    "terms": ["document_id", "section_kind", "term"],
    "panel": ["agency_key", "year"],
    "panel_values": ["agency_key", "year", "concept"],
    "coverage": ["agency_key", "year", "section_kind"],
}
_OPEN_LISTS = frozenset({"identity", "reason"})


def describe(folder: Path, manifest: Mapping[str, Any], book: Rulebook) -> str:
    """Return the descriptor of all parquet tables in ``folder`` as JSON."""
    descriptor = {
        "$schema": _PROFILE,
        "name": "gongkai",
        "title": "政府信息公开工作年度报告数据",
        "title_en": "Data from yearly reports on government information disclosure",
        "version": manifest["schema_version"],
        "gongkai": {name: manifest[name] for name in ("version", "rules_version", "schema_version")},
        "resources": [_resource(path, book) for path in sorted(folder.glob("*.parquet"))],
    }
    return f"{json.dumps(descriptor, ensure_ascii=False, indent=1)}\n"


def _resource(path: Path, book: Rulebook) -> dict[str, Any]:
    labels = book.labels.tables[path.stem]
    columns = label_columns(path.stem, pq.read_schema(path), book)
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": []}
    if path.stem in _KEYS:
        schema["primaryKey"] = _KEYS[path.stem]
    return {
        "name": path.stem,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": labels.names.zh,
        "title_en": labels.names.en,
        "description": f"每行是{labels.row.zh}。",
        "description_en": f"Each row is {labels.row.en}.",
        "schema": schema,
    }


def _field(column: LabelledColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _type(column.type),
        "title": column.names.zh,
        "title_en": column.names.en,
    }
    if column.note:
        field |= {"description": column.note.zh, "description_en": column.note.en}
    if column.codes and column.codes_name not in _OPEN_LISTS:
        field["categories"] = [
            {"value": code, "label": names.zh, "label_en": names.en} for code, names in column.codes.items()
        ]
    return field


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_date(kind):
        return "date"
    return "array" if pa.types.is_list(kind) else "string"
