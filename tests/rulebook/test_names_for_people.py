from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline import model
from pipeline.formats.errors import Reason
from pipeline.rulebook import RuleError, load_rulebook
from pipeline.rulebook.forms import Names
from pipeline.running.job import _LOSSES

if TYPE_CHECKING:
    from enum import StrEnum

    from pipeline.rulebook import Rulebook

VOCABULARY = {
    "document_status": model.DocumentStatus,
    "section_kind": model.SectionKind,
    "value_status": model.ValueStatus,
    "qualifier": model.Qualifier,
    "period": model.Period,
    "value_source": model.ValueSource,
    "standing": model.Standing,
    "role": model.Role,
    "disposition": model.Disposition,
    "check_outcome": model.CheckOutcome,
    "severity": model.Severity,
    "verdict": model.Verdict,
}


@pytest.mark.parametrize(("codes", "words"), VOCABULARY.items())
def test_every_word_of_the_vocabulary_has_a_label_in_its_order(
    codes: str, words: type[StrEnum], book: Rulebook
) -> None:
    assert list(book.labels.codes[codes]) == [word.value for word in words]


def test_forms_stand_in_the_order_of_time(book: Rulebook) -> None:
    assert list(book.labels.codes["era"]) == ["prose", "form_local", "form_2014", "form_2019", "form_2021"]


@pytest.mark.parametrize(
    ("codes", "value", "names"),
    [
        ("document_status", "ok", Names("已读取", "read")),
        ("document_status", "unheard", Names("unheard", "unheard")),
        ("identity", "B9.weibo", Names("各渠道公开数与主动公开总数相容", "channels agree with all items disclosed")),
        ("identity", "A6:cumulative", Names("部分不多于主动公开总数：历年累计", "a part is no more than all")),
        ("identity", "C3:requests.carried_over", Names("总计＝各类申请人之和：上年结转政府信息公开申请数量", "")),
    ],
)  # fmt: skip
def test_a_code_has_a_name(codes: str, value: str, names: Names, book: Rulebook) -> None:
    found = book.labels.code(codes, value)
    assert found.zh == names.zh
    assert found.en.startswith(names.en)


def test_every_identity_of_the_rules_has_a_name(book: Rulebook) -> None:
    ids = {identity.id for era in book.eras for identity in era.identities}
    assert [each for each in sorted(ids) if book.labels.code("identity", each).zh == each] == []


def test_no_two_columns_of_a_table_have_one_name(book: Rulebook) -> None:
    for table, labels in book.labels.tables.items():
        for language in ("zh", "en"):
            names = [getattr(column.names, language) for column in labels.columns.values()]
            assert len(set(names)) == len(names), table


def test_an_unknown_list_of_codes_is_refused(rules_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(rules_folder, tmp_path / "rules"))
    tables = folder / "labels" / "tables.yaml"
    wrong = tables.read_text(encoding="utf-8").replace("codes: document_status}", "codes: document_statis}")
    tables.write_text(wrong, encoding="utf-8")
    with pytest.raises(RuleError, match=r"tables.yaml:\d+: .*did you mean 'document_status'"):
        load_rulebook(folder)


def test_a_list_named_in_two_files_is_refused(rules_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(rules_folder, tmp_path / "rules"))
    twice = "codes:\n  level:\n    county: {zh: 县级, en: county}\n"
    (folder / "labels" / "more.yaml").write_text(twice, encoding="utf-8")
    with pytest.raises(RuleError, match=r"more\.yaml:2: 'level' is also named in codes\.yaml"):
        load_rulebook(folder)


def test_every_sense_of_a_statement_has_a_name(book: Rulebook) -> None:
    senses = {sense.id for twice in book.agreements.stated_twice for sense in twice.calibres if sense.id}
    assert senses == set(book.labels.codes["sense"])


def test_every_reason_has_a_name(book: Rulebook) -> None:
    assert {*Reason, *_LOSSES} <= set(book.labels.codes["reason"])
