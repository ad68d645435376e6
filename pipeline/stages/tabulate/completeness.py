"""Say which tables of a form were not read whole: how many cells of how many, and which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Period, Problem, ValueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Observation
    from pipeline.rulebook.forms import Era, FormTable, Meaning
    from pipeline.stages.tabulate.binding import Bound
    from pipeline.stages.tabulate.grid import UnreadRow

_SHOWN = 5
_LONGEST_SHOWN = 30
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


def unread_rows(rows: Iterable[UnreadRow]) -> Iterator[Problem]:
    """Yield a problem for each grid in which rows with numbers stand among those of a table, but are none of them."""
    labels: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        labels.setdefault((row.holder, row.table.id), []).append(row.label)
    for (holder, table), found in labels.items():
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        message = (
            f"rows with numbers among those of table {table} were not read, since they are not certainly "
            f"rows of the form: {'; '.join(label[:_LONGEST_SHOWN] for label in found[:_SHOWN])}{more}"
        )
        yield Problem("tabulate", "row_unread", message, holder)


def is_whole(table: FormTable, cells: Iterable[Bound]) -> bool:
    """Tell whether every cell of ``table`` is among those bound."""
    places = {_place(table, cell) for cell in cells if cell.table == table}
    return places.issuperset(_expected(table, places))


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
    return _name(table.meaning(cell.row, cell.column))


def _name(meaning: Meaning) -> str:
    item = f"/{meaning.item}" if meaning.item else ""
    applicant = f"[{meaning.applicant}]" if meaning.applicant else ""
    period = "" if meaning.period is Period.THIS_YEAR else f"({meaning.period})"
    scope = f" {meaning.scope}" if meaning.scope else ""
    return f"{meaning.indicator}{item}{applicant}{period}{scope}"


def _expected(table: FormTable, found: set[str]) -> list[str]:
    """Return the places of the table; what replaces others counts only where it is printed, then without them."""
    replaced: set[tuple[int, str]] = set()
    places: dict[str, set[tuple[int, str]]] = {}
    columns = {
        (id(panel), column.key)
        for panel, row, column in table.places()
        if not column.instead_of or _name(table.meaning(row, column)) in found
    }
    for panel, row, column in table.places():
        place = _name(table.meaning(row, column))
        is_found = place in found
        if (id(panel), column.key) not in columns or (row and row.is_optional and not is_found):
            continue
        for part in (row, column):
            if part and part.instead_of:
                replaced.update((id(panel), key) for key in part.instead_of)
        places[place] = {(id(panel), part.key) for part in (row, column) if part}
    return [place for place, parts in places.items() if place in found or not parts & replaced]


def _labels_are_there(table: FormTable, body: str) -> bool:
    labels = {row.label for panel in table.panels for row in panel.rows if not row.is_optional}
    labels = labels or {label for panel in table.panels for column in panel.columns for label in column.path}
    return sum(label in body for label in labels) >= len(labels) * _LABELS_OF_A_TABLE
