"""Numerals, near misses and the choice of one indicator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.explaining import Miss, explain
from pipeline.explaining.reading import MOST_SEARCHED
from pipeline.explaining.wording import difference, rule
from pipeline.model import Disposition, DocumentStatus, Paragraph
from tests.explaining.reports import explained, numeral

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
FAR = "积极推进各项工作落实，" * 9


@pytest.mark.parametrize("name", ["yunxiu_county_2010.txt", "yunxiu_county_2021.html", "zhiwei_street_2023.docx"])
def test_every_numeral_is_told_once(book: Rulebook, name: str) -> None:
    explanation = explain(REPORTS / name, book)
    document = explanation.outcome.document
    assert document is not None
    paragraphs = {block.block_id for block in document.blocks if isinstance(block, Paragraph)}
    assert [each.numeral for each in explanation.numerals] == list(explanation.outcome.numerals)
    for each in explanation.numerals:
        unexplained = each.numeral.disposition is Disposition.UNEXPLAINED
        assert (each.remark is None) == (bool(each.near_misses) or not unexplained)
        assert (each.indicator is not None) == (each.numeral.disposition is Disposition.EXTRACTED)
        assert (each.row is None) == (each.numeral.block_id in paragraphs)
        assert len(each.near_misses) <= 3


def test_words_one_off_a_pattern_name_its_rule(few: Rulebook, tmp_path: Path) -> None:
    (miss,) = numeral(explained(tmp_path, few, "全年召开政务公开碰头会议 ６次。"), "６").near_misses
    assert (miss.rule_id, miss.how, miss.expects) == ("meetings.held/held", Miss.WORDS, "(?:工作|专题)")
    assert (miss.has, miss.quote, miss.reasons) == ("碰头", "召开政务公开碰头会议 ６次", ())
    assert difference(miss) == "the pattern expects (?:工作|专题), the text has 碰头"
    assert rule(miss) == "meetings.held/held (few.yaml:8)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("召开信息公开会议6次。", "the pattern expects (?:工作|专题), the text has nothing there"),
        ("召开信息公开工作务虚会议6次。", "the pattern has no place for 务虚"),
        ("召集信息公开工作会议6次。", "the pattern expects 召开, the text has 召集"),
        ("召开党的建设工作会议6次，印发文件。", "the pattern expects {disclosure}, the text has 党的建设"),
    ],
)
def test_what_differs_is_said_in_the_words_of_the_rule(few: Rulebook, tmp_path: Path, text: str, said: str) -> None:
    (miss,) = numeral(explained(tmp_path, few, text), "6").near_misses
    assert difference(miss) == said


def test_a_rejected_match_is_told_with_its_reason(few: Rulebook, tmp_path: Path) -> None:
    (miss,) = numeral(explained(tmp_path, few, "全县文化站组织培训95次。"), "95").near_misses
    assert (miss.rule_id, miss.how, miss.quote) == ("meetings.held/trained", Miss.REJECTED, "组织培训95次")
    assert miss.reasons == ("its sentence and heading lack the context the rule needs",)
    assert difference(miss).startswith("matches, but is rejected: its sentence")


def test_what_else_stands_against_a_rule_is_told(few: Rulebook, tmp_path: Path) -> None:
    (miss,) = numeral(explained(tmp_path, few, "第一季度召开政务公开碰头会议6次。"), "6").near_misses
    (reason,) = miss.reasons
    assert reason.startswith("covers another time")
    assert difference(miss).endswith(f"the text has 碰头; besides, it {reason}")


def test_a_list_that_ends_before_a_number_is_told(few: Rulebook, tmp_path: Path) -> None:
    (miss,) = numeral(explained(tmp_path, few, "其中甲类信息若干；乙类另有66条。"), "66").near_misses
    assert (miss.rule_id, miss.how, miss.quote) == ("items.total/listed", Miss.LIST, "其中甲类信息若干；乙类另有66条")


@pytest.mark.parametrize(
    ("text", "printed", "remark"),
    [
        ("印制宣传材料18000册。", "18000", "no rule counts 册"),
        ("辖区苗圃浇水7次。", "7", "no rule comes near its words"),
        ("满意度指数97。", "97", "has no unit"),
    ],
)
def test_a_number_that_no_rule_comes_near_says_why(
    few: Rulebook, tmp_path: Path, text: str, printed: str, remark: str
) -> None:
    each = numeral(explained(tmp_path, few, text), printed)
    assert (each.near_misses, each.remark) == ((), remark)


def test_a_number_without_the_unit_of_a_rule_says_so(few: Rulebook, tmp_path: Path) -> None:
    (miss,) = numeral(explained(tmp_path, few, "主动公开政府信息320。"), "320").near_misses
    assert (miss.rule_id, miss.reasons) == ("items.total/disclosed", ("unit None is none of ['条']",))


def test_the_search_ends_where_too_much_is_unexplained(few: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, few, "召开政务公开碰头会议6次，" * (MOST_SEARCHED + 2))
    searched = [each for each in explanation.numerals if each.numeral.disposition is Disposition.UNEXPLAINED]
    assert [bool(each.near_misses) for each in searched] == [True] * MOST_SEARCHED + [False] * 2
    assert searched[-1].remark == "not looked into: 300 numbers before it are unexplained, too"


def test_one_indicator_keeps_its_values_and_the_numerals_near_them(few: Rulebook, tmp_path: Path) -> None:
    text = f"2016年，我局主动公开政府信息320条。{FAR}植树7000棵。召开政务公开碰头会议6次。"
    explanation = explained(tmp_path, few, text, "items.total")
    assert {each.indicator for each in explanation.outcome.observations} == {"items.total"}
    assert {each.indicator for each in explanation.attempts} == {"items.total"}
    assert [each.numeral.text for each in explanation.numerals] == ["2016", "320"]
    assert [each.heading for each in explanation.outcome.sections] == ["一、概述"]
    nearly = explained(tmp_path, few, text, "meetings.held")
    assert [each.numeral.text for each in nearly.numerals] == ["6"]


def test_one_indicator_keeps_the_checks_on_it(book: Rulebook) -> None:
    whole = explain(REPORTS / "yunxiu_county_2021.html", book)
    part = explain(REPORTS / "yunxiu_county_2021.html", book, "requests.received.total")
    ids = {each.observation_id for each in part.outcome.observations}
    assert 0 < len(part.outcome.checks) < len(whole.outcome.checks)
    assert all(ids.intersection(each.observation_ids) for each in part.outcome.checks)


def test_a_match_that_yields_nothing_says_why(few: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, few, "共上传信息385条。共上传信息386条。")
    assert [each.rejected for each in explanation.attempts] == ["the report states another number of it"] * 2
    assert explanation.outcome.observations == ()
    assert numeral(explanation, "385").near_misses[0].how is Miss.REJECTED


def test_a_file_that_cannot_be_read_has_nothing_to_tell(few: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    explanation = explain(path, few)
    assert explanation.outcome.status is DocumentStatus.FAILED
    assert (explanation.attempts, explanation.numerals) == ((), ())
