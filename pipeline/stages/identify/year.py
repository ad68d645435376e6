"""Year: what a report reports on, by the best proof that names it, unless better-supported proofs contradict.

Proofs by rank: the reporting period, the title, the name of the page, the preface, the way sentences begin, the
heading of a form without a report, the date below the report. A file name, an index number, a date of upload or of
publication proves nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.model import Problem
from pipeline.text.dates import read_day, read_number, read_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import regex

    from pipeline.model import Evidence
    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.sheet import Sheet
    from pipeline.stages.identify.stretches import Stretch

_NAMES = {
    "period": "the reporting period",
    "title": "the title",
    "page": "the name of the page",
    "preface": "the preface",
    "opening": "the sentences",
    "form": "the heading of the form",
    "signature": "the date below",
}
_LAST_MONTH_OF_REPORTING = 4
_ENOUGH_OPENINGS = 2 / 3
_PREFACE_LINES = 12
_SHORTEST_TIME = 180


@dataclass(frozen=True, slots=True)
class Vote:
    """One kind of proof and the year it names, with the words."""

    kind: str
    year: int
    proof: Evidence


@dataclass(frozen=True, slots=True)
class ReportingTime:
    """The year, its proof, the first and last day where stated, the day of publication, and what contradicts."""

    year: int | None = None
    proof: Evidence | None = None
    start: date | None = None
    end: date | None = None
    published: date | None = None
    problems: tuple[Problem, ...] = ()


def find_time(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]], *, is_titled: bool) -> ReportingTime:
    """Return the time that the report covers; ``is_titled`` says whether a title calls it a yearly report."""
    published = _published(sheet, signs)
    votes, problems = _votes(sheet, signs, is_titled=is_titled)
    school = None if any(vote.kind in ("period", "title") for vote in votes) else _school_year(sheet, signs)
    if school is not None:
        first, last, words = school
        return ReportingTime(None, words, first, last, published)
    start, end, proof = _range(sheet, signs)
    if start and end and proof and start.year == end.year and not any(vote.kind == "period" for vote in votes):
        votes.insert(0, Vote("period", start.year, proof))
    winner, contradictions = _decide(votes)
    problems = (*problems, *contradictions)
    if winner is None:
        return ReportingTime(None, None, start, end, published, problems)
    if winner.kind == "period" and start is None:
        start, end = date(winner.year, 1, 1), date(winner.year, 12, 31)
    return ReportingTime(winner.year, winner.proof, start, end, published, problems)


def years_of(match: regex.Match[str]) -> set[int]:
    """Return the years in the groups of a match whose name begins with ``year``."""
    printed = (text for name, text in match.groupdict().items() if text and name.startswith("year"))
    return {year for year in map(read_year, printed) if year is not None}


def _votes(
    sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]], *, is_titled: bool
) -> tuple[list[Vote], tuple[Problem, ...]]:
    kinds: tuple[tuple[str, Iterable[tuple[set[int], Evidence]]], ...] = (
        ("period", _matches(sheet.body, signs["period"][:1])),
        ("title", _titled(sheet.titles, signs)),
        ("page", _matches(sheet.page_titles, signs["title"])),
        ("preface", _matches(sheet.body[:_PREFACE_LINES], signs["preface_year"])),
        ("opening", _openings(sheet, signs["opening"])),
        ("form", () if is_titled else _matches(sheet.body[:_PREFACE_LINES], signs["form_heading"])),
        ("signature", _signed(sheet, signs["signature"], is_titled=is_titled)),
    )
    votes: list[Vote] = []
    problems: list[Problem] = []
    for kind, found in kinds:
        proofs = [(years, proof) for years, proof in found if years]
        named = set().union(*(years for years, _ in proofs))
        if len(named) == 1:
            votes.append(Vote(kind, named.pop(), proofs[0][1]))
        elif named:
            several = " and ".join(map(str, sorted(named)))
            problems.append(Problem("identify", "year_contradiction", f"{_NAMES[kind]} names {several}"))
    return _without_repetition(votes), tuple(problems)


def _without_repetition(votes: list[Vote]) -> list[Vote]:
    """Leave out the name of the page where the report has a title: one is a copy of the other."""
    kinds = {vote.kind for vote in votes}
    return [vote for vote in votes if vote.kind != "page" or "title" not in kinds]


def _decide(votes: list[Vote]) -> tuple[Vote | None, tuple[Problem, ...]]:
    """Return the vote of the highest rank, or null where another year has more votes, and what contradicts it."""
    if not votes:
        return None, ()
    support = Counter(vote.year for vote in votes)
    best = votes[0]
    problems = tuple(
        Problem(
            "identify",
            "year_contradiction",
            f"{_NAMES[best.kind]} says {best.year}, {_NAMES[vote.kind]} {vote.year}",
            vote.proof.block_id,
        )
        for vote in votes[1:]
        if vote.year != best.year
    )
    return (best if support[best.year] == max(support.values()) else None), problems


def _matches(stretches: Iterable[Stretch], signs: tuple[Marker, ...]) -> Iterator[tuple[set[int], Evidence]]:
    for stretch in stretches:
        for sign in signs:
            for match in stretch.find(sign.pattern):
                if years := years_of(match):
                    begin = match.start("year") if "year" in sign.pattern.groupindex else -1
                    yield years, stretch.evidence(match.start() if begin < 0 else begin, match.end())


def _titled(titles: Iterable[Stretch], signs: Mapping[str, tuple[Marker, ...]]) -> Iterable[tuple[set[int], Evidence]]:
    """Return what the titles name; where they name no year, lines that only end like a title."""
    return list(_matches(titles, signs["title"])) or _matches(titles, signs["loose_title"])


def _openings(sheet: Sheet, signs: tuple[Marker, ...]) -> Iterator[tuple[set[int], Evidence]]:
    """Yield the year with which most sentences begin, where it is beyond doubt."""
    found = [each for stretch in sheet.body for each in _matches([stretch], signs)]
    counts = Counter(year for years, _ in found for year in years)
    if not counts:
        return
    year, number = counts.most_common(1)[0]
    if number >= _ENOUGH_OPENINGS * counts.total():
        yield next((years, proof) for years, proof in found if years == {year})


def _signed(sheet: Sheet, signs: tuple[Marker, ...], *, is_titled: bool) -> Iterator[tuple[set[int], Evidence]]:
    """Yield the year before the date below the report: by law it is due in the first months of the next."""
    if not is_titled:
        return
    for stretch in sheet.tail:
        for sign in signs:
            for match in stretch.find(sign.pattern):
                groups = match.groupdict()
                year = read_year(groups.get("year") or "")
                month = read_number(groups.get("month") or "")
                if year is None or month is None:
                    continue
                if 1 <= month <= _LAST_MONTH_OF_REPORTING:
                    yield {year - 1}, stretch.evidence(*match.span("year"))
                return


def _school_year(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> tuple[date, date, Evidence] | None:
    """Return first day, last day and proof of the school year that the first lines name."""
    for stretch in (*sheet.titles, *sheet.page_titles, *sheet.body[:_PREFACE_LINES]):
        for sign in signs["school_year"]:
            for match in stretch.find(sign.pattern):
                first = read_year(match["year"])
                if first is not None:
                    return date(first, 9, 1), date(first + 1, 8, 31), stretch.evidence(*match.span())
    return None


def _range(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> tuple[date | None, date | None, Evidence | None]:
    """Return the first and last day of a reporting time that is no calendar year, with the words."""
    for stretch in sheet.body[:_PREFACE_LINES]:
        for match in stretch.find(signs["period"][1].pattern):
            first = read_day(match["first"])
            last = match["last"]
            end = read_day(last if last[:2] == "20" else f"{match['first'][:4]}年{last}")
            if first and end and first < end and (end - first).days >= _SHORTEST_TIME:
                return first, end, stretch.evidence(match.start("first"), match.end("last"))
    return None, None, None


def _published(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> date | None:
    """Return the day on which the page says it was published."""
    for stretch in (*sheet.around, *sheet.titles):
        for sign in signs["published"]:
            for match in stretch.find(sign.pattern):
                if day := read_day(match["day"]):
                    return day
    return None
