"""Of several reports in one file one is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, Paragraph, Role
from pipeline.stages.identify import one_report
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

TEXT = "全年主动公开政府信息，受理依申请公开，均按时办结，未收取任何费用，继续加强培训，不断改进工作。" * 4
CHAPTERS = ("一、概述", TEXT, "二、主动公开", TEXT, "三、依申请公开", TEXT)


def kept(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.role is Role.BODY]


def title(body: str, year: int) -> str:
    return f"{body}{year}年政府信息公开工作年度报告"


def test_the_first_of_two_bodies_is_read_and_the_other_told(book: Rulebook) -> None:
    first, second = title("云溪县司法局", 2022), title("云溪县审计局", 2022)
    found = one_report(of_lines("云溪县部门年度报告汇编", first, *CHAPTERS, second, *CHAPTERS), book)
    assert kept(found) == [first, *CHAPTERS]
    (problem,) = found.problems
    assert (problem.kind, problem.block_id) == ("several_reports", "b00002")
    assert first in problem.message
    assert second in problem.message


def test_a_title_may_fill_two_lines(book: Rulebook) -> None:
    second = ("云溪县审计局", "2022年政府信息公开工作年度报告")
    found = one_report(of_lines(title("云溪县司法局", 2022), *CHAPTERS, *second, *CHAPTERS), book)
    assert kept(found) == [title("云溪县司法局", 2022), *CHAPTERS]


def test_the_year_that_the_page_names_is_read(book: Rulebook) -> None:
    older, newer = title("云溪县司法局", 2021), title("云溪县司法局", 2022)
    document = of_lines(older, *CHAPTERS, newer, *CHAPTERS)
    page = Paragraph("b00000", newer, role=Role.FURNITURE, role_reason="page title")
    assert kept(one_report(document, book))[0] == older
    found = one_report(replace(document, blocks=(page, *document.blocks)), book)
    assert kept(found) == [newer, *CHAPTERS]


@pytest.mark.parametrize(
    "lines",
    [
        (title("云溪县", 2022), *CHAPTERS),
        (title("云溪县人民政府", 2022), title("云溪县", 2022), *CHAPTERS),
        (title("云溪县", 2022), *CHAPTERS, title("云溪县人民政府", 2022), *CHAPTERS),
        (title("云溪县", 2022), *CHAPTERS, title("云溪县", 2021), title("云溪县", 2020), title("云溪县司法局", 2022)),
        (title("云溪县", 2021), "一、概述", "二、主动公开", "三、依申请公开", title("云溪县", 2022), *CHAPTERS),
        (*CHAPTERS, "附件：2021年政府信息公开情况统计表", *CHAPTERS),
    ],
    ids=["one", "printed twice", "printed again", "links behind", "cover and contents", "attachment"],
)
def test_one_report_is_left_as_it_is(book: Rulebook, lines: tuple[str, ...]) -> None:
    document = of_lines(*lines)
    assert one_report(document, book) is document
