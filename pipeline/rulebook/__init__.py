"""Rules as data: ``rules/`` read, checked and compiled; matching of prose rules on masked text."""

from pipeline.rulebook.book import Rulebook, load_rulebook, rules_version
from pipeline.rulebook.source import RuleError

__all__ = ["RuleError", "Rulebook", "load_rulebook", "rules_version"]
