from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Period, ValueSource
from pipeline.rulebook.eras import era_of, load_eras, parse_term
from pipeline.rulebook.source import RuleError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook.forms import Era

SMALL = """\
id: form_small
names: {zh: 小表, en: Small form}
authority: null
value_source: attachment_table
fingerprints: [{rank: 5, at_least: 1, words: [小表情况]}]
sections: [{kind: fees, heading: 三、收费}]
tables:
  - id: A
    heading: 小表
    cell: {indicator: "{row}", period: "{column}"}
    units: [条]
    panels:
      - rows:
          - {key: apples.total, label: 1.苹果数}
          - {key: pears.total, label: 2.梨数}
        columns:
          - {key: this_year, path: [本年度], unit: 条}
          - {key: cumulative, path: [历年累计], unit: 条}
identities:
  - {id: S1, along: document, left: apples.total, right: pears.total, relation: <=, severity: soft}
example:
  cells: 4
  grids: ["指标 | 本年度 | 历年累计"]
  expected: {apples.total: 1}
"""


@pytest.fixture(scope="session")
def eras(rules_folder: Path) -> dict[str, Era]:
    return {era.id: era for era in load_eras(rules_folder / "eras")}


@pytest.fixture
def folder(tmp_path: Path, rules_folder: Path) -> Path:
    shutil.copytree(rules_folder / "schema", tmp_path / "schema")
    (tmp_path / "eras").mkdir()
    return tmp_path / "eras"


def mistake(folder: Path, old: str, new: str) -> str:
    assert old in SMALL
    (folder / "small.yaml").write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_eras(folder)
    return str(caught.value).removeprefix(f"{folder / 'small.yaml'}:")


@pytest.mark.parametrize(
    ("era", "cells"), [("form_2014", [58]), ("form_2019", [22, 161, 15]), ("form_2021", [10, 175, 15])]
)
def test_the_official_forms_are_complete(eras: dict[str, Era], era: str, cells: list[int]) -> None:
    expected = [
        sum(not (row and row.is_optional) and not column.instead_of for _, row, column in table.places())
        for table in eras[era].tables
    ]
    assert expected == cells


def test_a_place_has_its_meaning(eras: dict[str, Era]) -> None:
    first, second, third = eras["form_2021"].tables
    license_row = first.panels[1].rows[0]
    assert first.meaning(license_row, first.panels[1].columns[0]).indicator == "license.decisions"
    panel = second.panels[0]
    meaning = second.meaning(panel.row_labels["属于国家秘密"][0], panel.columns[2])
    assert (meaning.indicator, meaning.applicant) == ("requests.denied.state_secret", "org.research")
    assert third.meaning(None, third.panels[0].columns[-1]).indicator == "litigation.after_review.total"


def test_a_new_form_is_one_file(folder: Path) -> None:
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    (era,) = load_eras(folder)
    table = era.tables[0]
    meanings = [table.meaning(row, column) for _, row, column in table.places()]
    assert [(each.indicator, each.period) for each in meanings] == [
        ("apples.total", Period.THIS_YEAR),
        ("apples.total", Period.CUMULATIVE),
        ("pears.total", Period.THIS_YEAR),
        ("pears.total", Period.CUMULATIVE),
    ]
    assert era.value_source is ValueSource.ATTACHMENT_TABLE
    assert (era.identities[0].left, era.identities[0].relation) == (("apples.total",), "<=")


def test_one_label_may_name_a_row_in_each_of_two_groups(eras: dict[str, Era]) -> None:
    panel = eras["form_2014"].tables[0].panels[0]
    assert [row.key for row in panel.row_labels["被依法纠错数"]] == ["review.corrected", "litigation.corrected"]
    assert [row.key for row in panel.row_labels["行政诉讼数量被依法纠错数"]] == ["litigation.corrected"]
    assert panel.row_groups["行政复议数"] == panel.row_groups["行政复议数量"] == "行政复议数量"
    assert panel.row_groups["机构建设和保障情况"] == "机构建设和保障经费情况"


def test_a_row_may_have_its_own_unit(eras: dict[str, Era]) -> None:
    panel = eras["form_2014"].tables[0].panels[0]
    column = panel.base_columns[0].measured_in(panel.row_labels["政府信息公开专项经费"][0])
    assert (column.unit, column.units, column.numbers) == ("万元", ("元", "万元"), "amount")
    assert panel.base_columns[0].measured_in(panel.row_labels["兼职人员数"][0]).unit == "人"
    assert panel.base_columns[0].measured_in(None) is panel.base_columns[0]


def test_columns_say_whom_they_are_about(eras: dict[str, Era]) -> None:
    table = eras["form_2014"].tables[0]
    panel = table.panels[0]
    row = panel.row_labels["收到申请数"][0]
    assert [table.meaning(row, column).scope for column in panel.columns] == [None, "own", "jurisdiction"]
    assert [column.key for column in panel.base_columns] == ["count"]


def test_local_forms_count_as_one_era(eras: dict[str, Era]) -> None:
    local = {era.id for era in eras.values() if era.counts_as == "form_local"}
    assert local == {"form_local", "local_fujian", "local_shanghai_1", "local_shanghai_2"}
    assert all(era.counts_as == era.id for era in eras.values() if era.id not in local)


