"""Set several reports of one body on one year side by side: what both state should be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.across.years import AcrossCheck, outcome_of
from pipeline.model import Check, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.rulebook.concepts import Concept
    from pipeline.rulebook.evaluation import ReadReport

_ID = "S1"


def compare_same_year(
    chosen: ReadReport, others: Iterable[ReadReport], concepts: tuple[Concept, ...]
) -> Iterator[AcrossCheck]:
    """Yield a check for each concept that the report chosen for the panel and another one both state.

    Reports that speak for different scopes are not set side by side.
    """
    for other in others:
        if other.report.scope != chosen.report.scope:
            continue
        for concept in concepts:
            left, right = other.concept(concept), chosen.concept(concept)
            if left.value is None or right.value is None or len(left.scopes | right.scopes) > 1:
                continue
            proof = tuple(dict.fromkeys((*left.proof, *right.proof)))
            check = Check(
                identity=f"{_ID}:{concept.id}",
                outcome=outcome_of(left, "=", right),
                severity=Severity.SOFT,
                left=left.value,
                right=right.value,
                residual=left.value - right.value,
                observation_ids=tuple(each.observation_id for each in proof),
            )
            yield AcrossCheck(other.report.document_id, chosen.report.document_id, check)
