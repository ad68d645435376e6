from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pipeline.formats import FORMATS, read
from pipeline.model import Document, Paragraph, Role, Table
from tests.rendering import SAMPLE, markdown, matrix, one_line, page, placed, printed, word
from tests.rendering.printed import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.rendering import Report

RENDERED: dict[str, Callable[[Report], bytes]] = {"txt": markdown, "html": page, "docx": word, "pdf": printed}
every_format = pytest.mark.parametrize("name", [each.name for each in FORMATS])


def document_of(data: bytes, folder: Path, name: str = "report") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path, name)


def rendered(name: str, folder: Path) -> Document:
    return document_of(RENDERED[name](SAMPLE), folder)


def prose_of(document: Document) -> list[str]:
    return [
        block.text.replace("\n", "")
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role is Role.BODY
    ]


def tables_of(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table) and block.role is Role.BODY]


@every_format
def test_the_type_is_told_by_content(name: str, tmp_path: Path) -> None:
    source = rendered(name, tmp_path).source
    assert source.format == name
    assert source.path == "report"


@every_format
def test_the_prose_is_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    assert prose_of(rendered(name, tmp_path)) == SAMPLE.prose


@pytest.mark.parametrize("name", ["html", "docx", "pdf"])
def test_merged_cells_are_the_same_in_every_format_that_has_them(name: str, tmp_path: Path) -> None:
    found = [
        [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text.replace("\n", "")) for cell in table.cells]
        for table in tables_of(rendered(name, tmp_path))
    ]
    expected = [
        [(row, col, slot.rowspan, slot.colspan, slot.text) for row, col, slot in placed(grid)] for grid in SAMPLE.grids
    ]
    assert found == expected


def test_markdown_has_a_cell_in_every_place(tmp_path: Path) -> None:
    tables = tables_of(rendered("txt", tmp_path))
    found = [
        [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)] for table in tables
    ]
    assert found == [matrix(grid) for grid in SAMPLE.grids]


@every_format
def test_blocks_are_numbered_in_reading_order(name: str, tmp_path: Path) -> None:
    document = rendered(name, tmp_path)
    assert [block.block_id for block in document.blocks] == [
        f"b{number:05}" for number in range(1, len(document.blocks) + 1)
    ]
    for table in tables_of(document):
        assert [cell.block_id for cell in table.cells] == [
            f"{table.block_id}.r{cell.row}c{cell.col}" for cell in table.cells
        ]


@every_format
def test_headings_stand_right_before_their_tables(name: str, tmp_path: Path) -> None:
    body = [block for block in rendered(name, tmp_path).blocks if block.role is Role.BODY]
    before = [
        above.text for above, below in pairwise(body) if isinstance(below, Table) and isinstance(above, Paragraph)
    ]
    assert before == ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]


@every_format
def test_nothing_is_wrong_with_a_sound_file(name: str, tmp_path: Path) -> None:
    assert rendered(name, tmp_path).problems == ()


def test_a_table_flattened_to_one_line_stays_as_printed(tmp_path: Path) -> None:
    data = one_line(SAMPLE)
    (block,) = document_of(data, tmp_path).blocks
    assert isinstance(block, Paragraph)
    assert block.text == data.decode()


@pytest.mark.parametrize("cut", [3, 5])
def test_a_table_goes_on_over_a_page_end(cut: int, tmp_path: Path) -> None:
    table = tables_of(document_of(printed(SAMPLE, cut=cut), tmp_path))[-1]
    upper, lower = parts(SAMPLE.grids[-1], cut)
    expected = [(row, slot.text, table.anchor.page) for row, _, slot in placed(upper)]
    expected += [(row + cut, slot.text, (table.anchor.page or 0) + 1) for row, _, slot in placed(lower)]
    found = [(cell.row, cell.text.replace("\n", ""), cell.anchor.page) for cell in table.cells]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", "html"), ("a.doc", "docx"), ("a.txt", "pdf"), ("a.html", "txt")]
)
def test_the_suffix_says_nothing(name: str, content: str, tmp_path: Path) -> None:
    document = document_of(RENDERED[content](SAMPLE), tmp_path, name)
    assert document.source.format == content
    assert prose_of(document) == SAMPLE.prose
