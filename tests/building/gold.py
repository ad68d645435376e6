"""The labels of a report in the gold format: what the prose says and every cell of its tables."""

from __future__ import annotations

import re
from typing import Any

from tests.building.forms import Figure
from tests.building.plain import run_together
from tests.building.source import PERIODS, QUALIFIERS, Label, Report
from tests.rendering import Grid

LONGEST_QUOTE = 40
NUMBER = re.compile(r"(?P<value>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>\D*)")


def gold(report: Report) -> dict[str, Any]:
    facts = report.facts
    observations = [prose(label, facts["scope"]) for label in report.labels]
    source = "attachment_table" if facts.get("form") in {"form_local", "form_2014"} else "table"
    glued = facts["look"].get("glued_tables", False)
    rows = [row for block in report.blocks if isinstance(block, Grid) for row in block.rows]
    for row in rows:
        words = run_together(row)[-LONGEST_QUOTE:] if glued else None
        observations.extend(cell(slot, source, words) for slot in row if isinstance(slot, Figure))
    return {
        "file": report.name,
        "agency": facts["agency"],
        "region": facts["region"],
        "year": facts["year"],
        "era": facts["era"],
        "agency_type": facts["agency_type"],
        "level": facts["level"],
        "scope": facts["scope"],
        "is_template": facts.get("is_template", False),
        "tampered": facts.get("tampered", False),
        "is_traditional": facts.get("is_traditional", False),
        "observations": observations,
        "broken_identities": facts.get("broken_identities", []),
        "traps": facts.get("traps", []),
    }


def prose(label: Label, scope: str | None) -> dict[str, Any]:
    periods = PERIODS.intersection(label.flags)
    qualifiers = QUALIFIERS.intersection(label.flags)
    notes = [flag.replace("alt:", "alt: ") for flag in label.flags if ":" in flag]
    return observation(
        indicator=label.indicator,
        item=label.item,
        value=label.value,
        unit=label.unit,
        status="placeholder" if label.value is None else "zero_stated" if "zero" in label.flags else "reported",
        qualifier=qualifiers.pop() if qualifiers else "exact",
        period=periods.pop() if periods else "this_year",
        source="prose",
        scope=scope,
        optional="optional" in label.flags,
        quote=label.quote,
        note="; ".join(notes),
    )


def cell(slot: Figure, source: str, row_words: str | None) -> dict[str, Any]:
    """The label of one cell; ``row_words`` are those of its row where the report runs them together."""
    number = NUMBER.fullmatch(slot.text)
    status = "reported" if number else "blank" if not slot.text else "not_applicable"
    return observation(
        indicator=slot.indicator,
        applicant=slot.applicant,
        value=float(number["value"].replace(",", "")) if number else None,
        unit=(number["unit"] if number else None) or slot.unit,
        status=status,
        period=slot.period,
        source=source,
        quote=slot.text if row_words is None else row_words,
        note="" if row_words is None else "glued",
    )


def observation(**given: Any) -> dict[str, Any]:  # noqa: ANN401 — the values of a JSON object
    plain = {
        "indicator": None,
        "applicant": None,
        "item": None,
        "value": None,
        "unit": None,
        "status": "reported",
        "qualifier": "exact",
        "period": "this_year",
        "source": "table",
        "scope": None,
        "optional": False,
        "quote": "",
        "note": "",
    }
    return plain | given
