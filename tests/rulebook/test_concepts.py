from __future__ import annotations

import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pipeline.rulebook.concepts import Grade, load_concepts, load_form_order, worst
from pipeline.rulebook.eras import load_eras
from pipeline.rulebook.expressions import parse
from pipeline.rulebook.source import RuleError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.concepts import Concept

ONE = """\
concepts:
  - id: apples
    names: {zh: 苹果, en: Apples}
    unit: 个
    why: {zh: 都是水果。, en: The same fruit.}
    eras:
      prose: {value: apples.total}
      form_2019: {value: 'apples.red[total] + apples.green[total]', grade: close}
    examples:
      - {era: form_2019, stated: {'apples.red[total]': 1, 'apples.green[total]': 2}, gives: 3}
      - {era: form_2019, stated: {'apples.red[total]': 1}, gives: not_stated}
"""
IN_PROSE = {
    *("proactive.total", "consult.total", "fees.total", "fees.info_processing.amount", "org.staff.total", "org.budget"),
    *("meetings.count", "trainings.count", "trainings.attendees", "response.press_conf.total"),
    *("response.interpretations", "requests.by_applicant.citizen", "requests.processed.on_time"),
    *("requests.processed.extended", "requests.received.by_channel.in_person"),
    *("requests.received.by_channel.online", "requests.received.by_channel.letter"),
}


@pytest.fixture
def folder(tmp_path: Path, rules_folder: Path) -> Path:
    shutil.copytree(rules_folder / "schema", tmp_path / "schema")
    (tmp_path / "concepts").mkdir()
    return tmp_path / "concepts"


def concept(book: Rulebook, name: str) -> Concept:
    return next(each for each in book.concepts if each.id == name)


def test_a_concept_is_an_expression_per_form(folder: Path) -> None:
    (folder / "fruit.yaml").write_text(ONE, encoding="utf-8")
    (found,) = load_concepts(folder)
    in_2019 = found.in_era("form_2019")
    assert in_2019 is not None
    assert in_2019.expression == parse("apples.red[total] + apples.green[total]")
    assert [term.indicator for term in in_2019.terms] == ["apples.red", "apples.green"]
    assert in_2019.grade is Grade.CLOSE
    assert found.in_era("form_2021") is None
    assert found.unit == "个"


