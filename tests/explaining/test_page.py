"""The page: escaped everywhere, the whole text, every numeral coloured, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from pipeline.explaining import explain, page
from pipeline.text.markup import Markup, element, escaped, grid
from tests.explaining.reports import HEAD, explained

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"


def test_what_comes_from_outside_is_escaped() -> None:
    assert escaped('<b a="1">&\x00') == "&lt;b a=&quot;1&quot;&gt;&amp;\N{REPLACEMENT CHARACTER}"
    assert element("td", "<", Markup("<i>"), class_='"', rowspan=None) == '<td class="&quot;">&lt;<i></td>'
    assert [escaped(value) for value in (None, 3.0, 2.5, "")] == ["", "3", "2.5", ""]
    assert grid(("<",), ()) == ""
    assert grid(("<",), [("&",)]).count("&lt;") == 1


def test_no_script_of_a_report_gets_into_the_page(few: Rulebook, tmp_path: Path) -> None:
    said = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>主动公开政府信息320条"
    text = page(explained(tmp_path, few, f"{said}。<b>召开会议6次"))
    tree = html.fromstring(text)
    assert tree.xpath("//script | //img | //link | //iframe | //@onerror | //@src | //@href") == []
    (paragraph,) = [each for each in tree.xpath("//div[@class='report']/p") if "alert(1)" in each.text_content()]
    assert paragraph.text_content().endswith(f"{said}。<b>召开会议6次")


def test_a_name_with_markup_is_escaped(few: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "<script>&.txt"
    path.write_text(HEAD, encoding="utf-8")
    tree = html.fromstring(page(explain(path, few)))
    assert tree.xpath("string(//h1)") == "<script>&.txt"
    assert tree.xpath("//script") == []


def test_the_page_needs_nothing_from_elsewhere(few: Rulebook, tmp_path: Path) -> None:
    text = page(explained(tmp_path, few, "主动公开政府信息320条。"))
    assert text.startswith("<!doctype html>")
    assert "default-src 'none'" in text
    assert "://" not in text
    assert "url(" not in text


def test_numerals_are_coloured_and_told(few: Rulebook, tmp_path: Path) -> None:
    tree = html.fromstring(page(explained(tmp_path, few, "主动公开政府信息320条，又有7000，未收到申请。")))
    marks = {mark.text_content(): mark for mark in tree.xpath("//div[@class='report']//mark")}
    assert {words: mark.get("class") for words, mark in marks.items()} == {
        "2016": "date",
        "320": "extracted",
        "7000": "unexplained",
        "未收到申请": "zero_stated",
    }
    assert marks["320"].get("title").startswith("extracted · items.total 信息数 · items.total/disclosed")
    assert "requests.received" in marks["未收到申请"].get("title")
    legend = tree.xpath("//p[@class='legend']/mark")
    assert sorted(mark.text_content() for mark in legend) == ["date 1", "extracted 1", "unexplained 1"]


@pytest.mark.parametrize("name", ["yunxiu_county_2021.html", "zhiwei_street_2023.docx", "yunxiu_county_2010.txt"])
def test_the_page_holds_the_whole_text_and_its_tables(book: Rulebook, name: str) -> None:
    explanation = explain(REPORTS / name, book)
    tree = html.fromstring(page(explanation))
    (report,) = tree.xpath("//div[@class='report']")
    for kind in report.xpath(".//span[@class='kind']"):
        kind.text = ""
    printed = [each.text_content() for each in report.xpath("./p | .//td")]
    assert printed == list(explanation.texts.values())
    numerals = [each.text_content() for each in report.xpath(".//mark[@class != 'zero_stated']")]
    assert numerals == [each.numeral.text for each in explanation.numerals]
    titles = [each.text_content() for each in tree.xpath("//h2")]
    assert titles[:4] == ["Unexplained", "Sections", "Rules that matched", "Values"]


def test_a_file_that_cannot_be_read_makes_a_page_too(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    assert "status: failed (zero_byte)" in page(explain(path, book))
