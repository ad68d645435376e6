"""Evaluation: the tables of a run compared with labels made by hand, counted in every way, held against floors.

What each rule contributes to a run is counted here, too.
"""

from pipeline.evaluating.comparing import evaluate
from pipeline.evaluating.errors import EvaluationError
from pipeline.evaluating.floors import Floors, floors_broken, raised_floors, read_floors
from pipeline.evaluating.report import Sheet, as_json, differences, sheets
from pipeline.evaluating.rule_counts import RuleCounts, count_rules, rule_sheets, rules_as_json
from pipeline.evaluating.tally import Evaluation, Tally

__all__ = [
    "Evaluation",
    "EvaluationError",
    "Floors",
    "RuleCounts",
    "Sheet",
    "Tally",
    "as_json",
    "count_rules",
    "differences",
    "evaluate",
    "floors_broken",
    "raised_floors",
    "read_floors",
    "rule_sheets",
    "rules_as_json",
    "sheets",
]
