"""Say which tables of a form were not read whole: how many cells of how many, and which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Problem, ValueStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Observation
    from pipeline.rulebook.forms import Era, FormTable
    from pipeline.stages.tabulate.binding import Bound

_SHOWN = 5
_LABELS_OF_A_TABLE = 0.5


def table_problems(era: Era, cells: list[tuple[Bound, Observation]], body: str) -> Iterator[Problem]:
    """Yield a problem for each table of ``era`` that was not read whole; ``body`` are the label keys of all text."""
    if not era.tables and era.value_source == "attachment_table":
        message = (
            f"the document uses the form {era.names.zh} ({era.id}), whose tables are not described yet: none was read"
        )
        yield Problem("tabulate", "table_unknown", message)
    for table in era.tables:
        problem = _problem(era, table, [cell for cell in cells if cell[0].table == table], body)
        if problem:
            yield problem


def _problem(era: Era, table: FormTable, cells: list[tuple[Bound, Observation]], body: str) -> Problem | None:
    read = {_place(table, cell) for cell, found in cells if found.status is not ValueStatus.UNREADABLE}
    unreadable = {_place(table, cell) for cell, found in cells} - read
    expected = _expected(table, read | unreadable)
    missing = [place for place in expected if place not in read and place not in unreadable]
    if not missing and not unreadable:
        return None
    name = f"table {table.id} ({table.heading}, {era.id})"
    held = len(expected) - len(missing) - len(unreadable.intersection(expected))
    told = f"{held} of {len(expected)} cells were read"
    if not read and not unreadable:
        if not _labels_are_there(table, body):
            return Problem("tabulate", "table_missing", f"{name} is not in the document, at least not as text")
        message = f"{name} is there, but its cells can't be told apart: {told}"
        return Problem("tabulate", "table_unreadable", message)
    parts = [f"{name} is not whole: {told}"]
    for what, places in (("unreadable", [each for each in expected if each in unreadable]), ("not found", missing)):
        if places:
            more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
            parts.append(f"{what}: {', '.join(places[:_SHOWN])}{more}")
    holder = cells[0][0].holder
    return Problem("tabulate", "table_incomplete", "; ".join(parts), holder)


def _place(table: FormTable, cell: Bound) -> str:
    meaning = table.meaning(cell.row, cell.column)
    return f"{meaning.indicator}[{meaning.applicant}]" if meaning.applicant else meaning.indicator


def _expected(table: FormTable, found: set[str]) -> list[str]:
    """Return the places of the table; a row that replaces others counts only where it is printed, then without them."""
    replaced: set[str] = set()
    places: dict[str, str | None] = {}
    for _, row, column in table.places():
        meaning = table.meaning(row, column)
        place = f"{meaning.indicator}[{meaning.applicant}]" if meaning.applicant else meaning.indicator
        if row and row.instead_of:
            if place not in found:
                continue
            replaced.update(row.instead_of)
        places[place] = row.key if row else None
    return [place for place, key in places.items() if key not in replaced]


def _labels_are_there(table: FormTable, body: str) -> bool:
    labels = {row.label for panel in table.panels for row in panel.rows}
    labels = labels or {label for panel in table.panels for column in panel.columns for label in column.path}
    return sum(label in body for label in labels) >= len(labels) * _LABELS_OF_A_TABLE
