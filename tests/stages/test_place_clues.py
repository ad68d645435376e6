from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.placing import placed

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

CLUES = [
    ("site_code", "平山镇人民政府", 2018, ["网站标识码: 2312220001"], "231222"),
    ("site_code_of_the_city", "鼓楼区人民政府", 2018, ["网站标识码：3501000003"], "350102"),
    ("division_code", "鼓楼区人民政府", 2018, ["行政区划代码：350102"], "350102"),
    ("sponsor", "城关镇人民政府", 2018, ["主办单位：宁县人民政府 技术支持：某某公司"], "621026"),
    ("source", "西湖区教育局", 2018, ["来源：南昌市人民政府 时间：2019-01-20"], "360103"),
    ("police", "鼓楼区人民政府", 2018, ["闽公网安备 35010202000123号"], "350102"),
    ("icp", "朝阳区人民政府", 2018, ["吉ICP备05001234号"], "220104"),
    ("host", "朝阳区人民政府", 2018, ["网址 www.bjchy.gov.cn 与 www.beijing.gov.cn"], "110105"),
    ("host_of_the_county", "平山镇人民政府", 2018, ["电子版见 http://www.lanxi.gov.cn/zwgk"], "231222"),
    ("breadcrumb", "平山镇人民政府", 2018, ["当前位置：首页 > 兰西县 > 平山镇 > 年报"], "231222"),
    ("county_before_township", "平掌乡人民政府", 2019, ["填写新平县平掌乡信息审批表。"], "530427"),
    ("city_before_district", "鼓楼区人民政府", 2019, ["本报告由福州市鼓楼区人民政府办公室编制。"], "350102"),
    ("office_above", "平山镇人民政府", 2018, ["按照绥化市政务公开领导小组办公室的要求，编制本报告。"], "231222"),
    ("townships", "鼓楼区人民政府", 2018, ["在温泉街道、东街街道、安泰街道设查阅点。"], "350102"),
    ("townships_in_a_list", "朝阳区人民政府", 2018, ["乐山、永春等乡镇设查阅点。"], "220104"),
    ("short_name_with_host", "兰西教育局", 2018, ["www.lanxi.gov.cn"], "231222"),
    ("short_name_under_its_city", "淮安市洪泽教育局", 2018, ["主办单位：淮安市洪泽区人民政府"], "320813"),
    ("police_of_another_district", "朝阳区人民政府", 2018, ["京公网安备 11010102000123号"], "110105"),
    ("site_of_a_county_without_such_township", "城关镇人民政府", 2018, ["网站标识码 6210260001"], "621026"),
    ("name_that_begins_like_a_county", "古县渡镇人民政府", 2018, ["网站标识码 3611280001"], "361128"),
    ("street_called_like_a_district", "矿区街道办事处", 2018, ["网站标识码 4101830001"], "410183"),
    ("area_of_a_district", "昌平区马池口地区办事处", 2018, [], "110114"),
    ("zone_with_host", "平潭综合实验区管委会", 2018, ["www.pingtan.gov.cn"], "350128"),
    ("zone_with_its_county", "平潭综合实验区管委会", 2018, ["由平潭县各单位的报告汇编。"], "350128"),
    ("zone_with_police", "平潭综合实验区管委会", 2018, ["公安备案号：35012802001234"], "350128"),
    ("slip_with_site_code", "沐阳县人民政府", 2018, ["网站标识码 3213220012"], "321322"),
    ("slip_under_its_city", "宿迁市沐阳县人民政府", 2018, ["www.shuyang.gov.cn"], "321322"),
    ("department_without_name", "县教育局", 2018, ["网站标识码 2312220001"], "231222"),
    ("site_code_of_today", "县教育局", 2012, ["网站标识码 1201180001"], "120223"),
    ("township_with_province", "平掌乡人民政府", 2015, ["滇ICP备12345678号"], "530427"),
]


@pytest.mark.parametrize(("agency", "year", "lines", "adcode"), [each[1:] for each in CLUES], ids=[c[0] for c in CLUES])
def test_a_clue_decides_among_namesakes(book: Rulebook, agency: str, year: int, lines: list[str], adcode: str) -> None:
    assert placed(book, agency, year, *lines).adcode == adcode


def test_a_body_without_title_is_placed_by_its_site_and_by_what_it_calls_itself(book: Rulebook) -> None:
    lines = ("网站标识码 2312220001", "2018年，我县公开信息30条。", "在全县，我县设查阅点2个，我县受理申请1件。")
    assert placed(book, None, 2018, *lines).adcode == "231222"
    assert placed(book, None, 2018, lines[0], "2018年，我市公开信息30条。我市受理申请1件。").adcode is None


def test_townships_of_one_county_place_a_body_without_title(book: Rulebook) -> None:
    lines = ("一年来，我县在山河镇、榆林子镇设立查阅点。", "年内，我县公开信息30条。")
    found = placed(book, None, 2016, *lines)
    assert (found.adcode, found.evidence) == ("621025", "正文 山河镇、榆林子镇")


def test_the_code_of_a_township_is_given_where_both_authorities_agree(book: Rulebook) -> None:
    agreed = placed(book, "新平县平掌乡人民政府", 2019)
    disputed = placed(book, "兰西县平山镇人民政府", 2018)
    assert (agreed.township, agreed.township_code, agreed.adcode) == ("平掌乡", "530427205", "530427")
    assert (disputed.township, disputed.township_code, disputed.adcode) == ("平山镇", None, "231222")


def test_a_township_that_no_list_knows_has_its_county_s_code(book: Rulebook) -> None:
    found = placed(book, "兰西县云溪镇人民政府", 2010)
    assert (found.township, found.township_code, found.adcode) == ("云溪镇", None, "231222")


def test_a_township_of_a_county_that_was_renamed_has_no_code_of_today(book: Rulebook) -> None:
    found = placed(book, "静海县唐官屯镇人民政府", 2012)
    assert (found.adcode, found.township, found.township_code) == ("120223", "唐官屯镇", None)


def test_a_prefix_alone_proves_nothing(book: Rulebook) -> None:
    assert placed(book, "平山镇人民政府", 2018, "根据兰政办发〔2018〕12号文件，编制本报告。").adcode is None


def test_a_long_name_that_only_one_township_bears_is_proof(book: Rulebook) -> None:
    assert placed(book, "唐官屯镇人民政府", 2018).adcode == "120118"


def test_a_short_name_that_only_one_township_bears_needs_support(book: Rulebook) -> None:
    found = placed(book, "平掌乡人民政府", 2015)
    assert found.adcode is None
    assert found.problem is not None
    assert found.problem.kind == "place_unproven"
