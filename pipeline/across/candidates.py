"""Pairs of reports that are probably alike, found without comparing each with each.

A signature of 256 smallest hashes is cut into 42 bands of 6; reports that share a band meet in a bucket, and those stay
whose signatures agree in at least 0.6. Of reports alike by 0.7 one pair in two hundred is missed, of those alike by 0.8
none.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.across.report import Report

_BANDS, _ROWS = 42, 6
_LEAST_AGREEMENT = 0.6
_CHUNK = 4096
_MOST_IN_A_BUCKET = 40


def candidates(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Return the places of both reports of each probable pair, in order.

    In a bucket of more than 40 each report is paired with the 40 before it only, so that the cost stays linear where
    hundreds repeat one text; chains of pairs still join them all.
    """
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        buckets: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, report in enumerate(reports):
            buckets[report.signature[band * _ROWS : (band + 1) * _ROWS].tobytes()].append(place)
        for bucket in buckets.values():
            pairs.update(_pairs(bucket))
    return _agreeing(reports, sorted(pairs))


def _agreeing(reports: Sequence[Report], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs whose signatures agree well enough."""
    if not pairs:
        return []
    signatures = np.stack([report.signature for report in reports])
    kept: list[tuple[int, int]] = []
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        one, other = np.array(chunk).T
        agreement = (signatures[one] == signatures[other]).mean(axis=1)
        kept.extend(pair for pair, share in zip(chunk, agreement, strict=True) if share >= _LEAST_AGREEMENT)
    return kept


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) <= _MOST_IN_A_BUCKET:
        yield from combinations(bucket, 2)
        return
    for at, place in enumerate(bucket):
        yield from ((earlier, place) for earlier in bucket[max(0, at - _MOST_IN_A_BUCKET) : at])
