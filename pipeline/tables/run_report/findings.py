"""Find the identities that a run found broken, with the words of the report that each of their numbers stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.model import CheckOutcome, DocumentStatus, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_FINDINGS = 300
_AROUND = 40
_SEVERITIES = tuple(severity.value for severity in (Severity.HARD, Severity.SOFT))
_VERDICTS = (Verdict.EXTRACTION_DOUBT.value, Verdict.REPORT_ERROR.value, None)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """One number of a finding and where it stands: its observation, and the text before and behind its quote."""

    observation: Row
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken identity: the row of its check, that of its document, and the numbers it rests on."""

    check: Row
    document: Row
    proofs: tuple[Proof, ...]


def broken_identities(folder: Path) -> tuple[tuple[Finding, ...], int]:
    """Return the gravest findings, and how many there are in all; those for information only are not counted.

    Hard ones come first, then what may be misread, then by path.
    """
    broken = pq.read_table(
        folder / "checks.parquet",
        filters=[("outcome", "==", CheckOutcome.BROKEN.value), ("severity", "in", _SEVERITIES)],
    ).to_pylist()
    documents = _documents(folder)
    broken.sort(
        key=lambda row: (
            _SEVERITIES.index(row["severity"]),
            _VERDICTS.index(row["verdict"]),
            documents[row["document_id"]]["path"],
        )
    )
    shown = broken[:MOST_FINDINGS]
    proofs = _proofs(folder, {each for row in shown for each in row["observations"]})
    findings = (
        Finding(
            row,
            documents[row["document_id"]],
            tuple(proofs[each] for each in row["observations"] if each in proofs),
        )
        for row in shown
    )
    return tuple(findings), len(broken)


def _documents(folder: Path) -> dict[str, Row]:
    columns = ["document_id", "path", "status", "agency_name", "year"]
    rows = pq.read_table(folder / "documents.parquet", columns=columns).to_pylist()
    return {row["document_id"]: row for row in rows if row["status"] != DocumentStatus.DUPLICATE}


def _proofs(folder: Path, ids: set[str]) -> dict[str, Proof]:
    if not ids:
        return {}
    rows = pq.read_table(
        folder / "observations.parquet", filters=pc.field("observation_id").isin(pa.array(sorted(ids), pa.string()))
    ).to_pylist()
    texts, cells = _texts(folder, {row["document_id"] for row in rows})
    return {row["observation_id"]: _proof(row, texts, cells) for row in rows}


def _texts(
    folder: Path, documents: set[str]
) -> tuple[dict[tuple[str, str], Row], dict[tuple[str, str, int], list[Row]]]:
    """Return the blocks of some documents, and the cells of each row of their tables."""
    columns = ["document_id", "block_id", "type", "text", "row", "col"]
    rows = pq.read_table(
        folder / "blocks.parquet",
        columns=columns,
        filters=pc.field("document_id").isin(pa.array(sorted(documents), pa.string())),
    ).to_pylist()
    texts: dict[tuple[str, str], Row] = {}
    cells: dict[tuple[str, str, int], list[Row]] = {}
    table = ""
    for row in rows:
        if row["type"] == "table":
            table = row["block_id"]
        elif row["type"] == "cell":
            row["table"] = table
            cells.setdefault((row["document_id"], table, row["row"]), []).append(row)
        texts[row["document_id"], row["block_id"]] = row
    return texts, cells


def _proof(
    observation: Row,
    texts: Mapping[tuple[str, str], Row],
    cells: Mapping[tuple[str, str, int], Iterable[Row]],
) -> Proof:
    """Return an observation with the text around its quote, for a cell with the other cells of its row."""
    block = texts[observation["document_id"], observation["block_id"]]
    text, start, end = block["text"], observation["start"], observation["end"]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = f"…{before}"
    if end + _AROUND < len(text):
        after = f"{after}…"
    if block["type"] == "cell":
        row = cells[observation["document_id"], block["table"], block["row"]]
        left = [cell["text"] for cell in row if cell["col"] < block["col"]]
        right = [cell["text"] for cell in row if cell["col"] > block["col"]]
        before = "".join(f"{each} | " for each in left) + before
        after += "".join(f" | {each}" for each in right)
    return Proof(observation, before, text[start:end], after)
