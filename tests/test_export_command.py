"""``gongkai export`` and ``gongkai codebook`` over a real run, and what docs/exports.md says about them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyreadstat
import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "corpus" / "reports" / "yunxiu_county_2021.html"


def gongkai(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.stderr


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "tables"
    code, said = gongkai("run", REPORT, "--out", folder)
    assert code == 0, said
    return folder


def test_a_run_leaves_a_report_and_a_description_named_in_its_manifest(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {"report.html", "datapackage.json"}
    assert all((out / name).is_file() for name in manifest["files"])


def test_each_file_is_told(out: Path, tmp_path: Path) -> None:
    code, said = gongkai("export", out, "--to", "sqlite, xlsx", "--into", tmp_path / "new")
    assert code == 0
    written = [tmp_path / "new" / name for name in ("gongkai.sqlite", "gongkai.xlsx")]
    assert said.splitlines() == [f"Written: {path}" for path in written]
    assert all(path.is_file() for path in written)


def test_a_format_that_does_not_exist_is_refused(out: Path) -> None:
    assert gongkai("export", out, "--to", "xls") == (
        2,
        "gongkai: --to takes csv,xlsx,dta,sqlite, separated by commas, not 'xls'.\n",
    )
    assert not (out / "exports").exists()


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    for command in ("export", "codebook"):
        code, said = gongkai(command, tmp_path)
        assert (code, said) == (
            2,
            (
                f"gongkai: There are no tables in '{tmp_path}': it is not the output folder of a finished run. "
                "Name the folder that 'gongkai run' or 'gongkai demo' wrote its tables to.\n"
            ),
        )


def test_the_codebook_stands_beside_the_tables(out: Path) -> None:
    code, said = gongkai("codebook", out)
    assert code == 0
    assert said.splitlines() == [f"Written: {out / f'codebook.{kind}'}" for kind in ("md", "html", "xlsx")]
    assert "| requests.received.total | 本年新收政府信息公开申请数量 |" in (out / "codebook.md").read_text(
        encoding="utf-8"
    )


def test_the_variables_of_the_documentation_exist(out: Path, tmp_path: Path) -> None:
    assert gongkai("export", out, "--to", "dta", "--into", tmp_path)[0] == 0
    frame, meta = pyreadstat.read_dta(tmp_path / "panel.dta")
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\brequests_received\w*", text))
    assert named == {"requests_received", "requests_received_st"}
    assert named | {"agency_key", "year"} <= set(meta.column_names)
    assert meta.variable_value_labels["requests_received_st"][1] == "有值"
    assert dict(zip(meta.column_names, meta.column_labels, strict=True))["requests_received"] == "本年新收申请"
    assert frame["requests_received_st"].tolist() == [1.0]
