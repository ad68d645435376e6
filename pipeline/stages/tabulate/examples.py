"""Run the example that every form carries: its grids read as a report would be, its values compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Cell, Document, SourceFile, Table, ValueStatus
from pipeline.stages.tabulate.reading import tabulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Period
    from pipeline.rulebook.forms import Era, Example


def example_failures(era: Era, eras: tuple[Era, ...]) -> tuple[str, ...]:
    """Return what the examples of ``era`` should yield and do not; nothing where all is well or none is given."""
    return tuple(failure for example in era.examples for failure in _failures(example, era, eras))


def _failures(example: Example, era: Era, eras: tuple[Era, ...]) -> Iterator[str]:
    grids = tuple(grid_of(text, f"t{number}") for number, text in enumerate(example.grids))
    found = tabulate(Document(SourceFile(f"{era.id}.yaml", 0, "0" * 64), grids), (), eras)
    yield from (problem.message for problem in found.problems)
    if found.form_id != era.id:
        yield f"the example is taken for {found.form_id}"
    read = [each for each in found.observations if each.status is not ValueStatus.UNREADABLE]
    if len(read) != example.cells:
        yield f"must read {example.cells} cells, but reads {len(read)}"
    values: dict[tuple[str, str | None, Period], list[float | None]] = {}
    for each in read:
        values.setdefault((each.indicator, each.applicant, each.period), []).append(each.value)
    for wanted in example.expected:
        place = wanted.indicator, wanted.applicant, wanted.period
        if place not in values:
            yield f"{wanted} must be {wanted.value}, but is not read"
        elif wanted.value not in values[place]:
            yield f"{wanted} must be {wanted.value}, but is read as {values[place][0]}"


def grid_of(text: str, block_id: str) -> Table:
    """Return the grid written in ``text``: a line per row, ``|`` between cells, ``<`` and ``^`` where one goes on."""
    rows = [[part.strip() for part in line.split("|")] for line in text.strip("\n").splitlines()]
    cells: dict[tuple[int, int], Cell] = {}
    for row, parts in enumerate(rows):
        for col, part in enumerate(parts):
            if part in {"<", "^"}:
                continue
            colspan = 1
            while col + colspan < len(parts) and parts[col + colspan] == "<":
                colspan += 1
            rowspan = 1
            while row + rowspan < len(rows) and rows[row + rowspan][col : col + 1] == ["^"]:
                rowspan += 1
            cells[row, col] = Cell(f"{block_id}.{row}.{col}", row, col, part, rowspan, colspan)
    return Table(block_id, tuple(cells.values()))