def test_mistakes_are_told_with_their_line(folder: Path) -> None:
    path = folder / "fruit.yaml"
    path.write_text(ONE.replace("apples.total}", "apples total}"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"fruit.yaml:7: 'apples total' is no expression: 'total' is not expected"):
        load_concepts(folder)
    path.write_text(ONE + ONE.removeprefix("concepts:\n"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"fruit.yaml:12: concept 'apples' is described twice"):
        load_concepts(folder)
    path.write_text(ONE.replace("gives: not_stated", "gives: nothing"), encoding="utf-8")
    with pytest.raises(RuleError, match=r"fruit.yaml:11"):
        load_concepts(folder)


def test_a_shift_that_touches_an_unknown_concept_is_refused(folder: Path, rules_folder: Path) -> None:
    (folder / "fruit.yaml").write_text(ONE, encoding="utf-8")
    shutil.copy(rules_folder / "concepts" / "forms.yaml", folder)
    with pytest.raises(RuleError, match=r"forms.yaml:\d+: no concept is called 'litigation_total'"):
        load_form_order(folder, load_concepts(folder))


def test_concepts_name_only_what_their_form_has(rules_folder: Path) -> None:
    eras = {era.id: era for era in load_eras(rules_folder / "eras")}
    concepts = load_concepts(rules_folder / "concepts")
    unknown = []
    for each in concepts:
        for found in each.eras:
            meanings = [
                table.meaning(row, column) for table in eras[found.era].tables for _, row, column in table.places()
            ]
            cells = {(meaning.indicator, meaning.applicant) for meaning in meanings}
            unknown += [
                (each.id, found.era, term.indicator)
                for term in found.terms
                if cells and (term.indicator, term.applicant) not in cells and term.indicator not in IN_PROSE
            ]
    assert unknown == []
    assert len({each.id for each in concepts}) == len(concepts) == 63
    assert max(len(each.id) for each in concepts) + len("__status") <= 32


@pytest.mark.parametrize(
    ("name", "grades"),
    [
        ("requests_received", "close close exact"),
        ("requests_workload", "none broken exact"),
        ("granted_partial", "exact close exact"),
        ("denied_state_secret", "exact exact exact"),
        ("denied_other_law", "close broken exact"),
        ("not_held", "exact close exact"),
        ("unclear", "broken broken close"),
        ("other_handling", "none broken close"),
        ("carry_over", "none none exact"),
        ("channel_online", "close broken none"),
        ("fees", "close broken broken"),
        ("admin_fee", "none none broken"),
        ("items_power", "none none none"),
    ],
)
def test_each_form_is_graded_against_the_form_before_it(name: str, grades: str, book: Rulebook) -> None:
    order = book.order
    forms = [("form_local", 2013), ("form_2014", 2014), ("form_2019", 2019), ("form_2021", 2021)]
    used = [order.used(era, era, year) for era, year in forms]
    found = [order.grade(concept(book, name), here, before) for before, here in pairwise(used)]
    assert " ".join(found) == grades


@pytest.mark.parametrize(
    ("name", "earlier", "later", "grade"),
    [
        ("denied_state_secret", "form_local", "form_2021", "exact"),
        ("requests_received", "form_local", "form_2021", "close"),
        ("unclear", "form_2014", "form_2021", "broken"),
        ("admin_fee", "form_2019", "form_2021", "broken"),
        ("review_total", "form_2021", "form_2014", "close"),
        ("denied_other_law", "form_2021", "form_2014", "broken"),
    ],
)
def test_over_several_breaks_the_worst_counts_in_both_directions(
    name: str, earlier: str, later: str, grade: str, book: Rulebook
) -> None:
    before, here = (book.order.used(era, era, 2016) for era in (earlier, later))
    assert book.order.grade(concept(book, name), here, before) == grade


def test_prose_belongs_to_the_time_of_its_year(book: Rulebook) -> None:
    assert [book.order.used("prose", "prose", year).time for year in (2008, 2013, 2014, 2018, 2019, 2025)] == [
        *(0, 0, 1, 1, 2, 3)
    ]
    assert book.order.used("form_2019", "form_2019", 2016).time == 2


def test_a_local_form_may_break_what_its_time_does_not(book: Rulebook) -> None:
    denied = concept(book, "denied_total")
    now = book.order.used("form_2014", "form_2014", 2014)
    second, first = (book.order.used("form_local", f"local_shanghai_{each}", 2013) for each in (2, 1))
    assert book.order.grade(denied, now, second) == "close"
    assert book.order.grade(denied, now, first) == "broken"


def test_the_first_form_has_nothing_to_compare_with(book: Rulebook) -> None:
    used = book.order.used("prose", "prose", 2009)
    assert book.order.grade(concept(book, "requests_received"), used, None) == "none"
    later = book.order.used("form_2019", "form_2019", 2019)
    assert book.order.grade(concept(book, "requests_received"), later, None) == "close"


def test_the_worst_of_no_grades_is_exact() -> None:
    assert worst([]) is Grade.EXACT
    assert worst([Grade.CLOSE, Grade.NONE, Grade.BROKEN]) is Grade.NONE


def test_shifts_lie_where_the_law_changed(book: Rulebook) -> None:
    since = {shift.id: shift.since for shift in book.order.shifts}
    assert sorted(since.values()) == ["2015-05", "2017-04", "2019-05", "2021", "2024"]
    review_first = next(shift for shift in book.order.shifts if shift.id == "review_first")
    assert review_first.lies_between(2022, 2025)
    assert not review_first.lies_between(2024, 2025)
