"""Which rules give the words for the tables of a run, told where they are not those it used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.terminal import say
from pipeline.tables.manifest import read_manifest
from pipeline.tables.rules_of_run import rules_of_run

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.tables.rules_of_run import RunRules


def rules_of(out: Path, named: Path | None) -> RunRules:
    """Return the rules in ``named``, else those that the run used, as far as they are at hand; say so where not."""
    rules = rules_of_run(read_manifest(out), named)
    if rules.difference is not None:
        say(rules.difference)
    return rules
