"""The gate of the checks: scores against floors, and floors against what they were."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
FLOORS = {"at_least": {"precision": 0.99}, "at_most": {"fabricated": 0}}


@pytest.fixture
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", ROOT / ".ci" / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scores_at_their_floors_pass(gate: ModuleType) -> None:
    assert gate.failures({"precision": 0.99, "fabricated": 0}, FLOORS) == []


def test_a_score_below_its_floor_or_above_its_ceiling_fails(gate: ModuleType) -> None:
    assert gate.failures({"precision": 0.98, "fabricated": 1}, FLOORS) == [
        "precision is 0.98, and must be at least 0.99",
        "fabricated is 1, and must be at most 0",
    ]


def test_a_score_that_was_not_measured_fails(gate: ModuleType) -> None:
    assert gate.failures({"precision": None, "fabricated": 0}, FLOORS) == [
        "precision is None, and must be at least 0.99"
    ]


def test_floors_may_rise(gate: ModuleType) -> None:
    assert gate.lowered(FLOORS, {"at_least": {"precision": 0.995, "recall": 0.5}, "at_most": {"fabricated": 0}}) == []


def test_a_floor_that_falls_or_goes_is_refused(gate: ModuleType) -> None:
    assert gate.lowered(FLOORS, {"at_least": {}, "at_most": {"fabricated": 2}}) == [
        "the floor of precision was 0.99, and floors only rise",
        "the ceiling of fabricated was 0, and ceilings only fall",
    ]


def test_the_committed_floors_ask_for_what_was_promised() -> None:
    floors = json.loads((ROOT / ".ci" / "floors.json").read_text(encoding="utf-8"))
    assert floors["at_least"]["table_precision"] >= 0.99
    assert floors["at_least"]["prose_precision"] >= 0.95
    assert floors["at_most"]["fabricated_cells"] == 0


def test_the_command_tells_what_failed(tmp_path: Path) -> None:
    scores = tmp_path / "scores.json"
    scores.write_text('{"table_precision": 0.5}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "gate.py", scores], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.search(r"^gate: table_precision is 0\.5, and must be at least 0\.\d+$", done.stderr, re.MULTILINE)
