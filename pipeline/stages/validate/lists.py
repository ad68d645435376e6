"""Lists printed in prose behind their total: what of them adds up, and whether the shares behind the counts are right.

A list is trusted as far as it is read whole: every number from its total to the end of its last sentence is the total,
a part or a share. Otherwise nothing is claimed about its sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model import Disposition, Paragraph, Period, Qualifier, Span, ValueSource
from pipeline.rulebook.agreements import stands_for
from pipeline.rulebook.masking import STAY_COUNTS
from pipeline.stages.validate.values import number_of
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Document, Numeral, Observation
    from pipeline.rulebook.agreements import Agreements, PrintedList

_LONGEST_STEP, _LONGEST_LEAD, _LONGEST_TAIL = 60, 120, 14
_SENTENCE_ENDS, _CLAUSE_ENDS = "。！？!?", "；;"
_COUNTS = frozenset({Disposition.EXTRACTED, Disposition.UNEXPLAINED, Disposition.PLACEHOLDER, *STAY_COUNTS})


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a list: what was read, its number, and the share printed behind it."""

    observation: Observation
    number: float
    share: Numeral | None


@dataclass(frozen=True, slots=True)
class ListInText:
    """A list with the observation of its total; ``is_whole`` where no number of it is left unread.

    ``names_the_rest`` says that its last part is what the others leave over, ``names_some`` that it does not claim to
    be more than a choice.
    """

    agreement: PrintedList
    total: Observation
    parts: tuple[Part, ...]
    is_whole: bool
    names_the_rest: bool
    names_some: bool


