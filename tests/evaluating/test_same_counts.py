"""The counts are those of the shared scorers, on runs made from the labels and spoiled in every way."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.evaluating import evaluate
from pipeline.evaluating.judgement import Part
from pipeline.evaluating.tally import Dimension, tally
from tests.evaluating.runs import value, write_run

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.evaluating import Evaluation
    from pipeline.evaluating.judgement import Judged

SPOILED = 0.35
PERIODS = ["this_year", "cumulative", "to_date", "previous_year", "change"]
COUNTS = re.compile(
    r"(\S+) .*table (\d+)/(\d+) \(said (\d+), right (\d+)\)  prose (\d+)/(\d+) \(said (\d+), right (\d+)\)"
    r"  blank (\d+)/(\d+), fabricated (\d+)"
)


def read_as(
    label: dict[str, Any], note: str, chance: random.Random, others: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return what a reader of changing quality might make of a label."""
    indicator, *alternatives = [label["indicator"], *re.findall(r"[a-z_]+\.[a-z_.]+", note)]
    if indicator.startswith("proactive.category."):
        indicator = "proactive.by_category"
    said = value(
        indicator,
        label["value"],
        applicant=label.get("applicant"),
        item=label.get("item"),
        unit=label.get("unit"),
        qualifier=label["qualifier"],
        period=label["period"] if label["period"] in PERIODS else "this_year",
        source=label.get("source", "prose"),
        status=label.get("status", "reported"),
    )
    if chance.random() > SPOILED:
        return [said]
    other = chance.choice(others)
    number = said["value"]
    changes: list[dict[str, Any]] = [
        {"indicator": other["indicator"]},
        {"value": None if number is None else number + 1},
        {"value": 7.0, "status": "reported"},
        {"value": None if number is None else number / 10000, "unit": "万元"},
        {"period": chance.choice(PERIODS)},
        {"item": other.get("item")},
        {"item": f"{label.get('item') or ''}信息公开类"},
        {"item": (label.get("item") or "其它")[:-1]},
        {"indicator": "proactive.by_channel"},
        {"indicator": "proactive.channel.website", "item": None},
        {"derived": True, "value": 3.0},
        {"source": chance.choice(["table", "prose"])},
        {"standing": "rival", "value": 12.0},
        {"qualifier": "approx", "unit": None},
    ]
    changes += [{"indicator": each} for each in alternatives * 4]
    spoiled = said | chance.choice(changes)
    return chance.choice([[spoiled], [said, spoiled], [spoiled, said], [said, said], []])


def scored(shared: Path, script: str, *arguments: object) -> str:
    command = [sys.executable, str(shared / "gold" / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("seed", range(2))
def test_reports_count_as_the_shared_scorer_counts_them(seed: int, shared: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 — no secret
    gold = shared / "gold" / "reports"
    read = {}
    for path in sorted(gold.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        labels = report["observations"]
        read[report["file"]] = [each for label in labels for each in read_as(label, label["note"], chance, labels)]
    out = write_run(tmp_path / "out", dict(list(read.items())[1:]))
    evaluation = evaluate(out, gold)
    *printed, summary = scored(shared, "score_documents.py", out, gold).splitlines()
    theirs = json.loads(summary)
    ours = evaluation.scores()
    assert {name: ours[name] for name in theirs} == theirs
    counts = [COUNTS.fullmatch(line) for line in printed]
    assert dict(map(report_counts, evaluation.texts)) == {
        match[1]: tuple(map(int, match.groups()[1:])) for match in counts if match
    }


def report_counts(text: Judged) -> tuple[str, tuple[int, ...]]:
    counts: list[int] = []
    for part in Part:
        found = tally(
            (match for match in text.matches if match.part is part),
            (answer for answer in text.answers if answer.part is part),
        )
        counts += [found.found, found.labels, found.said, found.right]
    whole = tally(text.matches, text.answers)
    return text.name, (*counts, whole.blanks_found, whole.blanks, whole.fabricated)


@pytest.mark.parametrize("seed", range(2))
def test_clauses_count_as_the_shared_scorer_counts_them(seed: int, shared: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 — no secret
    gold = shared / "gold" / "clauses_dev.jsonl"
    clauses = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    every = [label for clause in clauses for label in clause["gold"]]
    out = write_run(
        tmp_path / "out",
        {
            f"{clause['id']}.txt": [
                *(each for label in clause["gold"] for each in read_as(label, " ".join(label["alt"]), chance, every)),
                *(
                    value("proactive.total", float(number))
                    for trap in clause["traps"]
                    for number in trap["numbers"]
                    if chance.random() < SPOILED
                ),
            ]
            for clause in clauses
        },
    )
    (tmp_path / "read.jsonl").write_text(scored(shared, "clause_predictions.py", out), encoding="utf-8")
    scored(shared, "score_clauses.py", gold, tmp_path / "read.jsonl", "--json", tmp_path / "theirs.json")
    theirs = json.loads((tmp_path / "theirs.json").read_text(encoding="utf-8"))
    evaluation = evaluate(out, gold)
    scores, total = evaluation.scores(), evaluation.total()
    assert {
        "tp": total.found,
        "fn": total.labels - total.found,
        "fp": total.wrong,
        "period_eq": total.period_agrees,
        "qual_eq": total.qualifier_agrees,
        "records": scores["records"],
        "records_perfect": scores["records_perfect"],
        "traps_hit": scores["traps_hit"],
        "traps_total": scores["traps"],
        "via_alt": sum(match.by_other_reading for text in evaluation.texts for match in text.matches),
        "trap_predictions": sum(answer.trap for text in evaluation.texts for answer in text.answers),
    } == {name: theirs[name] for name in CLAUSE_COUNTS}
    assert hits(evaluation, Dimension.INDICATOR) == their_hits(theirs["indicators"])
    assert hits(evaluation, Dimension.FORM) == their_hits(theirs["eras"])


CLAUSE_COUNTS = (
    "tp",
    "fn",
    "fp",
    "period_eq",
    "qual_eq",
    "records",
    "records_perfect",
    "traps_hit",
    "traps_total",
    "via_alt",
    "trap_predictions",
)


def hits(evaluation: Evaluation, dimension: Dimension) -> dict[str, tuple[int, int, int]]:
    counted = evaluation.by(dimension).items()
    found = {name: (each.found, each.labels - each.found, each.wrong) for name, each in counted}
    return {name: counts for name, counts in found.items() if any(counts)}


def their_hits(theirs: dict[str, dict[str, int]]) -> dict[str, tuple[int, int, int]]:
    found = {name: (each.get("tp", 0), each.get("fn", 0), each.get("fp", 0)) for name, each in theirs.items()}
    return {name: counts for name, counts in found.items() if any(counts)}
