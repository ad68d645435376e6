"""Find, for each body and year, the report that speaks: documents and what they state in, bodies with their years out.

What a re-issue replaces, copies, templates, and what is no report never speak. Of several that may, the rules of
``rules/panel.yaml`` choose; where those tell nothing apart, the first path. The others are kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import DocumentStatus, Scope, ValueSource, YearReport
from pipeline.rulebook.choosing import first_that_decides
from pipeline.rulebook.evaluation import ReadReport, Statements
from pipeline.tables.schema import PANEL_IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model import Statement
    from pipeline.rulebook.book import PanelRules
    from pipeline.tables.facts import Facts

Columns = dict[str, Any]

DOCUMENT_COLUMNS = (
    *("document_id", "path", "status", "era", "scope", "published", "is_template", "is_tampered"),
    *("duplicate_of", "reissue_of", "n_observations"),
    *PANEL_IDENTITY,
)

_SPEAKING = (DocumentStatus.OK, DocumentStatus.PARTIAL)
_NOT_READ = (DocumentStatus.EMPTY, DocumentStatus.NEEDS_OCR, DocumentStatus.FAILED)
_FIRST_OF_ALL = "first_path"
_ALONE = "only_report"


@dataclass(frozen=True, slots=True)
class BodyYear:
    """One body in one year: the report that speaks with its columns of documents.parquet, and why it was chosen.

    ``report`` is null where there is none; then ``document`` is a file that could not be read, or null. ``others`` may
    speak too, but were not chosen.
    """

    agency_key: str
    year: int
    document: Columns | None
    report: ReadReport | None
    chosen_by: str | None
    others: tuple[ReadReport, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The files that are on one body and year: those that may speak from the best, and those that were not read."""

    speaking: tuple[Columns, ...]
    unread: tuple[Columns, ...]


def candidates(documents: Iterable[Columns], rules: PanelRules) -> dict[str, dict[int, Candidates]]:
    """Return the files on each body and year; bodies in order of their keys, years in order of time."""
    documents = list(documents)
    spoken_for = _replaced(documents)
    found: dict[str, dict[int, tuple[list[Columns], list[Columns]]]] = {}
    for document in documents:
        key, year = document["agency_key"], document["year"]
        if key is None or year is None or document["is_template"] or document["path"] in spoken_for:
            continue
        if document["status"] in (*_SPEAKING, *_NOT_READ):
            years = found.setdefault(key, {})
            years.setdefault(year, ([], []))[document["status"] in _NOT_READ].append(document)
    return {
        key: {
            year: Candidates(tuple(sorted(speaking, key=lambda each: _rank(each, rules))), tuple(unread))
            for year, (speaking, unread) in sorted(years.items())
        }
        for key, years in sorted(found.items())
    }


def read_bodies(
    found: Mapping[str, Mapping[int, Candidates]], facts: Facts, rules: PanelRules
) -> Iterator[tuple[BodyYear, ...]]:
    """Yield the years of each body from its first file to its last, years without a report among them."""
    for key, years in found.items():
        yield tuple(
            _body_year(key, year, years.get(year, Candidates((), ())), facts, rules)
            for year in range(min(years), max(years) + 1)
        )


def _body_year(key: str, year: int, here: Candidates, facts: Facts, rules: PanelRules) -> BodyYear:
    if not here.speaking:
        return BodyYear(key, year, here.unread[0] if here.unread else None, None, None, ())
    first, *others = here.speaking
    decided = first_that_decides(rules.preferences, first, others[0]) or _FIRST_OF_ALL if others else _ALONE
    read = [_read(each, facts, rules) for each in here.speaking]
    return BodyYear(key, year, first, read[0], decided, tuple(read[1:]))


def _read(document: Columns, facts: Facts, rules: PanelRules) -> ReadReport:
    statements, form = facts.of(document["document_id"])
    scope = document["scope"] or _scope_of_form(statements)
    taken = tuple(each for each in statements if scope is None or each.scope in {None, scope})
    is_partial = document["status"] == DocumentStatus.PARTIAL
    report = YearReport(document["document_id"], document["path"], document["agency_key"], document["year"], scope)
    used = rules.order.used(document["era"], form or document["era"], document["year"])
    cells = rules.cells.get(used.form, frozenset())
    return ReadReport(report, used, Statements(taken, cells, is_partial=is_partial))


def _scope_of_form(statements: Iterable[Statement]) -> str | None:
    """Return whose figures to take where a form has columns for the office and for its jurisdiction: the office's."""
    scopes = {each.scope for each in statements if each.source is not ValueSource.PROSE}
    return next((scope for scope in (Scope.OWN, Scope.JURISDICTION) if scope in scopes), None)


def _replaced(documents: Sequence[Columns]) -> set[str]:
    """Return the paths that another file speaks for: copies, and what a report that was read re-issues."""
    read = {each["path"] for each in documents if each["status"] in _SPEAKING}
    copies = {each["path"] for each in documents if each["duplicate_of"] in read}
    reissued = {each["reissue_of"] for each in documents if each["path"] in read and each["reissue_of"] is not None}
    return copies | reissued


def _rank(document: Columns, rules: PanelRules) -> tuple[tuple[float, ...], str]:
    return tuple(rule.rank(document) for rule in rules.preferences), document["path"]
