"""Numbers told of a part of a total alone: ``县政府收到的28件中,予以公开15件`` beside 162 of the whole county."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.times import SENTENCE_END, stretch_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.rulebook.lexicons import SubsetPattern
    from pipeline.rulebook.matching import Reading
    from pipeline.rulebook.passages import Passage


def values_told(accepted: Iterable[Reading]) -> Mapping[str, frozenset[float]]:
    """Return the numbers that the readings give, by family of indicators: the first part of their ids."""
    told: dict[str, set[float]] = defaultdict(set)
    for reading in accepted:
        told[_family(reading)].add(reading.value)
    return {family: frozenset(values) for family, values in told.items()}


def refuse_parts(
    settled: list[Reading], passage: Passage, subsets: tuple[SubsetPattern, ...], told: Mapping[str, frozenset[float]]
) -> list[Reading]:
    """Return the settled readings, those rejected that a sentence tells of a part of a total alone.

    A count is such a part where the words before it say so (``subsets``) and ``told`` knows a greater number of the
    family, but not the count itself. What adds up to more than the part is not told of it.
    """
    if COUNT not in passage.text:
        return settled
    refused: dict[int, str] = {}
    for part, first, last in _parts(passage, subsets):
        inside = [each for each in settled if _is_told_within(each, passage.start + first, passage.start + last)]
        families = {_family(each) for each in inside}
        if len(families) != 1 or sum(each.value for each in inside) > part:
            continue
        known = told[families.pop()]
        if part not in known and max(known, default=0.0) > part:
            refused |= {id(each): f"told of {part:g} alone, a part of the whole" for each in inside}
    return [replace(each, rejected=refused[id(each)]) if id(each) in refused else each for each in settled]


def _parts(passage: Passage, subsets: tuple[SubsetPattern, ...]) -> Iterator[tuple[float, int, int]]:
    """Yield the counts that are parts, each with the stretch of its sentence in which its own numbers stand."""
    found = sorted(
        (match.end(), match.start("count")) for each in subsets for match in each.pattern.finditer(passage.text)
    )
    for (end, place), (following, _) in pairwise([*found, (len(passage.text), 0)]):
        part = passage.count(place)
        if part is not None:
            yield part, end, min(stretch_around(passage.text, SENTENCE_END, end)[1], following)


def _is_told_within(reading: Reading, first: int, last: int) -> bool:
    return reading.rejected is None and reading.token is not None and first <= reading.token.at < last


def _family(reading: Reading) -> str:
    return reading.rule.indicator.partition(".")[0]
