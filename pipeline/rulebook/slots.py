"""Slots that no pattern uses, refused: what nobody reads would be mended in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.lexicons import load_schema
from pipeline.rulebook.source import read_rules

if TYPE_CHECKING:
    from pathlib import Path

_SLOT = regex.compile(r"\{([a-z_]+)\}")


def refuse_unused_slots(folder: Path) -> None:
    """Raise ``RuleError`` with file and line for the first slot that neither a pattern nor another slot uses."""
    located = read_rules(folder / "lexicons" / "slots.yaml", load_schema(folder, "slots"))
    files = (path for part in ("lexicons", "indicators") for path in (folder / part).rglob("*.yaml"))
    used = {name for path in files for name in _SLOT.findall(path.read_text(encoding="utf-8"))}
    for name in located.value:
        if name not in used:
            raise located.error(f"no pattern uses the slot '{name}': use or delete it", name)
