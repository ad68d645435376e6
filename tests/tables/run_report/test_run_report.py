from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from pipeline.model import Check, CheckOutcome, Document, DocumentStatus, Evidence, Paragraph, Severity, Verdict
from pipeline.tables.run_report import REPORT, evidence, findings, report
from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

ATTACK = "<script>alert(1)</script>"
MANIFEST = {"version": "0.1.0", "rules_version": "abc", "schema_version": "1.0.0"}


@pytest.fixture
def page(out: Path, book: Rulebook) -> Callable[..., Any]:
    """Write a run of the outcomes given and return its report, parsed."""

    def written(*outcomes: Outcome) -> Any:  # noqa: ANN401
        with TableSet(out, book.panel) as tables:
            for outcome in outcomes:
                tables.add(outcome)
            tables.commit(MANIFEST, {REPORT: lambda folder, manifest: report(folder, manifest, book)})
        return lxml.html.fromstring((out / REPORT).read_text(encoding="utf-8"))

    return written


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def with_check(outcome: Outcome, **changes: Any) -> Outcome:  # noqa: ANN401
    ids = tuple(each.observation_id for each in outcome.observations)
    check = Check("C1", CheckOutcome.BROKEN, Severity.HARD, "total", 13562.0, 2.5, 13559.5, observation_ids=ids)
    return replace(outcome, checks=(replace(check, **changes),))


def test_a_broken_identity_shows_its_numbers_in_the_words_of_the_report(
    page: Callable[..., Any], make_outcome: Callable[..., Outcome]
) -> None:
    (found,) = page(with_check(make_outcome(), verdict=Verdict.REPORT_ERROR)).xpath("//details[@class='hard']")
    head = found.find("summary").text_content()
    assert (
        head == "a.txt 2020 · 新收＋上年结转＝办理总计＋结转下年度（总计）：13,562 对 2.5，差 13,559.5 报告自身的差错"
    )
    value, blank = found.xpath(".//li")
    assert value.text_content() == "主动公开政府信息数 · 本年度：12 一、概述\n共公开12条。"
    assert [mark.text for mark in value.xpath(".//mark")] == ["公开12条"]
    assert blank.text_content() == "主动公开政府信息数 · 总计 · 本年度：空白 项目 | （空白）"


def test_the_gravest_come_first(page: Callable[..., Any], make_outcome: Callable[..., Outcome]) -> None:
    read = page(
        with_check(make_outcome("a.txt", f"a{0:063}"), severity=Severity.SOFT),
        with_check(make_outcome("b.txt", f"b{0:063}"), verdict=Verdict.REPORT_ERROR),
        with_check(make_outcome("c.txt", f"c{0:063}"), verdict=Verdict.EXTRACTION_DOUBT),
        with_check(make_outcome("d.txt", f"d{0:063}"), severity=Severity.INFO),
    )
    heads = [each.text_content().split()[0] for each in read.xpath("//details[@id]/summary")]
    assert heads == ["c.txt", "b.txt", "a.txt"]


def test_no_more_are_shown_than_can_be_read_and_their_number_is_told(
    page: Callable[..., Any], make_outcome: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (findings, evidence):
        monkeypatch.setattr(module, "MOST_FINDINGS", 2)
    read = page(*(with_check(make_outcome(f"{n}.txt", f"{n}{0:063}")) for n in range(3)))
    assert len(read.xpath("//details[@class='hard']")) == 2
    assert "以上为最重要的 2 条，共 3 条" in read.text_content()


def test_every_file_is_counted_and_what_was_not_read_is_listed(
    page: Callable[..., Any], make_outcome: Callable[..., Outcome], failed_outcome: Outcome
) -> None:
    partial = replace(make_outcome("b.txt", f"b{0:063}"), status=DocumentStatus.PARTIAL, reason="mojibake")
    read = page(make_outcome(), partial, failed_outcome)
    counts, listed = (
        [[cell.text_content() for cell in row] for row in table.xpath(".//tbody/tr")]
        for table in read.xpath("//h2[@id='files']/following-sibling::div//table")[:2]
    )
    assert counts == [
        ["读取失败 not read", "文件损坏 damaged", "1"],
        ["已读取 read", "", "1"],
        ["部分读取 read in part", "乱码 garbled", "1"],
    ]
    assert listed == [["b.txt", "部分读取", "乱码", ""], ["broken.pdf", "读取失败", "文件损坏", "cut off"]]


def test_the_map_of_years_leads_to_what_is_broken(
    page: Callable[..., Any], make_outcome: Callable[..., Outcome]
) -> None:
    outcome = with_check(make_outcome())
    assert outcome.identity is not None
    later = replace(make_outcome("b.txt", f"b{0:063}"), checks=(), identity=replace(outcome.identity, year=2022))
    read = page(outcome, later)
    (row,) = read.xpath("//table[@class='matrix']/tbody/tr")
    assert [cell.text_content() for cell in row] == ["云溪县人民政府", "21!", "", "21"]
    (target,) = row.xpath(".//a/@href")
    assert read.xpath(f"//details[@id='{target[1:]}']/summary")[0].text_content().startswith("a.txt 2020")


def test_what_a_report_says_is_text(page: Callable[..., Any], make_outcome: Callable[..., Outcome]) -> None:
    outcome = make_outcome(f"{ATTACK}.txt")
    assert outcome.identity is not None
    text = f"{ATTACK}公开12条{ATTACK}"
    start = text.index("公开12条")
    proof = Evidence("b00001", start, start + 5, "公开12条")
    hostile = replace(
        outcome,
        status=DocumentStatus.PARTIAL,
        message=ATTACK,
        document=Document(outcome.source, (Paragraph("b00001", text),)),
        identity=replace(outcome.identity, agency_name=ATTACK, evidence=()),
        observations=(replace(outcome.observations[0], evidence=proof, item=ATTACK),),
        sections=(),
        numerals=(),
    )
    read = page(with_check(hostile))
    assert read.xpath("//script") == []
    assert read.text_content().count(ATTACK) >= 6


def test_the_page_fetches_nothing(page: Callable[..., Any], make_outcome: Callable[..., Outcome]) -> None:
    read = page(with_check(make_outcome()))
    assert read.xpath("//script | //link | //img | //iframe | //*[@src]") == []
    assert {target[0] for target in read.xpath("//@href")} == {"#"}
    ids = read.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in read.xpath("//@href")} <= set(ids)
    policy = read.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_a_run_without_any_report_has_a_page(page: Callable[..., Any], failed_outcome: Outcome) -> None:
    read = page(failed_outcome)
    assert "没有发现不符。" in read.text_content()
    assert "没有能确定机关和年度的报告。" in read.text_content()
