"""Reports told as copies, re-issues and clones of each other, and how alike they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from pipeline.across import Report, compare
from pipeline.across.candidates import candidates
from pipeline.model import DocumentStatus, Sketch
from pipeline.text.shingles import numerals, shingles, signature

SENTENCES = [
    f"第{chr(0x4E00 + 37 * number)}项{chr(0x5000 + 91 * number)}工作{chr(0x6000 + 53 * number)}按照要求稳步推进取得成效"
    for number in range(60)
]
PROSE = "。".join(SENTENCES)
OTHER = "".join(chr(0x4E00 + (number * 7919) % 5000) for number in range(900))
BODY, NEIGHBOUR = "云溪县人民政府", "南坪县人民政府"


def report(path: str, text: str = PROSE, *, numbers: str = "30 5", body: str | None = BODY, **known: object) -> Report:
    hashes = shingles(text)
    values = known.pop("values", numbers)
    found = Report(
        document_id=f"id-{path}",
        path=path,
        status=DocumentStatus.OK,
        agency=body,
        body=body,
        year=2016,
        published=None,
        is_corrected=False,
        is_tampered=False,
        n_observations=10,
        sketch=Sketch(hashes.tobytes(), signature(hashes).tobytes(), numerals(numbers).tobytes(), values),  # type: ignore[arg-type]
    )
    return replace(found, **known)  # type: ignore[arg-type]


def changed(share: float) -> str:
    """The prose with its last sentences replaced."""
    kept = int(len(SENTENCES) * (1 - share))
    return "。".join([*SENTENCES[:kept], OTHER[: 25 * (len(SENTENCES) - kept)]])


def test_the_same_words_and_numbers_are_a_copy_whatever_the_format() -> None:
    found = compare([report("a.txt"), report("b.html"), report("c.pdf", OTHER)])
    assert found.duplicate_of == {"b.html": "a.txt"}
    assert (found.reissue_of, found.clone_of, found.similarities) == ({}, {}, ())


def test_a_name_that_is_not_proven_speaks_against_no_copy() -> None:
    assert compare([report("a.txt"), report("b.txt", body=None, year=None)]).duplicate_of == {"b.txt": "a.txt"}


@pytest.mark.parametrize(
    "other",
    [report("b.txt", numbers="31 5"), report("b.txt", year=2017), report("b.txt", body=NEIGHBOUR)],
    ids=["other number", "other year", "other body"],
)
def test_what_differs_in_number_year_or_body_is_no_copy(other: Report) -> None:
    assert compare([report("a.txt"), other]).duplicate_of == {}


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"is_tampered": True}, {}),
        ({"status": DocumentStatus.PARTIAL}, {}),
        ({"n_observations": 3}, {"n_observations": 12}),
        ({"status": DocumentStatus.PARTIAL, "n_observations": 99}, {}),
        ({"year": None, "n_observations": 99}, {}),
    ],
    ids=["tampered", "partial", "fewer values", "whole before many", "proven before many"],
)
def test_the_best_copy_is_canonical(worse: dict[str, object], better: dict[str, object]) -> None:
    found = compare([report("a.txt", **worse), report("b.txt", **better)])
    assert found.duplicate_of == {"a.txt": "b.txt"}


def test_a_corrected_report_replaces_the_one_before() -> None:
    found = compare([report("a.txt", numbers="31 5", is_corrected=True), report("b.txt")])
    assert (found.reissue_of, found.duplicate_of) == ({"a.txt": "b.txt"}, {})


def test_of_two_texts_the_later_published_is_the_re_issue() -> None:
    first = report("b.txt", published=date(2017, 2, 1))
    second = report("a.txt", changed(0.2), numbers="31 5", published=date(2017, 6, 1))
    third = report("c.txt", changed(0.2), numbers="32 5", published=date(2017, 9, 1))
    assert compare([first, second, third]).reissue_of == {"a.txt": "b.txt", "c.txt": "a.txt"}


def test_without_a_date_nothing_tells_which_text_came_first() -> None:
    assert compare([report("a.txt"), report("b.txt", numbers="31 5")]).reissue_of == {}


def test_another_body_s_words_with_other_numbers_are_a_clone_and_both_stay() -> None:
    found = compare([report("a.txt"), report("b.txt", numbers="88 9", body=NEIGHBOUR)])
    assert found.clone_of == {"a.txt": "b.txt", "b.txt": "a.txt"}
    assert [(each.document_id, each.other_document_id, each.kind) for each in found.similarities] == [
        ("id-a.txt", "id-b.txt", "same_year"),
        ("id-b.txt", "id-a.txt", "same_year"),
    ]
    assert {(each.jaccard, each.numbers_identical) for each in found.similarities} == {(1.0, False)}


def test_a_body_and_its_office_are_one() -> None:
    assert compare([report("a.txt"), report("b.txt", body=f"{BODY}办公室", numbers="8")]).clone_of == {}


def test_each_year_is_compared_with_the_one_before_however_unlike() -> None:
    years = [
        report(f"{year}.txt", text, year=year) for year, text in ((2014, PROSE), (2015, changed(0.5)), (2016, OTHER))
    ]
    found = {(each.document_id, each.other_document_id): each for each in compare(years).similarities}
    assert set(found) == {("id-2015.txt", "id-2014.txt"), ("id-2016.txt", "id-2015.txt")}
    assert {each.kind for each in found.values()} == {"previous_year"}
    assert 0.2 < found["id-2015.txt", "id-2014.txt"].jaccard < 0.6
    assert found["id-2015.txt", "id-2014.txt"].numbers_identical is True


def test_without_values_nothing_is_said_about_numbers() -> None:
    years = [report("2014.txt", year=2014, values=None), report("2015.txt", year=2015)]
    assert [each.numbers_identical for each in compare(years).similarities] == [None]


def test_the_order_of_the_reports_makes_no_difference() -> None:
    reports = [
        report("a.txt"),
        report("b.txt"),
        report("c.txt", body=NEIGHBOUR, numbers="7"),
        report("d.txt", year=2015),
    ]
    assert len({repr(compare(order)) for order in permutations(reports)}) == 1


def test_hundreds_of_copies_cost_no_square_of_pairs() -> None:
    reports = [report(f"{number:03}.txt") for number in range(300)]
    assert len(candidates(reports)) <= 300 * 40
    assert set(compare(reports).duplicate_of.values()) == {"000.txt"}


def test_what_is_not_alike_meets_in_no_bucket() -> None:
    assert candidates([report("a.txt"), report("b.txt", OTHER)]) == []
