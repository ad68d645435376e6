"""Bind the cells of tables that were flattened into one paragraph: ``规章 | 0 | 0 | 2 | 规范性文件 | 3 | | 14 |``.

The slots behind a row label belong to its columns in order, the empty ones counted. They are bound only where the
labels of the column headers were read before, complete and in the order of the form, and the number of slots is exactly
that of the columns; so one lost slot leaves the row unread and shifts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.stages.tabulate.binding import Bound, printed_unit
from pipeline.text.fold import fold
from pipeline.text.labels import find_label, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Paragraph
    from pipeline.rulebook.forms import FormTable, Panel, Row

_FEWEST_BARS = 4
_BAR = regex.compile(r"[|｜]")
_SLOT = regex.compile(
    r"[^\p{Han}]*|(?:增加?|减少?)? ?[0-9,]+(?:\.[0-9]+)?\p{Han}{0,2}(?:\([^()]*\))?|无|不适用|暂无|零"
)
_SLOT_BEFORE_HEADING = regex.compile(r"\s*(\S+)\s+(?=[一二三四五六七八九十]+、|第二十条)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    is_slot: bool


@dataclass(frozen=True, slots=True)
class _FoundRow:
    table: FormTable
    panel: Panel
    row: Row | None
    label: str
    header: tuple[str, ...]
    slots: tuple[_Token, ...]


def bind_sequence(paragraph: Paragraph, tables: Iterable[FormTable]) -> list[Bound]:
    """Return the slots of ``paragraph`` that certainly are cells of one of the form's tables."""
    if len(_BAR.findall(paragraph.text)) < _FEWEST_BARS:
        return []
    found = list(_rows(list(_tokens(paragraph.text)), list(tables)))
    bound: list[Bound] = []
    for row in found:
        width = len(row.panel.columns)
        siblings = [other for other in found if other.panel == row.panel]
        if all(len(other.slots) == width + 1 and not other.slots[-1].text.strip() for other in siblings):
            width += 1
        if len(row.slots) == width:
            bound.extend(_bind(paragraph, row))
    return bound


def _bind(paragraph: Paragraph, row: _FoundRow) -> Iterator[Bound]:
    for column, slot in zip(row.panel.columns, row.slots, strict=False):
        heads = [text for text in row.header if label_key(text) in column.keys]
        yield Bound(
            table=row.table,
            row=row.row,
            column=column,
            holder=paragraph.block_id,
            block_id=paragraph.block_id,
            text=slot.text,
            offset=slot.start,
            page=paragraph.anchor.page,
            unit=printed_unit([row.label, *heads[-1:]], column),
        )


def _tokens(text: str) -> Iterator[_Token]:
    bars = [match.start() for match in _BAR.finditer(text)]
    for first, end in zip([0, *(bar + 1 for bar in bars)], [*bars, len(text)], strict=True):
        start, piece = first, text[first:end]
        if end == len(text) and not piece.strip():
            return
        split = _SLOT_BEFORE_HEADING.match(piece)
        if split and _SLOT.fullmatch(fold(split[1]).text):
            yield _Token(split[1], start + split.start(1), is_slot=True)
            start, piece = start + split.end(), piece[split.end() :]
        yield _Token(piece, start, bool(_SLOT.fullmatch(fold(piece).text)))


def _rows(tokens: list[_Token], tables: list[FormTable]) -> Iterator[_FoundRow]:
    panels = [(table, panel) for table in tables for panel in table.panels]
    header: list[str] = []
    current: Panel | None = None
    number = 0
    while number < len(tokens):
        token = tokens[number]
        after = number + 1
        while after < len(tokens) and tokens[after].is_slot:
            after += 1
        slots = tuple(tokens[number + 1 : after])
        number = after
        if token.is_slot:
            continue
        if not slots:
            header.append(token.text)
            continue
        found = _row(panels, current, header, token.text)
        if found:
            current = found[1]
            yield _FoundRow(*found, token.text, tuple(header) if found[2] else (*header, token.text), slots)
        elif not any(slot.text.strip() for slot in slots):
            header.append(token.text)
            continue
        else:
            current = None
        header = []


def _row(
    panels: list[tuple[FormTable, Panel]], current: Panel | None, header: list[str], label: str
) -> tuple[FormTable, Panel, Row | None] | None:
    """Return whose row the slots behind ``label`` are, by the labels in ``header`` before it."""
    for table, panel in panels:
        row = find_label(label_key(label), panel.row_labels)
        if row and (_reads_header(panel, header) or (panel is current and not _header_labels(panel, header))):
            return table, panel, row
        if not panel.rows and _reads_header(panel, [*header, label]):
            return table, panel, None
    return None


def _header_labels(panel: Panel, texts: Iterable[str]) -> list[str]:
    """Return the header labels of the panel among the texts; a text may end with one, after other words."""
    labels: list[str] = []
    for text in texts:
        for key in (label_key(text), label_key(text.split()[-1])):
            columns = find_label(key, panel.leaf_labels)
            label = columns[0].path[-1] if columns else find_label(key, panel.group_labels)
            if label:
                if columns or labels[-1:] != [label]:
                    labels.append(label)
                break
    return labels


def _reads_header(panel: Panel, texts: Iterable[str]) -> bool:
    """Tell whether the texts end with all headers of the panel: row by row, column by column, or the lowest alone."""
    labels = _header_labels(panel, texts)
    return any(labels[-len(order) :] == order for order in _orders(panel))


def _orders(panel: Panel) -> list[list[str]]:
    paths = [column.path for column in panel.columns]
    by_row = [
        path[depth - 1]
        for depth in range(1, max(map(len, paths)) + 1)
        for path in dict.fromkeys(path[:depth] for path in paths if len(path) >= depth)
    ]
    by_column = [
        part[-1] for part in dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path) + 1))
    ]
    return [by_row, by_column, [path[-1] for path in paths]]
