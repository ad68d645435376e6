"""Rules as data: ``rules/`` read, checked and compiled; matching of prose rules on masked text."""

from pipeline.rulebook.book import ChosenRules, Rulebook, load_rulebook, rules_version
from pipeline.rulebook.source import RuleError

__all__ = ["ChosenRules", "RuleError", "Rulebook", "load_rulebook", "rules_version"]