def test_an_example_may_be_one_of_several(folder: Path) -> None:
    one = SMALL[SMALL.index("example:\n") + len("example:\n") :].rstrip()
    two = [one.replace("\n  ", "\n    ").replace("  cells", "  - cells", 1)] * 2
    text = SMALL[: SMALL.index("example:\n")] + "example:\n" + "\n".join(two)
    (folder / "small.yaml").write_text(text.replace("apples.total: 1", "apples.total(cumulative): 7"), encoding="utf-8")
    (era,) = load_eras(folder)
    assert [len(example.expected) for example in era.examples] == [1, 1]
    assert era.example is era.examples[0]
    wanted = era.examples[1].expected[0]
    assert (wanted.period, wanted.value, str(wanted)) == (Period.CUMULATIVE, 7, "apples.total(cumulative)")


def test_mistakes_are_told_with_their_line(folder: Path) -> None:
    assert mistake(folder, "kind: fees", "kind: fee") == "6: no kind of section is called 'fee' (did you mean 'fees'?)"
    assert mistake(folder, "    heading: 小表", "    headings: 小表") == (
        "9: unknown key 'headings' (did you mean 'heading'?)"
    )
    assert (
        mistake(folder, "2.梨数", "（2）苹果数")
        == "15: label '（2）苹果数' can't be told from that of row 'apples.total'"
    )
    assert mistake(folder, "authority: null", "authority: null\ncounts_as: form_smal") == (
        "4: no form is called 'form_smal' (did you mean 'form_small'?)"
    )
    assert mistake(folder, "path: [历年累计], unit", "path: [历年累计], instead_of: [year], unit") == (
        "18: no column has the key 'year' (did you mean 'this_year'?)"
    )
    assert mistake(folder, "{apples.total: 1}", "{apples.total(year): 1}").startswith(
        "24: 'year' is not a valid Period"
    )
    assert mistake(folder, "key: pears.total", "key: apples.total").endswith("state the same: apples.total")
    assert mistake(folder, "left: apples.total", "left: aples.total") == (
        "20: the form has no 'aples.total' (did you mean 'apples.total'?)"
    )
    assert mistake(folder, "key: cumulative", "key: all_years").startswith("10: 'all_years' is not a valid Period")
    assert mistake(folder, "along: document", "along: row") == "20: along: row needs the 'table' it runs through"
    assert mistake(folder, "along: document", "along: row, table: B") == "20: there is no table 'B', only A"
    assert mistake(folder, "label: 2.梨数", "label: 2.梨数, instead_of: [plums]") == "15: no row has the key 'plums'"
    assert mistake(folder, "{apples.total: 1}", "{'apples total': 1}").startswith("24: 'apples total' is neither")


def test_one_label_under_one_group_is_refused_twice(folder: Path) -> None:
    same = "label: 2.苹果数, under: 水果"
    twice = SMALL.replace("label: 1.苹果数", "label: 1.苹果数, under: 水果").replace("label: 2.梨数", same)
    (folder / "small.yaml").write_text(twice, encoding="utf-8")
    with pytest.raises(RuleError, match=r"15: label '2.苹果数' can't be told from that of row 'apples.total'"):
        load_eras(folder)
    (folder / "small.yaml").write_text(twice.replace(same, same + "店"), encoding="utf-8")
    (era,) = load_eras(folder)
    assert [row.under for row in era.tables[0].panels[0].row_labels["苹果数"]] == ["水果", "水果店"]


def test_two_files_can_not_describe_one_form(folder: Path) -> None:
    for name in ("small.yaml", "twin.yaml"):
        (folder / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(RuleError, match=r"twin.yaml:1: era 'form_small' is also described in small.yaml"):
        load_eras(folder)


@pytest.mark.parametrize(
    ("texts", "era"),
    [
        (["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], "form_2021"),
        (["信息内容本年制发\n件数本年废止 件数"], "form_2021"),
        (["上一年项目数量 | 本年增/减 | 处理决定数量", "采购总金额"], "form_2019"),
        (["3.补正后申请内容仍不明确", "四、结转下年度继续办理"], "form_2019"),
        (["四、结转下年度继续办理", "申请人无正当理由逾期不补正"], "form_2021"),
        (["统计指标", "单位", "统计数", "一、主动公开情况"], "form_2014"),
        (["指标名称", "计量单位", "2016年度", "历年累计"], "form_local"),
        (["受理依申请公开信息总数 条 7 19", "对申请的答复总数", "同意部分公开答复数"], "local_fujian"),
        (["其中：全文电子化的主动公开信息数", "“非《规定》所指政府信息”数"], "local_shanghai_1"),
        (
            ["全文电子化的主动公开信息数", "公文类信息数", "“非本机关职权范围”数", "对申请的答复总数"],
            "local_shanghai_2",
        ),
        (["統計指標", "單位", "統計數"], "form_2014"),
        (["今年推进政府集中采购信息公开，全文电子化率达到九成。"], "prose"),
        (["本年制发件数再创新高。"], "prose"),
        ([], "prose"),
    ],
)
def test_the_form_is_told_by_its_words(eras: dict[str, Era], texts: list[str], era: str) -> None:
    found = era_of(texts, tuple(eras.values()))
    assert found is not None
    assert found.id == era


def test_the_first_table_decides_in_mixtures(eras: dict[str, Era]) -> None:
    found = era_of(["本年新制作数量", "对外公开总数量", "结转下年度继续办理", "逾期不补正"], tuple(eras.values()))
    assert found is not None
    assert found.id == "form_2019"


def test_no_form_without_rules() -> None:
    assert era_of(["现行有效件数"], ()) is None


def test_terms_are_read() -> None:
    assert parse_term("requests.carried_over") == ("requests.carried_over", None)
    assert parse_term("requests.carried_over[org.other]") == ("requests.carried_over", "org.other")
    with pytest.raises(ValueError, match="neither"):
        parse_term("requests.carried_over[")
