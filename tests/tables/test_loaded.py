from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

import pipeline
from pipeline.tables import loaded
from pipeline.tables.errors import TablesMissingError

COUNTY = "云岫县人民政府"


@pytest.fixture(scope="module")
def tables(sample_run: Path) -> pipeline.Tables:
    return pipeline.load(sample_run)


def test_frames_keep_types_labels_and_the_order_of_codes(tables: pipeline.Tables) -> None:
    documents = tables.documents
    assert documents["year"].dtype == pd.Int16Dtype()
    assert documents["n_observations"].dtype == pd.Int32Dtype()
    assert documents["is_template"].dtype == pd.BooleanDtype()
    assert list(documents["era"].cat.categories) == ["prose", "form_local", "form_2014", "form_2019", "form_2021"]
    assert documents["era"].cat.ordered
    assert documents.attrs["labels"]["zh"]["agency_key"] == "机关代号"
    assert documents.attrs["codes"]["en"]["status"]["partial"] == "read in part"
    assert documents["year"].isna().sum() == 1


def test_a_labelled_copy_has_chinese_headers_and_words(tables: pipeline.Tables) -> None:
    copy = tables.labelled(tables.checks)
    assert {"核对结果", "勾稽关系"} <= set(copy.columns)
    assert set(copy["核对结果"]) <= {"相符", "不符", "缺数，无法核对"}
    with pytest.raises(ValueError, match="'fr' is no language"):
        tables.labelled(tables.checks, "fr")


def test_the_panel_has_counts_as_integers_and_shares_as_fractions(tables: pipeline.Tables) -> None:
    panel = tables.panel("requests_received", "disclosure_rate", place=COUNTY, years=(2018, 2021))
    assert panel["requests_received"].tolist() == [46, 57, 73, 84]
    assert panel["requests_received"].dtype == pd.Int64Dtype()
    assert panel["disclosure_rate"].iloc[1] == pytest.approx(30 / 54)
    assert panel["disclosure_rate"].isna().tolist() == [True, False, False, False]
    assert list(panel["requests_received__grade"]) == ["close", "close", "close", "exact"]
    assert (panel["requests_received__grade"] <= "close").all()
    bare = tables.panel("requests_received", parts=False)
    assert not [name for name in bare if "__" in name]
    assert len(tables.panel(parts=False).columns) == len(bare.columns) + 62
    with pytest.raises(KeyError, match="'requests_recieved'"):
        tables.panel("requests_recieved")


def test_compare_gives_one_row_per_name_body_and_year(tables: pipeline.Tables) -> None:
    found = tables.compare("requests_received", "review.total", place=COUNTY, years=(2015, 2017))
    assert found["value"].isna().tolist() == [True, False, False, True, False, False]
    assert list(found["status"]) == ["no_report", "value", "value", "no_report", "value", "value"]
    assert found.attrs["titles"]["requests_received"] == "本年新收申请"
    named = tables.labelled(found)
    assert {"报告年度", "数值", "文件路径"} <= set(named)
    assert named["有值或缺失原因"].iloc[0] in {"有值", "没有报告"}
    assert found["quotes"].iloc[1] == ["收到政府信息公开申请31件"]


def test_evidence_is_the_text_at_its_span(tables: pipeline.Tables) -> None:
    compared = tables.compare("disclosure_rate", place=COUNTY, years=(2016, 2021))
    for _, row in compared[compared["value"].notna()].iterrows():
        proof = tables.evidence(row)
        assert set(proof["path"]) == {row["path"]}
        assert all(each.text[each.start : each.end] == each.quote for each in proof.itertuples())
    panel = tables.panel("granted_full", place=COUNTY, years=(2018, 2018))
    (value,) = tables.evidence(panel.iloc[0], "granted_full")["value"]
    assert value == 24
    observation = tables.observations.iloc[5]
    assert tables.evidence(observation)["observation_id"].tolist() == [observation["observation_id"]]
    with pytest.raises(KeyError, match="name the concept"):
        tables.evidence(panel.iloc[0])


