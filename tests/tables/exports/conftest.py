from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Outcome
    from pipeline.rulebook import Rulebook

FORMULAS = ("=1+1", "+86-10", "-3条", "@SUM(A1)", "　＝1+1", "\t=1", '=HYPERLINK("http://example.org","x")', "\r=1")
LONG = "很长的说明" * 7_000


@pytest.fixture
def out(tmp_path: Path, make_outcome: Callable[..., Outcome], failed_outcome: Outcome, book: Rulebook) -> Path:
    """A run over reports whose names, titles and messages would like to be formulas, links and control characters."""
    folder = tmp_path / "out"
    folder.mkdir()
    manifest = {
        "version": "0.1.0",
        "rules_version": book.version,
        "schema_version": "1.0.0",
        "configuration": {"rules": None},
    }
    with TableSet(folder, book.panel) as tables:
        for number, formula in enumerate(FORMULAS):
            outcome = make_outcome(f"{number}.txt", f"{number}{0:063}")
            identity = replace(outcome.identity, agency_name=formula, published=date(2021, 3, 1), is_tampered=True)
            tables.add(replace(outcome, identity=identity, message=f"http://{'x' * 3000}"))
        tables.add(make_outcome("8.txt", f"{0:064}"))
        tables.add(replace(failed_outcome, message=LONG))
        tables.commit(manifest)
    return folder
