"""Run the example that every form carries: its grids read as a report would be, its values compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Cell, Document, SourceFile, Table, ValueStatus
from pipeline.stages.tabulate.reading import tabulate

if TYPE_CHECKING:
    from pipeline.rulebook.forms import Era


def example_failures(era: Era, eras: tuple[Era, ...]) -> tuple[str, ...]:
    """Return what the example of ``era`` should yield and does not; nothing where all is well or none is given."""
    if era.example is None:
        return ()
    grids = tuple(grid_of(text, f"t{number}") for number, text in enumerate(era.example.grids))
    document = Document(SourceFile(f"{era.id}.yaml", 0, "0" * 64), grids)
    found = tabulate(document, (), eras)
    failures = [problem.message for problem in found.problems]
    if found.era_id != era.id:
        failures.append(f"the example is taken for {found.era_id}")
    read = [each for each in found.observations if each.status is not ValueStatus.UNREADABLE]
    if len(read) != era.example.cells:
        failures.append(f"must read {era.example.cells} cells, but reads {len(read)}")
    values = {(each.indicator, each.applicant): each.value for each in read}
    for indicator, applicant, value in era.example.expected:
        name = f"{indicator}[{applicant}]" if applicant else indicator
        if (indicator, applicant) not in values:
            failures.append(f"{name} must be {value}, but is not read")
        elif values[indicator, applicant] != value:
            failures.append(f"{name} must be {value}, but is read as {values[indicator, applicant]}")
    return tuple(failures)


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
