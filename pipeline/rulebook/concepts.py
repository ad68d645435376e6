"""Read the comparable concepts: what the panel sets side by side although each form counts it in its own way.

A concept is an expression per form, with a grade that says how well it compares with the form before. Of the forms
stand in ``concepts/forms.yaml`` their order in time, and the days since which series shift whatever the form.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pipeline.rulebook.expressions import parse, references
from pipeline.rulebook.forms import Names
from pipeline.rulebook.source import did_you_mean, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.rulebook.expressions import Expression, Reference
    from pipeline.rulebook.source import Located

_FORMS = "forms.yaml"


class Grade(StrEnum):
    """How well a number compares with that of an earlier form, from the best to the worst."""

    EXACT = "exact"
    CLOSE = "close"
    BROKEN = "broken"
    NONE = "none"


_WORST_FIRST = tuple(reversed(Grade))


@dataclass(frozen=True, slots=True)
class ConceptInEra:
    """What a concept is in one form.

    ``grade`` compares it with the form before in time, in a local form with the other forms of its time; null in the
    first forms. ``unit`` is set where it is not that of the concept.
    """

    era: str
    expression: Expression
    grade: Grade | None
    unit: str | None = None

    @property
    def terms(self) -> tuple[Reference, ...]:
        """The numbers that the expression asks for."""
        return tuple(dict.fromkeys(references(self.expression)))


@dataclass(frozen=True, slots=True)
class ConceptExample:
    """What a form states, by reference, and the value the concept has then, or why it has none."""

    era: str
    stated: Mapping[str, float | str]
    gives: float | str


@dataclass(frozen=True, slots=True)
class Concept:
    """A quantity that is followed over the forms, why it compares as it does, and advice for its use."""

    id: str
    names: Names
    why: Names
    advice: Names | None
    eras: tuple[ConceptInEra, ...]
    unit: str = "件"
    examples: tuple[ConceptExample, ...] = ()
    place: str = ""

    def in_era(self, era: str) -> ConceptInEra | None:
        """Return what the concept is in the form ``era``, or null where that form does not have it."""
        return next((found for found in self.eras if found.era == era), None)

    def in_form(self, form: str, era: str) -> ConceptInEra | None:
        """Return what the concept is in the version ``form`` of the form ``era``; null where neither has it."""
        return self.in_era(form) or self.in_era(era)


@dataclass(frozen=True, slots=True)
class LevelShift:
    """A day since which series stand on another level whatever the form, the concepts concerned, and why."""

    id: str
    since: str
    names: Names
    why: Names
    concepts: tuple[str, ...]
    place: str
    examples: tuple[tuple[int, bool], ...]

    @property
    def first_year(self) -> int:
        """The first year that the shift touches."""
        return int(self.since[:4])

    def lies_between(self, earlier: int, later: int) -> bool:
        """Say whether the shift makes a difference between the reports on two years."""
        return earlier < self.first_year <= later or (earlier == self.first_year < later and len(self.since) > 4)


@dataclass(frozen=True, slots=True)
class UsedForm:
    """The form that a report uses: its kind, its version, and its place in time from 0."""

    era: str
    form: str
    time: int


@dataclass(frozen=True, slots=True)
class FormOrder:
    """The times of the national forms, with the first year and the eras of each; and the shifts of level.

    Eras ``by_year`` have no form and belong to the time of their year.
    """

    times: tuple[tuple[int, tuple[str, ...]], ...]
    by_year: tuple[str, ...]
    shifts: tuple[LevelShift, ...]

    @property
    def eras(self) -> frozenset[str]:
        """All eras that have a place in time."""
        return frozenset((*self.by_year, *(era for _, eras in self.times for era in eras)))

    def used(self, era: str, form: str, year: int) -> UsedForm:
        """Return the form of a report with its place in time."""
        of_year = max((number for number, (since, _) in enumerate(self.times) if since <= year), default=0)
        time = next((number for number, (_, eras) in enumerate(self.times) if era in eras), of_year)
        return UsedForm(era, form, time)

    def grade(self, concept: Concept, here: UsedForm, before: UsedForm | None) -> Grade:
        """Return how well the concept in a form compares with that of the form ``before``, which is of another time.

        Over several breaks it is the worst of them. Where nothing is known before, it is the form that came before
        in time; ``none`` where there was none, or where the form does not have the concept.
        """
        there = before.time if before else here.time - 1
        if concept.in_form(here.form, here.era) is None or there < 0:
            return Grade.NONE
        breaks = range(min(here.time, there) + 1, max(here.time, there) + 1)
        own = [_own_grade(concept, each) for each in (here, before) if each]
        return worst([*(self._break(concept, time) for time in breaks), *own])

    def _break(self, concept: Concept, time: int) -> Grade:
        """Return the grade of a time against the time before it."""
        _, eras = self.times[time]
        found = [each for era in eras if (each := concept.in_era(era))]
        return worst(each.grade or Grade.EXACT for each in found) if found else Grade.NONE


def _own_grade(concept: Concept, used: UsedForm) -> Grade:
    """Return the grade of a version of a form against the others of its time."""
    found = concept.in_era(used.form) if used.form != used.era else None
    return found.grade or Grade.EXACT if found else Grade.EXACT


def worst(grades: Iterable[Grade]) -> Grade:
    """Return the worst of some grades, exact where there are none."""
    return min(grades, key=_WORST_FIRST.index, default=Grade.EXACT)


def load_concepts(folder: Path) -> tuple[Concept, ...]:
    """Return the concepts described in ``folder``, in the order of files and lines.

    The schema is ``schema/concepts.schema.json`` beside the folder. Raises ``RuleError`` on the first mistake.
    """
    schema = _schema(folder, "concepts")
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == _FORMS:
            continue
        located = read_rules(path, schema)
        for number, value in enumerate(located.value["concepts"]):
            concept = _concept(located, value, number)
            if concept.id in concepts:
                message = f"concept '{concept.id}' is described twice"
                raise located.error(message, "concepts", number, "id")
            concepts[concept.id] = concept
    return tuple(concepts.values())


def load_form_order(folder: Path, concepts: tuple[Concept, ...]) -> FormOrder:
    """Return the order of the forms and the shifts of level from ``forms.yaml`` in ``folder``.

    Raises ``RuleError`` on the first mistake.
    """
    located = read_rules(folder / _FORMS, _schema(folder, "forms"))
    known = {concept.id for concept in concepts}
    shifts = []
    for number, value in enumerate(located.value["level_shifts"]):
        for concept in value["concepts"]:
            if concept not in known:
                message = f"no concept is called '{concept}'{did_you_mean(concept, known)}"
                raise located.error(message, "level_shifts", number, "concepts")
        examples = [(year, True) for year in value["touches"]] + [(year, False) for year in value["leaves"]]
        shifts.append(
            LevelShift(
                value["id"],
                str(value["since"]),
                Names(**value["names"]),
                Names(**value["why"]),
                tuple(value["concepts"]),
                located.place("level_shifts", number),
                tuple(examples),
            )
        )
    times = tuple((each["since"], tuple(each["eras"])) for each in located.value["times"])
    return FormOrder(times, tuple(located.value["by_year"]), tuple(shifts))


def _schema(folder: Path, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((folder.parent / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _concept(located: Located, value: dict[str, Any], number: int) -> Concept:
    eras = []
    for era, found in value["eras"].items():
        try:
            expression = parse(found["value"])
        except ValueError as error:
            raise located.error(str(error), "concepts", number, "eras", era, "value") from error
        grade = Grade(found["grade"]) if "grade" in found else None
        eras.append(ConceptInEra(era, expression, grade, found.get("unit")))
    return Concept(
        id=value["id"],
        names=Names(**value["names"]),
        why=Names(**value["why"]),
        advice=Names(**value["advice"]) if "advice" in value else None,
        eras=tuple(eras),
        unit=value["unit"],
        examples=tuple(ConceptExample(each["era"], each["stated"], each["gives"]) for each in value["examples"]),
        place=located.place("concepts", number),
    )
