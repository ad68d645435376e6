"""Compare reports: which are copies, which re-issues, which clones of another body's text, and how alike they are.

A copy has the words and the numbers of another report and nothing that speaks against one body and year. Of copies one
is canonical: one that was not tampered with, was read whole, proves its body and year, yields most values, comes first
by its path. A re-issue is another text of the same body on the same year that calls itself corrected or was published
later. A clone has the words of another body's report with other numbers or under another name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.across.candidates import candidates
from pipeline.model import DocumentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.across.report import Report

_COPY, _CLONE, _REISSUE, _ALIKE = 0.9, 0.8, 0.5, 0.7
_MOST_OF_ONE_YEAR = 20
_DIGITS = 4
PREVIOUS_YEAR, SAME_YEAR = "previous_year", "same_year"


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike one report is to another; ``numbers_identical`` is null where one of them states next to no value."""

    document_id: str
    other_document_id: str
    kind: str
    jaccard: float
    numbers_identical: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Paths of copies, re-issues and clones with the path of what they repeat, and the similarities in order."""

    duplicate_of: dict[str, str] = field(default_factory=dict)
    reissue_of: dict[str, str] = field(default_factory=dict)
    clone_of: dict[str, str] = field(default_factory=dict)
    similarities: tuple[Similarity, ...] = ()

    @property
    def links(self) -> dict[str, dict[str, str]]:
        """The paths by the column of documents.parquet that tells them."""
        return {"duplicate_of": self.duplicate_of, "reissue_of": self.reissue_of, "clone_of": self.clone_of}


def compare(reports: Iterable[Report]) -> Comparison:
    """Return what the reports are to each other; the cost grows with their number, not with its square."""
    ordered = sorted(reports, key=lambda report: report.path)
    alike = {
        (one, two): ordered[one].likeness(ordered[two])
        for one, two in sorted({*candidates(ordered), *_of_one(ordered)})
    }
    copies = {pair for pair, jaccard in alike.items() if _is_copy(ordered[pair[0]], ordered[pair[1]], jaccard)}
    duplicate_of = _canonical(ordered, copies)
    return Comparison(
        duplicate_of,
        _reissues(ordered, alike, copies, duplicate_of),
        _clones(ordered, alike),
        tuple(_similarities(ordered, alike)),
    )


def _of_one(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one body: of the same year, and of one year with the next."""
    places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for place, report in enumerate(reports):
        if report.body is not None and report.year is not None:
            places[report.body, report.year].append(place)
    for (body, year), found in sorted(places.items()):
        kept = found[:_MOST_OF_ONE_YEAR]
        yield from combinations(kept, 2)
        for before in places.get((body, year - 1), [])[:_MOST_OF_ONE_YEAR]:
            yield from ((min(before, place), max(before, place)) for place in kept)


def _is_copy(one: Report, other: Report, jaccard: float) -> bool:
    same = jaccard >= _COPY and one.has_numbers_of(other) and one.may_be_of(other)
    return same and one.is_corrected == other.is_corrected


def _canonical(reports: Sequence[Report], copies: set[tuple[int, int]]) -> dict[str, str]:
    """Return for each copy the canonical report of its group."""
    first = list(range(len(reports)))

    def root(place: int) -> int:
        while first[place] != place:
            place = first[place]
        return place

    for one, two in sorted(copies):
        low, high = sorted((root(one), root(two)))
        first[high] = low
    groups: defaultdict[int, list[Report]] = defaultdict(list)
    for place, report in enumerate(reports):
        groups[root(place)].append(report)
    found: dict[str, str] = {}
    for group in groups.values():
        best = min(group, key=_rank)
        found.update((report.path, best.path) for report in group if report is not best)
    return found


def _rank(report: Report) -> tuple[bool, bool, bool, int, str]:
    is_unplaced = report.body is None or report.year is None
    is_unread = report.status is not DocumentStatus.OK
    return report.is_tampered, is_unread, is_unplaced, -report.n_observations, report.path


def _reissues(
    reports: Sequence[Report],
    alike: dict[tuple[int, int], float],
    copies: set[tuple[int, int]],
    duplicate_of: dict[str, str],
) -> dict[str, str]:
    """Return for each re-issue the latest report that it replaces."""
    found: dict[str, Report] = {}
    for (one, two), jaccard in sorted(alike.items()):
        pair = _in_order(reports[one], reports[two])
        if (one, two) in copies or jaccard < _REISSUE or pair is None:
            continue
        earlier, later = pair
        if earlier.path in duplicate_of or later.path in duplicate_of:
            continue
        known = found.get(later.path)
        if known is None or _in_order(known, earlier) == (known, earlier):
            found[later.path] = earlier
    return {path: report.path for path, report in sorted(found.items())}


def _in_order(one: Report, other: Report) -> tuple[Report, Report] | None:
    """Return two reports of one body on one year, the earlier first, or null where nothing tells which that is."""
    if one.body is None or one.body != other.body or one.year is None or one.year != other.year:
        return None
    if one.is_corrected != other.is_corrected:
        return (other, one) if one.is_corrected else (one, other)
    if one.published is None or other.published is None or one.published == other.published:
        return None
    return (one, other) if one.published < other.published else (other, one)


def _clones(reports: Sequence[Report], alike: dict[tuple[int, int], float]) -> dict[str, str]:
    """Return for each report that has another body's words the most alike of such reports."""
    nearest: dict[str, tuple[float, str]] = {}
    for (one, two), jaccard in sorted(alike.items()):
        if jaccard < _CLONE or not reports[one].is_of_another_body_than(reports[two]):
            continue
        for place, other in ((one, two), (two, one)):
            path = reports[place].path
            if path not in nearest or jaccard > nearest[path][0]:
                nearest[path] = jaccard, reports[other].path
    return {path: other for path, (_, other) in sorted(nearest.items())}


def _similarities(reports: Sequence[Report], alike: dict[tuple[int, int], float]) -> Iterator[Similarity]:
    """Yield how alike each report is to its body's of the year before, and to like ones of its year elsewhere."""
    found: list[tuple[int, int, Similarity]] = []
    for (one, two), jaccard in alike.items():
        for place, other in ((one, two), (two, one)):
            kind = _kind(reports[place], reports[other], jaccard)
            if kind is not None:
                found.append((place, other, _similarity(reports[place], reports[other], kind, jaccard)))
    yield from (similarity for _, _, similarity in sorted(found, key=lambda each: each[:2]))


def _kind(report: Report, other: Report, jaccard: float) -> str | None:
    if report.year is None or other.year is None:
        return None
    if report.body is not None and report.body == other.body:
        return PREVIOUS_YEAR if other.year == report.year - 1 else None
    if report.year == other.year and jaccard >= _ALIKE and report.is_of_another_body_than(other):
        return SAME_YEAR
    return None


def _similarity(report: Report, other: Report, kind: str, jaccard: float) -> Similarity:
    known = report.sketch.values is not None and other.sketch.values is not None
    identical = report.sketch.values == other.sketch.values if known else None
    return Similarity(report.document_id, other.document_id, kind, round(jaccard, _DIGITS), identical)
