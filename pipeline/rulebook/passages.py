"""A passage: what rules are matched against."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.rulebook.marks import COUNT

if TYPE_CHECKING:
    from pipeline.model import SectionKind
    from pipeline.rulebook.masking import Masked


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one masked block inside one section.

    ``text`` is the masked text of the stretch alone, other years told apart; it begins at ``start`` of the block;
    ``year`` is the report's own, where it is proven. ``topics`` are the ends of the mentions of what the text is about,
    in order, the first at its beginning.
    """

    masked: Masked
    text: str
    start: int
    year: int | None
    kind: SectionKind
    heading: str
    topics: tuple[tuple[int, str | None], ...] = ((0, None),)

    def part(self, first: int, last: int) -> Passage:
        """Return the passage cut to ``text[first:last]``; what it is about there stays the same."""
        topics = (
            (0, self.topic_at(first)),
            *((end - first, topic) for end, topic in self.topics if first < end <= last),
        )
        return replace(self, text=self.text[first:last], start=self.start + first, topics=topics)

    def counts(self, first: int, last: int) -> list[float | None]:
        """Return the numbers of the counts in ``text[first:last]``, null for one that can't be read."""
        places = (place for place, letter in enumerate(self.text[first:last], first) if letter == COUNT)
        return [self.count(place) for place in places]

    def count(self, place: int) -> float | None:
        """Return the number of the count at ``place`` of the text, null where it can't be read."""
        return self.masked.token_at(self.start + place).numerals[0].value

    def topic_at(self, place: int) -> str | None:
        """Return what the text is about at ``place``: the topic last mentioned before it."""
        return self.topics[max(bisect_right(self.topics, place, key=itemgetter(0)) - 1, 0)][1]
