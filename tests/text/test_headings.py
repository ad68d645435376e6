import pytest

from pipeline.text.fold import fold
from pipeline.text.headings import heading_key


@pytest.mark.parametrize(
    "heading",
    [
        "二、主动公开政府信息情况",
        "（二） 主动公开政府信息情况：",
        "第二部分 主动公开政府信息情况",
        "2.主动公开政府信息情况。",
        "二 、主动公开 政府信息情况",
    ],
)
def test_numbering_spaces_and_punctuation_do_not_count(heading: str) -> None:
    assert heading_key(fold(heading).text) == "主动公开政府信息情况"


def test_the_year_in_a_heading_does_not_count() -> None:
    assert heading_key("四、2019年工作思路") == "工作思路"
