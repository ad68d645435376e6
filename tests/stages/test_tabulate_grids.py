"""The traps of tables that come as grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Anchor, Document, Paragraph, Role, Section, SectionKind, SourceFile, Span, ValueStatus
from pipeline.stages.tabulate import tabulate
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.model import Block, Table
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

ISSUED = """\
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 1 | 2 | 3
行政规范性文件 | 4 | 5 | 6
"""
DECISIONS = """\
信息内容 | 本年处理决定数量
行政许可 | 20417
行政处罚 | 3306
"""
APPLICANTS = """\
项目 | < | 申请人情况 | < | < | < | < | < | <
^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计
^ | ^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^
"""
REMEDIES = """\
行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | <
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | < | < | < | < | 复议后起诉 | < | < | < | <
^ | ^ | ^ | ^ | ^ | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
"""
REMEDY_VALUES = "11 | 12 | 13 | 14 | 50 | 21 | 22 | 23 | 24 | 90 | 31 | 32 | 33 | 34 | 130"


def document(*blocks: Block) -> Document:
    return Document(SourceFile("report.html", 0, "0" * 64), blocks)


def read(book: Rulebook, *grids: str | Block) -> Tabulated:
    blocks = [grid_of(grid, f"t{number}") if isinstance(grid, str) else grid for number, grid in enumerate(grids)]
    return tabulate(document(*blocks), (), book.eras)


def values(found: Tabulated) -> dict[str, float | None]:
    return {
        f"{each.indicator}[{each.applicant}]" if each.applicant else each.indicator: each.value
        for each in found.observations
    }


def kinds(found: Tabulated) -> set[str]:
    return {problem.kind for problem in found.problems}


def test_every_example_of_the_rules_is_read(book: Rulebook) -> None:
    counts: dict[str | None, list[int]] = {}
    for era in book.eras:
        for example in era.examples:
            grids = [grid_of(grid, f"t{number}") for number, grid in enumerate(example.grids)]
            found = tabulate(document(*grids), (), book.eras)
            assert found.problems == ()
            counts.setdefault(found.form_id, []).append(len(found.observations))
    assert counts == {
        "form_2014": [58, 118],
        "form_2019": [198],
        "form_2021": [200],
        "local_fujian": [36, 32],
        "local_shanghai_1": [112],
        "local_shanghai_2": [108],
    }


def test_a_cell_keeps_its_evidence(book: Rulebook) -> None:
    grid = grid_of(ISSUED.replace("| 6", "| ６８（其中失效2）"), "t7")
    section = Section("s2", 1, 1, "二、", (Span("t7", 0, 0),), SectionKind.PROACTIVE)
    found = tabulate(document(grid), (section,), book.eras)
    last = found.observations[-1]
    assert (last.indicator, last.value, last.unit) == ("normative.in_force", 68, None)
    assert (last.value_base, last.unit_base) == (68, "件")
    assert (last.evidence.block_id, last.evidence.start, last.evidence.end, last.evidence.quote) == (
        "t7.2.3",
        0,
        2,
        "６８",
    )
    assert last.numeral == Span("t7.2.3", 0, 2)
    assert (last.row, last.col, last.section_id, last.source) == (2, 3, "s2", "table")
    assert last.rule_id == "form_2021/II/normative.in_force"


def test_the_template_is_blank_and_has_no_value(book: Rulebook) -> None:
    era = next(era for era in book.eras if era.id == "form_2021")
    assert era.example is not None
    blank = []
    for number, text in enumerate(era.example.grids):
        grid = grid_of(text, f"t{number}")
        cells = tuple(
            type(cell)(cell.block_id, cell.row, cell.col, "\u3000", cell.rowspan, cell.colspan)
            if cell.text.replace(",", "").replace(".", "").isdigit() or cell.text == "/"
            else cell
            for cell in grid.cells
        )
        blank.append(type(grid)(grid.block_id, cells))
    found = tabulate(document(*blank), (), book.eras)
    assert len(found.observations) == 200
    assert {(each.status, each.value, each.evidence.quote) for each in found.observations} == {
        (ValueStatus.BLANK, None, "")
    }


def test_order_of_columns_and_extra_columns_do_not_matter(book: Rulebook) -> None:
    swapped = """\
