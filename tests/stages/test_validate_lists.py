from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.model import CheckOutcome, Qualifier, Severity, Verdict
from tests.stages.documents import of_lines
from tests.stages.stating import said, validated

if TYPE_CHECKING:
    from pipeline.model import Check, Observation
    from pipeline.rulebook import Rulebook

TOTAL, CATEGORY = "proactive.total", "proactive.by_category"


def check_list(
    book: Rulebook, text: str, total: str, *labels: str, parts: str = CATEGORY, whole: str = TOTAL
) -> list[Check]:
    """Return the checks on a text with the words of its total and, item by item, those of its parts."""
    document = of_lines(text)
    observations = [said(document, total, whole), *_items(text, labels, parts)]
    return list(validated(book, observations, document, era="prose").checks)


def _items(text: str, labels: tuple[str, ...], parts: str) -> list[Observation]:
    document = of_lines(text)
    found = []
    for label in labels:
        match = re.search(rf"{label}\d+", text)
        assert match is not None
        found.append(said(document, match[0], parts, item=label))
    return found


def test_a_whole_list_adds_up(book: Rulebook) -> None:
    text = "全年主动公开政府信息84条，其中机构职能24条、规划计划20条、其他信息40条。"
    (check,) = check_list(book, text, "主动公开政府信息84", "机构职能", "规划计划", "其他信息")
    assert (check.identity, check.outcome, check.severity) == (f"P5:{CATEGORY}", CheckOutcome.HOLDS, Severity.SOFT)
    assert (check.left, check.right, check.residual) == (84, 84, 0)
    assert len(check.observation_ids) == 4


@pytest.mark.parametrize(
    ("rest", "severity", "verdict"),
    [
        ("其他信息41条", Severity.SOFT, Verdict.REPORT_ERROR),
        ("其他信息39条", Severity.SOFT, Verdict.REPORT_ERROR),
        ("行政许可41条", Severity.SOFT, Verdict.REPORT_ERROR),
    ],
)
def test_parts_that_fall_short_accuse_the_report_only_where_they_name_the_rest(
    book: Rulebook, rest: str, severity: Severity, verdict: Verdict | None
) -> None:
    text = f"全年主动公开政府信息84条，分别是机构职能24条、规划计划20条、{rest}。"
    (check,) = check_list(book, text, "主动公开政府信息84", "机构职能", "规划计划", rest[:4])
    assert (check.outcome, check.severity, check.verdict) == (CheckOutcome.BROKEN, severity, verdict)
    assert abs(check.residual or 0) == 1


@pytest.mark.parametrize(
    ("lead", "outcome", "severity"),
    [("分别是", CheckOutcome.BROKEN, Severity.INFO), ("其中", CheckOutcome.NOT_TESTABLE, Severity.SOFT)],
)
def test_a_choice_of_parts_may_fall_short(book: Rulebook, lead: str, outcome: CheckOutcome, severity: Severity) -> None:
    text = f"全年主动公开政府信息84条，{lead}机构职能24条、规划计划20条。"
    (check,) = check_list(book, text, "主动公开政府信息84", "机构职能", "规划计划")
    assert (check.outcome, check.severity, check.verdict) == (outcome, severity, None)


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开政府信息84条，其中机构职能24条、规划计划20条、财政3条、其他信息40条。",
        "全年主动公开政府信息84条，其中机构职能24条、规划计划20条（其中部门计划3条）、其他信息40条。",
        "全年主动公开政府信息84条，其中机构职能24条、规划计划20条、其他信息40条、视频3条。",
        "全年主动公开政府信息84条，其中机构职能24条，规划计划20条，包括其他信息40条。",
        f"全年主动公开政府信息84条，其中机构职能24条，规划计划20条，{'在门户网站公开的' * 8}其他信息40条。",
    ],
)
def test_a_list_with_a_number_unread_or_parts_of_parts_is_not_testable(book: Rulebook, text: str) -> None:
    (check,) = check_list(book, text, "主动公开政府信息84", "机构职能", "规划计划", "其他信息")
    assert (check.outcome, check.left, check.right, check.verdict) == (CheckOutcome.NOT_TESTABLE, 84, None, None)


def test_an_inexact_part_leaves_the_sum_open(book: Rulebook) -> None:
    text = "全年主动公开政府信息84条，其中机构职能24条、其他信息60余条。"
    document = of_lines(text)
    more_than = {"qualifier": Qualifier.MORE_THAN}
    observations = [
        said(document, "主动公开政府信息84", TOTAL),
        said(document, "机构职能24", CATEGORY, item="机构职能"),
        said(document, "其他信息60", CATEGORY, item="其他信息", **more_than),
    ]
    (check,) = validated(book, observations, document, era="prose").checks
    assert check.outcome is CheckOutcome.NOT_TESTABLE


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开政府信息84条。网站发布信息90条，其中机构职能24条、其他信息60条。",
        "机构职能24条、其他信息60条。全年主动公开政府信息84条。",
        "全年主动公开政府信息84条。召开会议。印发方案。公开机构职能24条、其他信息60条。",
    ],
)
def test_a_list_without_its_total_right_before_it_says_nothing(book: Rulebook, text: str) -> None:
    assert check_list(book, text, "主动公开政府信息84", "机构职能", "其他信息") == []


