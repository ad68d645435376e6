"""What counts as the same fact: ``rules/evaluation.yaml`` compiled, and the comparisons that follow from it."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.rulebook.source import read_rules
from pipeline.text.script import simplify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Likeness:
    """How printed labels are compared; ``alike`` is the least similarity, from 0 to 1, of labels that agree."""

    replace: tuple[tuple[str, str], ...]
    drop: re.Pattern[str]
    simplified: bool
    alike: float

    def core(self, label: str | None) -> str:
        """Return what is left of a label without the words that tell nothing."""
        text = simplify(label or "") if self.simplified else label or ""
        for old, new in self.replace:
            text = text.replace(old, new)
        return self.drop.sub("", text)

    def similarity(self, label: str | None, other: str | None) -> float:
        """Return how similar two labels are, from 0 to 1; where nothing is left of one, only nothing is like it."""
        left, right = self.core(label), self.core(other)
        if not left or not right:
            return float(left == right)
        return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()

    def agree(self, label: str | None, other: str | None) -> bool:
        """Say whether two labels are alike enough."""
        return self.similarity(label, other) >= self.alike


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators told apart by the printed label: ``indicator``, and all ids that begin with ``members``.

    ``exclusive`` members with different ids are never the same; ``fixed`` ids mean one thing whatever the label;
    ``words`` are what labels of a member contain.
    """

    indicator: str
    members: str | None
    exclusive: bool
    fixed: frozenset[str]
    words: Mapping[str, tuple[str, ...]]

    def is_member(self, indicator: str) -> bool:
        """Say whether an id stands for one label of this family."""
        return self.members is not None and indicator.startswith(self.members)

    def holds(self, indicator: str) -> bool:
        """Say whether an id belongs to this family."""
        return indicator == self.indicator or self.is_member(indicator)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What counts as the same fact; ``money`` is the worth of each unit, ``until`` a word before a closing date."""

    forms: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, str]]
    families: tuple[Family, ...]
    timeless: tuple[str, ...]
    until: str
    money: Mapping[str, float]
    unlabelled: frozenset[str]
    reports: Likeness
    clauses: Likeness

    def family(self, indicator: str) -> Family | None:
        """Return the family that an id belongs to, or null."""
        return next((family for family in self.families if family.holds(indicator)), None)

    def family_with_members(self, indicator: str) -> Family | None:
        """Return the family that an id belongs to if single labels of it have ids of their own, or null."""
        family = self.family(indicator)
        return family if family is not None and family.members is not None else None

    def plain(self, indicator: str, period: str) -> tuple[str, str]:
        """Return the indicator and the period that an id and a period mean."""
        return self.synonyms.get(indicator, (indicator, period))


def load_conventions(rules: Path) -> Conventions:
    """Return the conventions of the folder ``rules``. Raises ``RuleError`` with file and line for the first mistake."""
    schema = json.loads((rules / "schema" / "evaluation.schema.json").read_text(encoding="utf-8"))
    located = read_rules(rules / "evaluation.yaml", schema)
    likeness = {}
    for name in ("reports", "clauses"):
        try:
            likeness[name] = _likeness(located.value[name])
        except re.error as error:
            raise located.error(f"'drop' is no regular expression: {error}", name, "drop") from error
    value = located.value
    return Conventions(
        forms=value["forms"],
        synonyms={old: (new["indicator"], new["period"]) for old, new in value["synonyms"].items()},
        families=tuple(map(_family, value["families"])),
        timeless=tuple(value["timeless"]),
        until=value["until"],
        money=value["money"],
        unlabelled=frozenset(value["unlabelled"]),
        reports=likeness["reports"],
        clauses=likeness["clauses"],
    )


def _likeness(value: dict[str, Any]) -> Likeness:
    return Likeness(
        replace=tuple(value["replace"].items()),
        drop=re.compile(value["drop"]),
        simplified=value.get("simplify", False),
        alike=value["alike"],
    )


def _family(value: dict[str, Any]) -> Family:
    members = value.get("members")
    return Family(
        indicator=value["indicator"],
        members=members,
        exclusive=value.get("exclusive", False),
        fixed=frozenset(f"{members}{name}" for name in value.get("fixed", ())),
        words={f"{members}{name}": tuple(words) for name, words in value.get("words", {}).items()},
    )
