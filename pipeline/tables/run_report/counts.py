"""Count what a run found: files, values, identities, concepts, numerals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.model import CheckOutcome, Disposition, DocumentStatus, Severity
from pipeline.tables.run_report.writing import both, number, table
from pipeline.text.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook

_UNREAD = (DocumentStatus.FAILED, DocumentStatus.NEEDS_OCR, DocumentStatus.EMPTY)
_OUTCOMES = tuple(CheckOutcome)
_WORTH = (Severity.HARD.value, Severity.SOFT.value)


def summary_cards(folder: Path) -> Markup:
    """Return the figures to see first."""
    statuses = Counter(pq.read_table(folder / "documents.parquet", columns=["status"])["status"].to_pylist())
    numerals = pq.read_metadata(folder / "numbers.parquet").num_rows
    unexplained = _count(folder, "numbers", "disposition", Disposition.UNEXPLAINED)
    broken = pq.read_table(
        folder / "checks.parquet",
        columns=["outcome"],
        filters=[("outcome", "==", CheckOutcome.BROKEN.value), ("severity", "in", _WORTH)],
    ).num_rows
    unread = sum(statuses[status] for status in _UNREAD)
    share = f"{unexplained / numerals:.1%}" if numerals else "0%"
    cards = (
        ("文件 files", statuses.total(), False),
        ("已读取 read", statuses[DocumentStatus.OK], False),
        ("部分读取 in part", statuses[DocumentStatus.PARTIAL], bool(statuses[DocumentStatus.PARTIAL])),
        ("未读取 not read", unread, bool(unread)),
        ("数据 values", pq.read_metadata(folder / "observations.parquet").num_rows, False),
        ("勾稽不符 broken", broken, bool(broken)),
        (f"未能解释的数字 unexplained ({share})", unexplained, False),
    )
    return element(
        "div",
        *(
            element("div", element("b", number(count)), name, class_="bad" if bad else None)
            for name, count, bad in cards
        ),
        class_="cards",
    )


def identities_table(folder: Path, book: Rulebook) -> Markup:
    """Return how often each identity holds, is broken or cannot be tested, folded up."""
    checks = pq.read_table(folder / "checks.parquet", columns=["identity", "outcome", "severity"])
    counts: Counter[tuple[str, str]] = Counter()
    severities: dict[str, str] = {}
    for row in checks.group_by(["identity", "outcome", "severity"]).aggregate([([], "count_all")]).to_pylist():
        family = row["identity"].partition(":")[0].partition(".")[0]
        counts[family, row["outcome"]] += row["count_all"]
        severities[family] = row["severity"]
    order = {family: number for number, family in enumerate(book.labels.codes["identity"])}
    families = sorted(severities, key=lambda family: (order.get(family, len(order)), family))
    rows = (
        (
            family,
            both("identity", family, book),
            both("severity", severities[family], book),
            *(
                counts[family, outcome]
                for outcome in (CheckOutcome.BROKEN, CheckOutcome.HOLDS, CheckOutcome.NOT_TESTABLE)
            ),
        )
        for family in families
    )
    head = ("编号", "勾稽关系 identity", "严重程度", "不符 broken", "相符 holds", "无法核对")
    told = element("summary", f"全部勾稽关系：{number(checks.num_rows)} 次核对。All checks by identity")
    return element("details", told, table(head, rows))


def concepts_table(folder: Path, book: Rulebook) -> Iterator[Markup]:
    """Yield for how many bodies and years each concept has a value, and why it has none elsewhere."""
    panel = pq.read_table(folder / "panel.parquet", columns=[f"{concept.id}__status" for concept in book.concepts])
    statuses = list(book.labels.codes["panel_status"])
    if not panel.num_rows:
        yield element("p", "没有能确定机关和年度的报告。No report whose body and year are proven.")
        return
    rows = []
    for concept in book.concepts:
        counts = Counter(panel[f"{concept.id}__status"].to_pylist())
        share = counts["value"] / panel.num_rows
        bar = element("div", element("i", style=f"width:{share:.0%}"), class_="bar", title=f"{share:.0%}")
        names = Markup(f"{element('span', concept.names.zh)} {element('span', concept.names.en, class_='quiet')}")
        rows.append((names, bar, *(counts[status] for status in statuses)))
    heads = (book.labels.codes["panel_status"][status].zh for status in statuses)
    yield element("p", f"面板共 {panel.num_rows} 行（机关×年度）。Bodies and years: {panel.num_rows}.", class_="quiet")
    yield table(("可比指标 concept", "有值的比例", *heads), rows)


def dispositions_table(folder: Path, book: Rulebook) -> Iterator[Markup]:
    """Yield what the numerals of all texts turned out to be; the sum is the number of numerals."""
    found = pq.read_table(folder / "numbers.parquet", columns=["disposition"])["disposition"]
    counts = {each["values"]: each["counts"] for each in pc.value_counts(found).to_pylist()}
    listed = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    yield table(
        ("数字是什么 what it is", "个数 count"), ((both("disposition", name, book), count) for name, count in listed)
    )


def _count(folder: Path, name: str, column: str, value: str) -> int:
    values = pq.read_table(folder / f"{name}.parquet", columns=[column])[column]
    return int(pc.sum(pc.equal(values, str(value))).as_py() or 0)
