"""Compare what a program reports about a file with what the file prints: exact, refused or wrong, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.damage.sheet import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.rendering import Report

Key = tuple[str, str | None, str, str | None, str | None]

_WITHOUT_NUMBER = frozenset({"blank", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What one cell prints."""

    indicator: str
    applicant: str | None
    period: str
    item: str | None
    scope: str | None
    value: float | None
    status: str

    @property
    def key(self) -> Key:
        """What the cell means."""
        return self.indicator, self.applicant, self.period, self.item, self.scope


@dataclass(frozen=True, slots=True)
class Answer(Truth):
    """What a program says about one cell; ``words`` is the text around the place where it says to have read it."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer; ``truth`` is null where the file prints no such cell."""

    answer: Answer
    truth: Truth | None


@dataclass(slots=True)
class Score:
    """How many cells came back exact, were refused, or came back wrong; and of the refused those that left no trace."""

    exact: int = 0
    refused: int = 0
    wrong: int = 0
    traceless: int = 0
    wrongs: list[Wrong] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """All cells that were judged."""
        return self.exact + self.refused + self.wrong

    def add(self, other: Score) -> None:
        """Count in another score."""
        self.exact += other.exact
        self.refused += other.refused
        self.wrong += other.wrong
        self.traceless += other.traceless
        self.wrongs += other.wrongs


def truths(report: Report) -> tuple[Truth, ...]:
    """Return what the tables of a report print, each cell once."""
    found: dict[Key, Truth] = {}
    for grid in report.grids:
        for row in grid.rows:
            for slot in row:
                if isinstance(slot, Entry):
                    found[slot.key] = Truth(*slot.key, slot.value, slot.status)
    return tuple(found.values())


def judge(printed: Iterable[Truth], answers: Iterable[Answer], *, keeps_blanks: bool = True) -> Score:
    """Return the score of ``answers``. A cell reported that is not printed is wrong, unless it is called unreadable.

    A blank cell is exact where it is called blank. Several answers about one cell are wrong where one of them is.
    """
    said: dict[Key, list[Answer]] = defaultdict(list)
    for answer in answers:
        said[answer.key].append(answer)
    score = Score()
    for truth in printed:
        verdicts = {answer: _verdict(truth, answer) for answer in said.pop(truth.key, [])}
        bad = [answer for answer, verdict in verdicts.items() if verdict == "wrong"]
        score.wrongs += [Wrong(answer, truth) for answer in bad]
        if bad:
            score.wrong += 1
        elif "exact" in verdicts.values():
            score.exact += 1
        else:
            score.refused += 1
            score.traceless += truth.status == "blank" and not keeps_blanks
    for others in said.values():
        made_up = [answer for answer in others if answer.value is not None or answer.status in _WITHOUT_NUMBER]
        score.wrong += bool(made_up)
        score.wrongs += [Wrong(answer, None) for answer in made_up]
    return score


def _verdict(truth: Truth, answer: Answer) -> str:
    if answer.value is not None:
        return "exact" if answer.value == truth.value else "wrong"
    if answer.status not in _WITHOUT_NUMBER:
        return "refused"
    if truth.value is not None:
        return "wrong"
    return "exact" if answer.status == truth.status else "refused"
