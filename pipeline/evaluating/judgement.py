"""What an evaluation says of each label and of each value that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.evaluating.labels import Label
    from pipeline.evaluating.predictions import Prediction


class Part(StrEnum):
    """Where a value stands: in a table that its form prints, or in prose."""

    TABLE = "table"
    PROSE = "prose"


class Verdict(StrEnum):
    """What a value that was read is worth; ``aside`` counts neither for nor against."""

    RIGHT = "right"
    WRONG = "wrong"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Match:
    """A label, and the value read for it: the one that is right, or else the nearest of the same indicator.

    ``located`` says whether a value of the same indicator, label and period was read, right or wrong;
    ``by_other_reading`` whether it was found under the second id that its label allows.
    """

    label: Label
    found: bool
    located: bool
    prediction: Prediction | None = None
    by_other_reading: bool = False

    @property
    def part(self) -> Part:
        """Where the label stands."""
        return Part.TABLE if self.label.in_table else Part.PROSE

    @property
    def is_blank(self) -> bool:
        """Whether the report prints no number here."""
        return self.label.value is None


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that was read, and what it is worth.

    ``label`` is what it proves right; ``fabricated`` says that the report prints no number there at all, ``trap`` that
    it is wrong and one of the numbers that the labels warn of.
    """

    prediction: Prediction
    verdict: Verdict
    label: Label | None = None
    fabricated: bool = False
    trap: bool = False

    @property
    def part(self) -> Part:
        """Where the value was read."""
        return Part.TABLE if self.prediction.in_table else Part.PROSE


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled text after comparison; ``format`` is null and ``absent`` true where the run did not read it."""

    name: str
    place: str
    form: str
    format: str | None
    absent: bool
    matches: tuple[Match, ...]
    answers: tuple[Answer, ...]
    traps: int

    @property
    def traps_hit(self) -> int:
        """How many of the numbers that labels warn of were taken for a value."""
        return len({answer.prediction.value for answer in self.answers if answer.trap})

    @property
    def is_perfect(self) -> bool:
        """Whether every label was found and nothing read is wrong."""
        return all(match.found for match in self.matches) and all(
            answer.verdict is not Verdict.WRONG and not answer.fabricated for answer in self.answers
        )
