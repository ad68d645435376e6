from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.rulebook.concepts import Term, load_concepts
from pipeline.rulebook.eras import load_eras
from pipeline.rulebook.source import RuleError

if TYPE_CHECKING:
    from pathlib import Path

ONE = """\
concepts:
  - id: apples
    names: {zh: 苹果, en: Apples}
    why: The same fruit.
    eras:
      prose: {terms: [apples.total]}
      form_2019: {terms: ["apples.red[total]", "apples.green[total]"], grade: close}
"""


@pytest.fixture
def folder(tmp_path: Path, rules_folder: Path) -> Path:
    shutil.copytree(rules_folder / "schema", tmp_path / "schema")
    (tmp_path / "concepts").mkdir()
    return tmp_path / "concepts"


def test_a_concept_is_a_sum_per_form(folder: Path) -> None:
    (folder / "fruit.yaml").write_text(ONE, encoding="utf-8")
    (concept,) = load_concepts(folder)
    in_2019 = concept.in_era("form_2019")
    assert in_2019 is not None
    assert in_2019.terms == (Term("apples.red", "total"), Term("apples.green", "total"))
    assert in_2019.grade == "close"
    assert concept.in_era("form_2021") is None


def test_mistakes_are_told_with_their_line(folder: Path) -> None:
    path = folder / "fruit.yaml"
    path.write_text(ONE.replace("[apples.total]", "[apples total]"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"fruit.yaml:6: 'apples total' is neither an indicator"):
        load_concepts(folder)
    path.write_text(ONE + ONE.removeprefix("concepts:\n"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"fruit.yaml:8: concept 'apples' is described twice"):
        load_concepts(folder)


def test_concepts_name_only_what_their_form_has(rules_folder: Path) -> None:
    eras = {era.id: era for era in load_eras(rules_folder / "eras")}
    concepts = load_concepts(rules_folder / "concepts")
    unknown = []
    for concept in concepts:
        for found in concept.eras:
            meanings = [
                table.meaning(row, column) for table in eras[found.era].tables for _, row, column in table.places()
            ]
            cells = {(each.indicator, each.applicant) for each in meanings}
            in_prose = {"proactive.total"}
            unknown += [
                (concept.id, found.era, term.indicator)
                for term in found.terms
                if cells and (term.indicator, term.applicant) not in cells and term.indicator not in in_prose
            ]
    assert unknown == []
    assert len({concept.id for concept in concepts}) == len(concepts) >= 35
