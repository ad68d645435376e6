"""What a run over the sample corpus says across years, checked by hand against the reports of one county."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.compare import _csv as csv_text
from pipeline.tables.comparison import Selection, UnknownNameError, compare
from pipeline.tables.comparison_page import comparison_page
from pipeline.tables.difference import Change, difference
from pipeline.tables.errors import TablesMissingError

if TYPE_CHECKING:
    from click.testing import Result

    from pipeline.rulebook import Rulebook

COUNTY = "云岫县人民政府"
BETWEEN = ("C6", "C7", "C8", "C12", "C16", "A7", "P6")
HOSTILE = '=1+1<img src=x onerror="alert(1)">'


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def curve(out: Path, concept: str) -> dict[int, tuple[Any, ...]]:
    columns = ["year", concept, f"{concept}__status", f"{concept}__grade"]
    rows = pq.read_table(out / "panel.parquet", columns=columns, filters=[("agency_key", "=", COUNTY)]).to_pylist()
    return {row["year"]: tuple(row[name] for name in columns[1:]) for row in rows if row["year"] >= 2016}


@pytest.mark.parametrize(
    ("concept", "values"),
    [
        ("requests_received", [31, 38, 46, 57, 73, 84]),
        ("requests_closed", [30, 37, 47, 54, 73, 87]),
        ("granted_full", [15, 19, 24, 25, 31, 36]),
        ("granted_partial", [3, 4, 6, 5, 7, 9]),
        ("not_held", [7, None, 10, 9, 14, 17]),
        ("review_total", [2, 3, 4, 3, 5, 6]),
        ("litigation_total", [1, 1, 2, 1, 2, 2]),
        ("carry_over", [None, None, None, 2, 5, 5]),
        ("carried_forward", [None, None, None, 5, 5, 2]),
        ("proactive_total", [4218, 5126, 6033, 10911, None, 13562]),
        ("normative_issued", [None, None, None, 19, 14, 16]),
        ("admin_fee", [None, None, None, 23, 21, 34186200]),
    ],
)
def test_the_county_is_followed_through_four_forms(concept: str, values: list[float | None], sample_run: Path) -> None:
    assert [told[0] for told in curve(sample_run, concept).values()] == values


def test_breaks_and_reasons_of_the_county(sample_run: Path) -> None:
    assert [told[2] for told in curve(sample_run, "requests_received").values()] == [*["close"] * 5, "exact"]
    assert [told[1] for told in curve(sample_run, "not_held").values()] == ["value", "not_in_form", *["value"] * 4]
    assert curve(sample_run, "admin_fee")[2021][2] == "broken"
    assert curve(sample_run, "proactive_total")[2020][1:] == ("not_in_form", "none")


def test_checks_between_years_stand_behind_those_of_the_report(sample_run: Path) -> None:
    checks = pq.read_table(sample_run / "checks.parquet").to_pylist()
    documents = pq.read_table(sample_run / "documents.parquet", columns=["document_id", "path"]).to_pylist()
    paths = {row["document_id"]: row["path"] for row in documents}
    assert [paths[row["document_id"]] for row in checks] == sorted(paths[row["document_id"]] for row in checks)
    county = [row for row in checks if paths[row["document_id"]].startswith("yunxiu_county")]
    between = [row for row in county if row["identity"].partition(":")[0].partition(".")[0] in BETWEEN]
    assert {row["outcome"] for row in between} == {"holds"}
    told = {
        (paths[row["document_id"]], row["identity"], row["applicant"]): (row["left"], row["right"]) for row in between
    }
    assert told["yunxiu_county_2017.html", "A7:proactive.total", None] == (24090, 24090)
    assert told["yunxiu_county_2018.txt", "A7:proactive.total", None] == (30123, 30123)
    assert told["yunxiu_county_2020.pdf", "C6", "natural_person"] == (4, 4)
    assert told["yunxiu_county_2020.pdf", "C7:license", None] == (287, 287)
    assert told["yunxiu_county_2021.html", "C16:normative", None] == (163, 163)
    said, found = told["yunxiu_county_2019.docx", "P6:requests.growth_rate", None]
    assert (said, round(found, 2)) == (23.9, 23.91)
    other = next(
        row["other_document_id"] for row in between if row["identity"] == "C6" and row["applicant"] == "org.other"
    )
    assert paths[other] == "yunxiu_county_2019.docx"


def test_coverage_has_every_year_of_the_corpus(sample_run: Path) -> None:
    rows = pq.read_table(sample_run / "coverage.parquet", filters=[("agency_key", "=", COUNTY)]).to_pylist()
    assert len(rows) == 14 * 12
    told = {(row["year"], row["section_kind"]): row["coverage"] for row in rows}
    assert told[2015, "on_request"] == told[2023, "on_request"] == "no_report"
    assert told[2016, "on_request"] == "values"
    assert told[2016, "problems"] == "values"
    assert told[2017, "problems"] == "text"
    assert told[2018, "attachment"] == "absent"


def test_an_indicator_and_an_expression_are_worked_out_anew(sample_run: Path, book: Rulebook) -> None:
    names = ["requests.received.total[natural_person]", "review.total / requests.received.total"]
    rows = compare(sample_run, names, Selection((2018, 2021), COUNTY), book)
    assert [row["value"] for row in rows[:4]] == [None, 49, 63, 71]
    assert [row["status"] for row in rows[:4]] == ["not_stated", "value", "value", "value"]
    assert [row["is_break"] for row in rows[:4]] == [True, True, False, True]
    assert rows[4]["value"] == pytest.approx(4 / 46)
    assert rows[7]["quotes"] == ["7", "84"]
    assert {row["grade"] for row in rows} == {None}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("requests_recieved", "did you mean 'requests_received'"),
        ("a +", "no expression"),
        ("review.total@before", "belongs to checks between years"),
    ],
)
def test_an_unknown_name_is_told(name: str, told: str, sample_run: Path, book: Rulebook) -> None:
    with pytest.raises(UnknownNameError, match=told):
        compare(sample_run, [name], Selection(), book)
    result = gongkai("compare", sample_run, "--indicator", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_compare_prints_marks_reasons_and_sources(sample_run: Path) -> None:
    result = gongkai(
        "compare", sample_run, "--indicator", "requests_received", "--place", COUNTY, "--years", "2015-2020"
    )
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split()[:2] == ["requests_received", "本年新收申请"]
    assert lines[1].split() == ["2015", "2016", "2017", "2018", "2019", "2020"]
    assert lines[2].split() == [COUNTY, "[no", "report]", "≈31", "p", "≈38", "≈46", "p", "≈57", "73"]
    assert any("yunxiu_county_2016.pdf" in line and "收到政府信息公开申请31件" in line for line in lines)
    assert "2019-05 修订后的条例施行" in result.stderr
    assert "p  出自正文 · from prose" in result.stderr


def test_compare_writes_csv_that_no_program_runs_and_json(sample_run: Path, tmp_path: Path) -> None:
    path = tmp_path / "compared.csv"
    asked = ("--indicator", "requests_received", "--place", COUNTY, "--years", "2019")
    assert gongkai("compare", sample_run, *asked, "--csv", path).exit_code == 0
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeffname,agency_key,agency_name,year,path,era,scope,n_reports,value,unit,status,grade")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["value"], row["grade"], row["path"], row["quotes"]) == ("57", "close", "yunxiu_county_2019.docx", "57")
    (plain,) = json.loads(gongkai("compare", sample_run, *asked, "--json").stdout)
    assert (plain["value"], plain["status"], plain["quotes"]) == (57.0, "value", ["57"])


def test_text_that_looks_like_a_formula_is_quoted_in_csv(sample_run: Path, book: Rulebook) -> None:
    (row,) = compare(sample_run, ["requests_received"], Selection((2019, 2019), COUNTY), book)
    told = csv_text([{**row, "agency_name": HOSTILE, "quotes": [" \uff0b1"], "value": -3.0}])
    (read,) = csv.DictReader(io.StringIO(told))
    assert (read["agency_name"], read["quotes"], read["value"]) == (f"'{HOSTILE}", "' \uff0b1", "-3")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        *((("--years", years), 2) for years in ("soon", "2016-", "-2016", "2021-2016", "16", "2016-2018-2020")),
        (("--place", "无此县"), 4),
        (("--place", "岚汀市林业局", "--scope", "jurisdiction"), 4),
    ],
)
def test_compare_says_what_is_wrong(options: tuple[str, ...], code: int, sample_run: Path) -> None:
    result = gongkai("compare", sample_run, "--indicator", "requests_received", *options)
    assert (result.exit_code, result.stdout) == (code, "")


def test_the_page_of_a_comparison_escapes_and_fetches_nothing(sample_run: Path, book: Rulebook, tmp_path: Path) -> None:
    rows = compare(sample_run, ["requests_received"], Selection((2016, 2021), COUNTY), book)
    hostile = [{**row, "agency_name": HOSTILE, "path": HOSTILE, "quotes": [HOSTILE]} for row in rows]
    page = html.document_fromstring(comparison_page(hostile, book))
    assert page.xpath("//img | //script | //link | //@src | //@href") == []
    assert page.xpath("//table//tr/th/text()")[-1] == HOSTILE
    assert page.xpath("string(//td[4]//summary)").strip() == "≈57"
    path = tmp_path / "page.html"
    result = gongkai("compare", sample_run, "--indicator", "admin_fee", "--place", COUNTY, "--html", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "do not chain the numbers over it" in path.read_text(encoding="utf-8")


def test_show_tells_values_by_applicant_and_checks(sample_run: Path) -> None:
    result = gongkai("show", sample_run, "--document", "songmo_township_2019.txt")
    assert result.exit_code == 0
    assert "自然人" in result.stdout
    assert "checks:" in result.stderr
    told = json.loads(gongkai("show", sample_run, "--document", "songmo_township_2019.txt", "--json").stdout)
    assert {"document", "sections", "observations", "checks", "problems"} == told.keys()


@pytest.fixture
def changed(sample_run: Path, tmp_path: Path) -> Path:
    """A copy of the run in which one value, one file and one column are different."""
    out = Path(shutil.copytree(sample_run, tmp_path / "changed"))
    table = pq.read_table(out / "observations.parquet")
    rows = table.to_pylist()
    place = next(
        number
        for number, row in enumerate(rows)
        if (row["indicator"], row["value"], row["source"]) == ("requests.received.total", 84.0, "table")
        and row["applicant"] == "total"
    )
    rows[place] |= {"value": 48.0, "quote": "48"}
    blank = next(
        n for n, row in enumerate(rows) if row["rule_id"] == "form_2021/II/normative.issued" and row["value"] == 16
    )
    rows[blank] |= {"value": None, "status": "blank", "quote": ""}
    del rows[0]
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), out / "observations.parquet")
    documents = pq.read_table(out / "documents.parquet")
    kept = [row for row in documents.to_pylist() if row["path"] != "zhiwei_street_2023.docx"]
    kept[-1]["status"] = "partial"
    pq.write_table(pa.Table.from_pylist(kept, schema=documents.schema), out / "documents.parquet")
    terms = pq.read_table(out / "terms.parquet")
    pq.write_table(terms.append_column("new", pa.nulls(terms.num_rows, pa.string())), out / "terms.parquet")
    return out


def test_a_difference_names_files_values_and_columns(sample_run: Path, changed: Path) -> None:
    found = difference(sample_run, changed)
    assert [(each.change, each.name) for each in found.tables] == [(Change.ADDED, "terms.new")]
    assert [(each.change, each.path, each.column, each.old, each.new) for each in found.files] == [
        (Change.CHANGED, "yunxiu_county_2021.html", "status", "ok", "partial"),
        (Change.REMOVED, "zhiwei_street_2023.docx", None, None, None),
    ]
    values = [each for each in found.values if each.path == "yunxiu_county_2021.html"]
    told = {each.indicator: (each.old, each.new) for each in values}
    old, new = told["requests.received.total"]
    assert (old["value"], old["quote"], new["value"], new["quote"]) == (84.0, "84", 48.0, "48")
    old, new = told["normative.issued"]
    assert (old["status"], new["status"], new["value"]) == ("reported", "blank", None)
    gone = [each for each in found.values if each.path == "zhiwei_street_2023.docx"]
    assert {each.change for each in gone} == {Change.REMOVED}
    assert [each.change for each in found.values if each.path not in {"yunxiu_county_2021.html", gone[0].path}] == [
        "removed"
    ]


def test_a_run_does_not_differ_from_itself(sample_run: Path) -> None:
    assert not difference(sample_run, sample_run)
    result = gongkai("diff", sample_run, sample_run, "--exit-code")
    assert (result.exit_code, result.stdout) == (0, "")


def test_diff_prints_both_words_and_has_an_exit_code(sample_run: Path, changed: Path) -> None:
    assert gongkai("diff", sample_run, changed).exit_code == 0
    result = gongkai("diff", sample_run, changed, "--exit-code")
    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if "requests.received.total" in line and "2021" in line)
    assert line.split()[:5] == ["changed", "yunxiu_county_2021.html", "requests.received.total", "total", "this_year"]
    assert line.split()[5:] == ["84", "48", "84", "48"]
    plain = json.loads(gongkai("diff", sample_run, changed, "--json").stdout)
    assert plain["tables"] == [{"change": "added", "name": "terms.new", "old": None, "new": "string"}]


def test_a_folder_without_tables_is_told(sample_run: Path, tmp_path: Path) -> None:
    with pytest.raises(TablesMissingError, match="no tables"):
        difference(sample_run, tmp_path)
    assert gongkai("diff", tmp_path, sample_run).exit_code == 2
