"""The notebooks run on the shipped corpus without a word of complaint, and show what the reports say."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

import IPython.display
import jupytext
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib import font_manager
from matplotlib.text import Text

from pipeline import fonts
from pipeline.tables import rules_of_run
from pipeline.tables.errors import TablesMissingError
from pipeline.tables.stata_names import stata_names
from tests.notebooks import TEXTS, executed
from tests.notebooks.typeface import bare_computer, write_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook

CHARTS = {
    "01_five_minute_tour": 2,
    "02_coverage_and_quality": 2,
    "03_trends_across_breaks": 4,
    "04_panel_for_regression": 0,
    "05_copying_and_problems": 2,
    "06_audit": 0,
}
VEGA_LITE = "application/vnd.vegalite.v5+json"
BODY = "云岫县人民政府"

every_notebook = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
with_charts = pytest.mark.parametrize(
    "text", [text for text in TEXTS if CHARTS.get(text.stem)], ids=lambda text: text.stem
)


class Ran:
    """A notebook that was run in this process: its names, what it displayed, and the words of its charts."""

    def __init__(self, text: Path) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.shown: list[dict[str, Any]] = []
        self.charts: list[list[str]] = []
        self._format = DisplayFormatter().format
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(IPython.display, "display", self._show)
            patch.setattr(plt, "show", self._draw)
            for cell in jupytext.read(text).cells:
                if cell.cell_type == "code":
                    self._run(ast.parse(cell.source))

    def _run(self, code: ast.Module) -> None:
        last = code.body.pop() if isinstance(code.body[-1], ast.Expr) else None
        exec(compile(code, "cell", "exec"), self.names)  # noqa: S102 — as Jupyter does
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), self.names)  # noqa: S307 — as Jupyter does
            if value is not None:
                self._show(value)

    def _show(self, value: object) -> None:
        self.shown.append(self._format(value)[0])

    def _draw(self) -> None:
        for number in plt.get_fignums():
            figure = plt.figure(number)
            figure.savefig(io.BytesIO(), dpi=30)
            self.charts.append([found.get_text() for found in figure.findobj(Text)])
        plt.close("all")

    def html(self) -> str:
        return "\n".join(bundle["text/html"] for bundle in self.shown if "text/html" in bundle)


@pytest.fixture
def run(sample_run: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Ran]]:
    """Runs a notebook on the sample run, with the rules compiled once for all."""
    monkeypatch.setenv("GONGKAI_OUT", str(sample_run))
    monkeypatch.setattr(rules_of_run, "load_rulebook", lambda *_: book)
    mpl.use("agg")
    texts = {text.stem: text for text in TEXTS}
    with pd.option_context("display.max_colwidth", 50):
        yield lambda name: Ran(texts[name])


@pytest.fixture(scope="module")
def kept() -> dict[str, Ran]:
    """The notebooks that were run already, by name."""
    return {}


@pytest.fixture
def ran(run: Callable[[str], Ran], kept: dict[str, Ran]) -> Callable[[str], Ran]:
    """Gives a notebook as it was run on this computer, once for all tests."""

    def once(name: str) -> Ran:
        if name not in kept:
            kept[name] = run(name)
        return kept[name]

    return once


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
def test_the_kept_notebook_is_the_text_with_its_outputs(text: Path) -> None:
    kept = nbformat.read(text.with_suffix(".ipynb"), as_version=4)
    written = nbformat.writes(kept)
    assert source(kept) == source(jupytext.read(text)), "run: make notebooks"
    assert [output.output_type for output in outputs(kept) if output.output_type in {"stream", "error"}] == []
    assert pictures(kept) == CHARTS[text.stem]
    assert [cell.metadata for cell in kept.cells if cell.metadata] == []
    assert set(kept.metadata) == {"jupytext", "kernelspec", "language_info"}
    assert "No Chinese font" not in written
    assert re.findall(r"/(?:tmp|home|Users)/|https?://(?!vega\.github\.io/schema/)", written) == []
    assert len(written) < 600_000


def test_jupyter_itself_runs_the_tour_in_the_same_words(sample_run: Path) -> None:
    text = TEXTS[0]
    notebook = executed(text, sample_run)
    assert [output.text for output in outputs(notebook) if output.output_type in {"stream", "error"}] == []
    assert pictures(notebook) == CHARTS[text.stem]
    assert [VEGA_LITE in output.get("data", {}) for output in outputs(notebook)].count(True) == 1
    assert str(sample_run) not in nbformat.writes(notebook)


@with_charts
def test_no_chart_shows_boxes(
    text: Path, run: Callable[[str], Ran], situation: str, caplog: pytest.LogCaptureFixture
) -> None:
    if situation == "extra font" and text != TEXTS[0]:
        pytest.skip("how a font is found does not depend on the notebook")
    with warnings.catch_warnings(record=True) as warned, caplog.at_level(logging.WARNING, logger="matplotlib"):
        warnings.simplefilter("always")
        charts = run(text.stem).charts
    assert [str(warning.message) for warning in warned if "jieba" not in str(warning.filename)] == []
    assert caplog.messages == []
    assert len(charts) == CHARTS[text.stem]
    shows_chinese = [any("\u4e00" <= sign <= "\u9fff" for word in chart for sign in word) for chart in charts]
    assert shows_chinese == [situation != "no font"] * len(charts)


@every_notebook
def test_a_folder_without_results_is_named_with_what_to_do(
    text: Path, run: Callable[[str], Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path))
    with pytest.raises(TablesMissingError, match="gongkai demo"):
        run(text.stem)


def test_the_tour_shows_places_the_curve_with_breaks_and_the_words_behind_a_point(ran: Callable[[str], Ran]) -> None:
    tour = ran("01_five_minute_tour")
    curve = tour.names["curve"].dropna(subset=["value"])
    assert tour.names["body"] == BODY
    assert dict(zip(curve["year"], curve["value"], strict=True)) == {
        2010: 9,
        2016: 31,
        2017: 38,
        2018: 46,
        2019: 57,
        2020: 73,
        2021: 84,
    }
    ticks, curve_words = tour.charts
    assert {str(year) for year in range(2008, 2026)} <= set(ticks) & set(curve_words)
    assert curve_words.count("≈") == 4
    assert curve_words.count("=") == 1
    assert "<mark>收到政府信息公开申请9件</mark>" in tour.html()
    assert "<mark>84</mark>" in tour.html()


def test_the_chart_on_the_screen_carries_its_data_and_names_no_server_to_ask(ran: Callable[[str], Ran]) -> None:
    shown = [bundle[VEGA_LITE] for bundle in ran("01_five_minute_tour").shown if VEGA_LITE in bundle]
    assert len(shown) == 1
    (points,) = shown[0]["datasets"].values()
    assert [(point["year"], point["value"]) for point in points][-1] == (2021, 84)
    assert points[0]["words"] == "收到政府信息公开申请9件"
    assert [point["line"].rpartition(" ")[2] for point in points] == ["1", "2", "3", "4", "5", "5", "6"]
    assert re.findall(r"https?://[^\"]+", json.dumps(shown[0])) == [shown[0]["$schema"]]


def test_coverage_tells_the_ways_of_being_missing_apart(ran: Callable[[str], Ran]) -> None:
    reasons = ran("02_coverage_and_quality").names["reasons"]
    assert reasons.loc["requests_received"].tolist() == [13, 0, 0, 0, 0]
    assert reasons.loc["normative_issued", "unreadable"] == 1
    assert set(reasons.sum(axis=1)) == {13}


def test_outcomes_and_rates_are_those_of_the_reports(ran: Callable[[str], Ran]) -> None:
    names = ran("03_trends_across_breaks").names
    structure = names["structure"]
    assert structure.loc[2021].tolist() == [36, 9, 15, 17, 2, 2, 1, 3, 2, 87]
    assert structure.loc[2021].iloc[:-1].sum() == structure.loc[2021, "requests_closed"]
    rates = names["rates"].set_index(["name", "year"])["value"]
    assert rates["disclosure_rate", 2021] == pytest.approx((36 + 9) / 87)
    assert names["table"].loc["review_loss_rate", 2019] == pytest.approx(1 / (1 + 2 + 0))


def test_differences_are_taken_only_where_they_compare(ran: Callable[[str], Ran]) -> None:
    names = ran("04_panel_for_regression").names
    panel = names["panel"]
    own = panel[panel["agency_name"] == BODY].set_index("year")["change"]
    assert own[2021] == pytest.approx(45 / 87 - 38 / 73)
    assert own[2017] == pytest.approx(23 / 37 - 18 / 30)
    assert own[[2010, 2016]].isna().all()
    assert names["scope"] == "jurisdiction"


def test_the_snippets_name_variables_and_codes_as_they_are_exported(book: Rulebook) -> None:
    text = next(text for text in TEXTS if text.stem == "04_panel_for_regression").read_text(encoding="utf-8")
    columns = [f"{name}{part}" for name in ("disclosure_rate", "requests_received") for part in ("__status", "__grade")]
    exported = set(stata_names(columns).values())
    assert set(re.findall(r"\w+_(?:st|gr)\b", text)) - {"_st", "_gr"} <= exported
    assert list(book.labels.codes["panel_status"]).index("value") == 0
    assert list(book.labels.codes["grade"])[:2] == ["exact", "close"]
    assert list(book.labels.codes["scope"]).index("jurisdiction") == 1


def test_words_are_counted_by_report(ran: Callable[[str], Ran], sample_run: Path) -> None:
    names = ran("05_copying_and_problems").names
    documents = pd.read_parquet(sample_run / "documents.parquet")
    own = documents[~documents["is_template"] & ~documents["is_tampered"]]["document_id"]
    terms = pd.read_parquet(sample_run / "terms.parquet")
    terms = terms[terms["document_id"].isin(own)]
    first = names["top"].iloc[0]
    using = terms[(terms["section_kind"] == "problems") & (terms["term"] == first["term"])]
    assert first["reports"] == len(using) == terms[terms["section_kind"] == "problems"]["term"].value_counts().max()
    assert names["found"]["text"].str.contains(first["term"], regex=False).all()
    assert len(names["yearly"]) == 5


def test_the_interval_for_the_error_rate_is_that_of_wilson(ran: Callable[[str], Ran]) -> None:
    wilson = ran("06_audit").names["wilson"]
    square = 1.959964**2
    assert wilson(0, 100) == pytest.approx((0, square / (100 + square)))
    assert wilson(5, 100) == pytest.approx((0.02154, 0.11175), abs=1e-5)
    assert wilson(10, 10)[1] == 1
    assert wilson(0, 0) == (0, 1)


def test_a_filled_sample_gives_the_error_rate(
    run: Callable[[str], Ran], ran: Callable[[str], Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = ran("06_audit")
    sample = audit.names["sample"]
    assert len(sample) == 100
    assert audit.names["told"][0].tolist() == [0, 1, 2, 5]
    filled = sample[["observation_id"]].assign(correct=[0] * 5 + [1] * 90 + [None] * 5)
    filled.to_excel(tmp_path / "checked.xlsx", index=False)
    monkeypatch.setenv("GONGKAI_CHECKED", str(tmp_path / "checked.xlsx"))
    told = run("06_audit").names["told"]
    assert told.loc["all"].tolist()[:3] == pytest.approx([5, 95, 5 / 95])
