"""Slots: the named parts that patterns of several rules share, and the marks of the masked text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex

from pipeline.rulebook.marks import COUNT, DATE, EARLIER, LATER, OTHER, PART, PERCENT, TITLE, YEARS
from pipeline.rulebook.patterns import Pattern
from pipeline.rulebook.source import load_schema, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.rulebook.source import Located

_SLOT = regex.compile(r"\{(?P<name>[a-z_]+)(?::(?P<limit>[0-9]+))?\}")
_MARKS = {
    "n": COUNT,
    "year": f"[{DATE}]",
    "part": PART,
    "years": YEARS,
    "earlier": EARLIER,
    "later": LATER,
    "percent": PERCENT,
    "title": TITLE,
    "other": OTHER,
    "mark": f"[{COUNT}{DATE}{EARLIER}{LATER}{PERCENT}{TITLE}{OTHER}{PART}{YEARS}]",
    "date": f"[{DATE}{EARLIER}{LATER}{PART}{YEARS}]",
}


def fill_slots(pattern: str, slots: Mapping[str, str], count: str | None = None) -> str:
    """Return ``pattern`` with its slots filled in.

    ``{count}`` becomes the group to capture, ``{gap:12}`` up to 12 characters that cross neither the end of a clause
    nor another count. Raises ``KeyError`` with the unknown name.
    """

    def fill(match: regex.Match[str]) -> str:
        name, limit = match["name"], match["limit"]
        if name == "gap":
            return f"[^。;!?{COUNT}]{{0,{limit or 12}}}"
        if name == "count":
            return count or COUNT
        if name in _MARKS:
            return _MARKS[name]
        return f"(?:{fill_slots(slots[name], slots, count)})"

    return _SLOT.sub(fill, pattern)


def filled_pattern(located: Located, slots: Mapping[str, str], *keys: str | int, count: str | None = None) -> Pattern:
    """Return the pattern under ``keys``. Raises ``RuleError`` for an unknown slot."""
    value: Any = located.value
    for key in keys:
        value = value[key]
    try:
        return Pattern(fill_slots(value, slots, count), located.place(*keys))
    except KeyError as error:
        raise located.error(
            f"unknown slot {{{error.args[0]}}}; slots are defined in lexicons/slots.yaml", *keys
        ) from error


def refuse_unused_slots(folder: Path) -> None:
    """Raise ``RuleError`` with file and line for the first slot that neither a pattern nor another slot uses."""
    located = read_rules(folder / "lexicons" / "slots.yaml", load_schema(folder, "slots"))
    files = (path for part in ("lexicons", "indicators") for path in (folder / part).rglob("*.yaml"))
    used = {found["name"] for path in files for found in _SLOT.finditer(path.read_text(encoding="utf-8"))}
    for name in located.value:
        if name not in used:
            raise located.error(f"no pattern uses the slot '{name}': use or delete it", name)
