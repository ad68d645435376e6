"""The labelled clauses of the corpus are read as well as they ever were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipeline.evaluating import evaluate
from pipeline.evaluating.floors import floors_broken, read_floors
from pipeline.running.run import run
from tests.clauses import CLAUSES, FLOORS, write_reports

if TYPE_CHECKING:
    from pathlib import Path


def test_clauses_are_read_above_the_floors(tmp_path: Path) -> None:
    write_reports(tmp_path / "reports")
    run(tmp_path / "reports", tmp_path / "tables", jobs=1)
    found = evaluate(tmp_path / "tables", CLAUSES)
    assert floors_broken(found, read_floors(FLOORS)) == ()


@pytest.mark.parametrize("key", ["gold", "traps"])
def test_labels_and_traps_quote_the_clause(key: str) -> None:
    clauses = [json.loads(line) for line in CLAUSES.read_text(encoding="utf-8").splitlines()]
    quoted = {"gold": "evidence", "traps": "text"}[key]
    assert [
        (clause["id"], each[quoted])
        for clause in clauses
        for each in clause[key]
        if each.get("in_text", True) and each[quoted] not in clause["text"]
    ] == []
    assert sum(len(clause[key]) for clause in clauses) > len(clauses)
