"""Sketch: what is kept of a report so that it can be compared with all others without its text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.model import Paragraph, Role, Sketch, Standing, Table, ValueSource
from pipeline.text.fold import fold
from pipeline.text.shingles import numerals, shingles, signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Observation

_FEWEST_SHINGLES = 40
_FEWEST_VALUES = 3


def sketch(document: Document, observations: tuple[Observation, ...]) -> Sketch | None:
    """Return the sketch of the report, or null where it has too little prose to be compared.

    The official tables are the same in all reports: their cells, and the stretch of a line that holds a flattened
    one, are left out of the words, but not of the numbers.
    """
    tables = _flattened(observations)
    hashes = shingles("".join(_prose(document, tables)))
    if hashes.size < _FEWEST_SHINGLES:
        return None
    return Sketch(
        hashes.tobytes(),
        signature(hashes).tobytes(),
        numerals("\n".join(_texts(document))).tobytes(),
        _values(observations),
    )


def _flattened(observations: tuple[Observation, ...]) -> dict[str, tuple[int, int]]:
    """Return the stretch of each block that the cells of flattened tables take up."""
    stretches: dict[str, tuple[int, int]] = {}
    for each in observations:
        if each.source is not ValueSource.PROSE:
            start, end = stretches.get(each.evidence.block_id, (each.evidence.start, each.evidence.end))
            stretches[each.evidence.block_id] = min(start, each.evidence.start), max(end, each.evidence.end)
    return stretches


def _prose(document: Document, tables: dict[str, tuple[int, int]]) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.role is Role.BODY:
            start, end = tables.get(block.block_id, (0, 0))
            yield fold(block.text[:start]).text + fold(block.text[end:]).text


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.role is Role.BODY:
            yield fold(block.text).text
        elif isinstance(block, Table):
            yield from (fold(cell.text).text for cell in block.cells)


def _values(observations: tuple[Observation, ...]) -> str | None:
    """Return the hash of all values that speak for the report, or null where there are next to none."""
    values = sorted(
        f"{each.indicator}|{each.applicant}|{each.item}|{each.period}|{each.value}"
        for each in observations
        if each.value is not None and each.standing is Standing.ACCEPTED
    )
    if len(values) < _FEWEST_VALUES:
        return None
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:16]
