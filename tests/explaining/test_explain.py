"""Numerals, near misses and the choice of one indicator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.explaining import Miss, explain
from pipeline.explaining.wording import difference
from pipeline.model import Disposition, DocumentStatus
from tests.explaining.reports import explained, numeral

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"


@pytest.mark.parametrize("name", ["yunxiu_county_2010.txt", "yunxiu_county_2021.html", "zhiwei_street_2023.docx"])
def test_every_numeral_is_told_once_and_quotes_the_text(book: Rulebook, name: str) -> None:
    explanation = explain(REPORTS / name, book)
    assert [each.numeral for each in explanation.numerals] == list(explanation.outcome.numerals)
    for each in explanation.numerals:
        unexplained = each.numeral.disposition is Disposition.UNEXPLAINED
        assert (each.remark is None) == (bool(each.near_misses) or not unexplained)
        assert (each.indicator is not None) == (each.numeral.disposition is Disposition.EXTRACTED)
        assert len(each.near_misses) <= 3
        in_table = explanation.texts[each.numeral.block_id] and each.row is not None
        assert in_table == (each.numeral.block_id not in _paragraphs(explanation.outcome))


def _paragraphs(outcome: object) -> set[str]:
    blocks = outcome.document.blocks  # type: ignore[attr-defined]
    return {block.block_id for block in blocks if hasattr(block, "text")}


def test_words_one_off_a_pattern_name_its_rule(book: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, book, "全年召开政务公开碰头会6次。")
    (miss, *_) = numeral(explanation, "6").near_misses
    assert (miss.rule_id, miss.how, miss.expects, miss.has) == ("meetings.count/held", Miss.WORDS, None, "碰头")
    assert miss.quote == "召开政务公开碰头会6次"
    assert difference(miss) == "the pattern has no place for 碰头"
    assert Path(miss.place.rpartition(":")[0]).name == "organisation.yaml"


def test_words_in_place_of_those_expected_are_told(book: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, book, "2016年，全县主动公示政府信息３00条。")
    miss = numeral(explanation, "３00").near_misses[0]
    assert (miss.rule_id, miss.expects, miss.has) == ("proactive.total/disclosed", "主动公开", "主动公示")
    assert difference(miss) == "the pattern expects 主动公开, the text has 主动公示"


def test_a_rejected_match_comes_first_with_its_reason(book: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, book, "全县召开农业会议。组织农业培训，培训人数95人次。")
    (miss, *_) = numeral(explanation, "95").near_misses
    assert (miss.rule_id, miss.how) == ("trainings.attendees/attended", Miss.REJECTED)
    assert miss.reasons == ("its sentence and heading lack the context the rule needs",)
    assert difference(miss).startswith("matches, but is rejected: its sentence")


def test_what_else_stands_against_a_rule_is_told(book: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, book, "明年召开政务公开碰头会6次。")
    misses = {miss.rule_id: miss for miss in numeral(explanation, "6").near_misses}
    (reason,) = misses["meetings.count/held"].reasons
    assert reason.startswith("covers another time")


@pytest.mark.parametrize(
    ("text", "printed", "remark"),
    [
        ("印制宣传材料18000册。", "18000", "no rule counts 册"),
        ("辖区苗圃育苗，成活者众，另有桃树7个品种。", "7", "no rule comes near its words"),
        ("满意度得分97。", "97", "has no unit"),
    ],
)
def test_a_number_that_no_rule_comes_near_says_why(
    book: Rulebook, tmp_path: Path, text: str, printed: str, remark: str
) -> None:
    each = numeral(explained(tmp_path, book, text), printed)
    assert (each.near_misses, each.remark) == ((), remark)


def test_one_indicator_keeps_its_values_and_the_numerals_near_them(book: Rulebook, tmp_path: Path) -> None:
    text = "2016年，我局主动公开政府信息320条。" + "积极推进各项工作落实，" * 9 + "植树7000棵。召开政务公开碰头会6次。"
    explanation = explained(tmp_path, book, text, "proactive.total")
    assert {each.indicator for each in explanation.outcome.observations} == {"proactive.total"}
    assert {each.indicator for each in explanation.attempts} == {"proactive.total"}
    assert [explanation.in_context(each.numeral)[1] for each in explanation.numerals] == ["2016", "320"]
    assert [each.heading for each in explanation.outcome.sections] == ["一、概述"]
    nearly = explained(tmp_path, book, text, "meetings.count")
    assert [explanation.in_context(each.numeral)[1] for each in nearly.numerals] == ["6"]


def test_one_indicator_keeps_the_checks_on_it(book: Rulebook) -> None:
    whole = explain(REPORTS / "yunxiu_county_2021.html", book)
    part = explain(REPORTS / "yunxiu_county_2021.html", book, "requests.received.total")
    ids = {each.observation_id for each in part.outcome.observations}
    assert 0 < len(part.outcome.checks) < len(whole.outcome.checks)
    assert all(ids.intersection(each.observation_ids) for each in part.outcome.checks)


def test_a_match_that_yields_nothing_says_why(book: Rulebook, tmp_path: Path) -> None:
    explanation = explained(tmp_path, book, "全年共发布信息385条。全年共上传信息386条。")
    rejected = {each.rejected for each in explanation.attempts if each.rule_id == "proactive.total/posted"}
    assert rejected == {"weak: the report states the same once more"}
    assert explanation.outcome.observations == ()


def test_a_file_that_cannot_be_read_has_nothing_to_tell(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    explanation = explain(path, book)
    assert explanation.outcome.status is DocumentStatus.FAILED
    assert (explanation.attempts, explanation.numerals) == ((), ())
