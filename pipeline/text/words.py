"""Words: jieba's segmentation, kept to its own tokenizer so that no cache file is written anywhere."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    import jieba

_SPACED = regex.compile(r"(?P<left>\p{Han}{1,6})[ \u3000\u00a0]+(?=(?P<right>\p{Han}{1,6}))")


@cache
def _tokenizer() -> jieba.Tokenizer:
    import jieba  # noqa: PLC0415 — a second and 80 MB, spent only where headings say nothing

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as lines:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(lines)
    tokenizer.initialized = True
    return tokenizer


def part_a_word(left: str, right: str) -> bool:
    """Tell whether a word of the dictionary begins at the end of ``left`` and goes on in ``right``."""
    end, place = 0, len(left)
    for word in _tokenizer().cut(left + right, HMM=False):
        begin, end = end, end + len(word)
        if end > place:
            return begin < place
    return False


def spaces_part_words(printed: str) -> bool:
    """Tell whether a space stands within a word somewhere: the spaces of such a text mean nothing."""
    return any(part_a_word(found["left"], found["right"]) for found in _SPACED.finditer(printed))


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order."""
    found: list[str] = _tokenizer().lcut(text)
    return found
