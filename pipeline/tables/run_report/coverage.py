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

_Row = dict[str, Any]


def coverage_parts(folder: Path, anchors: Mapping[str, str], book: Rulebook) -> Iterator[Markup]:
    """Yield a matrix of bodies and years; what cannot be placed in it is listed below.

    ``anchors`` lead from the ids of documents to what was found broken in them.
    """
    columns = ["document_id", "path", "status", "agency_key", "agency_name", "year", "era", "is_template"]
    rows = pq.read_table(folder / "documents.parquet", columns=columns).to_pylist()
    read = [row for row in rows if row["status"] in _READ and not row["is_template"]]
    bodies: dict[tuple[str, str], dict[int, _Row]] = {}
    for row in read:
        name = row["agency_name"] or row["agency_key"]
        if name and row["year"]:
            bodies.setdefault((name, row["agency_key"] or name), {}).setdefault(row["year"], row)
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
    unplaced = [row for row in read if not (row["agency_name"] or row["agency_key"]) or not row["year"]]
    if unplaced:
        yield element("h3", "机关或年度没有证据的报告 ", element("small", "Body or year is not proven"))
        shown = ((row["path"], row["agency_name"], str(row["year"] or "")) for row in unplaced[:MOST_BODIES])
        yield table(("文件 file", "机关 body", "年度 year"), shown)


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
