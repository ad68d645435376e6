"""The documents are true: commands exist and run, both languages say the same, links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.formats.errors import Reason
from pipeline.model import READ_KINDS
from pipeline.running.job import _LOSSES
from pipeline.tables.schema import COMPARING, PANEL_REPORT, TABLES

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "corpus").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_IN_CODE = {"links", "summary", "other"}
RUN_WITH_ITS_GUIDE = ["rules", "check"]
"""Takes a minute: the test of the guide to new rules runs it, on the shipped rules and one more."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands() -> set[str]:
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        found.update(f"{name} {sub}" for sub in below) if below else found.add(name)
    return found


def headings(path: Path) -> list[int]:
    return [len(mark) for mark in re.findall(r"^(#+) ", BLOCK.sub("", text_of(path)), re.MULTILINE)]


def console_lines(path: Path) -> list[str]:
    blocks = [body for kind, body in BLOCK.findall(text_of(path)) if kind == "console"]
    return [line.removeprefix("$ ") for body in blocks for line in body.splitlines() if line.startswith("$ ")]


def first_cells(path: Path) -> list[str]:
    return re.findall(r"^\| (`[^|]*`|\d+) \|", text_of(path), re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_readme_names_every_command_and_no_other(name: str) -> None:
    called = re.findall(r"gongkai ((?:rules )?[a-z]+)", text_of(ROOT / name))
    assert set(called) - {"rules"} == commands()


def test_both_readmes_have_the_same_headings_and_code() -> None:
    zh, en = ROOT / "README.md", ROOT / "README.en.md"
    assert headings(zh) == headings(en)
    assert BLOCK.findall(text_of(zh)) == BLOCK.findall(text_of(en))


def test_both_readmes_have_the_same_tables() -> None:
    zh, en = (first_cells(ROOT / name) for name in ("README.md", "README.en.md"))
    assert zh == en
    assert "`observations.parquet`" in zh


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", text_of(path))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "docs/panel.md"])
def test_console_blocks_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus" / "reports", tmp_path / "reports")
    shutil.copytree(ROOT / "corpus" / "gold", tmp_path / "corpus" / "gold")
    monkeypatch.chdir(tmp_path)
    for line in console_lines(ROOT / name):
        program, *arguments = shlex.split(line)
        assert program == "gongkai"
        if arguments != RUN_WITH_ITS_GUIDE:
            done = CliRunner().invoke(app, arguments)
            assert done.exit_code == 0, f"{line}\n{done.output}"


def test_the_guide_for_changes_has_only_the_commands_of_other_documents() -> None:
    known = {*console_lines(ROOT / "README.md"), *console_lines(ROOT / "docs" / "explain.md")}
    assert set(console_lines(ROOT / "CONTRIBUTING.md")) <= known


def test_only_these_documents_have_console_blocks() -> None:
    with_blocks = {path.name for path in DOCUMENTS if console_lines(path)}
    assert with_blocks == {"README.md", "README.en.md", "CONTRIBUTING.md", "explain.md", "panel.md"}


def test_every_reason_is_explained(book: Rulebook) -> None:
    source = "\n".join(text_of(path) for path in (ROOT / "pipeline").rglob("*.py"))
    written = set(re.findall(r'(?:reason=|reason = |Refusal\()"([a-z_]+)"', source))
    kinds = {sign.reason for name in ("error", "other_title", "part_of_year") for sign in book.lexicons.kinds[name]}
    rejected = (kinds | NAMED_IN_CODE) - READ_KINDS
    documented = set(first_cells(ROOT / "docs" / "reasons.md"))
    assert {f"`{code}`" for code in {*Reason, *_LOSSES, *written, *rejected}} - documented == set()


def test_every_column_is_explained() -> None:
    explained = set(re.findall(r"`([a-z0-9_]+)`", text_of(ROOT / "docs" / "outputs.md")))
    schemas = {**TABLES, **COMPARING, "panel": PANEL_REPORT}
    assert {
        f"{table}.{column}" for table, schema in schemas.items() for column in schema.names if column not in explained
    } == set()


@pytest.mark.parametrize("name", ["README.md", "docs/panel.md"])
def test_python_blocks_run(
    name: str, sample_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample_run, tmp_path / "outputs")
    monkeypatch.chdir(tmp_path)
    (block,) = [body for kind, body in BLOCK.findall(text_of(ROOT / name)) if kind == "python"]
    exec(compile(block, name, "exec"), {})  # noqa: S102 — the documentation's own words
    assert "yunxiu_county_2010.txt" in capsys.readouterr().out


def test_the_stanza_of_the_rule_guide_is_one_the_program_accepts() -> None:
    (stanza,) = [body for kind, body in BLOCK.findall(text_of(ROOT / "docs" / "rules.md")) if kind == "yaml"]
    schema = json.loads(text_of(ROOT / "rules" / "schema" / "indicators.schema.json"))
    jsonschema.validate(yaml.safe_load(stanza), schema)
    assert {rule["id"] for rule in yaml.safe_load(stanza)[0]["prose"]} == {"held"}


def test_notice_names_every_dependency() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    declared = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[\[>=<]", each)[0].lower() for each in declared} - {"gongkai"}
    assert names - set(re.findall(r"[a-z][a-z0-9_.-]+", text_of(ROOT / "NOTICE").lower())) == set()
