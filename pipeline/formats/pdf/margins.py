"""What stands on the edges of pages: page numbers, and lines that come back at the same height on most pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.formats.pdf.characters import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.formats.pdf.pages import PrintedPage

_DASHED = re.compile(r"[-—–－―‐·•~]\s*([0-9０-９]{1,4})\s*[-—–－―‐·•~]")
_SPOKEN = re.compile(r"第\s*([0-9０-９]{1,4})\s*页.{0,12}|([0-9０-９]{1,4})\s*/\s*[0-9０-９]{1,4}(?:\s*页)?")
_BARE = re.compile(r"[0-9０-９]{1,4}")
_DIGITS = re.compile(r"[0-9０-９]+")
_EDGE = 0.12
_EDGE_LINES = 3
_LONGEST = 60


def furniture_of(pages: Iterable[PrintedPage]) -> dict[tuple[int, int], str]:
    """Return the reason for each line that is page furniture, by page number and place among the items of the page."""
    edges = {(page.number, at): line for page in pages for at, line, _ in _edge_lines(page)}
    heads = {(page.number, at): is_head for page in pages for at, _, is_head in _edge_lines(page)}
    found = {key: "page number" for key, line in edges.items() if _is_number(line.text)}
    found |= dict.fromkeys(_counting(edges), "page number")
    seen = Counter((heads[key], _shape(line), round(line.top / 4)) for key, line in edges.items())
    n_pages = sum(bool(page.items) for page in pages)
    for key, line in edges.items():
        times = seen[heads[key], _shape(line), round(line.top / 4)]
        has_words = _shape(line).strip("#") != ""
        if key not in found and has_words and len(line.text) <= _LONGEST and times > 1 and 2 * times >= n_pages:
            found[key] = "running head" if heads[key] else "running foot"
    return found


def _edge_lines(page: PrintedPage) -> Iterator[tuple[int, Line, bool]]:
    """Yield the first and last lines of a page that stand near its edge, and whether that is the upper one."""
    last = len(page.items) - 1
    for at, item in enumerate(page.items):
        if isinstance(item, Line):
            if at < _EDGE_LINES and item.bottom <= _EDGE * page.height:
                yield at, item, True
            elif last - at < _EDGE_LINES and item.top >= (1 - _EDGE) * page.height:
                yield at, item, False


def _is_number(text: str) -> bool:
    return _DASHED.fullmatch(text) is not None or _SPOKEN.fullmatch(text) is not None


def _counting(edges: Mapping[tuple[int, int], Line]) -> Iterator[tuple[int, int]]:
    """Yield the lines that are bare numbers and go up with the pages."""
    bare = {key: int(line.text) for key, line in edges.items() if _BARE.fullmatch(line.text)}
    ahead = Counter(number - page for (page, _), number in bare.items())
    for (page, at), number in bare.items():
        if number == page or ahead[number - page] > 1:
            yield page, at


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))