序号 | 信息内容 | 单位 | 现行有效件数 | 本年制发件数 | 本年废止件数
1 | 规章 | 件 | 3 | 1 | 2
2 | 行政规范性文件 | 件 | 6 | 4 | 5
"""
    found = read(book, swapped)
    assert values(found) == {
        "rules.issued": 1,
        "rules.repealed": 2,
        "rules.in_force": 3,
        "normative.issued": 4,
        "normative.repealed": 5,
        "normative.in_force": 6,
    }
    assert {each.unit for each in found.observations} == {"件"}


def test_a_blank_shifts_nothing(book: Rulebook) -> None:
    found = read(book, ISSUED.replace("4 | 5 | 6", " | / | 6"))
    assert [(each.indicator, each.status, each.value) for each in found.observations[3:]] == [
        ("normative.issued", ValueStatus.BLANK, None),
        ("normative.repealed", ValueStatus.NOT_APPLICABLE, None),
        ("normative.in_force", ValueStatus.REPORTED, 6),
    ]


def test_a_damaged_row_label_is_read_and_an_unknown_row_is_not(book: Rulebook) -> None:
    rows = "2.其他法律行政法禁止公开 | < | 1 | 0 | 0 | 0 | 0 | 0 | 1\n9.另有规定 | < | 7 | 0 | 0 | 0 | 0 | 0 | 7\n"
    found = read(book, ISSUED, APPLICANTS + rows)
    assert values(found)["requests.denied.law_prohibited[natural_person]"] == 1
    assert 7 not in values(found).values()
    assert "table_incomplete" in kinds(found)


def test_the_group_must_fit_the_row(book: Rulebook) -> None:
    rows = (
        "（五）不予处理 | 3.其他 | 55 | 0 | 0 | 0 | 0 | 0 | 55\n（六）其他处理 | 3.其他 | 6 | 0 | 0 | 0 | 0 | 0 | 6\n"
    )
    found = values(read(book, ISSUED, APPLICANTS + rows))
    assert found["requests.other.misc[total]"] == 6
    assert 55 not in found.values()


def test_one_row_may_stand_for_three(book: Rulebook) -> None:
    era = next(era for era in book.eras if era.id == "form_2021")
    assert era.example is not None
    first, second, third = era.example.grids
    lines = [line for line in second.splitlines() if "未按收费" not in line and "^ | 3.其他" not in line]
    lines = ["^ | （六）其他处理 | < | 2 | 0 | 0 | 0 | 0 | 1 | 3" if "不补正" in line else line for line in lines]
    found = read(book, first, "\n".join(lines), third)
    assert found.problems == ()
    assert len(found.observations) == 186
    assert values(found)["requests.other.total[total]"] == 3


def test_remedies_are_told_apart_by_their_groups(book: Rulebook) -> None:
    found = values(read(book, ISSUED, REMEDIES + REMEDY_VALUES))
    assert (found["review.upheld"], found["review.total"]) == (11, 50)
    assert (found["litigation.direct.other"], found["litigation.after_review.corrected"]) == (23, 32)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("行政复议 | < | < | < | <", "行政复议 |  |  |  | "),
        ("复议后起诉 | < | < | < | <", "复议后起诉 |  |  |  | "),
        ("^ | 结果维持 |", "^ | 结果口维持 |"),
    ],
)
def test_remedies_survive_headers_that_are_not_merged_or_damaged(book: Rulebook, old: str, new: str) -> None:
    assert old in REMEDIES
    found = values(read(book, ISSUED, REMEDIES.replace(old, new) + REMEDY_VALUES))
    expected = values(read(book, ISSUED, REMEDIES + REMEDY_VALUES))
    assert found == expected


def test_remedies_without_groups_or_with_a_lost_header_are_not_guessed(book: Rulebook) -> None:
    lost = REMEDIES.replace("尚未审结 | 总计 | 结果维持", "尚未审结 |  | 结果维持")
    found = values(read(book, ISSUED, lost + REMEDY_VALUES))
    assert "litigation.direct.total" not in found
    assert found["litigation.after_review.upheld"] == 31


def test_two_rows_of_remedies_are_not_guessed(book: Rulebook) -> None:
    found = read(book, ISSUED, REMEDIES + REMEDY_VALUES + "\n" + REMEDY_VALUES)
    assert not any(name.startswith("review") for name in values(found))
    assert "table_unreadable" in kinds(found)


RECEIVED = "一、本年新收政府信息公开申请数量 | < | 31 | 4 | 0 | 0 | 2 | 1 | 38\n"
LATER = (
    "（四）无 | 3.补正后申请内容仍不明确 | 8 | 0 | 0 | 0 | 0 | 0 | 8\n法提供 | 2.重复申请 | 9 | 0 | 0 | 0 | 0 | 0 | 9\n"
)


def test_a_table_goes_on_behind_a_page_break(book: Rulebook) -> None:
    number = Paragraph("p1", "- 3 -", Anchor(page=3), Role.FURNITURE, "page number")
    found = values(read(book, ISSUED, APPLICANTS + RECEIVED, number, LATER))
    assert found["requests.unavailable.unclear[natural_person]"] == 8
    assert found["requests.not_processed.duplicate[total]"] == 9


def test_titles_of_groups_may_stand_in_rows_of_their_own(book: Rulebook) -> None:
    title = "三、本年度办理结果 | < | < | < | < | < | < | < | <\n（三）不予公开 | < |  |  |  |  |  |  | \n"
    found = values(read(book, ISSUED, APPLICANTS + RECEIVED + title + LATER))
    assert found["requests.not_processed.duplicate[total]"] == 9


def test_repeated_headers_behind_a_page_break_count_once_more(book: Rulebook) -> None:
    lower = "项目 | < |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | \n"
    for header in (APPLICANTS, lower):
        found = values(read(book, ISSUED, APPLICANTS + RECEIVED, header + LATER))
        assert found["requests.unavailable.unclear[natural_person]"] == 8
        assert found["requests.not_processed.duplicate[total]"] == 9


@pytest.mark.parametrize(
    "between",
    [
        (Paragraph("p1", "以下是另一张表。"), LATER),
        (LATER.replace(" | 8\n", "\n").replace(" | 9\n", "\n"),),
        ("甲镇 | < | 窗口 | 电话 | 网络 | 信函 | 传真 | 邮件 | 总计\n" + LATER,),
        (RECEIVED.replace("31", "77"),),
    ],
    ids=["text between", "other width", "foreign header", "order of the form broken"],
)
def test_headers_are_not_carried_where_the_table_may_be_another(
    book: Rulebook, between: tuple[str | Block, ...]
) -> None:
    found = values(read(book, ISSUED, APPLICANTS + RECEIVED, *between))
    assert sorted(name for name in found if name.startswith("requests")) == sorted(
        name for name in found if name.startswith("requests.received")
    )
    assert 77 not in found.values()


def test_a_cell_merged_over_columns_or_rows_is_no_value(book: Rulebook) -> None:
    wide = ISSUED.replace("1 | 2 | 3", "1 | 2 | <")
    assert set(values(read(book, wide))) == {
        "rules.issued",
        *(f"normative.{k}" for k in ("issued", "repealed", "in_force")),
    }
    high = ISSUED.replace("4 | 5 | 6", "4 | 5 | ^")
    assert "rules.in_force" not in values(read(book, high))


def test_a_header_over_several_cells_takes_the_one_that_is_filled(book: Rulebook) -> None:
    header = "信息内容 | 本年处理决定数量 | < | <\n"
    found = read(book, ISSUED, header + "行政许可 |  | 97 | \n行政处罚 | 8 | 9 | \n行政强制 |  |  | \n")
    statuses = {each.indicator: (each.status, each.value) for each in found.observations}
    assert statuses["license.decisions"] == (ValueStatus.REPORTED, 97)
    assert statuses["penalty.decisions"] == (ValueStatus.UNREADABLE, None)
    assert statuses["coercion.decisions"] == (ValueStatus.BLANK, None)


def test_the_unit_is_that_which_is_printed(book: Rulebook) -> None:
    for head, cell, unit, base in (
        ("本年收费金额（单位：万元）", "415.06", "万元", 4150600),
        ("本年收费金额", "415.06", None, None),
        ("本年收费金额（单位：万元）", "415.06元", "元", 415.06),
    ):
        found = read(book, ISSUED, f"信息内容 | {head}\n行政事业性收费 | {cell}\n")
        fee = found.observations[-1]
        assert (fee.value, fee.unit, fee.value_base) == (415.06, unit, base)


def test_what_is_missing_is_told(book: Rulebook) -> None:
    found = read(book, ISSUED.replace("| 5 |", "| 5 5 |"), DECISIONS)
    assert [(problem.kind, problem.block_id) for problem in found.problems] == [
        ("table_incomplete", "t0"),
        ("table_missing", None),
        ("table_missing", None),
    ]
    assert found.problems[0].message == (
        "table II (主动公开政府信息情况, form_2021) is not whole: 7 of 10 cells were read; "
        "unreadable: normative.repealed; not found: coercion.decisions, admin_fee.amount"
    )


def test_unknown_tables_give_no_cell(book: Rulebook) -> None:
    found = read(book, "指标 | 本年 | 上年\n接待 | 31 | 28\n总计 | 31 | 28\n")
    assert (found.era_id, found.observations) == ("prose", ())
    assert [(problem.kind, problem.block_id) for problem in found.problems] == [("table_unknown", "t0")]


def test_a_known_form_without_described_tables_is_told(book: Rulebook) -> None:
    found = read(book, "指标名称 | 计量单位 | 2016年度 | 历年累计\n主动公开信息数 | 条 | 31 | 280\n")
    assert (found.era_id, found.observations) == ("form_local", ())
    assert "table_unknown" in kinds(found)


def test_tables_of_the_page_around_are_not_read(book: Rulebook) -> None:
    grid: Table = grid_of(ISSUED, "t0")
    menu = type(grid)(grid.block_id, grid.cells, grid.anchor, Role.FURNITURE, "menu")
    found = read(book, menu)
    assert (found.era_id, found.observations, found.problems) == ("prose", (), ())
