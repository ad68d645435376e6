"""Compare the output folder of a run with labels made by hand."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.evaluating.clauses import judge_clause
from pipeline.evaluating.conventions import load_conventions
from pipeline.evaluating.judgement import Judged
from pipeline.evaluating.labels import GoldKind, read_gold
from pipeline.evaluating.predictions import read_run
from pipeline.evaluating.reports import judge_report
from pipeline.evaluating.tally import Evaluation
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.evaluating.conventions import Conventions
    from pipeline.evaluating.labels import LabelledText
    from pipeline.evaluating.predictions import ReadFile


def evaluate(out: Path, gold: Path, *, rules: Path | None = None) -> Evaluation:
    """Return what the tables in ``out`` are worth against the labels in ``gold``.

    ``gold`` is a folder of report labels, each of which names its file, or a .jsonl file of clauses, each of which is
    a file of the run named by the id of the clause. ``rules`` is a folder in place of the rules of the program.
    Raises ``EvaluationError`` where labels can't be read, ``TablesMissingError`` where tables can't be, ``RuleError``
    for a mistake in the conventions.
    """
    conventions = load_conventions(rules or shipped_folder("rules"))
    labels = read_gold(gold, conventions)
    read: dict[str, ReadFile] = {}
    for file in read_run(out, conventions):
        path = PurePosixPath(file.path)
        read[path.name if labels.kind is GoldKind.REPORTS else path.stem] = file
    judged = (_judged(text, read.get(text.name), labels.kind, conventions) for text in labels.texts)
    return Evaluation(labels.kind, tuple(judged))


def _judged(text: LabelledText, read: ReadFile | None, kind: GoldKind, conventions: Conventions) -> Judged:
    judge = judge_report if kind is GoldKind.REPORTS else judge_clause
    matches, answers = judge(text, read.predictions if read else (), conventions)
    return Judged(
        name=text.name,
        place=text.place,
        form=text.form,
        format=read.format if read else None,
        absent=read is None,
        matches=matches,
        answers=answers,
        traps=len(text.traps),
    )
