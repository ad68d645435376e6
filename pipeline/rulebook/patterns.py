"""Patterns of the rules, compiled when they are first tried: what no text needs costs nothing to load."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from pipeline.rulebook.lookaheads import quickened
from pipeline.rulebook.source import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_KEPT = 16_384


@dataclass(frozen=True)
class Pattern:
    """A regular expression of the module ``regex`` with its slots filled in.

    ``place`` is where the rules write it, as ``rules/lexicons/spam.yaml:12``. Whatever tries it raises ``RuleError``
    where it is no pattern.
    """

    source: str
    place: str = field(default="", compare=False)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern ready for use; patterns of the same source are compiled once in a process."""
        try:
            return _compiled(self.source)
        except regex.error as error:
            path, _, line = self.place.rpartition(":")
            raise RuleError(Path(path), int(line or 0), f"is no pattern: {error}") from error

    @property
    def groupindex(self) -> Mapping[str, int]:
        """The numbers of the named groups."""
        return self.compiled.groupindex

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """Return the first match in ``text[start:end]``."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0) -> regex.Match[str] | None:
        """Return the match that begins at ``start`` of ``text``."""
        return self.compiled.match(text, start)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """Yield the matches in ``text[start:end]`` that do not overlap."""
        return self.compiled.finditer(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        """Return ``text`` with every match replaced."""
        return self.compiled.sub(replacement, text)


@lru_cache(maxsize=_MOST_KEPT)
def _compiled(source: str) -> regex.Pattern[str]:
    return regex.compile(quickened(source))
