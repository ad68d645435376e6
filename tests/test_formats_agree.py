"""One report saved in every format says the same: the same values, statuses and sections, whatever the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Outcome, ValueSource
from pipeline.running.job import read_report
from tests.building import SOURCES
from tests.building.printed import pdf_file
from tests.building.source import read
from tests.rendering import Report, markdown, page, word

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook

FORMATS = ("txt", "html", "docx", "pdf")


@pytest.fixture(scope="module")
def outcomes(book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    source = read(SOURCES / "yunxiu_county_2020.yaml")
    report = Report(source.title, source.facts["agency"], source.blocks)
    files = {"txt": markdown(report), "html": page(report), "docx": word(report), "pdf": pdf_file(source)}
    folder: Path = tmp_path_factory.mktemp("formats")
    found = {}
    for name, data in files.items():
        path = folder / f"report.{name}"
        path.write_bytes(data)
        found[name] = read_report(path, path.name, book)
    return found


def values(outcome: Outcome) -> list[tuple[object, ...]]:
    return [
        (each.indicator, each.applicant, each.item, each.value, each.unit, each.status, each.period, each.standing)
        for each in outcome.observations
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_the_values_are_the_same(outcomes: dict[str, Outcome], name: str) -> None:
    assert values(outcomes[name]) == values(outcomes["html"])


@pytest.mark.parametrize("name", FORMATS)
def test_the_sections_are_the_same(outcomes: dict[str, Outcome], name: str) -> None:
    kinds = {
        each: [(section.heading, section.kind) for section in outcome.sections if section.heading]
        for each, outcome in outcomes.items()
    }
    assert kinds[name] == kinds["html"]


def test_the_report_has_prose_and_all_three_tables(outcomes: dict[str, Outcome]) -> None:
    sources = [each.source for each in outcomes["html"].observations]
    assert sources.count(ValueSource.TABLE) == 198
    assert sources.count(ValueSource.PROSE) >= 10
