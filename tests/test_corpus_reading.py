"""The sample reports are read as their labels say: no value that is not there, every cell where cells stand apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model import DocumentStatus, ValueSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Outcome

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = sorted(path.name for path in (CORPUS / "reports").iterdir())
STATUSES = {
    "lanting_zone_2022.txt": (DocumentStatus.PARTIAL, "table_incomplete"),
}
ENOUGH_CELLS = 0.98
ERAS = {"a": "form_local", "b": "form_2014", "c": "form_2019", "d": "form_2021", "prose": "prose"}


def without_suffix(agency: str | None) -> str | None:
    return agency and agency.removesuffix("人民政府")


def labels_of(name: str) -> dict[str, Any]:
    text = (CORPUS / "gold" / name).with_suffix(".json").read_text(encoding="utf-8")
    labels: dict[str, Any] = json.loads(text)
    return labels


def has_cells_apart(name: str) -> bool:
    notes = [label["note"] for label in labels_of(name)["observations"] if label["source"] == "table"]
    return notes != [] and "glued" not in notes


def readings_of(label: dict[str, Any]) -> list[tuple[str, float | None, str]]:
    """What may be read there: a second indicator, or as standing 截至 a day what is meant over all years."""
    indicators = [label["indicator"], *re.findall(r"alt: ([a-z_.]+)", label["note"])]
    periods = {label["period"], "to_date" if "截" in label["quote"] else label["period"]}
    return [(indicator, label["value"], period) for indicator in indicators for period in periods]


WITH_TABLES = [name for name in NAMES if has_cells_apart(name)]


@pytest.mark.parametrize("name", NAMES)
def test_each_report_is_read_with_its_identity(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    outcome, labels = outcome_of(name), labels_of(name)
    assert (outcome.status, outcome.reason) == STATUSES.get(name, (DocumentStatus.OK, None))
    assert outcome.identity is not None
    assert (outcome.identity.year, outcome.identity.era) == (labels["year"], ERAS[labels["era"]])
    assert (outcome.identity.is_template, outcome.identity.is_tampered) == (labels["is_template"], labels["tampered"])
    assert without_suffix(outcome.identity.agency) == without_suffix(labels["agency"])
    for name_of_field in ("agency_type", "level", "scope", "is_traditional"):
        assert getattr(outcome.identity, name_of_field) == labels[name_of_field], name_of_field


def test_one_body_has_one_key_in_all_its_years(outcome_of: Callable[[str], Outcome]) -> None:
    identities = [outcome_of(name).identity for name in NAMES if name.startswith("yunxiu_county_")]
    assert {identity.agency_key for identity in identities if identity} == {"云岫县人民政府"}


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
        if each.source is ValueSource.TABLE and not each.derived
    }
    assert read == printed


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITH_TABLES])
def test_no_cell_of_other_tables_is_read_wrong(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    printed = {
        (label["indicator"], label["applicant"], label["value"], label["period"])
        for label in labels_of(name)["observations"]
        if label["source"] != "prose"
    }
    read = {
        (each.indicator, each.applicant, each.value, str(each.period))
        for each in outcome_of(name).observations
        if each.source is not ValueSource.PROSE and each.value is not None
    }
    assert read - printed == set()
    assert len(read) >= ENOUGH_CELLS * len(printed)


@pytest.mark.parametrize("name", NAMES)
def test_prose_yields_no_value_that_no_label_tells(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    told = {reading for label in labels_of(name)["observations"] for reading in readings_of(label)}
    read = {
        (each.indicator, each.value, str(each.period)): each.evidence.quote
        for each in outcome_of(name).observations
        if each.source is ValueSource.PROSE and not each.derived
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


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        (
            "zhiwei_street_2023.docx",
            [
                ("C1", "total", 11.0, 12.0),
                ("C3:requests.outcome.total", None, 11.0, 10.0),
                ("P2:results", None, 10.0, 11.0),
            ],
        ),
        (
            "luoxia_town_2020.md",
            [
                ("C1", "total", 4.0, 5.0),
                ("C3:requests.outcome.granted", None, 3.0, 2.0),
                ("C3:requests.outcome.total", None, 5.0, 4.0),
                ("C4", None, 0.0, 1.0),
                ("P5:proactive.by_category", None, 268.0, 256.0),
            ],
        ),
    ],
)
def test_wrong_totals_are_told_as_the_report_s_own_errors(
    name: str, errors: list[tuple[str, str | None, float, float]], outcome_of: Callable[[str], Outcome]
) -> None:
    broken = [check for check in outcome_of(name).checks if check.outcome == "broken"]
    assert sorted((check.identity, check.applicant, check.left, check.right) for check in broken) == errors
    assert {check.verdict for check in broken} == {"report_error"}


@pytest.mark.parametrize(
    "name",
    [
        "songmo_township_2019.txt",
        "yunxiu_county_2019.docx",
        "yunxiu_county_2020.pdf",
        "yunxiu_county_2021.html",
    ],
)
def test_no_identity_of_a_sound_report_is_broken(name: str, outcome_of: Callable[[str], Outcome]) -> None:
    checks = outcome_of(name).checks
    assert [check for check in checks if check.outcome == "broken"] == []
    assert sum(check.outcome == "holds" for check in checks) > 30
