"""Numbers told of a part alone: ``县国土局收到的28件中,予以公开15件`` beside 162 of the whole county."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
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
    settled: list[Reading],
    passage: Passage,
    subsets: tuple[SubsetPattern, ...],
    told: Mapping[str, frozenset[float]],
    *,
    for_all: bool,
) -> list[Reading]:
    """Return the settled readings, those rejected that are told of a part alone (``subsets``).

    A count is such a part where ``told`` knows a greater number of the family, but not the count itself; what adds up
    to more is not told of it. An office is one where the report speaks ``for_all`` of its jurisdiction.
    """
    if COUNT not in passage.text:
        return settled
    refused: dict[int, str] = {}
    for part in _parts(passage, subsets):
        inside = [each for each in settled if _is_told_of(each, part, passage.start)]
        if part.count is None:
            if for_all:
                refused |= {id(each): f"told of an office alone ({part.subset.id})" for each in inside}
        elif _is_less_than_all(part.count, inside, told):
            refused |= {id(each): f"told of {part.count:g} alone, a part of the whole" for each in inside}
    return [replace(each, rejected=refused[id(each)]) if id(each) in refused else each for each in settled]


@dataclass(frozen=True, slots=True)
class _Part:
    """The stretch ``first`` to ``last`` in which numbers are told of a part, and its own count if it has one."""

    subset: SubsetPattern
    first: int
    last: int
    count: float | None


def _parts(passage: Passage, subsets: tuple[SubsetPattern, ...]) -> Iterator[_Part]:
    """Yield the parts in reading order; the next one ends the one before."""
    text = passage.text
    found = sorted(
        ((match.end(), match.start("count") if "count" in subset.pattern.groupindex else None, subset.id), subset)
        for subset in subsets
        for match in subset.pattern.finditer(text)
    )
    for number, ((end, place, _), subset) in enumerate(found):
        last = stretch_around(text, SENTENCE_END, end)[1]
        left = subset.until.search(text, end, last) if subset.until else None
        following = found[number + 1][0][0] if number + 1 < len(found) else len(text)
        yield _Part(
            subset,
            end,
            min(last, following, left.start() if left else last),
            None if place is None else passage.count(place),
        )


def _is_less_than_all(count: float, inside: list[Reading], told: Mapping[str, frozenset[float]]) -> bool:
    families = {_family(each) for each in inside}
    if len(families) != 1 or sum(each.value for each in inside) > count:
        return False
    known = told[families.pop()]
    return count not in known and max(known, default=0.0) > count


def _is_told_of(reading: Reading, part: _Part, start: int) -> bool:
    return (
        reading.rejected is None
        and reading.token is not None
        and part.first <= reading.token.at - start < part.last
        and reading.rule.indicator.startswith(part.subset.indicators)
    )


def _family(reading: Reading) -> str:
    return reading.rule.indicator.partition(".")[0]
