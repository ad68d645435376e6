"""Floors of quality against what they were."""

from __future__ import annotations

import importlib.util
import json
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
    spec = importlib.util.spec_from_file_location("floors_only_rise", ROOT / ".ci" / "floors_only_rise.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_floors_may_rise(gate: ModuleType) -> None:
    assert gate.lowered(FLOORS, {"at_least": {"precision": 0.995, "recall": 0.5}, "at_most": {"fabricated": 0}}) == []


def test_a_floor_that_falls_or_goes_is_refused(gate: ModuleType) -> None:
    assert gate.lowered(FLOORS, {"at_least": {}, "at_most": {"fabricated": 2}}) == [
        "the floor of precision was 0.99, and floors only rise",
        "the ceiling of fabricated was 0, and ceilings only fall",
    ]


def test_the_committed_floors_ask_for_what_was_promised() -> None:
    clauses = json.loads((ROOT / ".ci" / "floors_clauses.json").read_text(encoding="utf-8"))
    assert clauses["at_least"]["precision"] >= 0.95
    assert clauses["at_most"]["traps_hit"] <= 2
    floors = json.loads((ROOT / ".ci" / "floors.json").read_text(encoding="utf-8"))
    assert floors["at_least"]["table_precision"] >= 0.99
    assert floors["at_least"]["prose_precision"] >= 0.95
    assert floors["at_most"]["fabricated_cells"] == 0


def test_the_command_refuses_nothing_that_is_committed() -> None:
    command = [sys.executable, ROOT / ".ci" / "floors_only_rise.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
