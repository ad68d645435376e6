from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.evaluating import EvaluationError, count_rules, evaluate, rule_sheets, rules_as_json
from pipeline.evaluating.stored import stored_reports
from pipeline.model import Paragraph, Table
from pipeline.running.job import read_report
from pipeline.tables.errors import TablesMissingError
from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.evaluating import RuleCounts
    from pipeline.model import Block, Outcome
    from pipeline.rulebook import Rulebook

REPORT = """云溪县2016年政府信息公开工作年度报告
一、主动公开政府信息情况
2016年,全县共主动公开政府信息2532条。召开政务公开工作会议3次。
二、依申请公开政府信息情况
2016年共收到政府信息公开申请27件。收到行政复议申请3件。
"""


def write(out: Path, outcomes: list[Outcome], book: Rulebook) -> Path:
    out.mkdir()
    with TableSet(out, book.panel) as tables:
        for outcome in outcomes:
            tables.add(outcome)
        tables.commit({"version": "0.1.0", "schema_version": "1.0.0", "rules_version": book.version})
    return out


@pytest.fixture
def out(tmp_path: Path, book: Rulebook) -> Path:
    report = tmp_path / "yunxi_2016.txt"
    report.write_text(REPORT, encoding="utf-8")
    return write(tmp_path / "out", [read_report(report, report.name, book)], book)


def by_id(counts: tuple[RuleCounts, ...]) -> dict[str, RuleCounts]:
    return {each.rule_id: each for each in counts}


def labels(folder: Path, received: float) -> Path:
    folder.mkdir()
    observation = {"indicator": "requests.received.total", "value": received, "unit": "件", "source": "prose"}
    report = {"file": "yunxi_2016.txt", "era": "prose", "observations": [observation]}
    (folder / "yunxi_2016.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


def test_matches_and_values_are_counted_by_rule(out: Path, book: Rulebook) -> None:
    counts = by_id(count_rules(out, book))
    assert set(counts) == {rule.id for rule in book.prose_rules}
    received = counts["requests.received.total/received"]
    assert (received.hits, received.wins, received.held_back, received.accuracy) == (1, 1, 0, None)
    assert sum(each.wins for each in counts.values() if each.indicator == "proactive.total") == 1
    assert all(each.held_back + each.lost + each.undecided + each.repeats <= each.hits for each in counts.values())


def test_labels_tell_right_values_from_wrong_ones(out: Path, book: Rulebook, tmp_path: Path) -> None:
    right = by_id(count_rules(out, book, evaluate(out, labels(tmp_path / "right", 27))))
    assert (right["requests.received.total/received"].right, right["requests.received.total/received"].wrong) == (1, 0)
    counts = count_rules(out, book, evaluate(out, labels(tmp_path / "wrong", 28)))
    received = by_id(counts)["requests.received.total/received"]
    assert (received.right, received.wrong, received.accuracy) == (0, 1, 0.0)
    assert [(each.text, each.value, each.quote) for each in received.mistakes] == [
        ("yunxi_2016.txt", 27.0, "收到政府信息公开申请27件")
    ]
    assert received in counts[: sum(each.wrong > 0 for each in counts)]


def test_what_needs_work_comes_first(out: Path, book: Rulebook) -> None:
    counts = by_id(count_rules(out, book))
    plain = counts["requests.received.total/received"]
    rules = {
        "wrong": replace(plain, right=3, wrong=1),
        "worse": replace(plain, right=1, wrong=1),
        "undecided": replace(plain, undecided=1),
        "unused": replace(plain, hits=0, wins=0),
        "without": replace(plain, wins=0),
        "lost": replace(plain, lost=1),
        "good": plain,
    }
    order = sorted(rules, key=lambda name: rules[name].urgency)
    assert order == ["worse", "wrong", "undecided", "unused", "without", "lost", "good"]


def test_rules_that_claim_a_count_with_equal_right_are_told_apart_from_weaker_ones(
    tmp_path: Path, book: Rulebook
) -> None:
    rule = next(rule for rule in book.prose_rules if rule.id == "requests.received.total/received")
    twin = replace(rule, id="review.total/twin", indicator="review.total")
    weaker = replace(rule, id="fees.total/weaker", indicator="fees.total", priority=rule.priority - 1)
    indicator = next(each for each in book.indicators if each.id == rule.indicator)
    report = tmp_path / "yunxi_2016.txt"
    report.write_text(REPORT, encoding="utf-8")
    twins = replace(book, indicators=(replace(indicator, rules=(rule, twin, weaker)),))
    out = write(tmp_path / "out", [read_report(report, report.name, twins)], twins)
    counts = by_id(count_rules(out, twins))
    assert {name: (each.undecided, each.lost, each.wins) for name, each in counts.items()} == {
        rule.id: (1, 0, 0),
        twin.id: (1, 0, 0),
        weaker.id: (0, 1, 0),
    }
    assert counts[twin.id].conflicts_with == {rule.id: 1}


def test_tables_of_other_rules_are_refused(out: Path, book: Rulebook) -> None:
    with pytest.raises(EvaluationError, match="was written with other rules"):
        count_rules(out, replace(book, version="0123456789abcdef"))


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path, book: Rulebook) -> None:
    with pytest.raises(TablesMissingError, match="not the output folder of a finished run"):
        count_rules(tmp_path, book)


def test_rows_and_json_tell_gold_only_where_there_is_some(out: Path, book: Rulebook, tmp_path: Path) -> None:
    counts = count_rules(out, book, evaluate(out, labels(tmp_path / "gold", 28)))
    [rules] = rule_sheets(counts, judged=False)
    assert "accuracy" not in rules.columns
    assert all(len(row) == len(rules.columns) for row in rules.rows)
    rules, wrong = rule_sheets(counts, judged=True)
    assert all(len(row) == len(rules.columns) for row in rules.rows)
    assert ("requests.received.total/received", "yunxi_2016.txt", 27.0) in [row[:3] for row in wrong.rows]
    told = {each["rule_id"]: each for each in rules_as_json(counts, judged=False)}
    assert told["requests.received.total/received"]["wrong"] is None
    told = {each["rule_id"]: each for each in rules_as_json(counts, judged=True)}
    assert told["requests.received.total/received"]["mistakes"][0]["value"] == 27.0


def without_places(block: Block) -> tuple[object, ...]:
    if isinstance(block, Paragraph):
        return block.block_id, block.text, block.role, block.role_reason
    cells = [(cell.block_id, cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in block.cells]
    return block.block_id, cells, block.role, block.role_reason


def test_stored_reports_are_what_was_read(tmp_path: Path, book: Rulebook, outcome_of: Callable[[str], Outcome]) -> None:
    outcomes = [outcome_of("yunxiu_county_2017.html"), outcome_of("yunxiu_county_2018.txt")]
    stored = list(stored_reports(write(tmp_path / "out", outcomes, book)))
    documents = [outcome.document for outcome in outcomes if outcome.document]
    assert [each.year for each in stored] == [2017, 2018]
    assert [each.document.source.path for each in stored] == [each.source.path for each in documents]
    assert any(isinstance(block, Table) for block in documents[0].blocks)
    for each, document in zip(stored, documents, strict=True):
        assert list(map(without_places, each.document.blocks)) == list(map(without_places, document.blocks))
