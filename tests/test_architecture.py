"""The house keeps its shape: floors, file lengths, names, and no indicator known to the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
FILES = sorted(
    path
    for folder in ("pipeline", "tests")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".yaml", ".html"}
)
FORBIDDEN = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "tools", "util", "utils"}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
INDICATORS = {
    stanza["id"]
    for path in (ROOT / "rules" / "indicators").glob("*.yaml")
    for stanza in yaml.safe_load(path.read_text(encoding="utf-8"))
    if "id" in stanza
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_exceeds_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert len(docstring) >= 20, f"{name(path)} has no module docstring"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in FILES if FORBIDDEN & {path.stem, *path.relative_to(ROOT).parent.parts}] == []


def test_the_catalogue_is_read() -> None:
    assert {"proactive.total", "requests.received.total"} <= INDICATORS


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_code_knows_no_indicator_by_name(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
    quoted = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    words = {word for text in quoted if text not in docstrings for word in re.findall(r"[a-z_]+(?:\.[a-z_]+)+", text)}
    assert words & INDICATORS == set()


def test_imports_go_down_only() -> None:
    pytest.importorskip("importlinter", reason="import-linter is not installed: pip install '.[dev]'")
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
