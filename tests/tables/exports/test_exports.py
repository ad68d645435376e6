from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest

from pipeline.tables import files, workbook
from pipeline.tables.errors import OutputError, TablesMissingError
from pipeline.tables.exports import ExportFormat, export
from pipeline.tables.writer import TableSet
from tests.tables.exports.conftest import FORMULAS, LONG

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

ALL = tuple(ExportFormat)


def exported(out: Path, book: Rulebook, kind: ExportFormat, language: str | None = "zh") -> Path:
    export(out, out / "exports", {kind}, language, book)
    return out / "exports"


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def sheet_rows(path: Path, title: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(path)[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def parquet_rows(out: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(out / f"{table}.parquet").to_pylist()


def test_each_format_has_its_files(out: Path, book: Rulebook) -> None:
    written = export(out, out / "exports", ALL, "zh", book)
    tables = {path.stem for path in out.glob("*.parquet")} - {"sections", "blocks", "numbers", "timings"}
    assert {"panel", "observations", "documents", "checks"} < tables
    expected = {f"{table}.{kind}" for table in tables for kind in ("csv", "dta")}
    assert {path.name for path in written} == {*expected, "gongkai.xlsx", "gongkai.sqlite"}
    assert {path.name for path in (out / "exports").iterdir()} == {path.name for path in written}


def test_the_same_run_is_exported_to_the_same_bytes(out: Path, book: Rulebook) -> None:
    first = {path.name: path.read_bytes() for path in export(out, out / "a", ALL, "zh", book)}
    second = {path.name: path.read_bytes() for path in export(out, out / "b", ALL, "zh", book)}
    assert [name for name in first if first[name] != second[name]] == []


# ---- csv


def test_csv_begins_with_the_mark_that_excel_looks_for(out: Path, book: Rulebook) -> None:
    assert (exported(out, book, ExportFormat.CSV) / "panel.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_no_cell_of_csv_is_a_formula_and_every_text_can_be_had_back(out: Path, book: Rulebook) -> None:
    rows = csv_rows(exported(out, book, ExportFormat.CSV, None) / "documents.csv")[: len(FORMULAS)]
    for row, formula in zip(rows, FORMULAS, strict=True):
        assert row["agency_name"] == f"'{formula}"
        assert row["escaped"] == "agency_name"
        assert row["agency_name"].removeprefix("'") == formula


def test_csv_holds_the_values_of_the_table(out: Path, book: Rulebook) -> None:
    rows = csv_rows(exported(out, book, ExportFormat.CSV, None) / "observations.csv")
    stored = parquet_rows(out, "observations")
    assert [row["observation_id"] for row in rows] == [row["observation_id"] for row in stored]
    assert [row["value"] for row in rows[:2]] == ["12", ""]
    assert [row["quote"] for row in rows[:2]] == ["公开12条", ""]
    assert (rows[0]["path"], rows[0]["year"], rows[0]["derived_from"], rows[0]["derived"]) == (
        "0.txt",
        "2020",
        "x; y",
        "FALSE",
    )


def test_csv_has_chinese_headers_and_words_for_codes(out: Path, book: Rulebook) -> None:
    reported, blank = csv_rows(exported(out, book, ExportFormat.CSV) / "observations.csv")[:2]
    assert (reported["数值状态"], blank["数值状态"]) == ("已报告", "空白")
    assert (reported["指标"], reported["指标名称"]) == ("proactive.total", "主动公开政府信息数")
    assert blank["申请人类型"] == "总计"


# ---- xlsx


def test_no_cell_of_the_workbook_is_anything_but_what_it_says(out: Path, book: Rulebook) -> None:
    sheet = openpyxl.load_workbook(exported(out, book, ExportFormat.XLSX) / "gongkai.xlsx")["文件"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "b", "d"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    names = [row["机关名称（规范）"] for row in sheet_rows(out / "exports" / "gongkai.xlsx", "文件")]
    shown = [formula.replace("\r", "_x000D_") for formula in FORMULAS]
    assert names[: len(FORMULAS)] == shown


def test_the_workbook_holds_the_values_of_the_tables(out: Path, book: Rulebook) -> None:
    path = exported(out, book, ExportFormat.XLSX) / "gongkai.xlsx"
    values = sheet_rows(path, "数据")
    assert [row["数值"] for row in values] == [row["value"] for row in parquet_rows(out, "observations")]
    assert (values[0]["引文"], values[0]["报告年度"], values[0]["推算所得"]) == ("公开12条", 2020, False)
    document = sheet_rows(path, "文件")[0]
    assert document["公布日期"].date() == date(2021, 3, 1)
    assert document["说明"] == f"http://{'x' * 3000}"


def test_sheets_are_ready_to_read(out: Path, book: Rulebook) -> None:
    opened = openpyxl.load_workbook(exported(out, book, ExportFormat.XLSX) / "gongkai.xlsx")
    assert opened.sheetnames[:5] == ["说明", "面板", "面板明细", "数据", "文件"]
    assert "代码 Codes" in opened.sheetnames
    sheet = opened["数据"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", f"A1:AK{sheet.max_row}")
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("数值") + 1).number_format == "#,##0"
    assert sheet.cell(2, header.index("报告年度") + 1).number_format == "0"
    assert sheet["A1"].font.bold


def test_a_text_that_excel_cannot_hold_is_cut_with_a_mark_and_told(out: Path, book: Rulebook) -> None:
    path = exported(out, book, ExportFormat.XLSX) / "gongkai.xlsx"
    message = sheet_rows(path, "文件")[-1]["说明"]
    assert (len(message), message[-1], message[:-1]) == (32_767, "…", LONG[:32_766])
    about = [row[0] for row in openpyxl.load_workbook(path)["说明"].iter_rows(values_only=True)]
    assert "文件有 1 个单元格超过 32767 个字符，已截断并以“…”结尾；全文见 parquet。" in about


def test_rows_beyond_the_last_of_a_sheet_go_on_in_another(
    out: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 11)
    path = exported(out, book, ExportFormat.XLSX) / "gongkai.xlsx"
    ids = [row["数据编号"] for name in ("数据", "数据 2") for row in sheet_rows(path, name)]
    assert ids == [row["observation_id"] for row in parquet_rows(out, "observations")]
    about = [row[0] for row in openpyxl.load_workbook(path)["说明"].iter_rows(values_only=True)]
    assert "数据超过一张工作表的行数上限，分为 2 张。" in about


# ---- dta


def test_stata_shows_chinese_labels_and_codes(out: Path, book: Rulebook) -> None:
    folder = exported(out, book, ExportFormat.DTA)
    frame, meta = pyreadstat.read_dta(folder / "observations.dta")
    labels = dict(zip(meta.column_names, meta.column_labels, strict=True))
    assert (labels["value"], labels["quote"]) == ("数值", "引文")
    assert meta.variable_value_labels["status"][1] == "已报告"
    assert meta.variable_value_labels["status"][3] == "空白"
    assert frame["status"].tolist()[:2] == [1, 3]
    assert frame["value"].isna().tolist()[:2] == [False, True]
    assert frame["quote"].tolist()[:2] == ["公开12条", ""]
    assert frame["year"].tolist()[0] == 2020


def test_stata_keeps_flags_days_long_texts_and_missing_numbers(out: Path, book: Rulebook) -> None:
    frame, meta = pyreadstat.read_dta(exported(out, book, ExportFormat.DTA) / "documents.dta")
    assert meta.variable_value_labels["is_tampered"] == {0: "否", 1: "是"}
    assert frame["is_tampered"].tolist()[0] == 1
    assert frame["published"].tolist()[0] == date(2021, 3, 1)
    assert frame["message"].tolist()[-1] == LONG
    assert frame["year"].isna().tolist()[-1]
    assert frame["agency_name"].tolist()[: len(FORMULAS)] == list(FORMULAS)


def test_names_in_stata_are_short_ascii_and_labels_no_longer_than_it_allows(out: Path, book: Rulebook) -> None:
    folder = exported(out, book, ExportFormat.DTA)
    for path in folder.glob("*.dta"):
        _, meta = pyreadstat.read_dta(path, metadataonly=True)
        assert [name for name in meta.column_names if not name.isascii() or len(name) > 32] == []
        assert [label for label in meta.column_labels if len(label) > 80] == []


def test_english_and_no_labels(out: Path, book: Rulebook) -> None:
    _, english = pyreadstat.read_dta(exported(out, book, ExportFormat.DTA, "en") / "checks.dta")
    assert english.variable_value_labels["outcome"][2] == "broken"
    assert "Outcome" in english.column_labels
    _, bare = pyreadstat.read_dta(exported(out, book, ExportFormat.DTA, None) / "checks.dta")
    assert "outcome" in bare.column_labels


# ---- sqlite


def test_the_database_holds_every_table(out: Path, book: Rulebook) -> None:
    path = exported(out, book, ExportFormat.SQLITE) / "gongkai.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        tables = {row["name"] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {source.stem for source in out.glob("*.parquet")} <= tables
        stored = parquet_rows(out, "observations")
        rows = [dict(row) for row in database.execute("SELECT * FROM observations")]
        assert [row["quote"] for row in rows] == [row["quote"] for row in stored]
        assert (rows[0]["value"], rows[1]["value"], rows[0]["derived"]) == (12.0, None, 0)
        assert json.loads(rows[0]["derived_from"]) == ["x", "y"]
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_the_database_knows_the_words_for_codes(out: Path, book: Rulebook) -> None:
    path = exported(out, book, ExportFormat.SQLITE) / "gongkai.sqlite"
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT DISTINCT code, zh FROM observations JOIN code_labels ON list = 'value_status' AND code = status"
        assert set(database.execute(query)) == {("reported", "已报告"), ("blank", "空白")}
        query = "SELECT zh, unit, definition_zh, definition_en FROM indicators WHERE indicator = 'fees.waived'"
        fees = ("减免费用", "元", "本机关减免的费用。", "Fees that the body waived.")
        assert database.execute(query).fetchone() == fees


# ---- all or nothing


def test_a_run_that_read_nothing_is_exported_too(tmp_path: Path, failed_outcome: Outcome, book: Rulebook) -> None:
    with TableSet(tmp_path, book.panel) as tables:
        tables.add(failed_outcome)
        tables.commit({"version": "0.1.0", "rules_version": "abc", "schema_version": "1.0.0"})
    export(tmp_path, tmp_path / "exports", ALL, "zh", book)
    frame, meta = pyreadstat.read_dta(tmp_path / "exports" / "observations.dta")
    assert (len(frame), "value" in meta.column_names) == (0, True)
    assert csv_rows(tmp_path / "exports" / "observations.csv") == []
    assert sheet_rows(tmp_path / "exports" / "gongkai.xlsx", "数据") == []
    assert sheet_rows(tmp_path / "exports" / "gongkai.xlsx", "文件")[0]["读取结果"] == "读取失败"


def test_a_folder_without_a_run_is_refused(tmp_path: Path, book: Rulebook) -> None:
    with pytest.raises(TablesMissingError, match="not the output folder of a finished run"):
        export(tmp_path, tmp_path / "exports", ALL, "zh", book)
    assert list(tmp_path.iterdir()) == []


def test_what_stood_there_stays_where_the_disk_is_full(
    out: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = exported(out, book, ExportFormat.CSV)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_sync", refuse)
    with pytest.raises(OutputError, match="the disk is full: make room"):
        export(out, folder, ALL, "en", book)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_tables_that_change_meanwhile_are_not_exported(
    out: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced(*_: object) -> None:
        path = out / "manifest.json"
        path.write_text(path.read_text(encoding="utf-8").replace("0.1.0", "0.2.0"), encoding="utf-8")

    monkeypatch.setattr("pipeline.tables.exports.write_sqlite", replaced)
    with pytest.raises(TablesMissingError, match="export again"):
        exported(out, book, ExportFormat.SQLITE)
    assert list((out / "exports").iterdir()) == []
