"""Pairs of reports that are probably alike, found without comparing each with each.

A signature of 128 smallest hashes is cut into 32 bands of 4; reports that share a band meet in a bucket. Reports half
alike meet with a chance of 0.87, those alike by 0.6 with 0.99, those alike by 0.8 with 1.00.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.across.report import Report

_BANDS, _ROWS = 32, 4
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
    return sorted(pairs)


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) <= _MOST_IN_A_BUCKET:
        yield from combinations(bucket, 2)
        return
    for at, place in enumerate(bucket):
        yield from ((earlier, place) for earlier in bucket[max(0, at - _MOST_IN_A_BUCKET) : at])
