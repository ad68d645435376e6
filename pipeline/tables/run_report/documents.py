"""Show what became of the files: by status and reason, and one by one where something is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from pipeline.model import DocumentStatus
from pipeline.tables.run_report.writing import both, table
from pipeline.text.markup import element

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.text.markup import Markup

MOST_FILES = 500
_WHOLE = (DocumentStatus.OK, DocumentStatus.DUPLICATE)


def documents_parts(folder: Path, book: Rulebook) -> Iterator[Markup]:
    """Yield the counts and the list of files that were not read whole."""
    columns = ["path", "status", "reason", "message"]
    rows = pq.read_table(folder / "documents.parquet", columns=columns).to_pylist()
    counts = Counter((row["status"], row["reason"]) for row in rows)
    listed = sorted(counts.items(), key=lambda each: (-each[1], each[0][0], each[0][1] or ""))
    told = (
        (both("document_status", status, book), both("reason", reason, book) if reason else None, count)
        for (status, reason), count in listed
    )
    yield table(("结果 status", "原因 reason", "文件 files"), told)
    troubled = [row for row in rows if row["status"] not in _WHOLE]
    if not troubled:
        return
    yield element("h3", "没有完整读取的文件 ", element("small", "Files that were not read whole"))
    yield table(
        ("文件 file", "结果", "原因", "说明 message"),
        (
            (
                row["path"],
                book.labels.code("document_status", row["status"]).zh,
                book.labels.code("reason", row["reason"]).zh if row["reason"] else None,
                row["message"],
            )
            for row in troubled[:MOST_FILES]
        ),
    )
    if len(troubled) > MOST_FILES:
        more = f"共 {len(troubled)} 个，此处列出 {MOST_FILES} 个，全部见 documents.parquet。"
        yield element("p", more, f"{MOST_FILES} of {len(troubled)}.", class_="quiet")
