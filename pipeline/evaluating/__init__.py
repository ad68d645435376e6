"""Evaluation: the tables of a run compared with labels made by hand, counted in every way, held against floors."""

from pipeline.evaluating.comparing import evaluate
from pipeline.evaluating.errors import EvaluationError
from pipeline.evaluating.floors import Floors, floors_broken, raised_floors, read_floors
from pipeline.evaluating.report import Sheet, as_json, differences, sheets
from pipeline.evaluating.tally import Evaluation, Tally

__all__ = [
    "Evaluation",
    "EvaluationError",
    "Floors",
    "Sheet",
    "Tally",
    "as_json",
    "differences",
    "evaluate",
    "floors_broken",
    "raised_floors",
    "read_floors",
    "sheets",
]
