"""Labels of forms: told apart by their words alone, whatever numbering, spaces, quotes and brackets surround them.

``（三） 不予公开`` and ``3.不予公开`` have the key ``不予公开``; ``危及“三安全一稳定”`` has ``危及三安全一稳定``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import regex
from rapidfuzz import fuzz, process

from pipeline.text.fold import fold
from pipeline.text.script import simplify

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Mapping

K = TypeVar("K", bound="Hashable")

_NUMBERING = regex.compile(
    r"[(（][一二三四五六七八九十]+[)）]|[(（]?[0-9]{1,2}[)）]|(?<![0-9.])[0-9]{1,2}[.、](?![0-9])|^[一二三四五六七八九十]+[、.]|[①-⒛㈠-㈩Ⅰ-Ⅻ]"
)
_BEFORE_LABEL = regex.compile(r"^(?:其中(?=.)|[0-9]{1,2}(?=\p{Han}))+")
_NOT_WORDS = regex.compile(r"[^\p{L}\p{N}]+")
_LONGEST = 80
_SHORTEST_FUZZY = 7
_ENOUGH = 85.0
_MARGIN = 10.0
_MOST_ADDED = 2


def label_key(text: str) -> str:
    """Return what is left of a label without numbering, spaces, punctuation and 其中; full width becomes half width."""
    key: str = _BEFORE_LABEL.sub("", _NOT_WORDS.sub("", _NUMBERING.sub("", fold(simplify(text)).text)))
    return key


def find_label(key: str, known: Mapping[str, K], others: Container[str] = ()) -> K | None:
    """Return what ``known`` holds for the label ``key``, or null where it is not certain which label is meant.

    A damaged label of some length counts as the one it resembles, if no other comes near; one with words added does
    not, since they may change what it means. Labels among the ``others`` are known to mean something else.
    """
    if key in known:
        return known[key]
    if key in others:
        return None
    if not _SHORTEST_FUZZY <= len(key) <= _LONGEST:
        return None
    comparable = [label for label in known if len(label) >= max(_SHORTEST_FUZZY, len(key) - _MOST_ADDED)]
    near = process.extract(key, comparable, scorer=fuzz.ratio, score_cutoff=_ENOUGH - _MARGIN, limit=None)
    ranked = sorted({known[label]: score for label, score, _ in reversed(near)}.values(), reverse=True)
    if not ranked or ranked[0] < _ENOUGH or (len(ranked) > 1 and ranked[0] - ranked[1] < _MARGIN):
        return None
    return known[near[0][0]]
