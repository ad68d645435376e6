"""What the elements of a page mean for its text: which break paragraphs, which show nothing, how spaces collapse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.formats.raised import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "  # noqa: SIM905 — a word per line would fill a page
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary "
    "table tbody td tfoot th thead tr ul".split()
)
SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "textarea"})
CELLS = frozenset({"td", "th"})
_SILENT_IN_CELLS = SILENT - {"textarea"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\w-])font(?:-size)?\s*:", re.IGNORECASE)
_NO_SIZE = re.compile(
    r"(?<![\w-])font-size\s*:\s*0+(?:\.0+)?(?:[a-z]{2,3}|%)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_RAISED_TAGS = frozenset({"sup", "sub"})
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)", re.IGNORECASE)
_TYPED = frozenset({"text", "number", "tel", ""})


def is_hidden(element: _Element) -> bool:
    """Tell whether the element itself says that it is not shown, or is struck out."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None:
        return True
    return is_struck(element)


def is_struck(element: _Element) -> bool:
    """Tell whether the element strikes out what is in it, or prints it in no size."""
    style = element.get("style", "")
    return tag_of(element) in _STRUCK_TAGS or _STRUCK.search(style) is not None or _has_no_size(element, style)


def _has_no_size(element: _Element, style: str) -> bool:
    """Tell whether the text is printed in size zero; what stands inside may have a size of its own."""
    if not _NO_SIZE.search(style):
        return False
    inside = (each for each in element.iterdescendants("*"))
    return not any(each.get("class") or _SIZE.search(each.get("style", "")) for each in inside)


def is_raised(element: _Element) -> bool:
    """Tell whether the element is printed above or below the line, as the mark of a note is."""
    tag = tag_of(element)
    return tag in _RAISED_TAGS or (tag not in BLOCKS and _RAISED.search(element.get("style", "")) is not None)


def own_text(element: _Element) -> str:
    """Return the text that the element shows before its first child: of a field that can be filled in its value."""
    if tag_of(element) == "input" and element.get("type", "").strip().lower() in _TYPED:
        return element.get("value", "")
    return element.text or ""


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
    marks = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        tag = tag_of(each)
        skipped = each is not element and (tag in _SILENT_IN_CELLS or tag == "table" or is_hidden(each))
        if tag in BLOCKS or tag == "br":
            lines.append(collapsed(pieces))
            pieces = []
        if event == "start" and skipped:
            walk.skip_subtree()
        elif event == "start":
            marks += is_raised(each)
            pieces.append(raised(own_text(each), "".join(pieces)) if marks else own_text(each))
        elif each is not element:
            marks -= not skipped and is_raised(each)
            pieces.append(raised(each.tail or "", "".join(pieces)) if marks else each.tail or "")
    return "\n".join(line for line in (*lines, collapsed(pieces)) if line)
