"""One report of a run: who and when, its values with their words, its checks and problems; and the same as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import CheckOutcome, Standing
from pipeline.tables.errors import TablesMissingError
from pipeline.tables.parquet import read_table
from pipeline.text.markup import Markup, element, grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.rulebook import Rulebook

Row = dict[str, Any]

HEAD = (
    *("path", "status", "reason", "message", "agency", "agency_key", "level", "adcode", "year", "published", "era"),
    *("scope", "is_template", "is_tampered", "duplicate_of", "reissue_of"),
)
_OUTCOMES = (CheckOutcome.BROKEN, CheckOutcome.NOT_TESTABLE, CheckOutcome.HOLDS)
_STYLE = """
.gongkai table { border-collapse: collapse; margin: .6em 0; font-size: .92em; }
.gongkai td, .gongkai th { border: 1px solid #d0d7de; padding: .1em .5em; text-align: left; vertical-align: top; }
.gongkai td:first-child { white-space: nowrap; }
.gongkai .broken { color: #b3261e; font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class ValueLine:
    """All values of one indicator, item and period by applicant; ``values`` without an applicant stand under null."""

    indicator: str
    title: str
    item: str | None
    period: str
    values: dict[str | None, Row]


@dataclass(frozen=True)
class Report:
    """One report as the tables have it."""

    document: Row
    sections: tuple[Row, ...]
    observations: tuple[Row, ...]
    checks: tuple[Row, ...]
    problems: tuple[Row, ...]
    book: Rulebook

    def head(self) -> Iterator[tuple[str, object]]:
        """Yield what is known of the report itself: column and value."""
        yield from ((name, self.document[name]) for name in HEAD if self.document[name] not in (None, False))

    def lines(self) -> tuple[tuple[ValueLine, ...], tuple[ValueLine, ...]]:
        """Return the values that speak, in reading order: those of one kind of applicant each, and all others."""
        lines: dict[tuple[object, ...], ValueLine] = {}
        for row in self.observations:
            if row["standing"] == Standing.ACCEPTED:
                alone = row["observation_id"] if row["applicant"] is None else None
                key = row["indicator"], row["item"], row["period"], row["scope"], alone
                title = self.book.labels.code("indicator", row["indicator"]).zh
                line = lines.setdefault(key, ValueLine(row["indicator"], title, row["item"], row["period"], {}))
                line.values[row["applicant"]] = row
        split = tuple(line for line in lines.values() if None not in line.values)
        return split, tuple(line for line in lines.values() if None in line.values)

    def rivals(self) -> tuple[Row, ...]:
        """Return the statements that lost against another of the same fact."""
        return tuple(row for row in self.observations if row["standing"] == Standing.RIVAL)

    def ordered_checks(self) -> tuple[Row, ...]:
        """Return the checks, broken ones first."""
        return tuple(sorted(self.checks, key=lambda row: _OUTCOMES.index(CheckOutcome(row["outcome"]))))

    def check_title(self, row: Row) -> str:
        """Return what a check is called."""
        return self.book.labels.code("identity", row["identity"]).zh

    def applicants(self) -> tuple[str, ...]:
        """Return the kinds of applicant in the order of the form."""
        return tuple(self.book.labels.codes["applicant"])

    def _repr_html_(self) -> str:
        """Return the report as escaped HTML for a notebook."""
        return element("div", element("style", Markup(_STYLE)), *self._parts(), class_="gongkai")

    def _parts(self) -> Iterator[Markup]:
        yield grid(("", ""), self.head())
        if self.problems:
            yield grid(("problem", ""), ((row["kind"], row["message"]) for row in self.problems))
        split, plain = self.lines()
        names = self.book.labels.codes["applicant"]
        yield grid(
            ("", *(names[each].zh for each in self.applicants())),
            ((line.title, *(told(line.values.get(each)) for each in self.applicants())) for line in split),
        )
        yield grid(("", "item", "period", "value", "unit", "source", "quote"), _plain_rows(plain))
        yield grid(("check", "", "", "left", "right", ""), self._check_rows())

    def _check_rows(self) -> Iterator[tuple[object, ...]]:
        for row in self.ordered_checks():
            if row["outcome"] != CheckOutcome.HOLDS:
                broken = "broken" if row["outcome"] == CheckOutcome.BROKEN else None
                outcome = element("span", row["outcome"], class_=broken)
                yield self.check_title(row), row["applicant"], outcome, row["left"], row["right"], row["verdict"]


def _plain_rows(lines: Iterable[ValueLine]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        for row in line.values.values():
            yield line.title, line.item, line.period, told(row), row["unit"], row["source"], row["quote"]


def told(row: Row | None) -> object:
    """Return the number of a value, or in brackets why there is none; nothing where there is no cell."""
    if row is None:
        return None
    return row["value"] if row["value"] is not None else f"[{row['status']}]"


def read_report(out: Path, document: str, book: Rulebook) -> Report:
    """Return the report with this path or document id. Raises ``TablesMissingError`` where there is none."""
    found = _rows(out, "documents", "path", document) or _rows(out, "documents", "document_id", document)
    if not found:
        message = f"'{out}' has no report with the id or path '{document}'."
        raise TablesMissingError(message)
    document_id = found[0]["document_id"]
    sections, observations, checks = (
        tuple(_rows(out, name, "document_id", document_id)) for name in ("sections", "observations", "checks")
    )
    problems = tuple(_rows(out, "problems", "path", found[0]["path"]))
    return Report(found[0], sections, observations, checks, problems, book)


def _rows(out: Path, name: str, column: str, value: str | None) -> list[Row]:
    if value is None:
        return []
    rows: list[Row] = read_table(out / f"{name}.parquet", filters=[(column, "=", value)]).to_pylist()
    return rows
