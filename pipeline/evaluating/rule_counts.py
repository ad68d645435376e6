"""What each prose rule does in a run: matches, conflicts, values, and how many of these agree with labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.evaluating.errors import EvaluationError
from pipeline.evaluating.judgement import Verdict
from pipeline.evaluating.predictions import read_rows
from pipeline.evaluating.report import Sheet
from pipeline.evaluating.stored import stored_reports
from pipeline.evaluating.tally import rate
from pipeline.model import Standing
from pipeline.rulebook.matching import NO_BETTER, REPEATS, WEAKER
from pipeline.stages.account import open_ledger
from pipeline.stages.classify import classify
from pipeline.stages.extract import read_sections
from pipeline.stages.segment import segment
from pipeline.tables.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.evaluating.judgement import Answer
    from pipeline.evaluating.tally import Evaluation
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.matching import Reading

_COLUMNS = ("rule", "hits", "held back", "lost", "undecided", "repeats", "wins", "rivals")
_GOLD_COLUMNS = ("right", "wrong", "accuracy")
_MOST_RIVALS = 3
_MISTAKE_COLUMNS = ("rule", "text", "value", "unit", "period", "item", "words")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value of a rule that its labels prove wrong; ``text`` names the report or the clause."""

    text: str
    value: float | None
    unit: str | None
    period: str
    item: str | None
    quote: str
    trap: bool


@dataclass(slots=True)
class RuleCounts:
    """What one rule does: its ``hits`` are all matches, of which some become no value.

    ``held_back`` were those that the rule's own conditions, the time they cover or, where the rule is weak, another
    number kept off, ``lost`` those that a stronger rule took, ``undecided`` those that another indicator claims with
    equal right (neither gets them), ``repeats`` those that another rule of the indicator reads as well. ``wins`` are
    values in the tables, ``rivals`` values that lost to another statement of the report. ``right`` and ``wrong`` count
    values against labels.
    """

    rule_id: str
    indicator: str
    place: str
    hits: int = 0
    held_back: int = 0
    lost: int = 0
    undecided: int = 0
    repeats: int = 0
    wins: int = 0
    rivals: int = 0
    right: int = 0
    wrong: int = 0
    conflicts_with: dict[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def accuracy(self) -> float | None:
        """The share of right values among those that labels judge, or null."""
        return rate(self.right, self.right + self.wrong)

    @property
    def urgency(self) -> tuple[float, ...]:
        """Sorts what a rule writer should see first: wrong rules, undecided ones, unused ones, those without values."""
        if self.wrong:
            return 0, self.accuracy or 0, -self.wrong
        if self.undecided:
            return 1, -self.undecided, -self.hits
        if not self.hits:
            return (2,)
        if not self.wins:
            return 3, -self.hits
        return 4, -(self.lost + self.held_back) / self.hits, -self.hits


def count_rules(out: Path, rulebook: Rulebook, evaluation: Evaluation | None = None) -> tuple[RuleCounts, ...]:
    """Return the counts of every prose rule over the reports in ``out``, the most urgent first.

    The stored texts are read once more by the rules of ``rulebook``, which must be those of the run. Raises
    ``EvaluationError`` where they are not, ``TablesMissingError`` where the tables can't be read.
    """
    version = read_manifest(out).rules_version
    if version != rulebook.version:
        raise EvaluationError(
            f"'{out}' was written with other rules ({version}) than these ({rulebook.version}): run 'gongkai run' "
            "again, or name the folder of its rules with --rules."
        )
    counts = {rule.id: RuleCounts(rule.id, rule.indicator, rule.place) for rule in rulebook.prose_rules}
    for reading in _readings(out, rulebook):
        _count(reading, counts[reading.rule.id])
    for row in read_rows(out / "observations.parquet", ["rule_id", "standing"]):
        if row["rule_id"] in counts:
            counts[row["rule_id"]].wins += row["standing"] == Standing.ACCEPTED
            counts[row["rule_id"]].rivals += row["standing"] == Standing.RIVAL
    for text in evaluation.texts if evaluation else ():
        for answer in text.answers:
            if answer.prediction.rule_id in counts:
                _judge(answer, text.name, counts[answer.prediction.rule_id])
    return tuple(sorted(counts.values(), key=lambda each: (each.urgency, each.rule_id)))


def rule_sheets(counts: Iterable[RuleCounts], *, judged: bool) -> tuple[Sheet, ...]:
    """Return the counts as rows, and where they are ``judged`` by labels the values that are wrong."""
    counts = tuple(counts)
    rows = [
        (
            each.rule_id,
            each.hits,
            each.held_back,
            each.lost,
            each.undecided,
            each.repeats,
            each.wins,
            each.rivals,
            *((each.right, each.wrong, each.accuracy) if judged else ()),
            ", ".join(f"{rival} {times}" for rival, times in Counter(each.conflicts_with).most_common(_MOST_RIVALS)),
        )
        for each in counts
    ]
    columns = (*_COLUMNS, *(_GOLD_COLUMNS if judged else ()), "conflicts with")
    sheets = [Sheet("Rules", columns, tuple(rows))]
    if judged:
        wrong = [
            (each.rule_id, it.text, it.value, it.unit, it.period, it.item, it.quote)
            for each in counts
            for it in each.mistakes
        ]
        sheets.append(Sheet("Wrong values", _MISTAKE_COLUMNS, tuple(wrong)))
    return tuple(sheets)


def rules_as_json(counts: Iterable[RuleCounts], *, judged: bool) -> list[dict[str, Any]]:
    """Return the counts as JSON has them; ``right``, ``wrong`` and the like are null unless they are ``judged``."""
    unjudged = {} if judged else dict.fromkeys(("right", "wrong", "mistakes"))
    return [asdict(each) | {"accuracy": each.accuracy} | unjudged for each in counts]


def _readings(out: Path, rulebook: Rulebook) -> Iterable[Reading]:
    for stored in stored_reports(out):
        document = stored.document
        sections = classify(segment(document, rulebook), document, rulebook)
        ledger = open_ledger(document, rulebook)
        for _, _, readings in read_sections(sections, ledger, stored.year, rulebook, for_all=stored.is_for_all):
            yield from readings


def _count(reading: Reading, counts: RuleCounts) -> None:
    counts.hits += 1
    reason = reading.rejected
    if reason is None:
        return
    if reason.startswith(REPEATS):
        counts.repeats += 1
    elif reason.startswith((WEAKER, NO_BETTER)):
        counts.lost += reason.startswith(WEAKER)
        counts.undecided += reason.startswith(NO_BETTER)
        rival = reason.rpartition(" ")[2]
        counts.conflicts_with[rival] = counts.conflicts_with.get(rival, 0) + 1
    else:
        counts.held_back += 1


def _judge(answer: Answer, text: str, counts: RuleCounts) -> None:
    said = answer.prediction
    counts.right += answer.verdict is Verdict.RIGHT
    if answer.verdict is Verdict.WRONG or answer.fabricated:
        counts.wrong += 1
        mistake = Mistake(text, said.value, said.unit, said.period, said.item, said.quote, answer.trap)
        counts.mistakes.append(mistake)
