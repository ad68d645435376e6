"""Labels wrapped around their values, and quotes that are of their own cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.tabulate.examples import grid_of
from tests.stages.flattened import DECISIONS_GLUED, HEADER, NEW, OLD, read, row

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

TOP = (DECISIONS_GLUED, HEADER, f"{NEW} 31 4 0 0 2 1 38", f"{OLD} 3 0 0 0 0 0 3", "（一）予以公开 9 1 0 0 0 0 10")
PARTIAL, PROHIBITED, MISC = "requests.outcome.partial", "requests.denied.law_prohibited", "requests.other.misc"


def test_the_end_of_a_bracket_is_no_row(book: Rulebook) -> None:
    wrapped = ("（二）部分公开（区分处理的，只计这一情形，不计其他", "4 1 0 0 0 1 6", "情形）")
    found = read(book, *TOP, *wrapped, "1.属于国家秘密 2 1 0 0 0 1 4")
    assert row(found, PARTIAL) == [4, 1, 0, 0, 0, 1, 6]
    assert row(found, MISC) == []
    assert row(found, "requests.denied.state_secret") == [2, 1, 0, 0, 0, 1, 4]


def test_words_that_end_like_a_row_are_none(book: Rulebook) -> None:
    found = read(book, *TOP, "情形不计其他 4 1 0 0 0 1 6", "1.属于国家秘密 2 1 0 0 0 1 4")
    assert row(found, MISC) == []


def test_a_label_that_goes_on_below_its_values_is_read_whole(book: Rulebook) -> None:
    wrapped = ("2.其他", "3 0 0 0 0 1 4", "法律行政法规禁止公开")
    found = read(book, *TOP, "1.属于国家秘密 2 1 0 0 0 1 4", *wrapped, "3.危及“三安全一稳定” 1 0 0 0 0 0 1")
    assert row(found, PROHIBITED) == [3, 0, 0, 0, 0, 1, 4]
    assert row(found, MISC) == []


REMEDIES = """\
行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | <
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | < | < | < | < | 复议后起诉 | < | < | < | <
^ | ^ | ^ | ^ | ^ | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
"""


def test_a_cell_quotes_no_other_cell(book: Rulebook) -> None:
    values = "见表 | 3 | 3 | 见表 | 6 | 2 | 1 | 1 | 见表 | 4 | 2 | 1 | 3 | 见表 | 6\n"
    table = grid_of(REMEDIES + values, "t9")
    found = read(book, DECISIONS_GLUED, table)
    printed = {cell.block_id: cell.text for cell in table.cells}
    places = {each.evidence.block_id for each in found.observations if each.evidence.block_id in printed}
    quoting = [each for each in found.observations if each.evidence.block_id in printed]
    assert len(places) == len(quoting)


def test_the_round_zero_is_a_zero(book: Rulebook) -> None:
    values = "〇 | 3 | 3 | 〇 | 6 | 2 | 1 | 1 | 〇 | 4 | 2 | 1 | 3 | 〇 | 6\n"
    found = read(book, DECISIONS_GLUED, grid_of(REMEDIES + values, "t9"))
    assert row(found, "review") == [0, 3, 3, 0, 6]
    assert row(found, "litigation") == [2, 1, 1, 0, 4, 2, 1, 3, 0, 6]
