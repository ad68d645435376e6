from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.placing import placed

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

OUTRIGHT = [
    ("兰西县人民政府", 2018, "231222"),
    ("绥化市兰西县人民政府", 2018, "231222"),
    ("江苏省淮安市洪泽区教育局", 2020, "320813"),
    ("北京市朝阳区教育局", 2019, "110105"),
    ("长春市朝阳区人民政府", 2019, "220104"),
    ("上海市科委", 2024, "310000"),
    ("上海市浦东新区人民政府", 2015, "310115"),
    ("重庆市城口县审计局", 2012, "500229"),
    ("天津市滨海新区人民政府", 2012, "120116"),
    ("仙桃市人民政府", 2012, "429004"),
    ("神农架林区财政局", 2016, "429021"),
    ("石河子市人民政府", 2019, "659001"),
    ("新疆生产建设兵团第八师石河子市教育局", 2019, "659001"),
    ("江苏省昆山经济技术开发区", 2019, "320583"),
    ("淮安市洪泽黄集街道办事处", 2019, "320813"),
    ("荆州市公安局", 2019, "421000"),
    ("湖北省公安厅", 2019, "420000"),
    ("香港特别行政区政府", 2019, "810000"),
    ("东莞市人民政府", 2014, "441900"),
    ("新平彝族傣族自治县水利局", 2016, "530427"),
    ("新平县水利局", 2016, "530427"),
    ("鄂温克旗人民政府", 2015, "150724"),
    ("科尔沁右翼中旗人民政府", 2015, "152222"),
    ("巴音郭楞蒙古自治州人民政府", 2015, "652800"),
    ("巴音郭楞州库尔勒市人民政府", 2015, "652801"),
    ("锡林郭勒盟行政公署", 2015, "152500"),
    ("管城区人民政府", 2017, "410104"),
    ("黑龙江省教育厅", 2016, "230000"),
    ("内蒙古自治区民政厅", 2016, "150000"),
    ("内蒙古民政厅", 2016, "150000"),
    ("广西壮族自治区桂林市阳朔县人民政府", 2016, "450321"),
    ("国家税务总局兰西县税务局", 2019, "231222"),
    ("昆山市经济技术开发区管理委员会", 2018, "320583"),
    ("合肥市高新技术产业开发区管委会", 2018, "340100"),
    ("中山市市场监督管理局", 2020, "442000"),
    ("南京东路街道办事处", 2018, "310101"),
]


@pytest.mark.parametrize(("agency", "year", "adcode"), OUTRIGHT, ids=[each[0] for each in OUTRIGHT])
def test_a_name_that_tells_one_division_needs_nothing_else(book: Rulebook, agency: str, year: int, adcode: str) -> None:
    assert placed(book, agency, year, "一、概述", "主动公开政府信息。").adcode == adcode


RENAMED = [
    ("静海县人民政府", 2012, "120223", "静海县"),
    ("静海区人民政府", 2016, "120118", "静海区"),
    ("静海县人民政府", 2015, "120223", "静海县"),
    ("静海县人民政府", 2018, "120118", "静海区"),
    ("揭东县人民政府", 2011, "445221", "揭东县"),
    ("揭东区人民政府", 2013, "445203", "揭东区"),
    ("南康市人民政府", 2012, "360782", "南康市"),
    ("南康区人民政府", 2014, "360703", "南康区"),
    ("蓟县人民政府", 2014, "120225", "蓟县"),
    ("蓟州区人民政府", 2017, "120119", "蓟州区"),
    ("塘沽区人民政府", 2008, "120107", "塘沽区"),
    ("公主岭市人民政府", 2015, "220381", "公主岭市"),
    ("公主岭市人民政府", 2021, "220184", "公主岭市"),
    ("绥化市北林区人民政府", 2012, "231202", "北林区"),
]


@pytest.mark.parametrize(("agency", "year", "adcode", "county"), RENAMED, ids=[f"{a}{y}" for a, y, _, _ in RENAMED])
def test_name_and_code_are_those_of_the_report_s_year(
    book: Rulebook, agency: str, year: int, adcode: str, county: str
) -> None:
    found = placed(book, agency, year)
    assert (found.adcode, found.county) == (adcode, county)


