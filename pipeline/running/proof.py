"""Proof that rules are sound: given before a run, and remembered for just these rules and just this program.

What is kept is an empty file in the user's cache, named by a hash over the rules, the code of the program and what it
matches with. Whatever of these changes, the rules are proven anew; so they are where the file can't be kept.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from pipeline.rulebook import load_rulebook
from pipeline.rulecheck import require_sound

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

_PACKAGE = Path(__file__).parents[1]
_MATCHING_WITH = ("ahocorasick-rs", "jieba", "opencc", "PyYAML", "rapidfuzz", "regex")


def load_proven(folder: Path) -> Rulebook:
    """Return the rules in ``folder``, all examples of which hold.

    Raises ``RuleError`` for the first mistake. Examples and patterns that were proven before are not tried again.
    """
    book = load_rulebook(folder)
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
    name = hashlib.sha256(f"{version} {_program()}".encode()).hexdigest()
    return platformdirs.user_cache_path("gongkai", appauthor=False) / "proven" / name


@cache
def _program() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in _MATCHING_WITH:
        digest.update(f"{name} {metadata.version(name)}\0".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
