"""Proof that rules are sound: given before a run, and remembered for just these rules and just this program.

What is kept is an empty file in the user's cache, named by a hash over the rules, the code of the program and what it
matches with. Whatever of these changes, the rules are proven anew; so they are where the file can't be kept.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

import platformdirs

from pipeline.rulebook import load_rulebook
from pipeline.rulecheck import require_sound
from pipeline.running.program import MATCHING_WITH, program_hash

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import ChosenRules, Rulebook


def load_proven(rules: ChosenRules) -> Rulebook:
    """Return the rules, all examples of which hold.

    Raises ``RuleError`` for the first mistake. Examples and patterns that were proven before are not tried again.
    """
    book = load_rulebook(rules.folder, rules.also)
    if not _is_kept(book.version):
        require_sound(book)
        with suppress(OSError):
            _kept(book.version).parent.mkdir(parents=True, exist_ok=True)
            _kept(book.version).touch()
    return book


def _is_kept(version: str) -> bool:
    try:
        return _kept(version).is_file()
    except OSError:
        return False


def _kept(version: str) -> Path:
    """Return the file whose presence says that the rules of this version hold."""
    name = hashlib.sha256(f"{version} {program_hash(*MATCHING_WITH)}".encode()).hexdigest()
    return platformdirs.user_cache_path("gongkai", appauthor=False) / "proven" / name
