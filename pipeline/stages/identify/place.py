"""Place: where the body sits, by the register of divisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Document, Evidence
    from pipeline.stages.identify.agency import Agency


@dataclass(frozen=True, slots=True)
class Place:
    """A division of its year: names from the province down, codes as text, and the words that prove it."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    adcode: str | None = None
    township_code: str | None = None
    proof: Evidence | None = None


def find_place(document: Document, agency: Agency, year: int | None) -> Place:  # noqa: ARG001 — no register yet
    """Return where ``agency`` sat in ``year``; null fields where the document does not prove it."""
    return Place()
