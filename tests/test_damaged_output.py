"""Every command that reads the output of a run, on a folder where a file of it is cut off or missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.rulebook import rules_version
from pipeline.shipped import shipped_folder
from pipeline.tables.errors import TablesMissingError
from pipeline.tables.manifest import MANIFEST, read_manifest
from pipeline.tables.rules_of_run import rules_of_run

if TYPE_CHECKING:
    from click.testing import Result

GOLD = Path(__file__).parents[1] / "corpus" / "gold"
OUT = "OUT"
COMMANDS = {
    "show": ("show", OUT, "--document", "yunxiu_county_2018.txt"),
    "compare": ("compare", OUT, "--indicator", "proactive.total"),
    "diff": ("diff", OUT, OUT),
    "export": ("export", OUT),
    "codebook": ("codebook", OUT),
    "evaluate": ("evaluate", OUT, "--gold", str(GOLD)),
    "rules stats": ("rules", "stats", OUT),
}
READ_MANIFEST = list(COMMANDS)
READ_OBSERVATIONS = [name for name in COMMANDS if name != "codebook"]


@pytest.fixture
def out(sample_run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_run, tmp_path / "out"))


def gongkai(command: str, out: Path) -> Result:
    return CliRunner().invoke(app, [str(out) if each == OUT else each for each in COMMANDS[command]])


@pytest.mark.parametrize("command", READ_MANIFEST)
@pytest.mark.parametrize("kept", [0, 40, None], ids=["empty", "cut off", "missing"])
def test_a_manifest_that_cannot_be_read_is_told(command: str, kept: int | None, out: Path) -> None:
    path = out / MANIFEST
    if kept is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:kept])
    result = gongkai(command, out)
    said = "is not the output folder of a finished run" if kept is None else "is damaged, or of another version"
    assert (result.exit_code, said in result.stderr, str(out) in result.stderr) == (2, True, True)
    assert not (out / "exports").exists() or list((out / "exports").iterdir()) == []


@pytest.mark.parametrize("command", READ_OBSERVATIONS)
@pytest.mark.parametrize("kept", [0, 500, None], ids=["empty", "cut off", "missing"])
def test_a_table_that_cannot_be_read_is_told(command: str, kept: int | None, out: Path) -> None:
    path = out / "observations.parquet"
    if kept is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:kept])
    result = gongkai(command, out)
    said = "is missing" if kept is None else "is damaged, or of another version"
    assert (result.exit_code, said in result.stderr, str(path) in result.stderr) == (2, True, True)


def test_a_table_that_is_damaged_inside_is_told(out: Path) -> None:
    path = out / "observations.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :])
    with pytest.raises(TablesMissingError, match="damaged"):
        _ = pipeline.load(out).observations


def test_the_rules_of_a_run_are_found_by_their_version(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copytree(shipped_folder("rules"), tmp_path / "own"))
    (own / "extra.json").write_text("{}", encoding="utf-8")
    _change(out, rules_version(own), "own")
    monkeypatch.chdir(tmp_path)
    used = rules_of_run(read_manifest(out), None)
    assert (used.folder.resolve(), used.difference) == (own, None)
    monkeypatch.chdir(out)
    used = rules_of_run(read_manifest(out), None)
    assert (used.folder, used.difference is None) == (shipped_folder("rules"), False)
    used = rules_of_run(read_manifest(out), own)
    assert (used.folder, used.difference) == (own, None)


def test_a_run_by_the_rules_of_the_program_is_read_by_them_whatever_folder_was_named(out: Path, tmp_path: Path) -> None:
    _change(out, rules_version(shipped_folder("rules")), str(tmp_path))
    used = rules_of_run(read_manifest(out), None)
    assert (used.folder, used.difference) == (shipped_folder("rules"), None)


def _change(out: Path, version: str, rules: str) -> None:
    told = json.loads((out / MANIFEST).read_bytes())
    told["rules_version"], told["configuration"]["rules"] = version, rules
    (out / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
