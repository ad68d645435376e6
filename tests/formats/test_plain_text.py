from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.limits import DEFAULT_LIMITS
from pipeline.formats.text import read_text
from pipeline.model import Anchor, Document, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable


def rows_of(block: object) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[cell.text for cell in block.cells if cell.row == row] for row in range(block.n_rows)]


def blocks_of(text: str) -> tuple[Paragraph | Table, ...]:
    return read_text(text.encode(), DEFAULT_LIMITS).blocks


def test_a_line_is_a_paragraph_with_its_number() -> None:
    blocks = blocks_of("一、概述\r\n\r\n　　全年公开信息30条。 \rA\n")
    assert [(block.text, block.anchor) for block in blocks if isinstance(block, Paragraph)] == [
        ("一、概述", Anchor(line=1)),
        ("全年公开信息30条。", Anchor(line=3)),
        ("A", Anchor(line=4)),
    ]


def test_a_form_feed_begins_a_page() -> None:
    assert [block.anchor.page for block in blocks_of("一\n二\f三\n\f四")] == [1, 1, 2, 3]


def test_a_rule_makes_the_row_above_it_a_head() -> None:
    (table,) = blocks_of("| 信息内容 | 数量 |\n| --- | :---: |\n| 行政许可 | 26 |\n")
    assert rows_of(table) == [["信息内容", "数量"], ["行政许可", "26"]]
    assert table.anchor == Anchor(line=1)
    assert isinstance(table, Table)
    assert table.cells[-1].anchor == Anchor(line=3)


def test_a_second_rule_begins_a_second_table() -> None:
    first, second = blocks_of("|甲|乙|\n|---|---|\n|1|2|\n|丙|丁|\n|---|---|\n|3|4|\n")
    assert rows_of(first) == [["甲", "乙"], ["1", "2"]]
    assert rows_of(second) == [["丙", "丁"], ["3", "4"]]


def test_rows_of_one_width_need_no_rule() -> None:
    (table,) = blocks_of("| 行政处罚 | 41 |\n| 行政强制 | 3 |\n")
    assert rows_of(table) == [["行政处罚", "41"], ["行政强制", "3"]]


def test_blank_cells_stay_and_ragged_rows_keep_what_they_print() -> None:
    (table,) = blocks_of("| a | b | c |\n|---|---|---|\n| 1 |  | |\n| 2 | 3 |\n")
    assert rows_of(table) == [["a", "b", "c"], ["1", "", ""], ["2", "3"]]


def test_an_escaped_pipe_parts_nothing() -> None:
    (table,) = blocks_of("| a\\|b | c |\n|---|---|\n| 1 | 2 |")
    assert rows_of(table)[0] == ["a\\|b", "c"]


def test_dashes_that_are_values_are_no_rule() -> None:
    (table,) = blocks_of("| a | b |\n|---|---|\n| - | - |\n| 1 | 2 |")
    assert rows_of(table) == [["a", "b"], ["-", "-"], ["1", "2"]]


def test_one_line_of_pipes_is_no_table() -> None:
    line = "| 行政复议 | 行政诉讼 | 结果维持 | 0 | 0 | 0 |"
    (block,) = blocks_of(f"前文\n\n{line}\n\n{line} 1 |")[1:2]
    assert isinstance(block, Paragraph)
    assert block.text == line


def test_lost_characters_are_a_problem(read_bytes: Callable[[bytes], Document]) -> None:
    (problem,) = read_bytes("全年公开信息".encode("gb18030") * 9 + b"\xff\xff" + "30条".encode("gb18030")).problems
    assert (problem.stage, problem.kind) == ("read", "encoding_lossy")
    assert problem.message.startswith("2 characters")


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("公开12| -:\n\r\f\\　"), max_size=60))
def test_every_printed_character_is_in_a_block(text: str) -> None:
    blocks = blocks_of(text)
    printed = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in blocks
    )
    assert sorted(
        printed.replace("|", "").replace("-", "").replace(":", "").replace(" ", "").replace("　", "")
    ) == sorted("".join(text.split()).replace("|", "").replace("-", "").replace(":", ""))
