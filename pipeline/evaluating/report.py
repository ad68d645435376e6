"""Tell an evaluation: as sheets of rows for a terminal, as plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipeline.evaluating.judgement import Judged, Verdict
from pipeline.evaluating.tally import Dimension, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.evaluating.tally import Evaluation

_COUNTS = ("labels", "found", "recall", "values read", "right", "precision", "value accuracy")
_DIFFERENCE = ("text", "what", "indicator", "applicant", "label", "labelled", "read", "period", "words")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under named columns, with null where a row has nothing to say."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def sheets(evaluation: Evaluation) -> Iterator[Sheet]:
    """Yield the measures, then counts by form, format, place and indicator, most first, tables apart from prose."""
    yield Sheet("Measures", ("measure", "value"), tuple(evaluation.scores().items()))
    for dimension in (Dimension.FORM, Dimension.FORMAT, Dimension.PLACE, Dimension.INDICATOR):
        for _, part in evaluation.parts():
            found = [each for each in evaluation.by(dimension, part).items() if each[1].labels or each[1].said]
            found.sort(key=lambda each: -max(each[1].labels, each[1].said))
            if found:
                title = f"By {dimension}" + (f", {part}" if part else "")
                yield Sheet(title, (dimension, *_COUNTS), tuple((name, *_counts(counts)) for name, counts in found))


def differences(evaluation: Evaluation) -> Sheet:
    """Return every label that was missed and every value that is wrong, with the words of label or report."""
    rows = [row for text in evaluation.texts for row in _differences(text)]
    return Sheet("Missed and wrong", _DIFFERENCE, tuple(rows))


def as_json(evaluation: Evaluation, *, show: bool = False) -> dict[str, Any]:
    """Return the measures, all counts and rates, and with ``show`` what was missed and wrong, as JSON has them."""
    told: dict[str, Any] = {
        "kind": evaluation.kind,
        "scores": evaluation.scores(),
        "counts": {part or "all": _plain(evaluation.total(part)) for _, part in evaluation.parts()},
        "by": {
            dimension: {
                part or "all": {name: _plain(counts) for name, counts in evaluation.by(dimension, part).items()}
                for _, part in evaluation.parts()
            }
            for dimension in Dimension
        },
    }
    if show:
        found = differences(evaluation)
        told["differences"] = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return told


def _plain(counts: Tally) -> dict[str, Any]:
    return asdict(counts) | counts.rates


def _counts(counts: Tally) -> tuple[object, ...]:
    return (
        counts.labels,
        counts.found,
        counts.recall,
        counts.said,
        counts.right,
        counts.precision,
        counts.value_accuracy,
    )


def _differences(text: Judged) -> Iterator[tuple[object, ...]]:
    for match in text.matches:
        if match.found or match.is_blank:
            continue
        label, near = match.label, match.prediction
        read = near.value if near else None
        what = "other value" if match.located else "other period" if near else "missed"
        yield (
            text.name,
            what,
            label.indicator,
            label.applicant,
            label.item,
            label.value,
            read,
            label.period,
            label.quote,
        )
    for answer in text.answers:
        if answer.verdict is not Verdict.WRONG and not answer.fabricated:
            continue
        said = answer.prediction
        what = "fabricated" if answer.fabricated else "trap" if answer.trap else "wrong"
        yield text.name, what, said.indicator, said.applicant, said.item, None, said.value, said.period, said.quote
