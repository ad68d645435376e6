"""Observations made by hand, for the tests of what must agree."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from pipeline.model import (
    Document,
    Evidence,
    Identity,
    Observation,
    Paragraph,
    Span,
    ValueSource,
    ValueStatus,
)
from pipeline.stages.account import close_ledger, open_ledger
from pipeline.stages.validate import Validation, validate
from tests.stages.documents import of_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.rulebook import Rulebook

SILENT = of_lines("无。")

_IDS = count(1)
_PROSE_CONFIDENCE = 0.95


def cell(indicator: str, value: float | None, applicant: str | None = None, **changes: object) -> Observation:
    """Return a cell of an official table, blank where ``value`` is null."""
    printed = "" if value is None else f"{value:g}"
    fields: dict[str, Any] = {
        "indicator": indicator,
        "applicant": applicant,
        "status": ValueStatus.BLANK if value is None else ValueStatus.REPORTED,
        "source": ValueSource.TABLE,
        "rule_id": "form",
        "evidence": Evidence("t1", 0, len(printed), printed),
        "value": value,
        "value_base": value,
        "observation_id": f"c{next(_IDS)}",
    }
    return Observation(**fields | changes)


def said(document: Document, quote: str, indicator: str, **changes: object) -> Observation:
    """Return what ``quote``, words of ``document``, states: its last number; zero where it has none."""
    block = next(each for each in document.blocks if isinstance(each, Paragraph) and quote in each.text)
    start = block.text.index(quote)
    numbers = list(re.finditer(r"\d+", quote))
    value = float(numbers[-1][0]) if numbers else 0.0
    numeral = None
    if numbers:
        numeral = Span(block.block_id, start + numbers[-1].start(), start + numbers[-1].end())
    fields: dict[str, Any] = {
        "indicator": indicator,
        "status": ValueStatus.REPORTED if numbers else ValueStatus.ZERO_STATED,
        "source": ValueSource.PROSE,
        "rule_id": f"{indicator}/said",
        "evidence": Evidence(block.block_id, start, start + len(quote), quote),
        "value": value,
        "value_base": value,
        "numeral": numeral,
        "confidence": _PROSE_CONFIDENCE,
        "observation_id": f"p{next(_IDS)}",
    }
    return Observation(**fields | changes)


def validated(
    book: Rulebook,
    observations: Iterable[Observation],
    document: Document = SILENT,
    *,
    era: str = "form_2021",
    level: str | None = None,
) -> Validation:
    """Return what validation says of the observations, with the ledger of the document."""
    found = tuple(observations)
    numerals = close_ledger(open_ledger(document, book), found, document)
    form = next(each for each in book.eras if each.id == era)
    identity = Identity(era, level=level)
    return validate(found, numerals, document, identity, form, book.agreements)


def changed(
    observations: Iterable[Observation],
    indicator: str,
    applicant: str | None,
    change: Callable[[Observation], Observation | tuple[Observation, ...]],
) -> list[Observation]:
    """Return the observations with one of them changed, doubled or left out, as ``change`` says."""
    result: list[Observation] = []
    for each in observations:
        made = change(each) if (each.indicator, each.applicant) == (indicator, applicant) else each
        result.extend(made if isinstance(made, tuple) else (made,))
    return result


def printed(
    observations: Iterable[Observation], indicator: str, applicant: str | None, value: float | None
) -> list[Observation]:
    """Return the observations with another number, or none, printed in one cell."""
    status = ValueStatus.BLANK if value is None else ValueStatus.REPORTED
    return changed(
        observations, indicator, applicant, lambda each: replace(each, value=value, value_base=value, status=status)
    )
