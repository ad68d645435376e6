"""Count what an evaluation says, over all texts or by indicator, form, file format and place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.evaluating.judgement import Answer, Judged, Match, Part, Verdict
from pipeline.evaluating.labels import UNCLEAR, GoldKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_ABSENT = "not read"


class Dimension(StrEnum):
    """What counts are broken down by."""

    INDICATOR = "indicator"
    FORM = "form"
    FORMAT = "format"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of labels and of values that were read; rates are rounded to four digits, null where nothing counts.

    ``located`` labels have a value of the same indicator and period, right or wrong; ``said`` are the values that
    count; ``blanks`` are cells in which the report prints no number; ``*_agrees`` count found labels.
    """

    labels: int = 0
    found: int = 0
    located: int = 0
    said: int = 0
    right: int = 0
    fabricated: int = 0
    blanks: int = 0
    blanks_found: int = 0
    status_agrees: int = 0
    qualifier_agrees: int = 0
    unit_agrees: int = 0
    period_agrees: int = 0

    @property
    def wrong(self) -> int:
        """How many of the values that count are wrong."""
        return self.said - self.right

    @property
    def precision(self) -> float | None:
        """Right values among those that count."""
        return rate(self.right, self.said)

    @property
    def recall(self) -> float | None:
        """Labels found."""
        return rate(self.found, self.labels)

    @property
    def value_accuracy(self) -> float | None:
        """Labels found among those for which a value was read at all."""
        return rate(self.found, self.located)

    @property
    def rates(self) -> dict[str, float | None]:
        """All three by their names."""
        return {"precision": self.precision, "recall": self.recall, "value_accuracy": self.value_accuracy}


def rate(part: int, whole: int) -> float | None:
    """Return a share rounded to four digits, or null of nothing."""
    return round(part / whole, 4) if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are there, rounded to four digits."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


def tally(matches: Iterable[Match], answers: Iterable[Answer]) -> Tally:
    """Return the counts over these labels and values."""
    matches, answers = tuple(matches), tuple(answers)
    stated = [match for match in matches if not match.is_blank]
    blanks = [match for match in matches if match.is_blank]
    found = [(match.label, match.prediction) for match in stated if match.found and match.prediction is not None]
    return Tally(
        labels=len(stated),
        found=len(found),
        located=sum(match.located for match in stated),
        said=sum(answer.verdict is not Verdict.ASIDE for answer in answers),
        right=sum(answer.verdict is Verdict.RIGHT for answer in answers),
        fabricated=sum(answer.fabricated for answer in answers),
        blanks=len(blanks),
        blanks_found=sum(match.found for match in blanks),
        status_agrees=sum(label.status == prediction.status for label, prediction in found),
        qualifier_agrees=sum(label.qualifier == prediction.qualifier for label, prediction in found),
        unit_agrees=sum(label.unit == prediction.unit for label, prediction in found),
        period_agrees=sum(label.period in {prediction.period, UNCLEAR} for label, prediction in found),
    )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run compared with labels: every text with what became of its labels and values."""

    kind: GoldKind
    texts: tuple[Judged, ...]

    def at_places(self, places: Collection[str]) -> Evaluation:
        """Return the evaluation of some places alone."""
        return Evaluation(self.kind, tuple(text for text in self.texts if text.place in places))

    def total(self, part: Part | None = None) -> Tally:
        """Return the counts over all texts, of tables or prose alone where ``part`` says so."""
        return tally(
            (match for text in self.texts for match in text.matches if part in {None, match.part}),
            (answer for text in self.texts for answer in text.answers if part in {None, answer.part}),
        )

    def by(self, dimension: Dimension, part: Part | None = None) -> dict[str, Tally]:
        """Return the counts for each indicator, form, file format or place, in the order of their names.

        A right value counts under the indicator of the label it proves, any other under its own.
        """
        matches: dict[str, list[Match]] = {}
        answers: dict[str, list[Answer]] = {}
        for text in self.texts:
            for match in text.matches:
                if part in {None, match.part}:
                    matches.setdefault(_name(dimension, text, match), []).append(match)
            for answer in text.answers:
                if part in {None, answer.part}:
                    answers.setdefault(_name(dimension, text, answer), []).append(answer)
        return {name: tally(matches.get(name, ()), answers.get(name, ())) for name in sorted({*matches, *answers})}

    def scores(self) -> dict[str, float | None]:
        """Return every measure by its name; rates between 0 and 1, null where nothing was there to measure."""
        found: dict[str, float | None] = {}
        for prefix, part in self.parts():
            found |= {f"{prefix}{name}": share for name, share in self.total(part).rates.items()}
            places = self.by(Dimension.PLACE, part).values()
            found[f"{prefix}precision_mean_of_places"] = mean(each.precision for each in places)
            found[f"{prefix}recall_mean_of_places"] = mean(each.recall for each in places)
        return found | dict(self._overall())

    def parts(self) -> tuple[tuple[str, Part | None], ...]:
        """Return the prefixes of measures and what they are about: clauses are all prose, reports have tables too."""
        if self.kind is GoldKind.CLAUSES:
            return (("", None),)
        return tuple((f"{part}_", part) for part in Part)

    def _overall(self) -> Iterator[tuple[str, float | None]]:
        counts = self.total()
        if self.kind is GoldKind.REPORTS:
            yield "fabricated_cells", counts.fabricated
            yield "blank_cells", counts.blanks
            yield "blank_recall", rate(counts.blanks_found, counts.blanks)
            yield "absent_documents", sum(text.absent for text in self.texts)
        else:
            yield "records", len(self.texts)
            yield "records_perfect", sum(text.is_perfect for text in self.texts)
            yield "absent_records", sum(text.absent for text in self.texts)
        for what in ("status", "qualifier", "unit", "period"):
            yield f"{what}_agrees", rate(getattr(counts, f"{what}_agrees"), counts.found)
        yield "traps", sum(text.traps for text in self.texts)
        yield "traps_hit", sum(text.traps_hit for text in self.texts)


def _name(dimension: Dimension, text: Judged, each: Match | Answer) -> str:
    if dimension is Dimension.INDICATOR:
        if each.label is not None:
            return each.label.indicator
        return each.prediction.indicator if each.prediction is not None else _ABSENT
    if dimension is Dimension.FORMAT:
        return text.format or _ABSENT
    return text.place if dimension is Dimension.PLACE else text.form
