from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.clean import clean
from pipeline.stages.identify import identify
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.stages.identify import Identified

BODY = (
    "一、概述",
    "根据《中华人民共和国政府信息公开条例》，现公布本年度报告。",
    "二、主动公开政府信息情况",
    "全年主动公开政府信息30条，其中通过政府网站公开20条，通过公告栏公开10条，涵盖机构职能、财政预决算等方面。",
)


def identified(book: Rulebook, *lines: str) -> Identified:
    return identify(clean(of_lines(*lines, *BODY), book), "prose", (), book)


def test_a_town_on_its_county_s_site_is_placed_in_it(book: Rulebook) -> None:
    found = identified(book, "千灯镇2019年政府信息公开工作年度报告", "当前位置：首页 > 昆山市 > 千灯镇").identity
    assert (found.province, found.prefecture, found.county, found.township) == ("江苏省", "苏州市", "昆山市", "千灯镇")
    assert (found.adcode, found.level, found.agency_key) == ("320583", "township", "320583:千灯镇人民政府")
    assert found.place_evidence == "机关名称 千灯镇; 当前位置 昆山市"


def test_a_county_has_the_code_of_the_report_s_year(book: Rulebook) -> None:
    before = identified(book, "静海县2012年政府信息公开工作年度报告").identity
    after = identified(book, "天津市静海区2016年政府信息公开工作年度报告").identity
    assert (before.adcode, after.adcode) == ("120223", "120118")
    assert before.agency_key == after.agency_key == "120118:人民政府"


def test_namesakes_that_nothing_tells_apart_have_neither_code_nor_key(book: Rulebook) -> None:
    found = identified(book, "鼓楼区2016年政府信息公开工作年度报告")
    assert (found.identity.agency, found.identity.adcode, found.identity.agency_key) == ("鼓楼区", None, None)
    assert [each.kind for each in found.problems if each.kind.startswith("place")] == ["place_ambiguous"]
