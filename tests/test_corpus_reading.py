"""The sample reports are read as their labels say: every cell of the tables, and no value that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model import DocumentStatus, Outcome, ValueSource
from pipeline.running.job import read_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.rulebook import Rulebook

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = sorted(path.name for path in (CORPUS / "reports").iterdir())
WITH_TABLES = [name for name in NAMES if re.search("20(?:19|2[0-9])", name)]
STATUSES = {"jichuan_district_2017.docx": (DocumentStatus.PARTIAL, "table_unknown")}
ERAS = {"b": "form_2014", "c": "form_2019", "d": "form_2021", "prose": "prose"}


@pytest.fixture(scope="module")
def outcome_of(book: Rulebook) -> Callable[[str], Outcome]:
    known: dict[str, Outcome] = {}

    def read(name: str) -> Outcome:
        if name not in known:
            known[name] = read_report(CORPUS / "reports" / name, name, book)
        return known[name]

    return read


def labels_of(name: str) -> dict[str, Any]:
    text = (CORPUS / "gold" / name).with_suffix(".json").read_text(encoding="utf-8")
    labels: dict[str, Any] = json.loads(text)
    return labels


def readings_of(label: dict[str, Any]) -> list[tuple[str, float | None, str]]:
    others = re.findall(r"alt: ([a-z_.]+)", label["note"])
    return [(indicator, label["value"], label["period"]) for indicator in (label["indicator"], *others)]


@pytest.mark.parametrize("name", NAMES)
def test_each_report_is_read_with_its_identity(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    outcome, labels = outcome_of(name), labels_of(name)
    assert (outcome.status, outcome.reason) == STATUSES.get(name, (DocumentStatus.OK, None))
    assert outcome.identity is not None
    assert (outcome.identity.year, outcome.identity.era) == (labels["year"], ERAS[labels["era"]])
    assert outcome.identity.agency is not None
    assert outcome.identity.agency.removesuffix("人民政府") == labels["agency"].removesuffix("人民政府")


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_cell_of_the_official_tables_is_right(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    printed = {
        (label["indicator"], label["applicant"]): (label["value"], label["status"])
        for label in labels_of(name)["observations"]
        if label["source"] == "table"
    }
    read = {
        (each.indicator, each.applicant): (each.value, each.status)
        for each in outcome_of(name).observations
        if each.source is ValueSource.TABLE
    }
    assert read == printed


@pytest.mark.parametrize("name", NAMES)
def test_prose_yields_no_value_that_no_label_tells(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    told = {reading for label in labels_of(name)["observations"] for reading in readings_of(label)}
    read = {
        (each.indicator, each.value, str(each.period)): each.evidence.quote
        for each in outcome_of(name).observations
        if each.source is ValueSource.PROSE and not each.derived and each.period not in {"previous_year", "change"}
    }
    assert {reading: quote for reading, quote in read.items() if reading not in told} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_stored_text(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    outcome = outcome_of(name)
    assert outcome.document is not None
    texts = {block.block_id: block.text for block in outcome.document.blocks if hasattr(block, "text")}
    for block in outcome.document.blocks:
        texts.update((cell.block_id, cell.text) for cell in getattr(block, "cells", ()))
    proofs = [observation.evidence for observation in outcome.observations]
    assert [proof for proof in proofs if texts[proof.block_id][proof.start : proof.end] != proof.quote] == []


def test_the_one_wrong_total_is_told_as_the_report_s_own_error(outcome_of: Callable[[str], Outcome]) -> None:
    broken = [check for check in outcome_of("zhiwei_street_2023.docx").checks if check.outcome == "broken"]
    assert sorted((check.identity, check.applicant, check.left, check.right) for check in broken) == [
        ("C1", "total", 11.0, 12.0),
        ("C3:requests.outcome.total", None, 11.0, 10.0),
    ]
    assert {check.verdict for check in broken} == {"report_error"}


@pytest.mark.parametrize("name", ["songmo_township_2019.txt", "yunxiu_county_2020.pdf", "yunxiu_county_2021.html"])
def test_no_identity_of_a_sound_report_is_broken(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    checks = outcome_of(name).checks
    assert [check for check in checks if check.outcome == "broken"] == []
    assert sum(check.outcome == "holds" for check in checks) > 30