def test_a_report_shows_itself_escaped(tables: pipeline.Tables) -> None:
    report = tables.report("yunxiu_county_2021.html")
    page = html.fragment_fromstring(report._repr_html_())
    cells = page.xpath("//tr[td[1]='本年新收政府信息公开申请数量']/td/text()")
    assert cells == ["本年新收政府信息公开申请数量", "71", "9", "1", "0", "3", "0", "84"]
    report.document["agency"] = "<script>alert(1)</script>"
    page = html.fragment_fromstring(report._repr_html_())
    assert page.xpath("//script") == []
    with pytest.raises(TablesMissingError, match="no report with the id or path 'nowhere'"):
        tables.report("nowhere")


def test_concepts_and_shifts_explain_the_panel(tables: pipeline.Tables) -> None:
    concepts = tables.concepts()
    row = concepts[(concepts["concept"] == "granted_full") & (concepts["era"] == "form_2014")].iloc[0]
    assert row["expression"] == "requests.outcome.granted + requests.outcome.already_public"
    assert (row["grade"], row["unit"]) == ("close", "件")
    shifts = tables.level_shifts()
    assert set(shifts.loc[shifts["concept"] == "litigation_total", "since"]) == {"2015-05", "2019-05", "2024"}


def test_what_is_no_table_or_no_run_is_told(tables: pipeline.Tables, tmp_path: Path) -> None:
    assert repr(tables).startswith("Tables('")
    assert {"documents", "coverage", "panel_values"} <= set(dir(tables))
    with pytest.raises(AttributeError, match="has no table 'documnets'; there are blocks"):
        _ = tables.documnets
    with pytest.raises(TablesMissingError, match="not the output folder of a finished run"):
        pipeline.load(tmp_path)


def test_rules_other_than_those_of_the_run_are_told(sample_run: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(sample_run, tmp_path / "old"))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / "manifest.json").write_text(json.dumps({**manifest, "rules_version": "0" * 16}), encoding="utf-8")
    with pytest.warns(UserWarning, match="but the run used 0000"):
        pipeline.load(out)


def test_a_cell_is_quoted_with_its_row_and_headings_and_prose_in_its_sentence(tables: pipeline.Tables) -> None:
    curve = tables.compare("requests_received", place="云岫县人民政府").dropna(subset=["value"])
    cell = tables.quotation(curve.iloc[-1])
    assert "<td><mark>84</mark></td>" in cell._repr_html_()
    assert "列 column: " in cell._repr_html_()
    assert "总计" in cell._repr_html_()
    assert repr(cell) == "yunxiu_county_2021.html: 84"
    prose = tables.quotation(curve.iloc[0])._repr_html_()
    assert "<mark>收到政府信息公开申请9件</mark>" in prose
    assert "<td>" not in prose


def test_what_a_report_says_is_escaped_in_a_quotation(tables: pipeline.Tables) -> None:
    row = tables.compare("requests_received", place="云岫县人民政府").dropna(subset=["value"]).iloc[0]
    said = tables.quotation(row)
    said.proof["text"] = "<script>" + said.proof["text"]
    assert "<script>" not in said._repr_html_()


def test_reports_stand_in_front_of_a_table_and_copies_count_once(tables: pipeline.Tables) -> None:
    told = tables.with_reports(tables.checks)
    assert list(told)[:5] == ["path", "agency_key", "agency_name", "year", "era"]
    assert len(told) == len(tables.checks)
    assert set(told.loc[told["outcome"] == "broken", "path"]) == {"luoxia_town_2020.md", "zhiwei_street_2023.docx"}
    assert list(tables.with_reports(told)) == list(told)


def test_without_a_folder_it_is_the_usual_one(
    sample_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_OUT", str(sample_run))
    assert loaded._usual_folder() == sample_run
    monkeypatch.delenv("GONGKAI_OUT")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "manifest.json").touch()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    assert loaded._usual_folder() == Path("outputs")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert loaded._usual_folder() == Path("../outputs")
