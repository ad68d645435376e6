import pytest

from pipeline.text.fold import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("共　公开　２，５３２　条", "共公开2,532条"),
        ("２０２３ 2532条", "2023 2532条"),
        ("25³条，36[²]件，m²", "25条,36件,m²"),
        ("行政许可 97 件", "行政许可97件"),
        ("动态信\n息3240\n条", "动态信息3240条"),
        ("PDF  file", "PDF file"),
        ("工作动态１\n４条，人均5,\n870元", "工作动态14条,人均5,870元"),
        ("公开5，\n870人\n12\n3条", "公开5, 870人12 3条"),
        ("2012\n2013年公开12\n2、收费", "2012 2013年公开12 2、收费"),
        ("2 0 1 3 年 1 月 1 1 日，云发〔2 012〕9 7号", "2013年1月11日,云发〔2012〕9 7号"),
        (" —— 规划类12条；\n——其他类8条。", "规划类12条;其他类8条。"),
        ("● 规划类12条", "规划类12条"),
        ("平台——网站", "平台——网站"),
        ("—", "—"),
        ("—12", "—12"),
        ("⽉", "月"),
        ("（一）：；", "(一):;"),
        ("發布信息１２條", "发布信息12条"),
        ("入口網站公開資訊", "门户网站公开信息"),
        ("著名景区", "著名景区"),
        ("政(zhèng)府(fu)公开(12条)(app)", "政府公开(12条)(app)"),
        ("收到申请3件.四、复议:0 件.", "收到申请3件。四、复议:0件。"),
        ("三.收费12.5元,见www.example.cn", "三.收费12.5元,见www.example.cn"),
        ('"岚汀发布"微信推送"一图读懂"12期,宽5"', '“岚汀发布”微信推送“一图读懂”12期,宽5"'),
        ("「嵐汀發布」微信", "“岚汀发布”微信"),
        ("”岚汀发布”微信", "“岚汀发布”微信"),
        ("“岚汀发布“微信", "“岚汀发布”微信"),
        ("发布”、“岚汀”微信", "发布”、“岚汀”微信"),
        ("", ""),
    ],
)
def test_folds_width_and_spaces_and_nothing_else(printed: str, folded: str) -> None:
    assert fold(printed).text == folded


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("我镇现辖 2 3 个行政村", "我镇现辖23个行政村"),
        ("电话 0 4 3 7-5 8 2 0 6 1 1", "电话0437-5820611"),
        ("办结率9 8 . 5 %，人口 3 . 1 万", "办结率98.5%,人口3.1万"),
        ("公开 12 480 条、8 63 条", "公开12 480条、8 63条"),
    ],
)
def test_single_figures_of_a_spaced_text_are_put_together(printed: str, folded: str) -> None:
    assert fold(printed, spaced=True).text == folded
    assert fold(printed).text != folded or "480" in printed


def test_a_folded_span_leads_back_to_the_printed_words() -> None:
    printed = "全年 主动公开 信息２，５３２ 条。"
    folded = fold(printed)
    start = folded.text.index("2,532")
    first, last = folded.span(start, start + len("2,532条"))
    assert printed[first:last] == "２，５３２ 条"


def test_an_empty_span_stays_empty() -> None:
    assert fold("公 开").span(1, 1) == (2, 2)


def test_a_printed_position_leads_to_the_folded_one() -> None:
    assert fold("公 开 信息").index(4) == 2
