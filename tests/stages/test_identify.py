import pytest

from pipeline.model import Identity
from pipeline.rulebook import Rulebook
from pipeline.stages.clean import clean
from pipeline.stages.identify import identify
from pipeline.stages.spam import mark_spam
from tests.stages.documents import of_lines


def identity(book: Rulebook, *lines: str) -> Identity:
    return identify(mark_spam(clean(of_lines(*lines), book), book), "prose", (), book).identity


def test_the_title_names_body_and_year(book: Rulebook) -> None:
    found = identity(book, "云溪县人民政府2016年政府信息公开工作年度报告", "一、概述", "主动公开政府信息。")
    assert (found.agency, found.year, found.agency_type, found.level) == (
        "云溪县人民政府",
        2016,
        "government",
        "county",
    )
    proof = found.proof_of("agency")
    assert proof is not None
    assert (proof.quote, proof.start) == ("云溪县人民政府", 0)
    assert found.rejected is None


def test_the_reporting_period_weighs_more_than_the_title(book: Rulebook) -> None:
    lines = ("云溪县2015年政府信息公开工作年度报告", "本报告所列数据的统计期限自2016年1月1日起至2016年12月31日止。")
    found = identity(book, *lines)
    assert (found.year, str(found.period_start), str(found.period_end)) == (2016, "2016-01-01", "2016-12-31")


def test_contradicting_titles_prove_no_year(book: Rulebook) -> None:
    assert identity(book, "云溪县2015年政府信息公开年度报告", "云溪县2016年政府信息公开年度报告").year is None


@pytest.mark.parametrize(
    "lines",
    [
        ("根据《关于做好2016年度政府信息公开工作年度报告编制工作的通知》，主动公开政府信息。",),
        ("主动公开政府信息。", "2017年2月20日"),
    ],
)
def test_a_year_that_is_not_the_report_s_own_proves_nothing(book: Rulebook, lines: tuple[str, ...]) -> None:
    assert identity(book, *lines).year is None


def test_the_short_name_and_the_full_name_are_one_body(book: Rulebook) -> None:
    short, full = (
        identity(book, f"{name}2016年政府信息公开工作年度报告", "主动公开政府信息。")
        for name in ("云溪县", "云溪县人民政府")
    )
    assert (short.agency, full.agency) == ("云溪县", "云溪县人民政府")
    assert short.agency_key == full.agency_key == "云溪县人民政府"


def test_a_township_name_alone_is_no_key(book: Rulebook) -> None:
    found = identity(book, "南坪镇人民政府2016年政府信息公开工作年度报告", "我镇主动公开信息30条。")
    assert (found.agency, found.agency_key) == ("南坪镇人民政府", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [("很抱歉，您访问的页面不存在", "error_page"), ("全市统计公报，地区生产总值300亿元。", "other")],
)
def test_a_page_that_is_no_report_says_so(book: Rulebook, line: str, reason: str) -> None:
    assert identity(book, line).rejected == reason


def test_placeholders_make_a_template_and_repeated_spam_a_tampered_page(book: Rulebook) -> None:
    assert identity(book, "政府信息公开报告：政策法规类XX条。").is_template
    spam = "凤凰体育平台,"
    assert identity(book, f"{spam}{spam}{spam}区政府信息公开年度报告。").is_tampered
    assert not identity(book, "云溪县政府信息公开年度报告，建成体育场馆。").is_tampered
