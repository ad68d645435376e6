"""What the documents tell R and Stata: R does it; the names and codes told to Stata are those of its files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyreadstat
import pytest
from typer.testing import CliRunner

from pipeline.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "docs" / "exports.md", ROOT / "notebooks" / "04_panel_for_regression.py"]
IN_STATA = {
    *("use", "clear", "describe", "tabulate", "missing", "keep", "if", "encode", "generate"),
    *("xtset", "xtreg", "fe", "vce", "cluster", "i", "D", "ln", "inlist"),
}

every_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)


def block_of(path: Path, kind: str) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        text = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
    (body,) = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(body)


@pytest.fixture(scope="module")
def folder(sample_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``outputs`` and its Stata files."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(sample_run, folder / "outputs")
    done = CliRunner().invoke(app, ["export", str(folder / "outputs"), "--to", "dta"])
    assert done.exit_code == 0, done.stderr
    return folder


def ran(folder: Path, program: str) -> list[str]:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed (Debian: r-cran-haven, r-cran-dplyr)")
    wanted = 'cat(all(sapply(c("haven", "dplyr"), requireNamespace, quietly = TRUE)))'
    if subprocess.run([rscript, "-e", wanted], capture_output=True, text=True, check=True).stdout != "TRUE":
        pytest.skip("R has no haven or no dplyr (Debian: r-cran-haven, r-cran-dplyr)")
    done = subprocess.run(
        [rscript, "--vanilla", "-e", program],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_r_reads_the_exports_as_their_page_says(folder: Path) -> None:
    program = block_of(TEXTS[0], "r")
    told = "cat(nrow(panel), attr(panel$requests_received, 'label'), nrow(observations))"
    panel, meta = pyreadstat.read_dta(folder / "outputs" / "exports" / "panel.dta")
    observations, _ = pyreadstat.read_dta(folder / "outputs" / "exports" / "observations.dta")
    label = meta.column_names_to_labels["requests_received"]
    assert f"# {label}\n" in program
    expected = f"{(panel['requests_received_st'] == 1).sum()} {label} {len(observations)}"
    assert ran(folder, f"{program}\n{told}")[-1] == expected


def test_r_estimates_what_the_notebook_sets_up(folder: Path) -> None:
    lines = ran(folder, f"{block_of(TEXTS[1], 'r')}\ncat(nobs(fit), sum(!is.na(changes$change)), nrow(changes))")
    estimated, changes, values = map(int, lines[-1].split())
    assert estimated > 5
    assert 0 < changes < values


def steps(block: str) -> Iterator[tuple[str, str]]:
    for line in block.splitlines():
        command, _, comment = line.partition("//")
        yield command, comment


@every_text
def test_stata_finds_the_names_and_codes_it_is_told(path: Path, folder: Path) -> None:
    known: set[str] = set()
    labels: dict[str, dict[Any, str]] = {}
    seen = 0
    for command, comment in steps(block_of(path, "stata")):
        if opened := re.match(r'use "(.*)"', command):
            _, meta = pyreadstat.read_dta(folder / opened[1], metadataonly=True)
            known, labels = {*meta.column_names}, meta.variable_value_labels
            continue
        known |= {*re.findall(r"generate\((\w+)\)|generate (\w+) =", command)[0]} if "generate" in command else set()
        for name, starred in re.findall(r"\b([A-Za-z]\w*)(\*?)", re.sub('"[^"]*"', "", command)):
            if name not in IN_STATA:
                assert any(each.startswith(name) for each in known) if starred else name in known, command
        told = [labels[each] for each in re.findall(r"\w+", command) if each in labels]
        for number, word in re.findall(r"(\d+) ([^\s,]+)", comment):
            assert any(each.get(int(number)) == word for each in told), command
            seen += 1
    assert seen
