import pytest

from pipeline.model import Paragraph, Role
from pipeline.rulebook import Rulebook
from pipeline.stages.clean import clean
from tests.stages.documents import of_lines

SENTENCE = "全县各级各部门认真贯彻执行条例规定不断完善工作机制切实做好信息公开各项工作稳步推进取得了"


@pytest.mark.parametrize(
    ("line", "role", "reason"),
    [
        ("当前位置：首页 > 政务公开 > 年度报告", Role.FURNITURE, "breadcrumb"),
        ("【打印】【关闭】", Role.FURNITURE, "page tools"),
        ("- 3 -", Role.FURNITURE, "page mark"),
        ("主办：云溪县人民政府 承办：云溪县人民政府办公室", Role.FURNITURE, "footer"),
        ("凤凰体育平台,凤凰体育官网", Role.SPAM, "betting or gambling words"),
        ("全年公开政府信息30条。", Role.BODY, None),
        ("三、依申请公开情况", Role.BODY, None),
    ],
)
def test_a_line_gets_its_role_and_the_reason(book: Rulebook, line: str, role: Role, reason: str | None) -> None:
    [block] = clean(of_lines(line), book).blocks
    assert isinstance(block, Paragraph)
    assert (block.role, block.role_reason, block.text) == (role, reason, line)


def test_lines_broken_at_a_fixed_width_are_rejoined(book: Rulebook) -> None:
    wrapped = [SENTENCE] * 12 + ["新的成效。", "二、主动公开政府信息情况", SENTENCE, "成效。"]
    blocks = clean(of_lines("一、概述", *wrapped), book).blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert texts == [
        "一、概述",
        "\n".join([*[SENTENCE] * 12, "新的成效。"]),
        "二、主动公开政府信息情况",
        f"{SENTENCE}\n成效。",
    ]
    assert [block.anchor.line for block in blocks if isinstance(block, Paragraph)] == [1, 2, 15, 16]


def test_a_paragraph_goes_on_behind_the_end_of_a_page(book: Rulebook) -> None:
    lines = ["一、概述", *[SENTENCE] * 12, "", "— 2 —", "", "新的成效。", "- 3 -", "二、主动公开政府信息情况"]
    blocks = [block for block in clean(of_lines(*lines), book).blocks if isinstance(block, Paragraph)]
    assert [block.text for block in blocks] == [
        "一、概述",
        "\n".join([*[SENTENCE] * 12, "新的成效。"]),
        "— 2 —",
        "- 3 -",
        "二、主动公开政府信息情况",
    ]
    assert [block.anchor.line for block in blocks] == [1, 2, 15, 18, 19]


def test_a_decimal_at_the_beginning_of_a_line_opens_no_item(book: Rulebook) -> None:
    wrapped = [SENTENCE] * 12 + ["10.4%,成效明显。", SENTENCE, "1.2019年的成效。"]
    texts = [block.text for block in clean(of_lines("一、概述", *wrapped), book).blocks if isinstance(block, Paragraph)]
    assert texts == ["一、概述", "\n".join([*[SENTENCE] * 12, "10.4%,成效明显。"]), SENTENCE, "1.2019年的成效。"]


def test_paragraphs_of_their_own_stay_apart(book: Rulebook) -> None:
    lines = [f"{SENTENCE}{'显著成效' * number}。" for number in range(14)]
    assert len(clean(of_lines(*lines), book).blocks) == 14


def test_a_broken_line_that_lost_spaces_is_rejoined(book: Rulebook) -> None:
    short = "收到申请7件，其中网上提交5件、当面提交2件，均在规定期限内办结，未收取任何费"
    lines = [*[SENTENCE] * 12, short, "用；部分公开", "一、概述"]
    blocks = [block for block in clean(of_lines(*lines), book).blocks if isinstance(block, Paragraph)]
    assert [block.text for block in blocks] == ["\n".join([*[SENTENCE] * 12, short, "用；部分公开"]), "一、概述"]


