"""Damages to the shape of tables: rows, columns and headers lost, added, doubled, cut, merged or exchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.damage.cell_damages import on_grids
from tests.damage.sheet import Entry, Sheet
from tests.rendering import Grid, Heading, Report, Slot, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_FEWEST_ROWS = 6
_TOTALS = ("总计", "合计")


def split_headed(report: Report, rng: Random) -> Report | None:
    """A page ends inside each table; the next one repeats the header."""
    return _split(report, rng, header=True)


def split_plain(report: Report, rng: Random) -> Report | None:
    """A page ends inside each table; the next one goes on without a header."""
    return _split(report, rng, header=False)


def extra_subtotal(report: Report, _: Random) -> Report | None:
    """A column 小计 behind the columns of one group of applicants."""

    def widened(sheet: Sheet) -> Sheet | None:
        if not any(entry.applicant for entry in sheet.entries()):
            return None
        cols = sheet.value_cols()
        groups = [
            (row, col, slot)
            for row, col, slot in sheet.cells
            if col in cols and not isinstance(slot, Entry) and 2 < slot.colspan < len(cols)
        ]
        if not groups:
            return None
        top, first, group = groups[0]
        last, below = first + group.colspan, top + group.rowspan
        slots = [(below, Slot("小计", rowspan=sheet.value_rows()[0] - below))]
        for row in sheet.value_rows():
            parts = [entry for col in range(first, last) for entry in sheet.entries(row=row, col=col)]
            slots.append((row, Slot(f"{sum(part.value or 0 for part in parts):.0f}")))
        wide = sheet.with_col(last, slots).map(
            lambda row, col, slot: replace(slot, colspan=slot.colspan + 1) if (row, col) == (top, first) else slot
        )
        return wide if wide.is_full else None

    return on_grids(report, widened)


def extra_number(report: Report, _: Random) -> Report | None:
    """A first column 序号."""

    def numbered(sheet: Sheet) -> Sheet:
        rows = sheet.value_rows()
        slots = [(0, Slot("序号", rowspan=rows[0]))] if rows[0] else []
        slots += [(row, Slot("")) for row in range(rows[0], sheet.n_rows) if row not in rows]
        slots += [(row, Slot(str(number))) for number, row in enumerate(rows, start=1)]
        return sheet.with_col(0, slots)

    return on_grids(report, numbered)


def extra_unit(report: Report, _: Random) -> Report | None:
    """A column 计量单位 before the numbers."""

    def with_units(sheet: Sheet) -> Sheet | None:
        rows, first = sheet.value_rows(), min(sheet.value_cols())
        printed = {slot.text for _, _, slot in sheet.cells}
        if first == 0 or printed & {"单位", "计量单位"}:
            return None
        wide = [(row, slot) for row, col, slot in sheet.cells if col < first < col + slot.colspan]
        crossed = {at for row, slot in wide for at in range(row, row + slot.rowspan)}
        heads = [row for row in range(sheet.n_rows) if row not in rows and row not in crossed]
        top = [row for row in heads if row < rows[0]]
        slots = [(top[0], Slot("计量单位", rowspan=len(top)))] if top else []
        slots += [(row, Slot("计量单位")) for row in heads if row not in top]
        slots += [(row, Slot(sheet.entries(row=row)[0].unit)) for row in rows]
        return sheet.with_col(first, slots)

    return on_grids(report, with_units)


def lost_total_row(report: Report, rng: Random) -> Report | None:
    """The row of a total is missing."""

    def shortened(sheet: Sheet) -> Sheet | None:
        totals = [row for row in sheet.value_rows() if (found := sheet.label(row)) and _is_total(found[1].text)]
        totals = totals or [
            row
            for row in sheet.value_rows()
            if all(each.indicator.endswith(".total") for each in sheet.entries(row=row))
        ]
        return sheet.without_row(rng.choice(totals)) if totals else None

    return on_grids(report, shortened)


def lost_total_column(report: Report, rng: Random) -> Report | None:
    """The column of a total is missing with its header."""

    def narrowed(sheet: Sheet) -> Sheet | None:
        totals = [
            col
            for _, col, slot in sheet.cells
            if _is_total(slot.text) and not isinstance(slot, Entry) and slot.colspan == 1 and sheet.entries(col=col)
        ]
        return sheet.without_col(rng.choice(totals)) if totals else None

    return on_grids(report, narrowed)


def row_lost(report: Report, rng: Random) -> Report | None:
    """One row of numbers is missing."""
    return _on_one_row(report, rng, lambda sheet, row: sheet.without_row(row))


def row_twice(report: Report, rng: Random) -> Report | None:
    """One row of numbers is printed twice."""

    def doubled(sheet: Sheet, row: int) -> Sheet:
        slots = [(col, replace(slot, rowspan=1)) for _, col, slot in sheet.row(row)]
        grown = sheet.with_row(row + 1, slots)
        return grown.map(
            lambda at, _, slot: (
                replace(slot, rowspan=slot.rowspan + 1) if at < row and at + slot.rowspan == row + 1 else slot
            )
        )

    return _on_one_row(report, rng, doubled)


def page_number_inside(report: Report, rng: Random) -> Report | None:
    """A page number has got into the table as a row of its own."""
    text = rng.choice(("- 7 -", "7", "— 12 —", "第7页"))

    def interrupted(sheet: Sheet, row: int) -> Sheet:
        crossing = [(col, slot) for at, col, slot in sheet.cells if at <= row and at + slot.rowspan > row + 1]
        first = max((col + slot.colspan for col, slot in crossing), default=0)
        return sheet.with_row(row + 1, [(first, Slot(text, colspan=sheet.n_cols - first))])

    return _on_one_row(report, rng, interrupted)


def columns_swapped(report: Report, rng: Random) -> Report | None:
    """Two neighbouring columns have changed places, headers and all."""

    def swapped(sheet: Sheet) -> Sheet | None:
        pairs = [col for col in sheet.value_cols() if _alike(sheet, col, col + 1)]
        if not pairs:
            return None
        left = rng.choice(pairs)
        other = {left: left + 1, left + 1: left}
        cells = ((row, other.get(col, col) if slot.colspan == 1 else col, slot) for row, col, slot in sheet.cells)
        return replace(sheet, cells=tuple(cells))

    return on_grids(report, swapped)


def spans_repeated(report: Report, _: Random) -> Report | None:
    """Merged cells are lost: their text stands in each place that they covered."""
    return on_grids(report, lambda sheet: sheet.unmerged(repeat=True))


def spans_blank(report: Report, _: Random) -> Report | None:
    """Merged cells are lost: their text stands in the first place, the others are blank."""
    return on_grids(report, lambda sheet: sheet.unmerged(repeat=False))


def one_grid(report: Report, _: Random) -> Report | None:
    """All tables stand in one grid, one below the other, with their headings as rows."""
    blocks: list[Heading | Text | Grid] = []
    first = whole = None
    for block in report.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
        elif whole is None:
            first, whole = len(blocks), Sheet.of(block)
            blocks.append(block)
        else:
            heading = blocks.pop() if isinstance(blocks[-1], Heading) else Heading("")
            line = Sheet(((0, 0, Slot(heading.text, colspan=whole.n_cols)),), 1, whole.n_cols)
            whole = Sheet.of(block).below(line.below(whole))
    if first is None or whole is None or len(report.grids) < 2:
        return None
    blocks[first] = whole.grid()
    return replace(report, blocks=tuple(blocks))


def no_corner(report: Report, _: Random) -> Report | None:
    """The header above the row labels is lost."""

    def blanked(sheet: Sheet) -> Sheet | None:
        first, rows = min(sheet.value_cols()), sheet.value_rows()
        if first == 0:
            return None
        return sheet.map(
            lambda row, col, slot: (
                replace(slot, text="") if col < first and row not in rows and col + slot.colspan <= first else slot
            )
        )

    return on_grids(report, blanked)


def no_headers(report: Report, _: Random) -> Report | None:
    """All rows of headers are lost."""

    def bare(sheet: Sheet) -> Sheet:
        for row in sorted(set(range(sheet.n_rows)) - set(sheet.value_rows()), reverse=True):
            sheet = sheet.without_row(row)
        return sheet

    return on_grids(report, bare)


def header_lost(report: Report, rng: Random) -> Report | None:
    """The header of one column of numbers is blank."""

    def blanked(sheet: Sheet) -> Sheet | None:
        rows, first = sheet.value_rows(), min(sheet.value_cols())
        heads = [(row, col) for row, col, slot in sheet.cells if col >= first and row not in rows and slot.colspan == 1]
        if not heads:
            return None
        chosen = rng.choice(heads)
        return sheet.map(lambda row, col, slot: replace(slot, text="") if (row, col) == chosen else slot)

    return on_grids(report, blanked)


def cell_lost(report: Report, rng: Random) -> Report | None:
    """One cell of a row is missing, and what stands right of it moves one place to the left."""

    def shifted(sheet: Sheet) -> Sheet | None:
        rows = [row for row in sheet.value_rows() if len(sheet.entries(row=row)) > 2]
        if not rows:
            return None
        row = rng.choice(rows)
        lost = rng.choice([col for at, col, slot in sheet.cells if at == row and isinstance(slot, Entry)])
        cells = (
            (at, col - (at == row and col > lost), slot) for at, col, slot in sheet.cells if (at, col) != (row, lost)
        )
        return replace(sheet, cells=tuple(cells))

    return on_grids(report, shifted)


def no_headings(report: Report, _: Random) -> Report:
    """The headings before the tables are lost."""
    after = (*report.blocks[1:], None)
    return replace(
        report,
        blocks=tuple(
            block
            for block, following in zip(report.blocks, after, strict=True)
            if not (isinstance(block, Heading) and isinstance(following, Grid))
        ),
    )


def _split(report: Report, rng: Random, *, header: bool) -> Report | None:
    blocks: list[Heading | Text | Grid] = []
    for block in report.blocks:
        sheet = Sheet.of(block) if isinstance(block, Grid) else None
        if sheet is None or len(sheet.value_rows()) < _FEWEST_ROWS:
            blocks.append(block)
            continue
        first = sheet.value_rows()[0]
        cut = rng.choice(sheet.value_rows()[1:])
        upper, lower = _parts(sheet, cut)
        if header:
            head, _ = _parts(sheet, first)
            lower = lower.below(head)
        blocks += [upper.grid(), Text(f"- {rng.randrange(3, 30)} -"), lower.grid()]
    return replace(report, blocks=tuple(blocks)) if len(blocks) > len(report.blocks) else None


def _parts(sheet: Sheet, cut: int) -> tuple[Sheet, Sheet]:
    """Return what stands above and below a row; what the cut divides goes on below without its text."""
    upper, lower = [], []
    for row, col, slot in sheet.cells:
        if row >= cut:
            lower.append((row - cut, col, slot))
            continue
        height = min(slot.rowspan, cut - row)
        upper.append((row, col, replace(slot, rowspan=height)))
        if slot.rowspan > height:
            lower.append((0, col, replace(slot, text="", rowspan=slot.rowspan - height)))
    return Sheet(tuple(upper), cut, sheet.n_cols), Sheet(tuple(lower), sheet.n_rows - cut, sheet.n_cols)


def _on_one_row(report: Report, rng: Random, change: Callable[[Sheet, int], Sheet]) -> Report | None:
    def changed(sheet: Sheet) -> Sheet | None:
        rows = sheet.value_rows()
        return change(sheet, rng.choice(rows[:-1])) if len(rows) >= _FEWEST_ROWS else None

    return on_grids(report, changed)


def _alike(sheet: Sheet, left: int, right: int) -> bool:
    """Tell whether two columns hold single cells in the same rows and stand under the same groups."""

    def shape(col: int) -> list[tuple[int, int]]:
        return sorted((row, slot.rowspan) for row, at, slot in sheet.cells if at == col and slot.colspan == 1)

    def wide(col: int) -> list[tuple[int, int]]:
        return sorted((row, at) for row, at, slot in sheet.cells if at <= col < at + slot.colspan and slot.colspan > 1)

    return bool(shape(left)) and shape(left) == shape(right) and wide(left) == wide(right)


def _is_total(text: str) -> bool:
    return any(word in text for word in _TOTALS)
