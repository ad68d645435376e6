"""Pages read from their bytes to the last stage: pictures, tables of two years and two scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import DocumentStatus, Standing
from pipeline.running.job import read_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

TITLE = "云溪县人民政府2022年政府信息公开工作年度报告"
PERIOD = (
    "<p>本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。</p>"
    "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr>"
    "<tr><td>规章<td>0<td>0<td>3</tr><tr><td>行政规范性文件<td>4<td>1<td>9</tr></table>"
)
TOTAL = "requests.received.total"


@pytest.fixture
def read_page(tmp_path: Path, book: Rulebook) -> Callable[[str], Outcome]:
    """Reads a page of this body below the title of a report."""

    def read(body: str) -> Outcome:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>", "utf-8")
        return read_report(path, "page.html", book)

    return read


def applications(number: int) -> str:
    """Return the beginning of the official table with ``number`` requests of natural persons."""
    row = "".join(f"<td>{each}</td>" for each in (number, 0, 0, 0, 0, 0, number))
    return (
        "<table><tr><td rowspan=3>（勾稽关系）<td colspan=7>申请人情况</tr>"
        "<tr><td rowspan=2>自然人<td colspan=5>法人或其他组织<td rowspan=2>总计</tr>"
        "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他</tr>"
        f"<tr><td>一、本年新收政府信息公开申请数量</td>{row}</tr>"
        f"<tr><td>四、结转下年度继续办理</td>{row}</tr></table>"
    )


def received(outcome: Outcome) -> list[tuple[float | None, str, str | None]]:
    """The accepted totals of the requests received, with period and scope."""
    return [
        (each.value, each.period, each.scope)
        for each in outcome.observations
        if (each.indicator, each.applicant, each.standing) == (TOTAL, "total", Standing.ACCEPTED)
    ]


def test_a_report_in_pictures_needs_recognition(read_page: Callable[[str], Outcome]) -> None:
    outcome = read_page("<img src=1.jpg><img src=2.jpg>")
    assert (outcome.status, outcome.reason) == (DocumentStatus.NEEDS_OCR, "needs_ocr")


def test_the_table_of_the_year_before_does_not_rival(read_page: Callable[[str], Outcome]) -> None:
    before, now = (f"<p>{year}年收到和处理政府信息公开申请情况</p>" for year in (2021, 2022))
    outcome = read_page(f"{PERIOD}{before}{applications(27)}{now}{applications(16)}")
    assert received(outcome) == [(27, "previous_year", None), (16, "this_year", None)]


def test_the_tables_of_office_and_county_do_not_rival(read_page: Callable[[str], Outcome]) -> None:
    office, county = (f"<p>{whose}收到和处理政府信息公开申请情况</p>" for whose in ("表1：县政府本级", "表2：全县"))
    outcome = read_page(f"{PERIOD}{office}{applications(9)}{county}{applications(47)}")
    assert received(outcome) == [(9, "this_year", "own"), (47, "this_year", "jurisdiction")]
