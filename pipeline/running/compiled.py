"""All patterns of the rules, compiled once for all workers: too long to wait for where only a few files are read."""

from contextlib import suppress

from pipeline.rulebook import RuleError, load_rulebook
from pipeline.shipped import shipped_folder

with suppress(RuleError):  # told by the run, which need not use these rules
    load_rulebook(shipped_folder("rules")).compile()
