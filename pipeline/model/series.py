"""What a body said year after year: the statements of one report, and the report that speaks for a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model.vocabulary import Period, Qualifier, ValueSource, ValueStatus


@dataclass(frozen=True, slots=True)
class Statement:
    """One observation as far as comparing needs it; ``value`` is in base units, null unless the status has one.

    ``unit`` is the base unit; ``derived`` marks a total that was added up because the report prints none.
    """

    observation_id: str
    indicator: str
    applicant: str | None
    period: Period
    value: float | None
    unit: str | None
    status: ValueStatus
    source: ValueSource
    qualifier: Qualifier
    scope: str | None
    derived: bool
    confidence: float
    quote: str


@dataclass(frozen=True, slots=True)
class YearReport:
    """The report that speaks for one body in one year; ``scope`` tells whose figures are taken."""

    document_id: str
    path: str
    agency_key: str
    year: int
    scope: str | None
