"""A report as data: a title, then headings, paragraphs and grids with merged cells in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as it is written: its text and how many rows and columns it takes."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the cells that begin in each row, from left to right."""

    rows: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be rendered."""

    title: str
    agency: str
    blocks: tuple[Heading | Text | Grid, ...]

    @property
    def prose(self) -> list[str]:
        """The texts outside tables, the title first."""
        return [self.title, *(block.text for block in self.blocks if not isinstance(block, Grid))]

    @property
    def grids(self) -> list[Grid]:
        """The tables."""
        return [block for block in self.blocks if isinstance(block, Grid)]


def placed(grid: Grid) -> Iterator[tuple[int, int, Slot]]:
    """Yield row, column and cell of a grid; a cell from above pushes those below it to the right."""
    taken: set[tuple[int, int]] = set()
    for row, slots in enumerate(grid.rows):
        col = 0
        for slot in slots:
            while (row, col) in taken:
                col += 1
            taken |= {(row + down, col + right) for down in range(slot.rowspan) for right in range(slot.colspan)}
            yield row, col, slot


def n_columns(grid: Grid) -> int:
    """Count the columns of a grid."""
    return max(col + slot.colspan for _, col, slot in placed(grid))


def matrix(grid: Grid) -> list[list[str]]:
    """Return the grid without merged cells: places that a cell covers beside its first are blank."""
    rows = [[""] * n_columns(grid) for _ in grid.rows]
    for row, col, slot in placed(grid):
        rows[row][col] = slot.text
    return rows


def _row(*texts: str) -> tuple[Slot, ...]:
    return tuple(map(Slot, texts))


SAMPLE = Report(
    title="青萝县2022年政府信息公开工作年度报告",
    agency="青萝县人民政府办公室",
    blocks=(
        Text("本报告由青萝县人民政府办公室编制，数据统计期限为2022年1月1日至2022年12月31日。"),
        Heading("一、总体情况"),
        Text(
            "2022年，青萝县认真贯彻落实《中华人民共和国政府信息公开条例》，持续深化政务公开。"
            "全年主动公开政府信息3817条，其中政府网站公开2964条，政务微信公开853条；"
            "举办新闻发布会6场，接待群众来访咨询1,204人次。"
        ),
        Heading("二、主动公开政府信息情况"),
        Grid(
            (
                (Slot("第二十条第（一）项", colspan=4),),
                _row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
                _row("规章", "0", "0", "0"),
                _row("行政规范性文件", "7", "2", "41"),
                (Slot("第二十条第（五）项", colspan=4),),
                (Slot("信息内容"), Slot("本年处理决定数量", colspan=3)),
                (Slot("行政许可"), Slot("5308", colspan=3)),
            )
        ),
        Heading("三、收到和处理政府信息公开申请情况"),
        Grid(
            (
                (Slot("指标", rowspan=2, colspan=2), Slot("申请人情况", colspan=3)),
                _row("自然人", "其他组织", "总计"),
                (Slot("一、本年新收政府信息公开申请数量", colspan=2), *_row("18", "5", "23")),
                (Slot("办理结果", rowspan=4), *_row("予以公开", "9", "3", "12")),
                _row("部分公开", "2", "", "2"),
                _row("不予公开", "3", "1", "4"),
                _row("总计", "17", "5", "22"),
                (Slot("四、结转下年度继续办理", colspan=2), *_row("1", "/", "1")),
            )
        ),
        Heading("四、其他需要报告的事项"),
        Text("本年度未收取信息处理费。"),
    ),
)
