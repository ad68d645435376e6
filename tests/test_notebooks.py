"""The notebooks run on the shipped corpus without a word of complaint, and what is kept of them is what they print."""

from __future__ import annotations

import io
import logging
import runpy
import warnings
from typing import TYPE_CHECKING

import jupytext
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from matplotlib import font_manager
from matplotlib.text import Text

import pipeline
from pipeline import fonts
from pipeline.shipped import shipped_folder
from tests.notebooks import TEXTS, executed
from tests.notebooks.typeface import bare_computer, write_font

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHARTS = {"01_first_look": 2}

every_notebook = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over the shipped corpus."""
    out = tmp_path_factory.mktemp("notebooks") / "tables"
    pipeline.run(shipped_folder("corpus") / "reports", out)
    return out


@pytest.fixture(params=["system font", "extra font", "no font"])
def situation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A computer with a Chinese font of its own, one with that of the extra, one without any."""
    bare = bare_computer(monkeypatch)
    next(bare)
    if request.param == "system font":
        file = write_font(tmp_path / "wqy-microhei.ttf", "WenQuanYi Micro Hei")
        monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [str(file)])
    elif request.param == "extra font":
        write_font(tmp_path / "packaged_font" / fonts._EXTRA_FILE, "Noto Sans SC")
        (tmp_path / "packaged_font" / "__init__.py").touch()
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(fonts, "_EXTRA_PACKAGE", "packaged_font")
    yield request.param
    next(bare, None)


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def pictures(notebook: nbformat.NotebookNode) -> int:
    return sum("image/png" in output.get("data", {}) for output in outputs(notebook))


def source(notebook: nbformat.NotebookNode) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def test_there_is_a_chart_count_for_every_notebook() -> None:
    assert [text.stem for text in TEXTS] == sorted(CHARTS)


@every_notebook
def test_the_text_runs_without_a_complaint(text: Path, tables: Path) -> None:
    notebook = executed(text, tables)
    assert [output.text for output in outputs(notebook) if output.output_type == "stream"] == []
    assert pictures(notebook) == CHARTS[text.stem]


@every_notebook
def test_the_kept_notebook_is_the_text_with_its_outputs(text: Path) -> None:
    kept = nbformat.read(text.with_suffix(".ipynb"), as_version=4)
    assert source(kept) == source(jupytext.read(text)), "run: make notebooks"
    assert [output.output_type for output in outputs(kept) if output.output_type in {"stream", "error"}] == []
    assert pictures(kept) == CHARTS[text.stem]
    assert "No Chinese font" not in nbformat.writes(kept)


@every_notebook
def test_no_chart_shows_boxes(
    text: Path,
    tables: Path,
    situation: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    words: list[list[str]] = []

    def draw() -> None:
        for number in plt.get_fignums():
            figure = plt.figure(number)
            figure.savefig(io.BytesIO())
            words.append([found.get_text() for found in figure.findobj(Text)])
        plt.close("all")

    monkeypatch.setenv("GONGKAI_OUT", str(tables))
    monkeypatch.setattr(plt, "show", draw)
    mpl.use("agg")
    with warnings.catch_warnings(record=True) as warned, caplog.at_level(logging.WARNING, logger="matplotlib"):
        runpy.run_path(str(text))
    assert [str(warning.message) for warning in warned] == []
    assert caplog.messages == []
    assert len(words) == CHARTS[text.stem]
    shows_chinese = [any("\u4e00" <= sign <= "\u9fff" for word in chart for sign in word) for chart in words]
    assert shows_chinese == [situation != "no font"] * len(words)


@every_notebook
def test_a_folder_without_results_is_named_with_what_to_do(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="run gongkai demo first"):
        runpy.run_path(str(text))
