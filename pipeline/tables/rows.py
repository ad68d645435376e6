"""Turn the outcome of one file into rows, one plain dict per row with every column of its table.

Here each quote is compared with the stored text a last time: a row that fails would be a bug, and stops the run.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipeline.model import Disposition, DocumentStatus, Identity, Paragraph, Table
from pipeline.tables.errors import QuoteError
from pipeline.tables.schema import DOCUMENTS, LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Block, Check, Document, Outcome, Section, Span

Row = dict[str, Any]

_IDENTITY_FIELDS = tuple(field.name for field in fields(Identity) if field.name in DOCUMENTS.names)


def rows_of(outcome: Outcome, duplicate_of: str | None) -> dict[str, list[Row]]:
    """Return the rows of one file by table.

    ``duplicate_of`` is the path of an earlier file with the same bytes: what was read stands there already. Raises
    ``QuoteError`` where a quote is not the stored text at its span.
    """
    timings = [
        {"path": outcome.source.path, "stage": each.stage, "seconds": each.seconds, "peak_mb": each.peak_mb}
        for each in outcome.timings
    ]
    if duplicate_of is not None:
        return {"documents": [_duplicate_row(outcome, duplicate_of)], "timings": timings}
    _verify_quotes(outcome)
    return {
        "documents": [_document_row(outcome)],
        "sections": _section_rows(outcome),
        "blocks": _block_rows(outcome),
        "observations": _observation_rows(outcome),
        "numbers": _number_rows(outcome),
        "checks": _check_rows(outcome),
        "problems": _problem_rows(outcome),
        "terms": _term_rows(outcome),
        "timings": timings,
    }


def _document_row(outcome: Outcome) -> Row:
    source, identity = outcome.source, outcome.identity
    unexplained = sum(each.disposition is Disposition.UNEXPLAINED for each in outcome.numerals)
    return {
        "document_id": source.document_id or None,
        "path": source.path,
        "size": source.size if source.sha256 else None,
        "sha256": source.sha256 or None,
        "format": source.format,
        "encoding": source.encoding,
        "status": outcome.status,
        "reason": outcome.reason,
        "message": outcome.message,
        "title": outcome.document.title if outcome.document else None,
        **_identity_columns(identity),
        **dict.fromkeys(LINKS),
        "n_observations": len(outcome.observations),
        "n_numbers": len(outcome.numerals),
        "n_unexplained": unexplained,
    }


def _identity_columns(identity: Identity | None) -> Row:
    if identity is None:
        return dict.fromkeys((*_IDENTITY_FIELDS, "year_evidence"))
    year = identity.proof_of("year")
    return {
        **{name: getattr(identity, name) for name in _IDENTITY_FIELDS},
        "year_evidence": year.quote if year else None,
    }


def _duplicate_row(outcome: Outcome, duplicate_of: str) -> Row:
    return {
        **_document_row(outcome),
        "status": DocumentStatus.DUPLICATE,
        "reason": None,
        "message": f"The bytes are those of {duplicate_of}, where the values stand.",
        "duplicate_of": duplicate_of,
        "n_observations": 0,
        "n_numbers": 0,
        "n_unexplained": 0,
    }


def _section_rows(outcome: Outcome) -> list[Row]:
    texts = dict(_texts(outcome.document))
    return [
        {
            "document_id": outcome.source.document_id,
            "section_id": each.section_id,
            "order": each.order,
            "level": each.level,
            "heading": each.heading,
            "kind": each.kind,
            "decided_by": each.decided_by,
            "confidence": each.confidence,
            "text": _section_text(each, texts, outcome.document),
        }
        for each in outcome.sections
    ]


def _section_text(section: Section, texts: dict[str, str], document: Document | None) -> str:
    tables = {block.block_id: block for block in document.blocks if isinstance(block, Table)} if document else {}
    return "\n".join(_span_text(span, texts, tables) for span in section.spans)


def _span_text(span: Span, texts: dict[str, str], tables: dict[str, Table]) -> str:
    if span.block_id not in tables:
        return texts[span.block_id][span.start : span.end]
    lines: dict[int, list[str]] = {}
    for cell in tables[span.block_id].cells:
        lines.setdefault(cell.row, []).append(cell.text)
    return "\n".join("\t".join(cells) for cells in lines.values())


def _block_rows(outcome: Outcome) -> list[Row]:
    if outcome.document is None:
        return []
    rows = [row for block in outcome.document.blocks for row in _rows_of_block(block)]
    for order, row in enumerate(rows, start=1):
        row["document_id"] = outcome.source.document_id
        row["order"] = order
    return rows


def _rows_of_block(block: Block) -> Iterator[Row]:
    role: Row = {"role": block.role, "role_reason": block.role_reason}
    no_place: Row = dict.fromkeys(("row", "col", "rowspan", "colspan"))
    own: Row = {"block_id": block.block_id, "page": block.anchor.page, **no_place, **role}
    if isinstance(block, Paragraph):
        yield {**own, "type": "paragraph", "text": block.text}
        return
    yield {**own, "type": "table", "text": ""}
    for cell in block.cells:
        yield {
            "block_id": cell.block_id,
            "type": "cell",
            "text": cell.text,
            "page": cell.anchor.page if cell.anchor.page is not None else block.anchor.page,
            "row": cell.row,
            "col": cell.col,
            "rowspan": cell.rowspan,
            "colspan": cell.colspan,
            **role,
        }


def _observation_rows(outcome: Outcome) -> list[Row]:
    return [
        {
            "observation_id": each.observation_id,
            "document_id": outcome.source.document_id,
            "indicator": each.indicator,
            "applicant": each.applicant,
            "item": each.item,
            "item_class": each.item_class,
            "value": each.value,
            "unit": each.unit,
            "value_base": each.value_base,
            "unit_base": each.unit_base,
            "status": each.status,
            "qualifier": each.qualifier,
            "period": each.period,
            "scope": each.scope,
            "source": each.source,
            "standing": each.standing,
            "standing_reason": each.standing_reason,
            "derived": each.derived,
            "derived_from": each.derived_from,
            "rule_id": each.rule_id,
            "section_id": each.section_id,
            "block_id": each.evidence.block_id,
            "page": each.page,
            "row": each.row,
            "col": each.col,
            "start": each.evidence.start,
            "end": each.evidence.end,
            "quote": each.evidence.quote,
            "confidence": each.confidence,
        }
        for each in outcome.observations
    ]


def _number_rows(outcome: Outcome) -> list[Row]:
    document_id = outcome.source.document_id
    return [
        {
            "number_id": f"{document_id}-n{number:05}",
            "document_id": document_id,
            "block_id": each.block_id,
            "start": each.start,
            "end": each.end,
            "text": each.text,
            "value": each.value,
            "unit": each.unit,
            "disposition": each.disposition,
            "observation": each.observation_id,
            "decided_by": each.decided_by,
        }
        for number, each in enumerate(outcome.numerals, start=1)
    ]


def check_row(check: Check, document_id: str, other_document_id: str | None = None) -> Row:
    """Return the row of one check on a report, or between it and another."""
    return {
        "document_id": document_id,
        "identity": check.identity,
        "applicant": check.applicant,
        "outcome": check.outcome,
        "left": check.left,
        "right": check.right,
        "residual": check.residual,
        "severity": check.severity,
        "verdict": check.verdict,
        "observations": check.observation_ids,
        "other_document_id": other_document_id,
    }


def _check_rows(outcome: Outcome) -> list[Row]:
    return [check_row(each, outcome.source.document_id) for each in outcome.checks]


def _term_rows(outcome: Outcome) -> list[Row]:
    document_id = outcome.source.document_id
    return [
        {"document_id": document_id, "section_kind": each.section_kind, "term": each.term, "count": each.count}
        for each in outcome.terms
    ]


def _problem_rows(outcome: Outcome) -> list[Row]:
    return [
        {
            "document_id": outcome.source.document_id or None,
            "path": outcome.source.path,
            "stage": each.stage,
            "kind": each.kind,
            "message": each.message,
            "block_id": each.block_id,
        }
        for each in outcome.problems
    ]


def _texts(document: Document | None) -> Iterator[tuple[str, str]]:
    """Yield the stored text of every row of blocks.parquet."""
    for block in document.blocks if document else ():
        if isinstance(block, Paragraph):
            yield block.block_id, block.text
        else:
            yield block.block_id, ""
            yield from ((cell.block_id, cell.text) for cell in block.cells)


def _verify_quotes(outcome: Outcome) -> None:
    texts = dict(_texts(outcome.document))
    for each in outcome.observations:
        proof = each.evidence
        if texts.get(proof.block_id, "")[proof.start : proof.end] != proof.quote or proof.block_id not in texts:
            message = (
                f"{outcome.source.path}: rule {each.rule_id} quotes {proof.quote!r}, which is not the text of block "
                f"{proof.block_id} at [{proof.start}:{proof.end}]."
            )
            raise QuoteError(message)
