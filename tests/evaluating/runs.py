"""Output folders and labels as small as a test needs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.schema import DOCUMENTS, OBSERVATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def value(indicator: str, number: float | None, **given: Any) -> dict[str, Any]:  # noqa: ANN401 — columns of many types
    plain = {
        "status": "blank" if number is None else "reported",
        "qualifier": "exact",
        "period": "this_year",
        "source": "prose",
        "standing": "accepted",
        "derived": False,
        "quote": "" if number is None else f"{number:g}",
    }
    return {"indicator": indicator, "value": number} | plain | given


def label(indicator: str, number: float | None, **given: Any) -> dict[str, Any]:  # noqa: ANN401 — as JSON has them
    plain = {
        "applicant": None,
        "item": None,
        "unit": None,
        "status": "blank" if number is None else "reported",
        "qualifier": "exact",
        "period": "this_year",
        "source": "prose",
        "optional": False,
        "quote": "",
        "note": "",
    }
    return {"indicator": indicator, "value": number} | plain | given


def clause_label(indicator: str, number: float, **given: Any) -> dict[str, Any]:  # noqa: ANN401 — as JSON has them
    plain: dict[str, Any] = {
        "item": None,
        "unit": "条",
        "qualifier": "exact",
        "period": "this_year",
        "zero_stated": False,
        "evidence": "",
        "optional": False,
        "alt": [],
        "kind": "clause",
    }
    return {"indicator": indicator, "value": number} | plain | given


def write_run(out: Path, files: Mapping[str, Iterable[dict[str, Any]]]) -> Path:
    """Write the values of each file as a run would; the format is the suffix."""
    documents: list[dict[str, Any]] = []
    observations: list[dict[str, Any]] = []
    for number, (path, values) in enumerate(sorted(files.items())):
        document_id = f"{number:016x}"
        documents.append({"document_id": document_id, "path": path, "format": path.rpartition(".")[2]})
        observations.extend({"document_id": document_id} | each for each in values)
    out.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(documents, schema=DOCUMENTS), out / "documents.parquet")
    pq.write_table(pa.Table.from_pylist(observations, schema=OBSERVATIONS), out / "observations.parquet")
    return out


def write_reports(folder: Path, reports: Mapping[str, Iterable[dict[str, Any]]], **given: Any) -> Path:  # noqa: ANN401
    folder.mkdir(parents=True, exist_ok=True)
    for file, labels in reports.items():
        found = {"file": file, "era": "c", "observations": list(labels), "traps": []} | given
        path = (folder / file).with_suffix(".json")
        path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return folder


def write_clauses(path: Path, clauses: Mapping[str, Iterable[dict[str, Any]]], **given: Any) -> Path:  # noqa: ANN401
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps(
            {"id": name, "url": f"https://{name}.example.cn/a.html", "era": "2014-2018", "gold": list(labels)} | given
        )
        for name, labels in clauses.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
