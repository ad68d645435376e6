"""The shipped corpus is what its sources say, and the labels beside it quote it."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.building import SOURCES, made
from tests.building.gold import gold
from tests.building.plain import flattened, glued
from tests.building.source import Report, read
from tests.rendering import Grid, placed

CORPUS = Path(__file__).parents[1] / "corpus"
REPORTS = [read(path) for path in sorted(SOURCES.glob("*.yaml"))]
every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
with_official_tables = pytest.mark.parametrize(
    "report",
    [report for report in REPORTS if report.facts.get("form") in {"form_2019", "form_2021"}],
    ids=lambda report: report.name,
)
COUNTY_YEARS = range(2016, 2022)


def of_format(*suffixes: str) -> pytest.MarkDecorator:
    chosen = [report for report in REPORTS if report.name.endswith(suffixes)]
    return pytest.mark.parametrize("report", chosen, ids=lambda report: report.name)


def committed(report: Report) -> bytes:
    return (CORPUS / "reports" / report.name).read_bytes()


def words_of(data: bytes) -> list[str]:
    document = Document(BytesIO(data))
    return ["".join(text.text or "" for text in block.iter(qn("w:t"))) for block in document.element.body]


def grids_of(data: bytes) -> list[list[tuple[str, int, int]]]:
    return [
        [
            (str(cell.grid_span), str(cell.vMerge), "".join(text.text or "" for text in cell.iter(qn("w:t"))))
            for row in table._tbl.tr_lst
            for cell in row.tc_lst
        ]
        for table in Document(BytesIO(data)).tables
    ]


def pages_of(data: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def printed(report: Report) -> str:
    look = report.facts["look"]
    table = glued if look.get("glued_tables") else flattened
    texts = [look.get("before", ""), look.get("after", "")]
    texts += [table(block) if isinstance(block, Grid) else block.text for block in report.blocks]
    return squeezed("\n".join(texts))


def test_the_corpus_holds_exactly_the_reports_of_the_sources() -> None:
    names = {report.name for report in REPORTS}
    assert {path.name for path in (CORPUS / "reports").iterdir()} == names
    assert {path.stem for path in (CORPUS / "gold").iterdir()} == {Path(name).stem for name in names}


@of_format(".txt", ".md", ".html")
def test_text_and_pages_are_made_anew_to_the_byte(report: Report) -> None:
    assert made(report) == committed(report)


@of_format(".docx")
def test_word_files_are_made_anew_with_the_same_words_and_grids(report: Report) -> None:
    assert words_of(made(report)) == words_of(committed(report))
    assert grids_of(made(report)) == grids_of(committed(report))


@of_format(".pdf")
def test_pdf_files_are_made_anew_with_the_same_pages(report: Report) -> None:
    assert pages_of(made(report)) == pages_of(committed(report))


@every_report
def test_labels_are_made_anew(report: Report) -> None:
    labels = (CORPUS / "gold" / report.name).with_suffix(".json").read_text(encoding="utf-8")
    assert json.loads(labels) == gold(report)


@every_report
def test_labels_quote_the_report(report: Report) -> None:
    text = printed(report)
    labels = gold(report)
    quotes = [label["quote"] for label in labels["observations"]] + [trap["text"] for trap in labels["traps"]]
    assert [quote for quote in quotes if squeezed(quote) not in text or len(quote) > 40] == []


@every_report
def test_a_label_has_a_value_exactly_where_the_report_states_one(report: Report) -> None:
    stated = {"reported", "zero_stated"}
    wrong = [label for label in gold(report)["observations"] if (label["value"] is None) == (label["status"] in stated)]
    assert wrong == []


@with_official_tables
def test_official_tables_add_up_but_for_the_errors_told(report: Report) -> None:
    broken = [identity["formula"].split(":")[0] for identity in report.facts.get("broken_identities", [])]
    assert sums_that_fail(gold(report)["observations"]) == [name for name in broken if name.startswith(("C1", "C3"))]


def sums_that_fail(labels: list[dict[str, Any]]) -> list[str]:
    cells = {(label["indicator"], label["applicant"]): label["value"] for label in labels if label["source"] == "table"}
    failing = []
    for applicant in sorted({applicant for _, applicant in cells if applicant}):
        new, old, done, left = (
            cells[indicator, applicant]
            for indicator in (
                "requests.received.total",
                "requests.carried_over",
                "requests.outcome.total",
                "requests.carried_forward",
            )
        )
        if new + old != done + left:
            failing.append(f"C1 {applicant}")
    for indicator in sorted({indicator for indicator, applicant in cells if applicant == "total"}):
        parts = [value for (name, who), value in cells.items() if name == indicator and who != "total"]
        total = cells[indicator, "total"]
        if total is not None and None not in parts and sum(parts) != total:
            failing.append(f"C3 {indicator}")
    return failing


def stated(year: int, indicator: str, period: str = "this_year") -> set[float]:
    """What the county's labels give for a whole year, in prose and in tables."""
    (report,) = (each for each in REPORTS if each.name.startswith(f"yunxiu_county_{year}."))
    return {
        label["value"]
        for label in gold(report)["observations"]
        if (label["indicator"], label["period"]) == (indicator, period) and label["applicant"] in {None, "total"}
    }


def test_six_years_of_one_county_stand_in_six_files_of_four_formats() -> None:
    six = [report for report in REPORTS if report.name.startswith("yunxiu_county_20") and "2010" not in report.name]
    assert [report.facts["year"] for report in six] == list(COUNTY_YEARS)
    assert [report.facts["era"] for report in six] == ["prose", "a", "prose", "c", "c", "d"]
    assert [Path(report.name).suffix for report in six] == [".pdf", ".html", ".txt", ".docx", ".pdf", ".html"]
    assert {report.title.replace(str(report.facts["year"]), "") for report in six} == {
        "云岫县人民政府年政府信息公开工作年度报告"
    }


@pytest.mark.parametrize("year", COUNTY_YEARS[:-1])
def test_what_the_county_carries_forward_is_carried_over_by_the_next_year(year: int) -> None:
    assert len(stated(year, "requests.carried_forward")) == 1
    assert stated(year, "requests.carried_forward") == stated(year + 1, "requests.carried_over")


@pytest.mark.parametrize("year", COUNTY_YEARS)
def test_the_county_completes_what_it_received_and_carried_over_but_for_what_it_carries_forward(year: int) -> None:
    (new,), (old,), (left,) = (
        stated(year, f"requests.{name}") for name in ("received.total", "carried_over", "carried_forward")
    )
    completed = stated(year, "requests.outcome.total") | stated(year, "requests.processed.total")
    assert completed == {new + old - left}


@pytest.mark.parametrize(
    ("indicator", "years"), [("proactive.total", (2017, 2018, 2019)), ("requests.received.total", (2017, 2018))]
)
def test_what_the_county_counts_over_all_years_grows_by_each_year(indicator: str, years: tuple[int, ...]) -> None:
    for year in years:
        (before,), (after,) = (stated(each, indicator, "cumulative") for each in (year - 1, year))
        assert {after - before} == stated(year, indicator)


def test_a_cell_below_a_span_stands_to_its_right() -> None:
    county = next(report for report in REPORTS if report.name == "yunxiu_county_2021.html")
    requests = [block for block in county.blocks if isinstance(block, Grid)][1]
    places = {slot.text: (row, col) for row, col, slot in placed(requests)}
    assert places["商业企业"] == (2, 4)
    assert places["2.其他法律行政法规禁止公开"] == (8, 2)
