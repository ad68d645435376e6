"""Read which report speaks for a body and a year: ``rules/panel.yaml`` in, an order of reports out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.rulebook.source import read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.rulebook.source import Located

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Preference:
    """One rule: of two reports the one whose ``column`` stands earlier in ``order``, or is greater, speaks.

    ``examples`` are pairs of which the first speaks, ``ties`` pairs that the rule does not tell apart.
    """

    id: str
    column: str
    order: tuple[Any, ...] | None
    examples: tuple[tuple[Columns, Columns], ...]
    ties: tuple[tuple[Columns, Columns], ...]
    place: str

    def rank(self, columns: Mapping[str, Any]) -> float:
        """Return the place of a report under this rule; the lowest speaks."""
        value = columns.get(self.column)
        if self.order is not None:
            return self.order.index(value) if value in self.order else len(self.order)
        if value is None:
            return 0.0
        return -float(value.toordinal() if isinstance(value, date) else value)


def first_that_decides(rules: tuple[Preference, ...], one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    """Return the id of the rule that tells two reports apart, null where none does."""
    return next((rule.id for rule in rules if rule.rank(one) != rule.rank(other)), None)


def load_preferences(folder: Path) -> tuple[Preference, ...]:
    """Return the rules of ``panel.yaml`` in ``folder`` from above. Raises ``RuleError`` on the first mistake."""
    schema = json.loads((folder / "schema" / "panel.schema.json").read_text(encoding="utf-8"))
    located = read_rules(folder / "panel.yaml", schema)
    return tuple(_preference(located, value, number) for number, value in enumerate(located.value["choose"]))


def _preference(located: Located, value: dict[str, Any], number: int) -> Preference:
    return Preference(
        id=value["id"],
        column=value["column"],
        order=tuple(value["order"]) if "order" in value else None,
        examples=tuple((_columns(each["first"]), _columns(each["second"])) for each in value["examples"]),
        ties=tuple((_columns(one), _columns(other)) for one, other in value["counterexamples"]),
        place=located.place("choose", number),
    )


def _columns(value: dict[str, Any]) -> Columns:
    """Return the columns of an example, days as dates."""
    return {
        name: date.fromisoformat(each) if name == "published" and each is not None else each
        for name, each in value.items()
    }
