"""Numbers told of a part alone: ``县国土局收到的28件中,予以公开15件`` beside 162 of the whole county."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.times import CLAUSE_END, SENTENCE_END, stretch_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.rulebook.lexicons import SubsetPattern
    from pipeline.rulebook.matching import Reading
    from pipeline.rulebook.passages import Passage

_COUNT = "count"


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

    A count is such a part where ``told`` knows a greater number of the family, but not the count itself; clauses that
    add up to more are not told of it. An office is one where the report speaks ``for_all`` of its jurisdiction.
    """
    if COUNT not in passage.text:
        return settled
    refused: dict[int, str] = {}
    for part in _parts(passage, subsets):
        inside = [each for each in settled if _is_told_of(each, part, passage.start)]
        if part.count is None:
            if for_all:
                refused |= {id(each): f"told of an office alone ({part.subset.id})" for each in inside}
        else:
            inside = _as_far_as_it_goes(part.count, inside, passage)
            if _is_less_than_all(part.count, inside, told):
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
    """Yield the parts in reading order; the next one ends the one before. One whose count can't be read is left out."""
    text = passage.text
    found = sorted(
        ((match, subset) for subset in subsets for match in subset.pattern.finditer(text)),
        key=lambda each: each[0].end(),
    )
    ends = [match.end() for match, _ in found[1:]]
    for (match, subset), following in zip(found, [*ends, len(text)], strict=False):
        count = passage.count(match.start(_COUNT)) if _COUNT in subset.pattern.groupindex else None
        if count is None and _COUNT in subset.pattern.groupindex:
            continue
        last = stretch_around(text, SENTENCE_END, match.end())[1]
        left = subset.until.search(text, match.end(), last) if subset.until else None
        yield _Part(subset, match.end(), min(last, following, left.start() if left else last), count)


def _as_far_as_it_goes(count: float, inside: list[Reading], passage: Passage) -> list[Reading]:
    """Return the readings of the first clauses that add up to no more than ``count``."""
    told: list[Reading] = []
    by_clause: dict[int, list[Reading]] = defaultdict(list)
    for reading in sorted(inside, key=_place):
        by_clause[stretch_around(passage.text, CLAUSE_END, _place(reading) - passage.start)[0]].append(reading)
    for clause in by_clause.values():
        if sum(each.value for each in [*told, *clause]) > count:
            break
        told += clause
    return told


def _is_less_than_all(count: float, inside: list[Reading], told: Mapping[str, frozenset[float]]) -> bool:
    families = {_family(each) for each in inside}
    if len(families) != 1:
        return False
    known = told[families.pop()]
    return count not in known and max(known, default=0.0) > count


def _place(reading: Reading) -> int:
    return reading.end if reading.token is None else reading.token.at


def _is_told_of(reading: Reading, part: _Part, start: int) -> bool:
    return (
        reading.rejected is None
        and reading.token is not None
        and part.first <= reading.token.at - start < part.last
        and reading.rule.indicator.startswith(part.subset.indicators)
    )


def _family(reading: Reading) -> str:
    return reading.rule.indicator.partition(".")[0]