def test_a_city_keeps_its_code_under_its_new_name(book: Rulebook) -> None:
    old, new = placed(book, "襄樊市教育局", 2009), placed(book, "襄阳市教育局", 2011)
    assert (old.adcode, old.prefecture, new.adcode, new.prefecture) == ("420600", "襄樊市", "420600", "襄阳市")
    assert old.key == new.key == "420600:教育局"


def test_the_key_of_a_body_outlives_its_county_s_name(book: Rulebook) -> None:
    keys = {placed(book, name, year).key for name, year in [("静海县人民政府", 2012), ("静海区人民政府", 2016)]}
    assert keys == {"120118:人民政府"}


def test_the_government_has_one_key_under_its_short_and_its_full_name(book: Rulebook) -> None:
    keys = {placed(book, name, 2011).key for name in ("浦东新区", "上海市浦东新区人民政府")}
    assert keys == {"310115:人民政府"}


def test_an_office_has_one_key_with_and_without_its_county(book: Rulebook) -> None:
    named = placed(book, "兰西县教育局", 2018)
    nameless = placed(book, "县教育局", 2018, "网站标识码 2312220001")
    assert named.key == nameless.key == "231222:教育局"


NAMELESS = [
    ("鼓楼区人民政府", 2015),
    ("西湖区教育局", 2015),
    ("朝阳区人民政府", 2012),
    ("通州区人民政府", 2012),
    ("平山镇人民政府", 2018),
    ("城关镇人民政府", 2018),
    ("县教育局", 2018),
    ("国家统计局", 2018),
    ("中华人民共和国教育部", 2018),
    ("江苏大学", 2018),
    ("大连海关", 2018),
    ("新疆生产建设兵团教育局", 2018),
    ("荆州市公安交通警察支队", 2018),
    ("淮安市洪泽教育局", 2018),
    ("兰西教育局", 2018),
    ("昆山中学", 2018),
    ("吉林经济开发区管委会", 2018),
    ("平潭综合实验区管委会", 2018),
    ("雄安新区管委会", 2018),
    ("云溪县人民政府", 2018),
    ("宿迁市沐阳县人民政府", 2018),
]


@pytest.mark.parametrize(("agency", "year"), NAMELESS, ids=[each[0] for each in NAMELESS])
def test_a_name_that_many_or_none_bear_proves_no_place(book: Rulebook, agency: str, year: int) -> None:
    found = placed(book, agency, year, "一、概述", "主动公开政府信息。")
    assert (found.adcode, found.province, found.evidence) == (None, None, None)


def test_namesakes_are_listed(book: Rulebook) -> None:
    problem = placed(book, "鼓楼区人民政府", 2015).problem
    assert problem is not None
    assert problem.kind == "place_ambiguous"
    assert problem.message == (
        "鼓楼区人民政府 in the title may be 320106 江苏省南京市鼓楼区, 320302 江苏省徐州市鼓楼区, "
        "350102 福建省福州市鼓楼区, 410204 河南省开封市鼓楼区"
    )


def test_a_district_of_a_city_under_the_government_has_no_prefecture(book: Rulebook) -> None:
    found = placed(book, "北京市朝阳区教育局", 2019)
    assert (found.province, found.prefecture, found.county, found.adcode) == ("北京市", None, "朝阳区", "110105")


def test_a_city_without_counties_is_a_prefecture(book: Rulebook) -> None:
    found = placed(book, "东莞市长安镇人民政府", 2016)
    assert (found.prefecture, found.county, found.township, found.adcode) == ("东莞市", None, "长安镇", "441900")


def test_everything_that_agrees_is_told(book: Rulebook) -> None:
    lines = ("网站标识码: 2312220001", "主办:兰西县人民政府 承办:兰西县人民政府办公室", "黑ICP备12345678号")
    assert placed(book, "兰西县人民政府", 2018, *lines).evidence == (
        "机关名称 兰西县人民政府; 网站标识码 2312220001; 主办单位 兰西县人民政府; 主办单位 兰西县人民政府办公室; "
        "备案号 黑ICP备12345678号"
    )
