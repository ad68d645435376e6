"""The labelled texts of the corpus are read as well as they ever were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.evaluating import evaluate
from pipeline.evaluating.floors import floors_broken, read_floors
from pipeline.running.run import run
from tests.labelled import FLOORS, labels_of, records_of, write_reports

if TYPE_CHECKING:
    from pathlib import Path

every_set = pytest.mark.parametrize("name", FLOORS)


@every_set
def test_texts_are_read_above_the_floors(name: str, tmp_path: Path) -> None:
    write_reports(name, tmp_path / "reports")
    run(tmp_path / "reports", tmp_path / "tables", jobs=1)
    found = evaluate(tmp_path / "tables", labels_of(name))
    assert floors_broken(found, read_floors(FLOORS[name])) == ()


@every_set
@pytest.mark.parametrize("key", ["gold", "traps"])
def test_labels_and_traps_quote_the_text(name: str, key: str) -> None:
    records = records_of(name)
    quoted = {"gold": "evidence", "traps": "text"}[key]
    assert [
        (record["id"], each[quoted])
        for record in records
        for each in record[key]
        if each.get("in_text", True) and each[quoted] not in record["text"]
    ] == []
    assert sum(len(record[key]) for record in records) > len(records)
