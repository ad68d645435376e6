"""What the elements of a page mean for its text: which break paragraphs, which show nothing, how spaces collapse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "  # noqa: SIM905 — a word per line would fill a page
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary "
    "table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "textarea"})
CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def is_hidden(element: _Element) -> bool:
    """Tell whether the element itself says that it is not shown."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def tag_of(element: _Element) -> str:
    """Return the local name of the element in lower case."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def collapsed(pieces: list[str]) -> str:
    """Return the text as a browser would show it: runs of plain white space are one space."""
    return _SPACE.sub(" ", "".join(pieces)).strip()


def text_of(element: _Element) -> str:
    """Return all text inside the element as it stands in the source."""
    return "".join(str(piece) for piece in element.itertext())


def n_characters(text: str) -> int:
    """Count the characters that are no white space."""
    return len("".join(text.split()))


def text_inside(element: _Element) -> str:
    """Return the text of a cell: a line per paragraph or ``<br>``, nested tables left out."""
    lines: list[str] = []
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        tag = tag_of(each)
        skipped = each is not element and (tag in SILENT or tag == "table" or is_hidden(each))
        if tag in BLOCKS or tag == "br":
            lines.append(collapsed(pieces))
            pieces = []
        if event == "start" and skipped:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(each.text or "")
        elif each is not element:
            pieces.append(each.tail or "")
    return "\n".join(line for line in (*lines, collapsed(pieces)) if line)
