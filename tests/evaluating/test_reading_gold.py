from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.evaluating import EvaluationError, evaluate
from pipeline.evaluating.conventions import Conventions, load_conventions
from pipeline.evaluating.labels import GoldKind, OtherReading, read_gold
from pipeline.rulebook import RuleError
from pipeline.tables.errors import TablesMissingError
from tests.evaluating.runs import clause_label, label, write_clauses, write_reports, write_run

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook


@pytest.fixture(scope="module")
def conventions(rules_folder: Path) -> Conventions:
    return load_conventions(rules_folder)


def test_a_report_label_is_read_whole(tmp_path: Path, conventions: Conventions) -> None:
    found = label(
        "proactive.by_channel",
        3.0,
        item=" 公开栏 ",
        unit="",
        source="attachment_table",
        note="glued | alt: a.b; c.d | x",
    )
    gold = read_gold(write_reports(tmp_path, {"lanting_town_2013.txt": [found]}, era="a"), conventions)
    (text,) = gold.texts
    assert (gold.kind, text.name, text.place, text.form) == (
        GoldKind.REPORTS,
        "lanting_town_2013.txt",
        "lanting",
        "form_local",
    )
    (read,) = text.labels
    assert (read.item, read.unit, read.in_table, read.value) == ("公开栏", None, True, 3.0)
    assert read.other_readings == (OtherReading("a.b"), OtherReading("c.d"))


def test_a_clause_label_is_read_whole(tmp_path: Path, conventions: Conventions) -> None:
    found = clause_label("requests.received.cumulative", 0, zero_stated=True, alt=["a.b#公文", "c.d"], evidence="无")
    gold = read_gold(write_clauses(tmp_path / "c.jsonl", {"k1": [found]}), conventions)
    (read,) = gold.texts[0].labels
    assert (gold.kind, read.indicator, read.period) == (GoldKind.CLAUSES, "requests.received.total", "cumulative")
    assert (read.status, read.quote) == ("zero_stated", "无")
    assert read.other_readings == (OtherReading("a.b", "公文"), OtherReading("c.d"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gold/a.json", "{", r"a\.json: can't be read as labels"),
        ("gold/a.json", '{"file": "a.txt", "era": "c"}', r"a\.json: the key 'observations' is missing"),
        (
            "gold/a.json",
            '{"file": "a.txt", "era": "c", "observations": [{"indicator": "a.b", "value": "many"}]}',
            r"a\.json: can't be read as labels: could not convert string to float",
        ),
        ("gold/a.json", "[]", r"a\.json: can't be read as labels"),
        ("gold/a.txt", "", "holds no labels"),
    ],
)
def test_labels_that_cannot_be_understood_are_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message):
        evaluate(write_run(tmp_path / "out", {}), path.parent)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.jsonl", '{"id": "k1", "gold": []}\n\n{"gold": []}', r"entry 2: the key 'id' is missing"),
        ("c.jsonl", "\n", "is empty"),
        ("c.csv", "id", "neither a folder of report labels nor"),
        ("c.jsonl", None, "neither a folder of report labels nor"),
    ],
)
def test_clauses_that_cannot_be_understood_are_told(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message):
        evaluate(write_run(tmp_path / "out", {}), path)


def test_an_output_folder_without_tables_is_told(tmp_path: Path) -> None:
    gold = write_reports(tmp_path / "gold", {"a_2019.txt": []})
    with pytest.raises(TablesMissingError, match="is not the output folder of a finished run"):
        evaluate(tmp_path, gold)


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    gold = write_reports(tmp_path / "gold", {"a_2019.txt": []})
    out = write_run(tmp_path / "out", {})
    (out / "observations.parquet").write_bytes(b"not parquet")
    with pytest.raises(TablesMissingError, match=r"observations\.parquet' is damaged, or of another version"):
        evaluate(out, gold)
    shutil.copy(out / "documents.parquet", out / "observations.parquet")
    with pytest.raises(TablesMissingError, match=r"observations\.parquet' is damaged, or of another version"):
        evaluate(out, gold)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("alike: 0.8", "alike: much", "'alike' must be a number"),
        ("drop: '信息|", "drop: '(信息|", "'drop' is no regular expression"),
        ("timeless:", "timeles: []\ntimeless:", r"unknown key 'timeles' \(did you mean 'timeless'\?\)"),
    ],
)
def test_a_mistake_in_the_conventions_is_told_with_its_line(
    tmp_path: Path, rules_folder: Path, before: str, after: str, message: str
) -> None:
    text = (rules_folder / "evaluation.yaml").read_text(encoding="utf-8")
    shutil.copytree(rules_folder / "schema", tmp_path / "schema")
    (tmp_path / "evaluation.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=message) as told:
        load_conventions(tmp_path)
    assert told.value.line == text[: text.index(before)].count("\n") + 1


def test_conventions_name_only_indicators_of_the_rules_or_of_labels(conventions: Conventions, book: Rulebook) -> None:
    known = {indicator.id for indicator in book.indicators}
    families = {family.indicator for family in conventions.families}
    assert {indicator for indicator, _ in conventions.synonyms.values()} <= known
    assert {"proactive.by_category", "proactive.by_channel", "proactive.by_unit"} <= families & known