class ListFinder:
    """Finds the lists of one report, by what was read from its prose and the ledger of its numerals."""

    def __init__(
        self,
        agreements: Agreements,
        observations: Iterable[Observation],
        numerals: Iterable[Numeral],
        document: Document,
    ) -> None:
        self._agreements = agreements
        self._texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
        self._stated = [each for each in observations if _is_statement(each)]
        self._numerals: dict[str, list[Numeral]] = {}
        for each in numerals:
            self._numerals.setdefault(each.block_id, []).append(each)

    def find(self) -> Iterator[ListInText]:
        """Yield every list that stands right behind its total, kind by kind in reading order."""
        for agreement in self._agreements.lists:
            totals = [each for each in self._stated if _is_one_of(each, agreement.totals) and each.item is None]
            for spans in self._runs(agreement):
                total = self._total_of(spans[0][0], totals)
                if total is not None:
                    yield self._list(agreement, total, spans)

    def _runs(self, agreement: PrintedList) -> Iterator[list[tuple[Span, Observation]]]:
        """Yield the parts of ``agreement`` that stand one behind the other, each with the place of its number."""
        spans = sorted(
            (
                (each.numeral, each)
                for each in self._stated
                if each.numeral is not None and _is_one_of(each, agreement.parts)
            ),
            key=lambda pair: (pair[0].block_id, pair[0].start),
        )
        run: list[tuple[Span, Observation]] = []
        for pair in spans:
            if run and not self._follows(run[-1][0], pair[0]):
                yield run
                run = []
            run.append(pair)
        if run:
            yield run

    def _follows(self, last: Span, span: Span) -> bool:
        """Say whether the number at ``span`` is the next of the same list: near, and at most one sentence on.

        A new sentence begins right behind the unit or the share of the last item, or it is another statement.
        """
        if last.block_id != span.block_id or span.start - last.end > _LONGEST_STEP:
            return False
        sentences = self._ends(last.block_id, last.end, span.start)
        return not sentences or (len(sentences) == 1 and sentences[0] - last.end <= _LONGEST_TAIL)

    def _ends(self, block_id: str, start: int, end: int) -> list[int]:
        text = self._texts.get(block_id, "")
        return [place for place in range(start, min(end, len(text))) if text[place] in _SENTENCE_ENDS]

    def _total_of(self, first: Span, totals: Iterable[Observation]) -> Observation | None:
        """Return the total that is the last number before the list, be it there that it was read or elsewhere."""
        before = self._counts(first.block_id, 0, first.start)
        if not before or first.start - before[-1].end > _LONGEST_LEAD:
            return None
        last = before[-1]
        equal = [each for each in totals if number_of(each) == last.value]
        if last.observation_id is not None:
            equal = [each for each in equal if each.observation_id == last.observation_id]
        many_sentences = len(self._ends(first.block_id, last.end, first.start)) > 1
        return equal[0] if equal and not many_sentences else None

    def _list(self, agreement: PrintedList, total: Observation, spans: list[tuple[Span, Observation]]) -> ListInText:
        first, last = spans[0][0], spans[-1][0]
        parts = tuple(Part(each, number_of(each) or 0.0, self._share_behind(span)) for span, each in spans)
        own = {(span.start, span.end) for span, _ in spans}
        inside = self._counts(first.block_id, first.start, last.end)
        behind = self._counts(last.block_id, last.end, self._end_of(spans))
        others = {each.observation_id for each in self._stated if not _is_one_of(each, agreement.parts)}
        unread = [each for each in inside if (each.start, each.end) not in own] + [
            each for each in behind if each.observation_id not in others
        ]
        exact = all(each.qualifier is Qualifier.EXACT for each in (total, *(each for _, each in spans)))
        nested = any(self._is_nested(one, other) for (one, _), (other, _) in pairwise(spans))
        closing = spans[-1][1]
        names_the_rest = self._says("the_rest", closing.item or closing.evidence.quote)
        return ListInText(
            agreement,
            total,
            parts,
            is_whole=exact and not unread and not nested,
            names_the_rest=names_the_rest,
            names_some=not names_the_rest and self._says("among_them", self._lead(first)),
        )

    def _lead(self, first: Span) -> str:
        """Return the words between the total and the number of the first part."""
        last = self._counts(first.block_id, 0, first.start)[-1]
        return self._between(Span(last.block_id, last.start, last.end), first)

    def _counts(self, block_id: str, start: int, end: int) -> list[Numeral]:
        """Return the numerals between two places that may count something."""
        return [
            each
            for each in self._numerals.get(block_id, ())
            if start <= each.start and each.end <= end and each.disposition in _COUNTS and not _is_share(each)
        ]

    def _end_of(self, spans: list[tuple[Span, Observation]]) -> int:
        """Return where the list ends at the latest: with its sentence, or its clause unless clauses are its items."""
        by_clause = any(";" in self._between(one, other) for (one, _), (other, _) in pairwise(spans))
        last = spans[-1][0]
        text = self._texts.get(last.block_id, "")
        marks = _SENTENCE_ENDS if by_clause else _SENTENCE_ENDS + _CLAUSE_ENDS
        return next((place for place in range(last.end, len(text)) if text[place] in marks), len(text))

    def _share_behind(self, span: Span) -> Numeral | None:
        """Return the percentage that says what part of the total the number at ``span`` is."""
        behind = next((each for each in self._numerals.get(span.block_id, ()) if each.start >= span.end), None)
        if behind is None or not _is_share(behind) or behind.start - span.end > _LONGEST_STEP:
            return None
        return behind if self._says("share_of_total", self._between(span, behind)) else None

    def _is_nested(self, one: Span, other: Span) -> bool:
        """Say whether the number at ``other`` is a part of that at ``one``."""
        words = self._between(one, other)
        return words.count("(") != words.count(")") or self._says("part_of_the_part", words)

    def _between(self, one: Span, other: Span | Numeral) -> str:
        return fold(self._texts.get(one.block_id, "")[one.end : other.start]).text

    def _says(self, word: str, text: str) -> bool:
        return self._agreements.words[word].pattern.search(text) is not None


def decimals_of(share: Numeral) -> int:
    """Return how many digits a percentage prints behind the point."""
    return len(fold(share.text).text.partition(".")[2])


def _is_statement(each: Observation) -> bool:
    of_this_year = each.source is ValueSource.PROSE and each.period is Period.THIS_YEAR
    return of_this_year and number_of(each) is not None and not each.derived


def _is_one_of(each: Observation, terms: Iterable[str]) -> bool:
    return any(stands_for(term, each.indicator) for term in terms)


def _is_share(numeral: Numeral) -> bool:
    return numeral.unit is not None and numeral.unit.endswith("%")
