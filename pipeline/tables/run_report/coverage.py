"""Show which bodies have a report for which year, on which form, and where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from pipeline.model import DocumentStatus
from pipeline.tables.run_report.writing import table
from pipeline.text.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.rulebook import Rulebook

MOST_BODIES = 400
_READ = (DocumentStatus.OK, DocumentStatus.PARTIAL)
_SHORT = {"prose": "文", "form_local": "地", "form_2014": "14", "form_2019": "19", "form_2021": "21"}

_COLUMNS = [
    *("document_id", "path", "status", "agency_key", "agency_name", "year", "period_start", "period_end"),
    *("era", "is_template"),
]
_UNPLACED = (
    "原文不能证明是哪个机关（例如重名的乡镇）或哪一年，或者按学年统计；数值在 observations.parquet。"
    "The text does not prove which body it is (a township of a common name) or which year, or it counts a school year; "
    "the values are in observations.parquet."
)

_Row = dict[str, Any]


def coverage_parts(folder: Path, anchors: Mapping[str, str], book: Rulebook) -> Iterator[Markup]:
    """Yield a matrix of bodies and years; what cannot be placed in it, as in the panel, is listed below.

    ``anchors`` lead from the ids of documents to what was found broken in them.
    """
    rows = pq.read_table(folder / "documents.parquet", columns=_COLUMNS).to_pylist()
    read = [row for row in rows if row["status"] in _READ and not row["is_template"]]
    bodies: dict[tuple[str, str], dict[int, _Row]] = {}
    names: dict[str, str] = {}
    for row in read:
        if row["agency_key"] and row["year"]:
            name = names.setdefault(row["agency_key"], row["agency_name"] or row["agency_key"])
            bodies.setdefault((name, row["agency_key"]), {}).setdefault(row["year"], row)
    if bodies:
        years = [year for found in bodies.values() for year in found]
        span = range(min(years), max(years) + 1)
        listed = sorted(bodies.items())[:MOST_BODIES]
        yield _legend(book)
        matrix = ((name, *(_cell(found.get(year), anchors, book) for year in span)) for (name, _), found in listed)
        yield table(("机关 body", *(f"{year % 100:02}" for year in span)), matrix, "matrix")
        told = f"{span[0]}—{span[-1]} 年，{len(bodies)} 个机关。{len(bodies)} bodies."
        if len(bodies) > MOST_BODIES:
            told += f" 此处列出 {MOST_BODIES} 个，全部见 coverage.parquet。The first {MOST_BODIES} are shown."
        yield element("p", told, class_="quiet")
    unplaced = [row for row in read if not row["agency_key"] or not row["year"]]
    if unplaced:
        yield element("h3", "不进面板的报告 ", element("small", "Reports in no panel"))
        yield element("p", _UNPLACED, class_="quiet")
        shown = ((row["path"], row["agency_name"], _time(row)) for row in unplaced[:MOST_BODIES])
        yield table(("文件 file", "机关 body", "年度 year"), shown)


def _time(row: _Row) -> str:
    if row["year"] is None and row["period_start"] and row["period_end"]:
        return f"{row['period_start']:%Y-%m}—{row['period_end']:%Y-%m}"
    return str(row["year"] or "")


def _legend(book: Rulebook) -> Markup:
    marks = [
        element("span", f"{_SHORT.get(era, era)} {names.zh}", class_=era)
        for era, names in book.labels.codes["era"].items()
    ]
    return element(
        "p",
        *marks,
        element("span", "虚框：部分读取", class_="partial"),
        element("span", "!：有勾稽不符"),
        class_="legend",
    )


def _cell(row: _Row | None, anchors: Mapping[str, str], book: Rulebook) -> Markup:
    if row is None:
        return element("td")
    names = book.labels.code("era", row["era"])
    class_ = f"{row['era']} partial" if row["status"] == DocumentStatus.PARTIAL else row["era"]
    mark: object = _SHORT.get(row["era"], "·")
    if row["document_id"] in anchors:
        mark = element("a", mark, "!", href=f"#{anchors[row['document_id']]}")
    return element("td", mark, class_=class_, title=f"{row['path']} · {names.zh}")
