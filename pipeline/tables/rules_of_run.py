"""Which rules give the words for the tables of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.rulebook import load_rulebook, rules_version
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook
    from pipeline.tables.manifest import Manifest


@dataclass(frozen=True, slots=True)
class RunRules:
    """The rules for a run and the folder they come from; ``difference`` says how they differ from those it used."""

    folder: Path
    book: Rulebook
    difference: str | None


def rules_of_run(manifest: Manifest, named: Path | None) -> RunRules:
    """Return the rules in the folder ``named``; where none is, those that the run used, as far as they are at hand.

    They are told by their version: those of the program, or those in the folder that was named for the run. Raises
    ``RuleError`` for a mistake in them.
    """
    folder = named or _folder(manifest)
    book = load_rulebook(folder, manifest.also)
    difference = None
    if book.version != manifest.rules_version:
        difference = (
            f"The rules in '{folder}' are version {book.version}, but the run used {manifest.rules_version}: labels "
            "and definitions may differ. Run again, or name the folder of its rules (--rules, rules=)."
        )
    return RunRules(folder, book, difference)


def _folder(manifest: Manifest) -> Path:
    own = shipped_folder("rules")
    used = Path(manifest.rules) if manifest.rules is not None else own
    folders = [folder for folder in (own, used) if (folder / "indicators").is_dir()]
    same = (folder for folder in folders if rules_version(folder, manifest.also) == manifest.rules_version)
    return next(same, folders[-1])
