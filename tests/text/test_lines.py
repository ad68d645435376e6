import pytest

from pipeline.text.lines import breaks_off, columns, is_parted, may_go_on


def test_a_chinese_character_takes_two_columns() -> None:
    assert columns("公开12条，") == 10


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ("全年受理申请12件,全部依法予", "以公开。", True),
        ("我镇新增公开政府信", "息143条,其中政策文件6条", True),
        ("官方微博发布信息2845", "条,公众号推送图文", True),
        ("阅读量达3.2万", "余人次。", True),
        ("其中公民申请1", "0件,法人申请2件。", False),
        ("收到申请12件,其中公民申请1", "0件,法人申请2件。", True),
        ("108", "条,其中事故通报", True),
        ("收到申请数", "量12", False),
        ("全年受理申请12件,全部依法予。", "以公开。", False),
        ("政策文件12", "3.行政许可", False),
        ("全年公开政府信息", "我镇受理申请3件。", False),
        ("", "以公开。", False),
    ],
)
def test_what_the_end_of_a_line_parts(above: str, below: str, told: bool) -> None:  # noqa: FBT001
    assert is_parted(above, below) is told


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        ("全年公开信息12条,通过网站", "公开8条,其他4条。", True),
        ("全年公开信息12条,通过网站", "县人民政府办公室", False),
        ("全年公开信息12条,通过网站", "联系电话:05300001,传真05300002。", False),
        ("二、健全制度,规范程序", "全年受理申请3件,均已答复。", False),
        ("通过网站公开", "全年受理申请3件,均已答复。", False),
        ("12条,公开", "全年受理申请3件,均已答复。", False),
    ],
)
def test_which_line_breaks_off(above: str, below: str, told: bool) -> None:  # noqa: FBT001
    assert breaks_off(above, below) is told


def test_a_sentence_that_ended_and_an_item_that_opens_do_not_go_on() -> None:
    assert may_go_on("公开信息", "12条")
    assert not may_go_on("公开信息。", "12条")
    assert not may_go_on("公开信息", "(二)依申请公开")
    assert may_go_on("公开信息", "2.5万条")
