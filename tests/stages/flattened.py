"""Builders for the tests of tables whose grid is lost: lines of text read on the forms, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import (
    Document,
    Evidence,
    Observation,
    Paragraph,
    Section,
    SectionKind,
    SourceFile,
    Span,
    ValueSource,
    ValueStatus,
)
from pipeline.stages.tabulate import tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Block
    from pipeline.rulebook import Rulebook
    from pipeline.stages.tabulate import Tabulated

DECISIONS_GLUED = (
    "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000第二十条第（五）项信息内容本年处理决定数量行政许可20417"
    "第二十条第（六）项信息内容本年处理决定数量行政处罚33行政强制1第二十条第（八）项信息内容本年收费金额（单位：万元）"
    "行政事业性收费415.06"
)
HEADING = "三、收到和处理政府信息公开申请情况"
HEADER = f"{HEADING}申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他"
NEW = "一、本年新收政府信息公开申请数量"
OLD = "二、上年结转政府信息公开申请数量"
GRANTED = "三、本年度办理结果（一）予以公开"
REMEDIES_HEADER = (
    "四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计"
    "未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计"
)
STATISTICS = "统计指标单位统计数"
APPLICANTS = "申请人情况 | 自然人 | 法人或其他组织 | 总计 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"
RECEIVED = "一、本年新收政府信息公开申请数量 | 31 | 4 | 0 | 0 | 2 | 1 | 38"


def read(book: Rulebook, *lines: str | Block, prose: tuple[Observation, ...] = ()) -> Tabulated:
    """Return the cells found in a report of these lines, ``p0``, ``p1`` and so on, and blocks."""
    blocks = tuple(
        Paragraph(f"p{number}", line) if isinstance(line, str) else line for number, line in enumerate(lines)
    )
    sections = (Section("s3", 1, 1, "三、", (Span("p1", 0, 9999),), SectionKind.ON_REQUEST),)
    return tabulate(Document(SourceFile("report.txt", 0, "0" * 64), blocks), sections, book.eras, prose)


def stated(indicator: str, value: float) -> Observation:
    """Return what the prose of a report states."""
    evidence = Evidence("p9", 0, 1, "…")
    return Observation(indicator, ValueStatus.REPORTED, ValueSource.PROSE, "rule", evidence, value=value)


def row(found: Tabulated, indicator: str) -> list[float | None]:
    """Return the values of all cells of indicators that begin so, in reading order."""
    return [each.value for each in found.observations if each.indicator.startswith(indicator)]


def values(found: Tabulated) -> dict[str, float | None]:
    """Return the value of each cell by its indicator and applicant."""
    return {
        f"{each.indicator}[{each.applicant}]" if each.applicant else each.indicator: each.value
        for each in found.observations
    }


def scoped(found: Tabulated, scope: str) -> dict[str, float | None]:
    """Return the value of each cell of the columns of this scope by its indicator."""
    return {each.indicator: each.value for each in found.observations if each.scope == scope}


def refused(found: Tabulated, indicator: str) -> set[str]:
    """Return what the unreadable cells of an indicator quote; fail where one of its cells was read."""
    cells = [each for each in found.observations if each.indicator == indicator]
    assert {(each.status, each.value) for each in cells} == {(ValueStatus.UNREADABLE, None)}
    return {each.evidence.quote for each in cells}


def joined(rows: Iterable[Iterable[object]], between_cells: str, between_rows: str) -> list[str]:
    """Return the lines in which the rows of a table stand, with these signs between their cells."""
    return between_rows.join(between_cells.join(map(str, cells)) for cells in rows).split("\n")
