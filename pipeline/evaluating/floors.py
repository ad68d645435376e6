"""Floors: how good a run must be at least, kept in a JSON file that is only ever made stricter.

``{"at_least": {"prose_precision": 0.95}, "at_most": {"fabricated_cells": 0}}``; a name is one of the measures of
``Evaluation.scores``, or one of them for a single indicator, form, file format or place:
``prose_recall[form=form_2019]``.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.evaluating.errors import EvaluationError
from pipeline.evaluating.tally import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.evaluating.tally import Evaluation

_BROKEN_DOWN = re.compile(rf"(?P<measure>\w+)\[(?P<dimension>{'|'.join(Dimension)})=(?P<name>[^\]]+)\]")
_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Floors:
    """The least and the greatest that each measure may be, by its name."""

    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    def as_json(self) -> str:
        """Return the floors as the text of their file."""
        return json.dumps({"at_least": dict(self.at_least), "at_most": dict(self.at_most)}, indent=2) + "\n"


def read_floors(path: Path) -> Floors:
    """Return the floors in the JSON file ``path``. Raises ``EvaluationError`` where it does not hold any."""
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise EvaluationError(f"'{path}' can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise EvaluationError(f"'{path}' is no JSON: {error}.") from error
    if not isinstance(found, dict) or not set(found) <= {"at_least", "at_most"}:
        raise EvaluationError(f"'{path}' must have the keys 'at_least' and 'at_most' and no other.")
    return Floors(_numbers(path, found, "at_least"), _numbers(path, found, "at_most"))


def floors_broken(evaluation: Evaluation, floors: Floors) -> tuple[str, ...]:
    """Say of each measure that is worse than its floor what it is and must be; what can't be measured is worse."""
    broken = []
    for name, floor in floors.at_least.items():
        score = measure(evaluation, name)
        if score is None or score < floor:
            broken.append(f"{name} is {_told(score)}, and must be at least {floor:g}")
    for name, ceiling in floors.at_most.items():
        score = measure(evaluation, name)
        if score is None or score > ceiling:
            broken.append(f"{name} is {_told(score)}, and must be at most {ceiling:g}")
    return tuple(broken)


def raised_floors(evaluation: Evaluation, floors: Floors) -> Floors:
    """Return the floors that this evaluation still meets, none of them lower than before, in steps of a thousandth."""
    at_least = {
        name: max(floor, math.floor((measure(evaluation, name) or 0.0) * _STEPS) / _STEPS)
        for name, floor in floors.at_least.items()
    }
    at_most = {}
    for name, ceiling in floors.at_most.items():
        score = measure(evaluation, name)
        at_most[name] = ceiling if score is None else min(ceiling, math.ceil(score * _STEPS) / _STEPS)
    return Floors(at_least, at_most)


def measure(evaluation: Evaluation, name: str) -> float | None:
    """Return the measure ``name``, or null where there is none of that name or nothing to measure."""
    asked = _BROKEN_DOWN.fullmatch(name)
    if asked is None:
        return evaluation.scores().get(name)
    for prefix, part in evaluation.parts():
        counts = evaluation.by(Dimension(asked["dimension"]), part).get(asked["name"])
        if counts is not None and asked["measure"].startswith(prefix):
            return counts.rates.get(asked["measure"].removeprefix(prefix))
    return None


def _numbers(path: Path, found: dict[str, Any], key: str) -> dict[str, float]:
    floors = found.get(key, {})
    if not isinstance(floors, dict) or not all(isinstance(each, int | float) for each in floors.values()):
        raise EvaluationError(f"'{path}': '{key}' must give a number for the name of each measure.")
    return floors


def _told(score: float | None) -> str:
    return "not measured" if score is None else f"{score:g}"
