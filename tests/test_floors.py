"""Floors of quality against what they were."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / ".ci" / "floors_only_rise.py"
FLOORS = {"at_least": {"precision": 0.99}, "at_most": {"fabricated": 0}}


@pytest.fixture
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("floors_only_rise", SCRIPT)
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


@pytest.fixture
def history(tmp_path: Path) -> Callable[[dict[str, float] | None, str], None]:
    """Return what commits floors to a repository of its own, or none."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / ".ci"
    folder.mkdir()
    shutil.copy(SCRIPT, folder)
    _git(tmp_path, "init", "--quiet")

    def commit(at_least: dict[str, float] | None, name: str = "floors.json") -> None:
        for old in folder.glob("floors*.json"):
            old.unlink()
        if at_least is not None:
            (folder / name).write_text(json.dumps({"at_least": at_least, "at_most": {}}), encoding="utf-8")
        _git(tmp_path, "add", "--all")
        _git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "floors")

    return commit


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _run(folder: Path) -> tuple[int, str]:
    command = [sys.executable, str(folder / ".ci" / SCRIPT.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_one_more_commit_does_not_hide_a_lower_floor(tmp_path: Path, history: Callable[..., None]) -> None:
    for floor in (0.97, 0.99, 0.98, 0.98, 0.985):
        history({"precision": floor})
    assert _run(tmp_path) == (1, "floors.json: the floor of precision was 0.99, and floors only rise\n")
    history({"precision": 0.99})
    assert _run(tmp_path) == (0, "")


@pytest.mark.parametrize("name", [None, "floors_of_another_name.json"])
def test_a_file_of_floors_is_not_taken_away(tmp_path: Path, history: Callable[..., None], name: str | None) -> None:
    history({"precision": 0.99})
    history(None if name is None else {"precision": 0.5}, name)
    history(None if name is None else {"precision": 0.5}, name)
    assert _run(tmp_path) == (1, "floors.json: the floor of precision was 0.99, and floors only rise\n")


def test_floors_without_their_history_are_not_called_good(tmp_path: Path, history: Callable[..., None]) -> None:
    assert _run(tmp_path)[0] == 2
    history({"precision": 0.99})
    history({"precision": 0.5})
    shallow = tmp_path / "shallow"
    _git(tmp_path, "clone", "--quiet", "--depth", "1", tmp_path.as_uri(), str(shallow))
    code, message = _run(shallow)
    assert code == 2
    assert "git fetch --unshallow" in message


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a clone has the history of the floors")
def test_the_command_refuses_nothing_that_is_committed() -> None:
    code, message = _run(ROOT)
    assert code == 0 or "git fetch --unshallow" in message
