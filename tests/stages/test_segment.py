import pytest

from pipeline.model import SectionKind
from pipeline.rulebook import Rulebook
from pipeline.stages.classify import classify
from pipeline.stages.segment import segment
from tests.stages.documents import of_lines


def headings(book: Rulebook, *lines: str) -> list[tuple[int, str | None]]:
    return [(section.level, section.heading) for section in segment(of_lines(*lines), book)]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、概述", "一、概述"),
        ("一 、概 述", "一 、概 述"),
        ("二、主动公开政府信息情况2016年，我镇公开信息30条。", "二、主动公开政府信息情况"),
        ("第二部分 主动公开政府信息情况", "第二部分 主动公开政府信息情况"),
        ("三、依申请公开政府信息情况。2016年未收到申请。", "三、依申请公开政府信息情况"),
        ("依申请公开情况", "依申请公开情况"),
        ("三、信息更充实 我镇积极公开信息。", "三、信息更充实"),
        ("壹、工作推进情况", "壹、工作推进情况"),
        ("十十、依申请公开情况。2016年未收到申请。", "十十、依申请公开情况"),
        ("附件2：云溪县政府信息公开情况统计表（摘录）", "附件2：云溪县政府信息公开情况统计表（摘录）"),
        ("一、统筹谋划，强化保障", "一、统筹谋划，强化保障"),
    ],
)
def test_finds_a_heading_however_it_is_written(book: Rulebook, line: str, heading: str) -> None:
    assert headings(book, line)[0] == (1, heading)


def test_a_part_is_one_level_down(book: Rulebook) -> None:
    assert headings(book, "（一）公开内容", "我镇公开信息30条。") == [(2, "（一）公开内容")]


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导，二是落实责任。",
        "一、概述…………………1",
        "一、本年新收政府信息公开申请数量 | 0 | 0 | 0",
        "1、健全制度。",
        "三、统筹谋划，强化保障",
        "一、公开信息30条，其中网站20条",
        "根据第一、二季度通报，公开信息30条。",
    ],
)
def test_what_is_no_heading_heads_nothing(book: Rulebook, line: str) -> None:
    assert headings(book, "前言说明文字。", line) == [(1, None)]


def test_a_report_on_one_line_falls_apart_at_its_headings(book: Rulebook) -> None:
    line = (
        "云溪县2016年报告 本报告由概述、主动公开等部分组成。一、 概述 2016年，我县稳步推进。"
        "二、主动公开政府信息情况（一）主动公开政府信息的数量全年公开政府信息30条。"
        "三、依申请公开情况 2016年未收到申请。"
    )
    document = of_lines(line)
    sections = segment(document, book)
    assert [section.heading for section in sections] == [
        None,
        "一、 概述",
        "二、主动公开政府信息情况",
        "（一）主动公开政府信息的数量",
        "三、依申请公开情况",
    ]
    texts = ["".join(line[span.start : span.end] for span in section.spans).strip() for section in sections]
    assert texts[1] == "2016年，我县稳步推进。"
    assert texts[3] == "全年公开政府信息30条。"


def test_no_word_of_the_body_is_lost(book: Rulebook) -> None:
    lines = ("云溪县报告", "一、概述", "稳步推进。", "二、主动公开情况2016年公开信息30条。", "当前位置：首页")
    sections = segment(of_lines(*lines), book)
    said = "".join(
        (section.heading or "") + "".join(_text(lines, span) for span in section.spans) for section in sections
    )
    assert said == "".join(lines)


def _text(lines: tuple[str, ...], span: object) -> str:
    number = int(span.block_id[1:])  # type: ignore[attr-defined]
    return lines[number - 1][span.start : span.end]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("heading", "kind", "decided_by"),
    [
        ("二、主动公开政府信息情况", SectionKind.PROACTIVE, "heading 主动公开政府信息情况"),
        ("五、云溪县政府信息公开情况统计表", SectionKind.ATTACHMENT, "heading contains 政府信息公开情况统计表"),
        ("四、因政府信息公开申请行政复议、提起行诉讼的情况", SectionKind.REVIEW_LITIGATION, None),
        ("六、存在的不足与下步改进的措施", SectionKind.PROBLEMS, None),
        ("一、主动发声，做好解读回应", SectionKind.RESPONSE_INTERPRETATION, "heading word 回应"),
        ("一、压实主体责任，健全工作机制", SectionKind.ORGANISATION, "heading word 机制"),
        ("五、短板和对策", SectionKind.PROBLEMS, "heading word 对策"),
        ("一、坚持问题导向，提升服务水平", SectionKind.OVERVIEW, "heading word 问题导向"),
        ("四、收费、复议及诉讼情况", SectionKind.OTHER, "heading names several matters"),
    ],
)
def test_a_heading_decides_the_kind(book: Rulebook, heading: str, kind: SectionKind, decided_by: str | None) -> None:
    document = of_lines(heading, "正文。")
    [section] = classify(segment(document, book), document, book)
    assert section.kind is kind
    assert decided_by in (None, section.decided_by)


def test_words_decide_where_a_heading_says_nothing(book: Rulebook) -> None:
    text = "全年收到申请，申请人均为自然人，依申请办理答复，受理及时，答复规范，申请人满意。"
    document = of_lines("三、具体措施抓成效", text)
    [section] = classify(segment(document, book), document, book)
    assert (section.kind, section.decided_by.split()[0]) == (SectionKind.ON_REQUEST, "words")


def test_a_part_of_the_problems_is_one_of_them(book: Rulebook) -> None:
    document = of_lines("五、存在的问题", "（一）主动发布不够及时", "正文。", "（二）培训不足", "正文。")
    sections = classify(segment(document, book), document, book)
    assert {section.kind for section in sections} == {SectionKind.PROBLEMS}


def test_a_long_report_without_headings_is_no_section_of_one_kind(book: Rulebook) -> None:
    document = of_lines("存在问题和不足，有待改进，下一步加强薄弱环节。" * 20)
    [section] = classify(segment(document, book), document, book)
    assert (section.kind, section.decided_by) == (SectionKind.OTHER, "a whole report without headings")


def test_a_part_without_meaning_of_its_own_belongs_to_its_chapter(book: Rulebook) -> None:
    document = of_lines("二、主动公开政府信息情况", "（一）扎实有序", "正文。")
    _, part = classify(segment(document, book), document, book)
    assert (part.kind, part.decided_by) == (SectionKind.PROACTIVE, "the heading above")
