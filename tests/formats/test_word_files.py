from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.formats.docx import read_docx
from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.model import Paragraph, Role, Table
from tests.rendering import SAMPLE, word
from tests.rendering.word import saved

if TYPE_CHECKING:
    from pipeline.formats.reading import Reading

SPACES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def reading_of(*elements: str) -> Reading:
    document = docx.Document()
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element.replace(">", f" {SPACES}>", 1)))
    return read_docx(saved(document), DEFAULT_LIMITS)


def texts_of(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]


def grid_of(table: object) -> list[tuple[int, int, int, int, str]]:
    assert isinstance(table, Table)
    return [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_changes_are_read_as_accepted() -> None:
    reading = reading_of(
        "<w:p>"
        + run("公开")
        + '<w:del w:id="1" w:author="a"><w:r><w:delText>20</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="a">{run("30")}</w:ins>'
        + f'<w:moveFrom w:id="3" w:author="a">{run("件")}</w:moveFrom>'
        + run("条")
        + "</w:p>"
    )
    assert texts_of(reading) == ["公开30条"]


def test_a_deleted_row_is_gone() -> None:
    (table,) = reading_of(
        f"<w:tbl><w:tr>{cell('甲')}{cell('1')}</w:tr>"
        f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>{cell("乙")}{cell("2")}</w:tr></w:tbl>'
    ).blocks
    assert grid_of(table) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]


def test_hidden_text_and_field_codes_are_no_text() -> None:
    reading = reading_of(
        "<w:p>"
        + run("公开")
        + run("40", "<w:vanish/>")
        + run("30", '<w:vanish w:val="0"/>')
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + "<w:r><w:tab/><w:t>条</w:t><w:br/><w:t>止</w:t></w:r></w:p>"
    )
    assert texts_of(reading) == ["公开30\t条\n止"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    reading = reading_of(
        "<w:p>"
        + run("框外")
        + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        paragraph("下段"),
    )
    assert texts_of(reading) == ["框外", "框内", "下段"]


def test_content_controls_are_walked_through() -> None:
    reading = reading_of(
        f"<w:sdt><w:sdtContent>{paragraph('一')}</w:sdtContent></w:sdt>",
        f"<w:p><w:sdt><w:sdtContent>{run('二')}</w:sdtContent></w:sdt><w:hyperlink>{run('三')}</w:hyperlink></w:p>",
    )
    assert texts_of(reading) == ["一", "二三"]


def test_columns_left_out_before_a_row_and_merges_down() -> None:
    tall = cell("甲", '<w:vMerge w:val="restart"/>')
    wide = cell("乙", '<w:gridSpan w:val="2"/>')
    (table,) = reading_of(
        f"<w:tbl><w:tr>{tall}{wide}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('1')}{cell('2')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("3")}</w:tr></w:tbl>'
    ).blocks
    assert grid_of(table) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 2, 1, 1, "3"),
    ]


def test_a_nested_table_follows_its_host() -> None:
    inner = f"<w:tbl><w:tr>{cell('甲')}{cell('1')}</w:tr></w:tbl>"
    reading = reading_of(
        f"<w:tbl><w:tr>{cell('外')}<w:tc>{paragraph('见下')}{inner}{paragraph('')}</w:tc></w:tr></w:tbl>",
        paragraph("后"),
    )
    host, nested, after = reading.blocks
    assert grid_of(host) == [(0, 0, 1, 1, "外"), (0, 1, 1, 1, "见下")]
    assert grid_of(nested) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]
    assert isinstance(after, Paragraph)


def test_a_frame_of_one_cell_is_no_table() -> None:
    inner = f"<w:tbl><w:tr>{cell('甲')}{cell('1')}</w:tr></w:tbl>"
    first, table = reading_of(
        f"<w:tbl><w:tr><w:tc>{paragraph('一')}{inner}{paragraph('')}</w:tc></w:tr></w:tbl>"
    ).blocks
    assert isinstance(first, Paragraph)
    assert [text for *_, text in grid_of(table)] == ["甲", "1"]


def test_lines_of_a_cell_stay_apart() -> None:
    (table,) = reading_of(
        f"<w:tbl><w:tr><w:tc>{paragraph('商业')}{paragraph('企业')}</w:tc>{cell(' ')}</w:tr></w:tbl>"
    ).blocks
    assert [text for *_, text in grid_of(table)] == ["商业\n企业", ""]


def test_heads_and_feet_are_furniture() -> None:
    document = docx.Document(BytesIO(word(SAMPLE)))
    document.sections[0].footer.paragraphs[0].text = "第1页"
    blocks = read_docx(saved(document), DEFAULT_LIMITS).blocks
    first, last = blocks[0], blocks[-1]
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert (first.text, first.role, first.role_reason) == (SAMPLE.agency, Role.FURNITURE, "running head")
    assert (last.text, last.role, last.role_reason) == ("第1页", Role.FURNITURE, "running foot")


@pytest.mark.parametrize(("title", "expected"), [(SAMPLE.title, SAMPLE.title), ("别处的模板", None), ("", None)])
def test_a_title_counts_where_the_text_prints_it(title: str, expected: str | None) -> None:
    document = docx.Document(BytesIO(word(SAMPLE)))
    document.core_properties.title = title
    assert read_docx(saved(document), DEFAULT_LIMITS).title == expected


def test_pictures_without_text_need_recognition() -> None:
    reading = reading_of("<w:p><w:r><w:drawing/></w:r></w:p>")
    assert reading.blocks == ()
    assert [problem.kind for problem in reading.problems] == ["needs_ocr"]


def test_comments_are_out() -> None:
    document = docx.Document()
    document.add_paragraph("公开30条")
    reference = document.paragraphs[0].add_run()
    reference._r.append(parse_xml(f'<w:commentReference {nsdecls("w")} w:id="0"/>'))
    assert reference._r.find(qn("w:commentReference")) is not None
    assert texts_of(read_docx(saved(document), DEFAULT_LIMITS)) == ["公开30条"]
