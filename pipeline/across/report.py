"""What is known of one report when it is compared with others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pipeline.text.shingles import likeness

if TYPE_CHECKING:
    from datetime import date

    from pipeline.model import DocumentStatus, Outcome, Sketch
    from pipeline.text.shingles import Hashes

_SUFFIXES = ("办公室", "办公厅", "人民政府")


@dataclass(frozen=True)
class Report:
    """One report: where it lies, whose it is, when it was published, how well it was read, and its sketch."""

    document_id: str
    path: str
    status: DocumentStatus
    agency: str | None
    body: str | None
    year: int | None
    published: date | None
    is_corrected: bool
    is_tampered: bool
    n_observations: int
    sketch: Sketch

    @cached_property
    def shingles(self) -> Hashes:
        """The hashed shingles of its prose."""
        return np.frombuffer(self.sketch.shingles, np.uint32)

    @cached_property
    def signature(self) -> Hashes:
        """The smallest hashes of the permutations."""
        return np.frombuffer(self.sketch.signature, np.uint32)

    def likeness(self, other: Report) -> float:
        """Return how alike the prose of two reports is, between 0 and 1."""
        return likeness(self.shingles, other.shingles)

    def has_numbers_of(self, other: Report) -> bool:
        """Say whether both print the same numbers, or at least state the same values."""
        if self.sketch.numbers == other.sketch.numbers:
            return True
        return self.sketch.values is not None and self.sketch.values == other.sketch.values

    def may_be_of(self, other: Report) -> bool:
        """Say whether nothing speaks against one body and one year."""
        years = self.year is None or other.year is None or self.year == other.year
        return years and not self.is_of_another_body_than(other)

    def is_of_another_body_than(self, other: Report) -> bool:
        """Say whether both name a body and neither name is part of the other."""
        if self.agency is None or other.agency is None:
            return False
        one, two = _bare(self.agency), _bare(other.agency)
        return not (one.endswith(two) or two.endswith(one))


def report_of(outcome: Outcome) -> Report | None:
    """Return what is compared of the outcome, or null where it is no report or holds too little prose."""
    identity, sketch = outcome.identity, outcome.sketch
    if identity is None or sketch is None or identity.rejected:
        return None
    body = identity.agency_key
    if body is None and identity.agency_name and identity.adcode:
        body = f"{identity.adcode} {identity.agency_name}"
    return Report(
        document_id=outcome.source.document_id,
        path=outcome.source.path,
        status=outcome.status,
        agency=identity.agency_name,
        body=body,
        year=identity.year,
        published=identity.published,
        is_corrected=identity.is_corrected,
        is_tampered=identity.is_tampered,
        n_observations=len(outcome.observations),
        sketch=sketch,
    )


def _bare(name: str) -> str:
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name
