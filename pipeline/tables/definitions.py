"""Write down what the panel was built by, so that an output folder explains itself without the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.tables.schema import CONCEPTS, LEVEL_SHIFTS

if TYPE_CHECKING:
    from pipeline.rulebook.book import PanelRules


def concept_table(rules: PanelRules) -> pa.Table:
    """Return one row per concept and form that has it: expression, unit, grade against the form before, and why."""
    rows = [
        {
            "concept": concept.id,
            "name_zh": concept.names.zh,
            "name_en": concept.names.en,
            "era": form.era,
            "expression": str(form.expression),
            "unit": form.unit or concept.unit,
            "grade": form.grade,
            "why": concept.why,
            "advice": concept.advice,
        }
        for concept in rules.concepts
        for form in concept.eras
    ]
    return pa.Table.from_pylist(rows, schema=CONCEPTS)


def shift_table(rules: PanelRules) -> pa.Table:
    """Return one row per shift of level and concept that it touches."""
    rows = [
        {
            "shift": shift.id,
            "since": shift.since,
            "name_zh": shift.names.zh,
            "name_en": shift.names.en,
            "why": shift.why,
            "concept": concept,
        }
        for shift in rules.order.shifts
        for concept in shift.concepts
    ]
    return pa.Table.from_pylist(rows, schema=LEVEL_SHIFTS)
