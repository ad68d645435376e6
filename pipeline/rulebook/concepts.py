"""Read the comparable concepts: what the panel sets side by side although each form counts it in its own way.

A concept is a sum of indicators per form, with a grade that says how well it compares with the form before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.rulebook.eras import parse_term
from pipeline.rulebook.forms import Names
from pipeline.rulebook.source import read_rules

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook.source import Located


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a concept."""

    indicator: str
    applicant: str | None


@dataclass(frozen=True, slots=True)
class ConceptInEra:
    """What a concept is in one form: the sum of ``terms``.

    ``grade`` compares it with the form before: exact, close, broken or none; null in the first form.
    """

    era: str
    terms: tuple[Term, ...]
    grade: str | None


@dataclass(frozen=True, slots=True)
class Concept:
    """A quantity that is followed over the forms, why it compares as it does, and advice for its use."""

    id: str
    names: Names
    why: str
    advice: str | None
    eras: tuple[ConceptInEra, ...]

    def in_era(self, era: str) -> ConceptInEra | None:
        """Return what the concept is in the form ``era``, or null where that form does not have it."""
        return next((found for found in self.eras if found.era == era), None)


def load_concepts(folder: Path) -> tuple[Concept, ...]:
    """Return the concepts described in ``folder``, in the order of files and lines.

    The schema is ``schema/concepts.schema.json`` beside the folder. Raises ``RuleError`` on the first mistake.
    """
    schema = json.loads((folder.parent / "schema" / "concepts.schema.json").read_text(encoding="utf-8"))
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.yaml")):
        located = read_rules(path, schema)
        for number, value in enumerate(located.value["concepts"]):
            concept = _concept(located, value, number)
            if concept.id in concepts:
                message = f"concept '{concept.id}' is described twice"
                raise located.error(message, "concepts", number, "id")
            concepts[concept.id] = concept
    return tuple(concepts.values())


def _concept(located: Located, value: dict[str, Any], number: int) -> Concept:
    eras = []
    for era, found in value["eras"].items():
        try:
            terms = tuple(Term(*parse_term(term)) for term in found["terms"])
        except ValueError as error:
            raise located.error(str(error), "concepts", number, "eras", era, "terms") from error
        eras.append(ConceptInEra(era, terms, found.get("grade")))
    return Concept(value["id"], Names(**value["names"]), value["why"], value.get("advice"), tuple(eras))
