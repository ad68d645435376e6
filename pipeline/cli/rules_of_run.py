"""Which rules give the words for the tables of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.terminal import say
from pipeline.rulebook import load_rulebook
from pipeline.shipped import shipped_folder
from pipeline.tables.exports import read_manifest

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook


def rules_of(out: Path, rules: Path | None) -> Rulebook:
    """Return the rules that the run used, as far as they are at hand; say so where they have changed since."""
    manifest = json.loads(read_manifest(out))
    used = manifest["configuration"]["rules"]
    folder = rules or (Path(used) if used and Path(used).is_dir() else shipped_folder("rules"))
    book = load_rulebook(folder)
    if book.version != manifest["rules_version"]:
        say(
            f"The rules in '{folder}' are version {book.version}, but the run used {manifest['rules_version']}: "
            "labels and definitions may differ. Run again, or name its rules with --rules."
        )
    return book
