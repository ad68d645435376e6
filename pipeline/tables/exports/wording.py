"""What an exported workbook says of itself, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The first sheet, line by line."""

    about: str
    origin: str
    blank: str
    evidence: str
    sheets: str
    table: str
    split: str
    cut: str
    left_out: str


WORDS = {
    "zh": Words(
        about="说明",
        origin="由 gongkai {version} 生成；规则版本 {rules_version}，表格版本 {schema_version}。",
        blank="空单元格不是零：是否为零、空白、“/”或无法辨读，见“数值状态”一列；面板中见各指标的“有值或缺失原因”。",
        evidence="每个值的出处见“数据”表的引文和文件路径；“取舍”为“采用”的一条代表该事实，其余说法一并保留。",
        sheets="各工作表：",
        table="{}：每行是{}，共 {} 行。",
        split="{}超过一张工作表的行数上限，分为 {} 张。",
        cut="{}有 {} 个单元格超过 {} 个字符，已截断并以“…”结尾；全文见 parquet。",
        left_out="未收入本文件（见 csv、sqlite 或 parquet）：{}。",
    ),
    "en": Words(
        about="About",
        origin="Written by gongkai {version}; rules {rules_version}, schema {schema_version}.",
        blank=(
            "An empty cell is no zero: the column 'How the value stands' tells zero, blank, “/” and unreadable apart; "
            "in the panel 'value or why missing' does."
        ),
        evidence=(
            "Each value has its source: path and quote in the sheet Values. Where a fact is stated twice, the "
            "'accepted' statement speaks for it; the others are kept."
        ),
        sheets="Sheets:",
        table="{}: each row is {}; {} rows.",
        split="{} has more rows than a sheet can hold and is split into {}.",
        cut="{} has {} cells of more than {} characters, cut to end with “…”. The whole text is in the parquet.",
        left_out="Not in this file (see csv, sqlite or parquet): {}.",
    ),
}
