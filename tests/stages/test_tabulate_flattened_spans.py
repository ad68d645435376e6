"""Where cells of tables without their grid stand: their quotes, and the text in which prose rules do not speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import ValueSource
from pipeline.running.job import read_report
from tests.stages.flattened import DECISIONS_GLUED, HEADER, NEW, OLD, STATISTICS, read, values

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

LABELS = {
    "requests.received.total": NEW,
    "requests.carried_over": OLD,
    "requests.outcome.granted": "三、本年度办理结果（一）予以公开",
    "requests.outcome.partial": "（二）部分公开",
    "requests.denied.state_secret": "（三）不予公开1.属于国家秘密",
    "requests.denied.law_prohibited": "2.其他法律行政法规禁止公开",
}
COLUMNS = (
    "natural_person",
    "org.business",
    "org.research",
    "org.public_interest",
    "org.legal_service",
    "org.other",
    "total",
)
LOCAL = {
    "requests.received.total": "受理依申请公开信息总数",
    "requests.received.by_channel.in_person": "其中：1.当面申请数",
    "requests.received.by_channel.fax": "2.传真申请数",
    "requests.received.by_channel.email": "3.电子邮件申请数",
    "requests.received.by_channel.online": "4.网上申请数",
    "requests.received.by_channel.letter": "5.信函申请数",
    "requests.outcome.total": "对申请的答复总数",
    "requests.outcome.granted": "其中：1.同意公开答复数",
    "requests.outcome.partial": "2.同意部分公开答复数",
    "requests.outcome.denied.total": "3.否决公开答复数",
}
NUMBERS = st.one_of(st.integers(0, 12), st.integers(0, 3000))
BORDERS = st.sampled_from(["", "", " ", " | "])
STEADY = settings(derandomize=True, deadline=None, max_examples=25)


def table_of_years(year: list[int]) -> dict[str, tuple[int, int]]:
    """Return two columns of invented numbers: those given and their totals, and four times as many."""
    channels, outcomes = year[:5], year[5:]
    column = [sum(channels), *channels, sum(outcomes), *outcomes]
    return {name: (value, 4 * value) for name, value in zip(LOCAL, column, strict=True)}


@STEADY
@given(table=st.lists(st.lists(NUMBERS, min_size=6, max_size=6), min_size=6, max_size=6), border=BORDERS)
def test_what_is_read_of_seven_columns_is_what_is_printed(book: Rulebook, table: list[list[int]], border: str) -> None:
    truth = {name: [*parts, sum(parts)] for name, parts in zip(LABELS, table, strict=True)}
    text = HEADER + border
    for name, cells in truth.items():
        text += border.join([LABELS[name], *map(str, cells)]) + border
    found = read(book, DECISIONS_GLUED, text)
    for each in found.observations:
        if each.applicant is None:
            continue
        printed = truth[each.indicator][COLUMNS.index(each.applicant)]
        assert text[each.evidence.start : each.evidence.end] == each.evidence.quote
        assert (each.value, each.evidence.quote) == (printed, str(printed)) or each.value is None
    if border:
        assert all(value is not None for value in values(found).values())


@STEADY
@given(year=st.lists(NUMBERS, min_size=8, max_size=8), border=st.sampled_from(["", "", " ", "\n"]))
def test_what_is_read_of_two_columns_is_what_is_printed(book: Rulebook, year: list[int], border: str) -> None:
    truth = table_of_years(year)
    text = "指标名称计量单位2013年度历年累计" + border
    for name, pair in truth.items():
        text += border.join([LOCAL[name], "条", *map(str, pair)]) + border
    found = read(book, text)
    assert {each.indicator for each in found.observations} == set(LOCAL)
    for each in found.observations:
        printed = truth[each.indicator][str(each.period) == "cumulative"]
        assert text[each.evidence.start : each.evidence.end] == each.evidence.quote
        assert (each.value, each.evidence.quote) == (printed, str(printed)) or each.value is None


def outcome_of(tmp_path: Path, book: Rulebook, *lines: str) -> Outcome:
    path = tmp_path / "report.txt"
    path.write_text("\n".join(("青禾县2022年政府信息公开工作年度报告", "一、总体情况", *lines)), "utf-8")
    return read_report(path, path.name, book)


def from_prose(outcome: Outcome) -> list[tuple[str, float | None]]:
    return [
        (each.indicator, each.value)
        for each in outcome.observations
        if each.source is ValueSource.PROSE and not each.derived
    ]


NO_CORRECTION = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"


def test_prose_rules_do_not_speak_inside_a_table_without_its_grid(tmp_path: Path, book: Rulebook) -> None:
    rows = (
        f"{NEW}14716件2461件19266件0件0件0件36443件",
        f"{OLD}3件0件0件0件0件0件3件",
        "三、本年度办理结果（一）予以公开9件1件0件0件0件0件10件",
        f"（六）其他处理{NO_CORRECTION}0件0件0件0件0件0件0件",
    )
    outcome = outcome_of(tmp_path, book, DECISIONS_GLUED + HEADER, *rows)
    assert from_prose(outcome) == []
    totals = [each.value for each in outcome.observations if each.indicator == "requests.received.total"]
    assert totals == [14716, 2461, 19266, 0, 0, 0, 36443]


def test_prose_beside_a_table_without_its_grid_still_speaks(tmp_path: Path, book: Rulebook) -> None:
    outcome = outcome_of(
        tmp_path,
        book,
        "2022年，全县收到政府信息公开申请38件。",
        f"{DECISIONS_GLUED}{HEADER}{NEW}31 4 0 0 2 1 38{OLD}3 0 0 0 0 0 3",
        "五、存在的主要问题及改进情况",
        "公开的内容还不够全面。",
    )
    assert from_prose(outcome) == [("requests.received.total", 38)]
    table = [each.value for each in outcome.observations if each.source is ValueSource.TABLE and each.applicant]
    assert table == [31, 4, 0, 0, 2, 1, 38, 3, 0, 0, 0, 0, 0, 3]


def test_numbers_of_one_value_forms_are_no_prose(tmp_path: Path, book: Rulebook) -> None:
    text = "（一）收到申请数件741.当面申请数件122.传真申请数件13.网络申请数件454.信函申请数件16四、行政复议数量件9"
    outcome = outcome_of(tmp_path, book, STATISTICS + text)
    assert from_prose(outcome) == []
    assert [each.value for each in outcome.observations if not each.derived] == [74, 12, 1, 45, 16, 9]


def test_a_sentence_that_names_the_rows_of_a_table_is_prose(tmp_path: Path, book: Rulebook) -> None:
    outcome = outcome_of(
        tmp_path,
        book,
        "政府集中采购15个项目，采购总金额318.5万元。",
        "三、收到和处理政府信息公开申请情况",
        "本年度共办结24件。其中：予以公开9件；部分公开3件；无法提供6件，其中本机关不掌握4件、"
        "补正后申请内容仍不明确2件；不予处理1件；其他处理5件。结转下年度继续办理2件。",
    )
    stated = from_prose(outcome)
    assert ("requests.outcome.granted", 9) in stated
    assert ("requests.unavailable.not_held", 4) in stated
    assert ("requests.carried_forward", 2) in stated
