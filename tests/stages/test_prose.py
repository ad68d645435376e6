"""Ledger, prose rules and reconciliation on one small report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Disposition, Evidence, Observation, Standing, ValueSource, ValueStatus
from pipeline.stages.account import close_ledger, open_ledger
from pipeline.stages.classify import classify
from pipeline.stages.extract import extract
from pipeline.stages.reconcile import reconcile
from pipeline.stages.segment import segment
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

LINES = (
    "云溪县2016年政府信息公开工作年度报告",
    "一、概述",
    "2016年 全县主动公开政府信息２，５３２ 条。编印画册40册。",
    "二、依申请公开政府信息情况",
    "全年未收到政府信息公开申请，也未发生因政府信息公开引起的行政复议、行政诉讼。",
    "三、其他需要报告的事项",
    "公开了2532条，全年主动公开政府信息2530条。联系电话：0988-2316525。",
)


def observations(book: Rulebook) -> tuple[Observation, ...]:
    document = of_lines(*LINES)
    sections = classify(segment(document, book), document, book)
    return reconcile(extract(document, sections, open_ledger(document, book), 2016, book), document)


def test_each_value_quotes_the_words_that_state_it(book: Rulebook) -> None:
    for each in observations(book):
        line = LINES[int(each.evidence.block_id[1:]) - 1]
        assert line[each.evidence.start : each.evidence.end] == each.evidence.quote
    first = observations(book)[0]
    assert (first.indicator, first.value, first.unit) == ("proactive.total", 2532, "条")
    assert first.evidence.quote.endswith("主动公开政府信息２，５３２ 条")


def test_a_zero_in_words_quotes_the_negation(book: Rulebook) -> None:
    zeros = {each.indicator: each for each in observations(book) if each.status is ValueStatus.ZERO_STATED}
    assert sorted(zeros) == ["litigation.total", "requests.received.total", "review.total"]
    assert zeros["requests.received.total"].evidence.quote == "未收到政府信息公开申请"
    assert all(each.value == 0 and "未" in each.evidence.quote for each in zeros.values())


def test_a_second_statement_is_a_rival_with_its_reason(book: Rulebook) -> None:
    first, second = [each for each in observations(book) if each.indicator == "proactive.total"]
    assert (first.standing, second.standing) == (Standing.ACCEPTED, Standing.RIVAL)
    assert second.value == 2530
    assert second.standing_reason == f"{first.observation_id} says 2532"


def test_figures_of_the_office_are_no_rivals_of_those_of_its_county(book: Rulebook) -> None:
    document = of_lines(
        "云溪县2016年政府信息公开工作年度报告",
        "一、依申请公开政府信息情况",
        "全县共收到政府信息公开申请31件。其中，县政府办公室收到政府信息公开申请12件。本年共收到政府信息公开申请31件。",
    )
    sections = classify(segment(document, book), document, book)
    found = reconcile(extract(document, sections, open_ledger(document, book), 2016, book), document)
    assert [(each.value, each.scope, each.standing) for each in found] == [
        (31, "jurisdiction", Standing.ACCEPTED),
        (12, "own", Standing.ACCEPTED),
        (31, None, Standing.RIVAL),
    ]


def test_the_sum_of_all_others_speaks_before_them(book: Rulebook) -> None:
    document = of_lines(
        LINES[0],
        "一、概述",
        "举办政府信息公开培训班3期。举办政府信息公开培训班5期。举办政府信息公开培训班8期。",
    )
    sections = classify(segment(document, book), document, book)
    found = reconcile(extract(document, sections, open_ledger(document, book), 2016, book), document)
    told = [(each.value, each.standing) for each in found if each.indicator == "trainings.count"]
    assert told == [(3, Standing.RIVAL), (5, Standing.RIVAL), (8, Standing.ACCEPTED)]


def told_by(book: Rulebook, indicator: str, *lines: str) -> list[Observation]:
    document = of_lines(LINES[0], *lines)
    sections = classify(segment(document, book), document, book)
    found = reconcile(extract(document, sections, open_ledger(document, book), 2016, book), document)
    return [each for each in found if each.indicator == indicator]


def test_a_sum_told_behind_its_parts_speaks_for_them(book: Rulebook) -> None:
    line = "县政府召开新闻发布会4场，部门召开新闻发布会12场，合计16场。"
    found = told_by(book, "response.press_conf.total", "一、概述", line)
    assert {each.value: each.standing for each in found} == {
        4: Standing.RIVAL,
        12: Standing.RIVAL,
        16: Standing.ACCEPTED,
    }
    total = next(each for each in found if each.value == 16)
    assert total.numeral is not None
    assert line[total.numeral.start : total.numeral.end] == "16"
    assert total.evidence.quote.endswith("合计16场")
    assert all(each.standing_reason == "a part of 16, told behind it" for each in found if each is not total)


def test_a_number_called_a_sum_that_its_parts_do_not_make_is_left_alone(book: Rulebook) -> None:
    found = told_by(
        book,
        "response.press_conf.total",
        "一、概述",
        "县政府召开新闻发布会4场，部门召开新闻发布会12场，合计17场。",
    )
    assert [(each.value, each.standing) for each in found] == [(4, Standing.RIVAL), (12, Standing.RIVAL)]


def test_a_sum_of_numbers_of_which_one_is_not_read_is_left_alone(book: Rulebook) -> None:
    line = "走访群众36人次，下属单位接受咨询12人次，合计48人次。"
    assert [each.value for each in told_by(book, "consult.total", "一、咨询情况", line)] == [12]


def granted(book: Rulebook, *lines: str) -> list[float | None]:
    return [each.value for each in told_by(book, "requests.outcome.granted", "一、依申请公开", *lines)]


def test_what_is_told_of_one_office_s_share_is_not_told_of_the_whole(book: Rulebook) -> None:
    all_requests = "全县共收到政府信息公开申请162件。"
    assert granted(book, all_requests, "县国土局收到的28件中，予以公开15件。全县共予以公开120件。") == [120]
    assert granted(book, all_requests + "其中县国土局收到28件，同意公开15件。") == []
    assert granted(book, all_requests + "在涉及征地拆迁的60件中，同意公开31件。") == []


def test_a_total_of_its_own_and_a_part_that_is_too_small_are_no_share(book: Rulebook) -> None:
    assert granted(book, "县国土局收到的28件中，予以公开15件。") == [15]
    assert granted(book, "全县收到申请162件，县国土局收到申请28件。县国土局收到的28件中，予以公开15件。") == [15]
    assert granted(book, "全县收到申请162件，其中县国土局收到28件，同意公开120件，部分公开12件。") == [120]


def test_the_next_part_ends_the_one_before(book: Rulebook) -> None:
    line = (
        "全县收到申请162件。县国土局收到的28件中，予以公开15件，县规划局收到的12件中，予以公开9件；其余予以公开96件。"
    )
    assert granted(book, line) == [96]
    assert granted(book, "全县收到申请162件。县国土局收到的几十件中，予以公开15件。") == [15]


def test_what_is_told_of_the_office_itself_has_its_scope(book: Rulebook) -> None:
    line = "全县共收到政府信息公开申请162件。县政府收到的28件中，予以公开15件。"
    found = told_by(book, "requests.outcome.granted", "一、依申请公开", line)
    assert [(each.value, each.scope) for each in found] == [(15, "own")]


def test_what_one_office_received_is_not_the_whole_of_a_report_that_speaks_for_all(book: Rulebook) -> None:
    document = of_lines(
        LINES[0],
        "一、依申请公开",
        "县国土局收到政府信息公开申请28件，予以公开15件；全县不予公开9件。",
    )
    sections = classify(segment(document, book), document, book)
    ledger = open_ledger(document, book)

    def values(*, for_all: bool) -> set[float | None]:
        return {each.value for each in extract(document, sections, ledger, 2016, book, for_all=for_all)}

    assert values(for_all=True) == {9}
    assert values(for_all=False) == {28, 15, 9}


def test_of_numbers_told_side_by_side_none_speaks(book: Rulebook) -> None:
    first, second = told_by(
        book, "reading_points.visitors", "一、概述", "县档案馆查阅点接待186人次，县图书馆查阅点接待92人次。"
    )
    assert (first.value, second.value) == (186, 92)
    assert first.standing is second.standing is Standing.RIVAL
    assert first.standing_reason == f"beside {second.observation_id}, none of them said to be the whole"


def test_what_is_derived_from_a_number_that_does_not_speak_does_not_either(book: Rulebook) -> None:
    line = "4月收到政府信息公开申请2件，9月收到政府信息公开申请1件，均按期答复。"
    found = told_by(book, "requests.processed.on_time", "一、依申请公开", line)
    assert [each.standing for each in found] == [Standing.RIVAL]
    assert str(found[0].standing_reason).startswith("derived from ")


def test_a_part_named_as_such_leaves_its_whole_speaking(book: Rulebook) -> None:
    found = told_by(
        book,
        "requests.received.total",
        "一、依申请公开",
        "收到政府信息公开申请31件，其中窗口收到政府信息公开申请12件。",
    )
    assert next(each.standing for each in found if each.value == 31) is Standing.ACCEPTED


def test_what_prose_contradicts_elsewhere_is_less_certain(book: Rulebook) -> None:
    first, second = told_by(
        book, "proactive.total", "一、概述", "全年主动公开政府信息2532条。", "全年主动公开政府信息2530条。"
    )
    assert (first.standing, second.standing) == (Standing.ACCEPTED, Standing.RIVAL)
    assert first.confidence < second.confidence


def test_every_numeral_gets_one_disposition(book: Rulebook) -> None:
    document = of_lines(*LINES)
    numerals = close_ledger(open_ledger(document, book), observations(book), document)
    told = {(each.text, each.disposition) for each in numerals}
    assert told == {
        ("2016", Disposition.DATE),
        ("２，５３２", Disposition.EXTRACTED),
        ("2530", Disposition.EXTRACTED),
        ("40", Disposition.UNEXPLAINED),
        ("2532", Disposition.UNEXPLAINED),
        ("0988", Disposition.CONTACT),
        ("2316525", Disposition.CONTACT),
    }
    assert len(numerals) == 8
    assert all(bool(each.observation_id) == (each.disposition is Disposition.EXTRACTED) for each in numerals)


def test_prose_repeats_the_total_of_the_table() -> None:
    document = of_lines("本年新收申请14件", "14")
    prose, cell = (
        Observation(
            indicator="requests.received.total",
            status=ValueStatus.REPORTED,
            source=source,
            rule_id="test",
            evidence=Evidence(block_id, 0, 2, document.blocks[place].text[:2]),
            value=14,
            value_base=14,
            applicant=applicant,
        )
        for place, (block_id, source, applicant) in enumerate(
            [("b00001", ValueSource.PROSE, None), ("b00002", ValueSource.TABLE, "total")]
        )
    )
    first, second = reconcile((prose, cell), document)
    assert (first.standing, second.standing) == (Standing.RIVAL, Standing.ACCEPTED)
    assert first.standing_reason == f"repeats {second.observation_id}"


def test_what_is_said_of_all_is_derived_from_their_number(book: Rulebook) -> None:
    document = of_lines(
        "云溪县2016年政府信息公开工作年度报告",
        "一、依申请公开政府信息情况",
        "全年收到政府信息公开申请9件，均已按时答复。",
    )
    sections = classify(segment(document, book), document, book)
    found = reconcile(extract(document, sections, open_ledger(document, book), 2016, book), document)
    told = {each.indicator: each for each in found}
    derived = told["requests.processed.on_time"]
    assert (derived.value, derived.unit, derived.derived) == (9, "件", True)
    assert derived.derived_from == (told["requests.received.total"].observation_id,)
    assert derived.evidence.quote == "9件，均已按时答复"
    assert not told["requests.received.total"].derived


def test_figures_are_put_together_in_a_text_whose_spaces_part_words(book: Rulebook) -> None:
    lines = (
        ("全 年公开政府信 息 8 63 条。", 863),
        ("全年公开 政府信息 8 63 条。", None),
        ("自 3 月 2 1 日起，公开 8 63 条。", 863),
        ("公开1 204件，咨询2 310人次，投入3 500元，点击12000次，采购4 120.5万元。", 4120.5),
        ("公开1 204件，咨询2310人次，投入3500元，点击12000次，采购4 120.5万元。", None),
    )
    for line, value in lines:
        [masked] = [block.masked for block in open_ledger(of_lines(line), book)]
        assert masked.tokens[-1].numerals[0].value == value


def test_single_figures_apart_are_one_number_for_every_rule(book: Rulebook) -> None:
    line = "我镇现辖 2 3 个行政村，全 年主动公开政府信 息 8 7 条，办件 1 9 6 3 件，电话 0 4 3 7-5 8 2 0 6 1 1。"
    document = of_lines(LINES[0], line)
    ledger = open_ledger(document, book)
    sections = classify(segment(document, book), document, book)
    found = extract(document, sections, ledger, 2016, book)
    assert [(each.value, each.confidence) for each in found] == [(87, 0.8)]
    told = {each.text: each.disposition for each in close_ledger(ledger, found, document)}
    assert told["2 3"] is Disposition.OUT_OF_SCOPE
    assert told["8 7"] is Disposition.EXTRACTED
    assert told["5 8 2 0 6 1 1"] is Disposition.CONTACT


def test_spaces_that_mean_nothing_in_running_text_still_part_the_cells_of_a_row(book: Rulebook) -> None:
    lines = ("全 年公开政府信 息 8 63 条。", "行政许可 3 26 件")
    values = [
        [token.numerals[0].value for token in block.masked.tokens] for block in open_ledger(of_lines(*lines), book)
    ]
    assert values == [[863], [None]]
