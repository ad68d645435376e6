from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, Paragraph, Role
from pipeline.stages.clean import clean
from pipeline.stages.spam import mark_spam
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

WORDS = "金蟾体育,金蟾体育官网"


def words_of(document: Document) -> set[str]:
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    return {texts[span.block_id][span.start : span.end] for span in document.spam}


def test_words_in_the_place_of_every_name_are_spam_and_the_numbers_around_them_are_not(book: Rulebook) -> None:
    lines = (f"{WORDS}区2018年政府信息公开工作年度报告", f"2018年{WORDS}区公开信息30条，{WORDS}区收到申请5件。", WORDS)
    document = mark_spam(of_lines(*lines), book)
    assert words_of(document) == {WORDS}
    assert len(document.spam) == 4
    title, text, bare = document.blocks
    assert (title.role, text.role, bare.role) == (Role.BODY, Role.BODY, Role.SPAM)
    assert text.role_reason == f"words put in place of its own: {WORDS} (2 times)"


def test_a_sentence_between_such_words_is_read(book: Rulebook) -> None:
    lines = (
        f"{WORDS}区2018年政府信息公开工作年度报告",
        f"2018年，{WORDS}区没有收取任何费用，培训30人次。",
        f"{WORDS},{WORDS}",
    )
    document = mark_spam(clean(of_lines(*lines), book), book)
    assert [block.role for block in document.blocks] == [Role.BODY, Role.BODY, Role.SPAM]


def test_words_that_advertise_nothing_are_found_by_where_they_recur(book: Rulebook) -> None:
    name = "abc新闻在线"
    lines = (f"{name}县2018年政府信息公开年度报告", f"2018年{name}县公开信息30条，我县{name}县收到申请5件。")
    assert words_of(mark_spam(of_lines(*lines), book)) == {name}


def test_a_name_that_recurs_is_no_spam(book: Rulebook) -> None:
    lines = (
        "岚汀市霁川区2018年政府信息公开工作年度报告",
        "2018年，我区公开信息30条。2018年，我区收到申请5件，霁川区、岚汀市霁川区、霁川区教育局公开。",
        "2018年，我区没有收费，区网站、微信、微博平台运行良好。",
    )
    assert mark_spam(of_lines(*lines), book).spam == ()


def test_one_advertisement_does_not_make_a_page_tampered(book: Rulebook) -> None:
    assert mark_spam(of_lines("云溪县2018年政府信息公开年度报告", "澳门新娱乐注册送钱"), book).spam == ()


@pytest.mark.parametrize(
    "lines",
    [
        (
            "静海区2016年政府信息公开工作年度报告",
            "2016年，静海区公开信息30条。",
            "2016年，静海区未收费。",
            "2016年，静海区培训。",
        ),
        ("教育体育局2019年政府信息公开工作年度报告", "2019年，县教育体育局公开信息30条，我县教育体育局未收费。"),
        ("金沙县人民政府2019年政府信息公开工作年度报告", "金沙县公开信息30条，全省金沙县第一，金沙县人民政府网站。"),
        ("XXX县人民政府2019年政府信息公开工作年度报告", "全省XXX县公开信息30条，2019年，XXX县未收费，XXX县培训。"),
    ],
)
def test_a_body_that_speaks_of_itself_by_its_name_put_no_words_in(lines: tuple[str, ...], book: Rulebook) -> None:
    assert mark_spam(of_lines(*lines), book).spam == ()


def test_words_that_advertise_after_a_comma_are_found(book: Rulebook) -> None:
    lines = (
        "亚博体育区2018年政府信息公开工作年度报告",
        "2018年，亚博体育区公开信息30条。",
        "2018年，亚博体育区未收费。",
    )
    assert words_of(mark_spam(of_lines(*lines), book)) == {"亚博体育"}
