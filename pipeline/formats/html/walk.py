"""The tree of a page to blocks in reading order, each with the element that holds it and the share of links in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.formats.html.elements import (
    BLOCKS,
    SILENT,
    collapsed,
    is_hidden,
    is_raised,
    n_characters,
    own_text,
    tag_of,
    text_of,
)
from pipeline.formats.html.grid import is_layout, open_grid, table_of
from pipeline.formats.raised import raised
from pipeline.formats.reading import UNNUMBERED
from pipeline.model import Anchor, Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipeline.formats.html.grid import Grid
    from pipeline.formats.limits import Limits
    from pipeline.model import Block


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its page: ``characters`` without white space, ``linked`` of them in links."""

    block: Block
    holder: _Element
    characters: int
    linked: int

    @property
    def is_links(self) -> bool:
        """Whether the block is little else than links."""
        return self.linked * 5 > self.characters * 3


@dataclass(slots=True)
class Walk:
    """Goes through a page without recursion, however deep it is nested."""

    limits: Limits
    placed: list[Placed] = field(default_factory=list)
    _holders: list[_Element] = field(default_factory=list)
    _path: list[tuple[str, Counter[str]]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _marks: int = 0

    def through(self, root: _Element) -> None:
        """Collect the blocks of ``root``."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if not self._enter(element):
                    walk.skip_subtree()
            else:
                self._leave(element)
                if element is not root:
                    self._add(element.tail)
        self._flush()

    def _enter(self, element: _Element) -> bool:
        """Open the element; return whether its inside is to be walked through."""
        tag = tag_of(element)
        if tag in BLOCKS or tag == "br":
            self._flush()
        if self._path:
            same = self._path[-1][1]
            same[tag] += 1
            step = f"{tag}[{same[tag]}]" if same[tag] > 1 else tag
        else:
            step = tag
        self._path.append((step, Counter()))
        if tag in BLOCKS:
            self._holders.append(element)
        self._links += int(tag == "a")
        self._marks += is_raised(element)
        if tag in SILENT or is_hidden(element):
            return False
        if tag == "table" and self._table(element):
            return False
        self._add(own_text(element))
        return True

    def _leave(self, element: _Element) -> None:
        tag = tag_of(element)
        if tag in BLOCKS:
            self._flush()
            self._holders.pop()
        self._links -= int(tag == "a")
        self._marks -= is_raised(element)
        self._path.pop()

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(raised(text, "".join(self._pieces)) if self._marks else text)
            self._linked += n_characters(text) if self._links else 0

    def _flush(self) -> None:
        text = collapsed(self._pieces)
        if text:
            block = Paragraph(UNNUMBERED, text, Anchor(path=self._where()))
            self.placed.append(Placed(block, self._holders[-1], n_characters(text), self._linked))
        self._pieces.clear()
        self._linked = 0

    def _where(self) -> str:
        return "/".join(step for step, _ in self._path)

    def _table(self, element: _Element) -> bool:
        """Read the element and the tables inside it as data; return false where it only arranges a page."""
        grid = open_grid(element)
        if is_layout(grid):
            return False
        self._place_table(element, grid)
        waiting = list(reversed(grid.nested))
        while waiting:
            inner = waiting.pop()
            below = open_grid(inner)
            self._place_table(inner, below)
            waiting.extend(reversed(below.nested))
        return True

    def _place_table(self, element: _Element, grid: Grid) -> None:
        path = self._where()
        for text in grid.loose:
            self.placed.append(Placed(Paragraph(UNNUMBERED, text, Anchor(path=path)), element, n_characters(text), 0))
        table = table_of(grid, path, self.limits)
        if table is not None:
            characters = sum(n_characters(cell.text) for cell in table.cells)
            linked = sum(n_characters(text_of(link)) for cell in grid.cells for link in cell.iter("a"))
            self.placed.append(Placed(table, element, characters, linked))
