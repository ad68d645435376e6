"""Slips: the names that a misprinted one may stand for (沐阳县 for 沭阳县)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.places.division import Division

_SHORTEST_NAME = 3


def near_names(name: str, divisions: Iterable[Division]) -> tuple[Division, ...]:
    """Return the divisions of the same kind whose name differs from ``name`` in one character; no shorter ones."""
    if len(name) < _SHORTEST_NAME:
        return ()
    alike = [each for each in divisions if len(each.name) == len(name) and each.name[-1] == name[-1]]
    found = process.extract(
        name, [each.name for each in alike], scorer=Levenshtein.distance, score_cutoff=1, limit=None
    )
    return tuple(alike[index] for _, distance, index in found if distance == 1)
