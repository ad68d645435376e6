"""What stands beside digits and is none of them: marks of notes, text struck out or in no size; what fields hold."""

from __future__ import annotations

import pytest

from pipeline.formats.raised import raised
from tests.formats import test_web_pages as web
from tests.formats import test_word_files as word

LONG = "全年主动公开政府信息3817条，受理依申请公开23件，均按时办结，未收取费用。" * 4


def cell_text(markup: str) -> str:
    return web.grid_of(web.reading_of(f"<table><tr><td>规章</td><td>{markup}</td></tr><tr><td>一<td>二</table>"))[1][4]


@pytest.mark.parametrize(
    ("text", "before", "shown"),
    [
        ("1", "36", "¹"),
        ("[12]", "36", "[¹²]"),
        ("３", "36", "³"),
        ("1", "", "1"),
        ("26", " ", "26"),
        ("注", "36", "注"),
    ],
)
def test_raised_figures_are_marks_behind_other_text(text: str, before: str, shown: str) -> None:
    assert raised(text, before) == shown


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("36<sup>1</sup>", "36¹"),
        ("36<sub>1</sub>", "36¹"),
        ('36<span style="vertical-align: super"><b>1</b></span>件', "36¹件"),
        ("<sup>36</sup>", "36"),
        ("36<del>9</del>", "36"),
        ("<s>99</s>36", "36"),
        ("<strike>99</strike>36", "36"),
        ('<span style="color:red;text-decoration: line-through">99</span>36', "36"),
        ('<span style="font-size:0px">99</span>36', "36"),
        ('<span style="font-size:0.5em">36</span>', "36"),
        ('<span style="font-size:0"><span style="font-size:16px">36</span></span>', "36"),
        ('<input type="text" value="36">', "36"),
        ('<input value="36">件', "36件"),
        ('<input type="hidden" value="99">36', "36"),
        ("<textarea>36</textarea>", "36"),
    ],
)
def test_cells_of_pages_hold_what_is_said(markup: str, shown: str) -> None:
    assert cell_text(markup) == shown


@pytest.mark.parametrize(
    "markup", ["36<sup>1</sup>件", "36¹<s>9</s>件", "<input value=36>¹件", "<i>36</i><sup>１</sup>件"]
)
def test_paragraphs_of_pages_hold_what_is_said(markup: str) -> None:
    assert web.texts_of(web.reading_of(f"<p>共{markup}</p>")) == ["共36¹件"]


def test_what_is_struck_out_of_a_page_is_told() -> None:
    table = "<table><tr><td>规章<td><s>99</s>36</tr><tr><td>一<td>二</tr></table>"
    problems = web.reading_of(f"<p>共<del>120</del>130条</p>{table}").problems
    assert [problem.kind for problem in problems] == ["struck_text"]
    assert problems[0].message.startswith("5 characters of the page are struck out")


def test_a_page_whose_text_a_script_shows_is_read_and_told() -> None:
    inside = f"<p>{LONG}</p><p>其中<span style='display:none'>9</span>3件</p>"
    reading = web.reading_of(f"<h1>云溪县年报</h1><div style='display:none'>{inside}</div><p>版权所有</p>")
    assert web.texts_of(reading)[1:3] == [LONG, "其中3件"]
    assert [problem.kind for problem in reading.problems] == ["hidden_text"]
    assert "were read" in reading.problems[0].message


TITLE = "云溪县人民政府2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("<img src=1.jpg><img src=2.jpg>", ["needs_ocr"]),
        ("", []),
        ("<div class=footer><img src=1.jpg></div>", []),
        ("<a href=index.html><img src=1.jpg></a>", []),
        ("<img src=1.jpg><a href=report.pdf>附件</a>", []),
        (f"<img src=1.jpg><p>{LONG}</p>", []),
    ],
)
def test_a_title_above_pictures_needs_recognition(body: str, kinds: list[str]) -> None:
    reading = web.reading_of(f"<h1>{TITLE}</h1>{body}", f"<title>{TITLE}</title>")
    assert [problem.kind for problem in reading.problems] == kinds


def test_raised_and_struck_runs_of_a_word_file() -> None:
    reading = word.reading_of(
        "<w:p>"
        + word.run("共36")
        + word.run("1", '<w:vertAlign w:val="superscript"/>')
        + word.run("件，办结")
        + word.run("99", "<w:strike/>")
        + word.run("8", "<w:dstrike/>")
        + word.run("30", '<w:strike w:val="0"/><w:vertAlign w:val="baseline"/>')
        + word.run("件")
        + "</w:p>"
    )
    assert word.texts_of(reading) == ["共36¹件，办结30件"]
    assert [(problem.kind, problem.message[:12]) for problem in reading.problems] == [("struck_text", "3 characters")]
