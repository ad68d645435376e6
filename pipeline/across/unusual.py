"""Tell numbers that leave the line of their body or of its peers: information, never an error.

Numbers of a concept go in by body and year, checks of severity ``info`` come out: ``jump`` against the year before,
``history`` against the other years of the body, ``peers`` against bodies of the same kind and level on the same year.
Numbers are compared as logarithms, with the median and the median deviation, so that the odd one does not hide itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.across.years import AcrossCheck
from pipeline.model import Check, CheckOutcome, Severity
from pipeline.rulebook.concepts import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.rulebook.concepts import Concept, FormOrder, UsedForm
    from pipeline.rulebook.evaluation import ReadReport
    from pipeline.rulebook.years import Distance, Jump, Unusual

_CHAIN = frozenset({Grade.EXACT, Grade.CLOSE})
_LIKE_DEVIATION = 1.4826  # makes the median deviation that of a normal distribution
_LEAST_SPREAD = 0.1  # in logarithms: a tenth more or less is never far


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a concept for one body and year; ``peers`` names its kind and level.

    ``chains`` is false where it does not compare with the form that the body used before.
    """

    concept: str
    agency_key: str
    year: int
    value: float
    document_id: str
    peers: str | None
    chains: bool
    observation_ids: tuple[str, ...]


def points_of(
    reports: Sequence[ReadReport], concepts: Iterable[Concept], order: FormOrder, peers: str | None
) -> Iterator[Point]:
    """Yield the points of one body, whose reports come in the order of their years."""
    for concept in concepts:
        before: UsedForm | None = None
        for each in reports:
            report, here, reading = each.report, each.used, each.concept(concept)
            chains = before is not None and (before.time == here.time or order.grade(concept, here, before) in _CHAIN)
            before = here
            if reading.value is not None:
                proof = tuple(statement.observation_id for statement in reading.proof)
                of = concept.id, report.agency_key, report.year
                yield Point(*of, reading.value, report.document_id, peers, chains, proof)


def unusual_values(points: Iterable[Point], rules: Unusual) -> Iterator[AcrossCheck]:
    """Yield one check for each point and each rule that has enough to compare with."""
    lines: dict[tuple[str, str], list[Point]] = {}
    groups: dict[tuple[str, int, str], list[Point]] = {}
    for point in points:
        lines.setdefault((point.concept, point.agency_key), []).append(point)
        if point.peers is not None:
            groups.setdefault((point.concept, point.year, point.peers), []).append(point)
    for line in lines.values():
        line.sort(key=lambda point: point.year)
        for stretch in _stretches(line):
            yield from _jumps(stretch, rules.jump)
            yield from _among("history", stretch, rules.history)
    for group in groups.values():
        yield from _among("peers", group, rules.peers)


def is_jump(before: float, now: float, rule: Jump) -> bool:
    """Say whether a number is many times the one before, or a small part of it, and not by a few only."""
    less, more = sorted((before, now))
    return more - less >= rule.least and more >= rule.times * less


def is_far(value: float, others: Sequence[float], rule: Distance) -> bool | None:
    """Say whether a number lies far from others, and not by a few only; null where they are too few."""
    if len(others) < rule.others:
        return None
    if abs(value - median(others)) < rule.least:
        return False
    logs = [math.log1p(max(other, 0.0)) for other in others]
    middle = median(logs)
    spread = max(_LIKE_DEVIATION * median(abs(each - middle) for each in logs), _LEAST_SPREAD)
    return abs(math.log1p(max(value, 0.0)) - middle) >= rule.score * spread


def _stretches(line: list[Point]) -> Iterator[list[Point]]:
    """Yield the parts of a line within which numbers compare."""
    stretch: list[Point] = []
    for point in line:
        if stretch and not point.chains:
            yield stretch
            stretch = []
        stretch.append(point)
    yield stretch


def _jumps(line: list[Point], rule: Jump) -> Iterator[AcrossCheck]:
    for before, now in pairwise(line):
        if now.year == before.year + 1:
            yield _check("jump", now, before.value, before, is_unusual=is_jump(before.value, now.value, rule))


def _among(name: str, points: list[Point], rule: Distance) -> Iterator[AcrossCheck]:
    for number, point in enumerate(points):
        others = [other.value for at, other in enumerate(points) if at != number]
        is_unusual = is_far(point.value, others, rule)
        if is_unusual is not None:
            yield _check(name, point, median(others), None, is_unusual=is_unusual)


def _check(name: str, point: Point, usual: float, before: Point | None, *, is_unusual: bool) -> AcrossCheck:
    check = Check(
        identity=f"{name}:{point.concept}",
        outcome=CheckOutcome.BROKEN if is_unusual else CheckOutcome.HOLDS,
        severity=Severity.INFO,
        left=point.value,
        right=usual,
        residual=point.value - usual,
        observation_ids=(*point.observation_ids, *(before.observation_ids if before else ())),
    )
    return AcrossCheck(point.document_id, before.document_id if before else None, check)
