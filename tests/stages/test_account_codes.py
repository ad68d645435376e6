"""Columns of codes in a table that was read are codes, and no unexplained numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Disposition, Document, Evidence, Observation, SourceFile, Span, ValueSource, ValueStatus
from pipeline.stages.account import close_ledger, open_ledger
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


@pytest.mark.parametrize(
    ("head", "disposition"),
    [("代码", Disposition.CODE), ("序 号", Disposition.CODE), ("上年", Disposition.UNEXPLAINED)],
)
def test_what_stands_below_the_head_of_a_column_of_codes(book: Rulebook, head: str, disposition: Disposition) -> None:
    table = grid_of(f"统计指标 | {head} | 单位 | 统计数\n收到申请数 | 22 | 件 | 28\n", "t1")
    cell = next(each for each in table.cells if each.text == "28")
    read = Observation(
        "requests.received.total",
        ValueStatus.REPORTED,
        ValueSource.ATTACHMENT_TABLE,
        "rule",
        Evidence(cell.block_id, 0, 2, "28"),
        value=28,
        numeral=Span(cell.block_id, 0, 2),
    )
    document = Document(SourceFile("report.html", 0, "0" * 64), (table,))
    found = {each.text: each.disposition for each in close_ledger(open_ledger(document, book), (read,), document)}
    assert found == {"22": disposition, "28": Disposition.EXTRACTED}
