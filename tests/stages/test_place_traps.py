from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stages.placing import placed

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

TRAPS = [
    ("training elsewhere", "平山镇人民政府", ["组织干部赴兰西县人民政府学习公开经验。"]),
    ("neighbour", "平山镇人民政府", ["与兰西县政府联合举办活动。"]),
    ("mention without office", "平山镇人民政府", ["兰西县有居民前来查阅。"]),
    ("enterprise", "平山镇人民政府", ["委托上海市某软件有限公司建设网站。"]),
    (
        "two counties",
        "平山镇人民政府",
        ["按照兰西县人民政府和深泽县人民政府的要求。", "井陉县人民政府、平山县人民政府来函。"],
    ),
    ("nation's prefix", "平山镇人民政府", ["根据国办发〔2018〕12号文件。"]),
    ("host of the centre", "平山镇人民政府", ["见中国政府网 www.gov.cn。"]),
    ("invented code", "平山镇人民政府", ["网站标识码 9912220001"]),
    ("ministry's code", "平山镇人民政府", ["网站标识码 bm01000001"]),
    ("sponsor is a company", "平山镇人民政府", ["主办：某某科技有限公司"]),
    ("source is a newspaper", "朝阳区人民政府", ["来源：北京日报"]),
    ("Hong Kong in the text", "朝阳区人民政府", ["接待香港特别行政区来访人员2次。"]),
    ("one township of many counties", "鼓楼区人民政府", ["在城关镇设查阅点。"]),
    ("zone of two namesakes", "吉林经济开发区管委会", ["吉ICP备12345678号"]),
    ("links to other governments", "平山镇人民政府", ["相关链接：兰西县人民政府 绥化市人民政府"]),
    ("zone that is near a county's name", "高新区管委会", ["网站标识码 3212030001"]),
    ("zone with no more than its province", "平潭综合实验区管委会", ["闽ICP备12345678号"]),
    ("misprint with no more than its province", "云溪县人民政府", ["渝ICP备12345678号"]),
    ("the only township lies in another province", "平掌乡人民政府", ["粤ICP备12345678号"]),
    ("site of a city for a township that it lacks", "平掌乡人民政府", ["网站标识码 3205000001"]),
    ("another county's slip", "沐阳县人民政府", ["网站标识码 2312220001"]),
]


@pytest.mark.parametrize(("agency", "lines"), [each[1:] for each in TRAPS], ids=[each[0] for each in TRAPS])
def test_what_names_another_place_or_none_is_no_proof(book: Rulebook, agency: str, lines: list[str]) -> None:
    assert placed(book, agency, 2018, *lines).adcode is None


SUPERIORS = [
    ("兰西县人民政府", ["按照绥化市人民政府和黑龙江省人民政府的部署，编制本报告。", "网站标识码 2312000001"], "231222"),
    ("兰西县人民政府", ["组织干部赴昆山市学习，与望奎县人民政府交流。"], "231222"),
    ("兰西县人民政府", ["京ICP备12345678号", "www.zhongke.gov.cn"], "231222"),
    ("塘沽区人民政府", ["网站标识码 1201160001"], "120107"),
    ("静海县人民政府", ["网站标识码 1201180001"], "120223"),
]


@pytest.mark.parametrize(("agency", "lines", "adcode"), SUPERIORS)
def test_units_above_and_beside_do_not_move_a_county(
    book: Rulebook, agency: str, lines: list[str], adcode: str
) -> None:
    year = {"塘沽区人民政府": 2008, "静海县人民政府": 2012}.get(agency, 2018)
    assert placed(book, agency, year, *lines).adcode == adcode


@pytest.mark.parametrize("line", ["网站标识码 3205830001", "主办单位：昆山市人民政府"])
def test_a_page_of_another_county_contradicts_the_title(book: Rulebook, line: str) -> None:
    found = placed(book, "兰西县人民政府", 2018, line)
    assert found.adcode is None
    assert found.problem is not None
    assert found.problem.kind == "place_contradicted"
    assert found.problem.message.startswith("兰西县人民政府 in the title does not fit ")


def test_a_page_taken_over_is_believed_only_where_its_title_is_whole(book: Rulebook) -> None:
    lines = ("网站标识码 2312220001", "我县公开信息30条，我县受理申请1件，本县设查阅点。")
    assert placed(book, "兰西县人民政府", 2018, *lines, is_tampered=True).adcode == "231222"
    assert placed(book, "平山镇人民政府", 2018, *lines, is_tampered=True).adcode is None
    assert placed(book, None, 2018, *lines, is_tampered=True).adcode is None


def test_without_a_year_a_code_is_given_only_where_there_was_one(book: Rulebook) -> None:
    assert placed(book, "兰西县人民政府", None).adcode == "231222"
    assert placed(book, "公主岭市人民政府", None).adcode is None


def test_a_county_that_did_not_exist_in_the_year_is_told(book: Rulebook) -> None:
    found = placed(book, "滨海新区人民政府", 2007)
    assert found.adcode is None
