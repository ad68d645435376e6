from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
import openpyxl
import pytest

from pipeline.tables.codebook import codebook_sheets, write_codebook
from pipeline.tables.codebook.writing import html, markdown
from pipeline.tables.workbook import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook

HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2}")


@pytest.fixture(scope="module")
def sheets(book: Rulebook) -> dict[str, Sheet]:
    return {sheet.title: sheet for sheet in codebook_sheets(book)}


def rows(sheet: Sheet, first: str) -> list[dict[str, str]]:
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows if row[0] == first]


def test_every_indicator_and_concept_of_the_rules_is_described(sheets: dict[str, Sheet], book: Rulebook) -> None:
    assert [row[0] for row in sheets["指标 Indicators"].rows] == [each.id for each in book.indicators]
    described = {row[0] for row in sheets["可比指标 Concepts"].rows}
    assert described == {concept.id for concept in book.concepts}


def test_an_indicator_tells_its_unit_and_where_forms_print_it(sheets: dict[str, Sheet]) -> None:
    (row,) = rows(sheets["指标 Indicators"], "requests.carried_over")
    assert (row["名称"], row["单位 unit"]) == ("上年结转政府信息公开申请数量", "件")
    assert "2021年年度报告格式 表III「上年结转政府信息公开申请数量」" in row["表格中的位置 where forms print it"].split(
        "\n"
    )


def test_an_indicator_tells_in_both_languages_what_it_counts(sheets: dict[str, Sheet]) -> None:
    (row,) = rows(sheets["指标 Indicators"], "requests.carried_over")
    assert row["含义"] == "上年收到、到本年初尚未办结的申请。"
    assert row["definition"] == "Requests of the year before that were still open when the year began."


def test_chinese_stands_under_chinese_headings_and_english_under_english(sheets: dict[str, Sheet]) -> None:
    described = [dict(zip(sheet.columns, row, strict=True)) for sheet in sheets.values() for row in sheet.rows]
    for chinese, english in (("名称", "name"), ("含义", "definition"), ("含义", "meaning"), ("说明", "note")):
        pairs = [(row[chinese], row[english]) for row in described if chinese in row and english in row]
        assert any(pair != ("", "") for pair in pairs)
        assert [pair for pair in pairs if bool(pair[0]) != bool(pair[1])] == []
        assert [told for told, _ in pairs if told and not HAN.search(told)] == []
        assert [told for _, told in pairs if told and not LATIN.search(told)] == []


def test_a_concept_tells_its_value_and_grade_for_each_form(sheets: dict[str, Sheet]) -> None:
    found = {row["格式 form"].split()[0]: row for row in rows(sheets["可比指标 Concepts"], "requests_received")}
    assert "requests.received.total[total]" in found["form_2019"]["取数 value"]
    assert found["form_2019"]["可比程度 grade"] == "close 基本可比"
    assert found["form_2021"]["可比程度 grade"] == "exact 完全可比"


def test_codes_tell_what_stands_for_them_in_stata(sheets: dict[str, Sheet]) -> None:
    codes = {row["代码 code"]: row for row in rows(sheets["代码 Codes"], "value_status")}
    assert (codes["blank"]["含义"], codes["blank"]["Stata"]) == ("空白", "3")


def test_the_files_say_the_same(sheets: dict[str, Sheet], book: Rulebook, tmp_path: Path) -> None:
    written = write_codebook(tuple(sheets.values()), tmp_path, book)
    assert [path.name for path in written] == ["codebook.md", "codebook.html", "codebook.xlsx"]
    page = lxml.html.fromstring(written[1].read_text(encoding="utf-8"))
    tables = [
        [[td.text_content() for td in tr] for tr in table.xpath(".//tbody/tr")] for table in page.xpath("//table")
    ]
    assert tables == [[list(row) for row in sheet.rows] for sheet in sheets.values()]
    opened = openpyxl.load_workbook(written[2])
    assert opened.sheetnames == list(sheets)
    for title, sheet in sheets.items():
        _, *found = opened[title].iter_rows(values_only=True)
        assert [tuple(value or "" for value in row) for row in found] == list(sheet.rows)


def test_text_is_escaped(book: Rulebook) -> None:
    sheet = Sheet("甲 A", "关于<b>", ("列",), (10.0,), (("<img onerror=1>|a\nb",),))
    page, text = html([sheet], book), markdown([sheet], book)
    assert "<img" not in page
    assert "关于&lt;b&gt;" in page
    assert "| &lt;img onerror=1&gt;\\|a<br>b |" in text


def test_the_page_fetches_nothing(sheets: dict[str, Sheet], book: Rulebook) -> None:
    page = lxml.html.fromstring(html(tuple(sheets.values()), book))
    assert page.xpath("//script | //link | //img | //iframe | //*[@src]") == []
    assert {link.get("href")[0] for link in page.xpath("//a")} == {"#"}
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