def test_one_part_is_no_list(book: Rulebook) -> None:
    text = "全年主动公开政府信息84条，机构职能24条，占28.6%。"
    (check,) = check_list(book, text, "主动公开政府信息84", "机构职能")
    assert (check.identity, check.outcome) == (f"P4:{CATEGORY}", CheckOutcome.HOLDS)


def test_the_total_may_be_named_again_before_the_list(book: Rulebook) -> None:
    document = of_lines("全年主动公开政府信息84条。", "在公开的84条政府信息中，机构职能24条，其他信息60条。")
    observations = [
        said(document, "主动公开政府信息84", TOTAL),
        said(document, "机构职能24", CATEGORY, item="机构职能"),
        said(document, "其他信息60", CATEGORY, item="其他信息"),
    ]
    (check,) = validated(book, observations, document, era="prose").checks
    assert (check.outcome, check.left, check.right) == (CheckOutcome.HOLDS, 84, 84)


def test_units_may_stand_in_sentences_of_their_own(book: Rulebook) -> None:
    text = "主动公开政府信息84条。其中，各部门主动公开63条，占75%。各乡镇主动公开22条，占25%，较多的是河渡镇。"
    checks = check_list(book, text, "主动公开政府信息84", "各部门主动公开", "各乡镇主动公开", parts="proactive.by_unit")
    total = next(check for check in checks if check.identity == "P5:proactive.by_unit")
    assert (total.right, total.residual, total.verdict) == (85, -1, Verdict.REPORT_ERROR)


def test_what_follows_the_clause_is_another_matter(book: Rulebook) -> None:
    text = "共收到申请7件，网上申请3件，信函申请4件；答复9件，其中公开2件。"
    document = of_lines(text)
    observations = [
        said(document, "收到申请7", "requests.received.total"),
        said(document, "网上申请3", "requests.received.by_channel.online"),
        said(document, "信函申请4", "requests.received.by_channel.letter"),
    ]
    (check,) = validated(book, observations, document, era="prose").checks
    assert (check.identity, check.outcome) == ("P5:requests.received.by_channel", CheckOutcome.HOLDS)


@pytest.mark.parametrize(
    ("numbers", "outcome", "right", "severity"),
    [
        ((60, 30), CheckOutcome.HOLDS, 90, Severity.SOFT),
        ((60, 24), CheckOutcome.HOLDS, 84, Severity.SOFT),
        ((60, 20), CheckOutcome.BROKEN, 80, Severity.INFO),
        ((85, 20), CheckOutcome.BROKEN, 85, Severity.SOFT),
    ],
)
def test_channels_overlap(
    book: Rulebook, numbers: tuple[int, int], outcome: CheckOutcome, right: float, severity: Severity
) -> None:
    text = f"全年主动公开政府信息84条，网站{numbers[0]}条、微信{numbers[1]}条。"
    document = of_lines(text)
    observations = [
        said(document, "主动公开政府信息84", TOTAL),
        said(document, f"网站{numbers[0]}", "proactive.channel.website"),
        said(document, f"微信{numbers[1]}", "proactive.channel.wechat"),
    ]
    (check,) = validated(book, observations, document, era="prose").checks
    assert (check.identity, check.outcome) == ("B9:proactive.channel", outcome)
    assert (check.right, check.severity) == (right, severity)


def shares(book: Rulebook, *told: str) -> list[tuple[float | None, CheckOutcome]]:
    counts = (24, 20, 40)
    labels = ("机构职能", "规划计划", "其他信息")
    items = "，".join(
        f"{label}{number}条，占{share}" for label, number, share in zip(labels, counts, told, strict=True)
    )
    checks = check_list(book, f"全年主动公开政府信息84条，其中{items}。", "主动公开政府信息84", *labels)
    return [(each.left, each.outcome) for each in checks if each.identity == f"P4:{CATEGORY}"]


def test_shares_are_counts_over_the_total(book: Rulebook) -> None:
    holds, broken = CheckOutcome.HOLDS, CheckOutcome.BROKEN
    assert shares(book, "28.57%", "23.8%", "48%") == [(28.57, holds), (23.8, holds), (48, holds)]
    assert shares(book, "28.6%", "32.8%", "47.6%") == [(28.6, holds), (32.8, broken), (47.6, holds)]


def test_a_wrong_share_is_told_with_what_it_should_be(book: Rulebook) -> None:
    text = "全年主动公开政府信息84条，其中机构职能24条，占28.6%；规划计划20条，占32.8%；其他信息40条，占47.6%。"
    checks = check_list(book, text, "主动公开政府信息84", "机构职能", "规划计划", "其他信息")
    (wrong,) = [check for check in checks if check.outcome is CheckOutcome.BROKEN]
    assert (wrong.left, wrong.right, wrong.residual) == (32.8, 23.81, 8.99)
    assert (wrong.verdict, len(wrong.observation_ids)) == (Verdict.REPORT_ERROR, 2)


def test_shares_of_something_else_say_nothing(book: Rulebook) -> None:
    assert shares(book, "2%", "3%", "48%") == []
    text = "全年主动公开政府信息84条，其中机构职能24条，增长12%；其他信息60条，办结率100%。"
    checks = check_list(book, text, "主动公开政府信息84", "机构职能", "其他信息")
    assert [check.identity for check in checks] == [f"P5:{CATEGORY}"]
