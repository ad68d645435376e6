"""Every example in ``rules/`` is a test of its own, named by its rule."""

from __future__ import annotations

import pytest

from pipeline.rulecheck import Trial, examine, load_all_rules
from pipeline.shipped import shipped_folder

TRIALS = tuple(examine(load_all_rules(shipped_folder("rules")), attack=False))


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.subject)
def test_example(trial: Trial) -> None:
    assert trial.failure is None, f"{trial.place}: {trial.failure}"
