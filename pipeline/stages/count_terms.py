"""Count the words of the sections that say what a report is about: its overview, and its problems and improvements.

Words are jieba's, of the folded text; those of one character, stop words and whatever is not Chinese are left out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, SectionKind, TermCount
from pipeline.text.fold import fold
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Document, Section

COUNTED = (SectionKind.OVERVIEW, SectionKind.PROBLEMS)

_TERM = regex.compile(r"\p{Han}{2,}")


def count_terms(document: Document, sections: Iterable[Section], stop_words: frozenset[str]) -> tuple[TermCount, ...]:
    """Return how often each word occurs in the sections of each kind that is ``COUNTED``, the most frequent first.

    Tables are left out, and so is what does not belong to the report.
    """
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    counts = {kind: Counter[str]() for kind in COUNTED}
    for section in sections:
        if section.kind in counts:
            for span in section.spans:
                if span.block_id in texts:
                    counts[section.kind].update(terms(texts[span.block_id][span.start : span.end], stop_words))
    return tuple(
        TermCount(kind, term, count)
        for kind, counted in counts.items()
        for term, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    )


def terms(text: str, stop_words: frozenset[str]) -> Iterator[str]:
    """Yield the words of ``text`` that count, in their order."""
    for word in words(fold(text).text):
        if word not in stop_words and _TERM.fullmatch(word):
            yield word
