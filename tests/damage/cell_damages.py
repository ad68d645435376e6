"""Damages to what stands in cells: each takes a report and gives it back with other texts, the truth told with them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from opencc import OpenCC

from tests.damage.sheet import Entry, Sheet
from tests.rendering import Grid, Heading, Report, Slot, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
_NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|\d[.、]|[一二三四五六七八九十]、)")
_WRONG_CHARACTERS = "甫圄惘嘏镱"
_FOOTNOTES = ("{}①", "{}（含上年结转数）", "{}（其中网上{}）")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST_MISSPELT = 4


def on_grids(report: Report, change: Callable[[Sheet], Sheet | None]) -> Report | None:
    """Return the report with every grid changed; null where ``change`` finds nothing to do in any of them."""
    blocks, changed = [], False
    for block in report.blocks:
        sheet = change(Sheet.of(block)) if isinstance(block, Grid) else None
        changed |= sheet is not None
        blocks.append(sheet.grid() if sheet else block)
    return replace(report, blocks=tuple(blocks)) if changed else None


def on_entries(report: Report, change: Callable[[Entry], Entry]) -> Report | None:
    """Return the report with every cell of a number put through ``change``; null where nothing changes."""

    def changed(sheet: Sheet) -> Sheet | None:
        new = sheet.map(lambda _row, _col, slot: change(slot) if isinstance(slot, Entry) else slot)
        return new if new != sheet else None

    return on_grids(report, changed)


def blank_zeros(report: Report, _: Random) -> Report | None:
    return on_entries(report, lambda entry: _without_value(entry, "", "blank") if entry.value == 0 else entry)


def slashes(report: Report, rng: Random) -> Report | None:
    return _instead_of_zeros(report, rng, "/")


def dashes(report: Report, rng: Random) -> Report | None:
    return _instead_of_zeros(report, rng, "—")


def full_width(report: Report, _: Random) -> Report | None:
    return on_entries(report, lambda entry: replace(entry, text=entry.text.translate(_FULL_WIDTH)))


def thousands(report: Report, _: Random) -> Report | None:
    def separated(entry: Entry) -> Entry:
        whole, point, decimals = entry.text.partition(".")
        if whole.isdecimal() and len(whole) > 3:
            return replace(entry, text=f"{int(whole):,}{point}{decimals}")
        return entry

    return on_entries(report, separated)


def units(report: Report, rng: Random) -> Report | None:
    return on_entries(
        report, lambda entry: replace(entry, text=entry.text + entry.unit) if rng.random() < 0.5 else entry
    )


def footnotes(report: Report, rng: Random) -> Report | None:
    def noted(entry: Entry) -> Entry:
        if not entry.value or rng.random() < 0.7:
            return entry
        form = rng.choice(_FOOTNOTES)
        return replace(entry, text=form.format(entry.text, rng.randrange(1, 9)))

    changed = on_entries(report, noted)
    if changed is None:
        return None
    blocks = []
    for block in changed.blocks:
        blocks.append(block)
        if isinstance(block, Grid):
            blocks.append(Text("注：①含2件上一年度受理、本年度答复的。"))
    return replace(changed, blocks=tuple(blocks))


def wrong_total(report: Report, rng: Random) -> Report | None:
    """A total that is the report's own error: it must be read as printed."""

    def wrong(entry: Entry) -> Entry:
        total = entry.applicant == "total" or entry.indicator.endswith(".total")
        if not total or rng.random() < 0.8 or entry.value is None:
            return entry
        value = entry.value + 1
        return replace(entry, value=value, text=f"{value:.0f}" if value == int(value) else f"{value}")

    return on_entries(report, wrong)


def broken_numbers(report: Report, rng: Random) -> Report | None:
    """Narrow columns break long numbers in two lines, which became a space."""

    def broken(entry: Entry) -> Entry:
        if len(entry.text) < 3 or rng.random() < 0.5:
            return entry
        at = rng.randrange(1, len(entry.text))
        return replace(entry, text=f"{entry.text[:at]} {entry.text[at:]}")

    return on_entries(report, broken)


def misspelt_labels(report: Report, rng: Random) -> Report | None:
    """One character is wrong in three row labels of each table."""

    def misspelt(sheet: Sheet) -> Sheet | None:
        labels = {(row, found[0]) for row in sheet.value_rows() if (found := sheet.label(row))}
        return _misspelt(sheet, labels, rng)

    return on_grids(report, misspelt)


def misspelt_headers(report: Report, rng: Random) -> Report | None:
    """One character is wrong in three column headers of each table."""

    def misspelt(sheet: Sheet) -> Sheet | None:
        first = min(sheet.value_cols())
        headers = {(row, col) for row, col, _ in sheet.cells if col >= first and row not in sheet.value_rows()}
        return _misspelt(sheet, headers, rng)

    return on_grids(report, misspelt)


def renumbered_rows(report: Report, _: Random) -> Report | None:
    """Every row label numbered anew from 1, whatever its group."""

    def renumbered(sheet: Sheet) -> Sheet | None:
        labels = [(row, found[0]) for row in sheet.value_rows() if (found := sheet.label(row))]
        if len(labels) < 2:
            return None
        return sheet.map(
            lambda row, col, slot: (
                replace(slot, text=f"{labels.index((row, col)) + 1}.{_NUMBERING.sub('', slot.text)}")
                if (row, col) in labels
                else slot
            )
        )

    return on_grids(report, renumbered)


def traditional(report: Report, _: Random) -> Report:
    convert = _to_traditional().convert
    blocks: list[Heading | Text | Grid] = []
    for block in report.blocks:
        if isinstance(block, Grid):
            sheet = Sheet.of(block).map(lambda _row, _col, slot: replace(slot, text=convert(slot.text)))
            blocks.append(sheet.grid())
        else:
            blocks.append(replace(block, text=convert(block.text)))
    return Report(convert(report.title), convert(report.agency), tuple(blocks))


def _misspelt(sheet: Sheet, places: set[tuple[int, int]], rng: Random) -> Sheet | None:
    chosen = set(rng.sample(sorted(places), min(3, len(places))))

    def change(row: int, col: int, slot: Slot) -> Slot:
        characters = [match.start() for match in _HAN.finditer(slot.text)]
        if (row, col) not in chosen or len(characters) < _SHORTEST_MISSPELT:
            return slot
        at = rng.choice(characters)
        return replace(slot, text=slot.text[:at] + rng.choice(_WRONG_CHARACTERS) + slot.text[at + 1 :])

    changed = sheet.map(change)
    return changed if changed != sheet else None


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _instead_of_zeros(report: Report, rng: Random, text: str) -> Report | None:
    return on_entries(
        report,
        lambda entry: (
            _without_value(entry, text, "not_applicable") if entry.value == 0 and rng.random() < 0.5 else entry
        ),
    )


def _without_value(entry: Entry, text: str, status: str) -> Entry:
    return replace(entry, text=text, value=None, status=status)