PARTED = ("全年受理申请12件，其中公民申请11件，全部依法予", "以公开，没有收取任何费用。")


def texts_after(book: Rulebook, *lines: str) -> list[str]:
    return [block.text for block in clean(of_lines(*lines), book).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("2016年，我镇共收到政府信息公开申请12件，其中公民申请1", "0件，法人申请2件。"),
        ("全年在县政府网站公开政府信息136条，其中政策文件类信", "息21条，工作动态类信息115条；张贴公示14次。"),
        ("二、全年公开政府信息136条，其中政策文件类信", "息21条，工作动态类信息115条。"),
        ("工作动态７３条、农业科技与防汛抗旱２１条、财政资金１", "４条、其他６条"),
    ],
)
def test_a_line_that_parts_a_word_or_a_number_goes_on_below(book: Rulebook, above: str, below: str) -> None:
    assert texts_after(book, above, below) == [f"{above}\n{below}"]


def test_where_words_are_parted_other_lines_go_on_below_as_well(book: Rulebook) -> None:
    lines = ("全年公开政府信息136条，其中通过县政府网站公开", "政策文件21条，工作动态115条。")
    assert texts_after(book, *lines) == list(lines)
    assert texts_after(book, *lines, *PARTED) == ["\n".join(lines), "\n".join(PARTED)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("联系人：政务公开办公室，办公地点在县行政中心三楼", "联系电话：05300001，传真05300002。"),
        ("全年公开政府信息136条，都已登载在县政府网站上", "县人民政府办公室"),
        ("全年受理申请12件，已全部在规定时限内答复；", "行政复议和行政诉讼均为零，没有收取费用。"),
        ("二、健全依申请公开制度，规范办理程序", "行政复议和行政诉讼均为零，没有收取费用。"),
        ("主动公开的范围、形式、程序以及收费和减免的情况", "2016年，全镇公开信息12条。"),
        ("12条，其中", "政策文件5条，其他7条。"),
        ("全年共公开各类政府信息一百三十六条没有一条是补录", "其中公民10件，法人2件。"),
        ("全年公开政府信息136条，都已登载在县政府网站上", "（二）公开形式，主要是县政府网站。"),
    ],
)
def test_a_line_that_may_have_ended_stays_by_itself(book: Rulebook, above: str, below: str) -> None:
    assert texts_after(book, *PARTED, above, below) == ["\n".join(PARTED), above, below]


def test_numbers_on_lines_of_their_own_that_count_up_are_page_numbers(book: Rulebook) -> None:
    lines = ["全年受理申请12件，其中公开3", "1", "件，不予公开2件。", "没有收取费用。", "2"]
    blocks = [block for block in clean(of_lines(*lines, *PARTED), book).blocks if isinstance(block, Paragraph)]
    assert [block.text for block in blocks if block.role is Role.BODY] == [
        "全年受理申请12件，其中公开3\n件，不予公开2件。",
        "没有收取费用。",
        "\n".join(PARTED),
    ]
    assert {block.role_reason for block in blocks if block.role is Role.FURNITURE} == {"page mark"}


def test_other_numbers_on_lines_of_their_own_are_text(book: Rulebook) -> None:
    for lines in (("公开数", "1", "申请数", "3"), ("公开数", "12", "申请数", "13"), ("公开数", "1")):
        blocks = clean(of_lines(*lines), book).blocks
        assert [block.role for block in blocks] == [Role.BODY] * len(lines)


def test_a_number_on_a_line_of_its_own_goes_on_with_its_unit(book: Rulebook) -> None:
    assert texts_after(book, "我局主动公开信息", "108", "条，其中许可公示25条。") == [
        "我局主动公开信息\n108\n条，其中许可公示25条。"
    ]
    assert texts_after(book, "主动公开信息3", "8", "条，其中许可公示25条。") == [
        "主动公开信息3",
        "8\n条，其中许可公示25条。",
    ]
