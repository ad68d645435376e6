from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.running.lock import LOCK, locked
from pipeline.tables.errors import OutputError

ROOT = Path(pipeline.__file__).parents[1]
DIE_HOLDING = """
import os, pathlib, sys
from pipeline.running.lock import locked
with locked(pathlib.Path(sys.argv[1])):
    os._exit(0)
"""


def test_a_second_holder_is_refused_and_told_who_holds(tmp_path: Path) -> None:
    with locked(tmp_path):
        with pytest.raises(OutputError, match=f"process {os.getpid()} on"), locked(tmp_path):
            pass
        assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_a_dead_process_is_no_hindrance(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", DIE_HOLDING, str(tmp_path)], cwd=ROOT, check=True)
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path):
        assert (tmp_path / LOCK).read_text().startswith(f"process {os.getpid()} on")
    assert not (tmp_path / LOCK).exists()


def test_the_folder_is_made(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="name another folder with --out"), locked(tmp_path / "out"):
        pass
