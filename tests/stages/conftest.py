from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Document, SourceFile
from pipeline.stages.tabulate import tabulate
from pipeline.stages.tabulate.examples import grid_of

if TYPE_CHECKING:
    from pipeline.model import Observation
    from pipeline.rulebook import Rulebook


@pytest.fixture(scope="session")
def form_cells(book: Rulebook) -> tuple[Observation, ...]:
    """The cells of the example of the 2021 form; all of its sums agree."""
    era = next(era for era in book.eras if era.id == "form_2021")
    assert era.example is not None
    grids = tuple(grid_of(text, f"t{number}") for number, text in enumerate(era.example.grids))
    found = tabulate(Document(SourceFile("report.html", 0, "0" * 64), grids), (), book.eras)
    return tuple(replace(each, observation_id=f"o{number}") for number, each in enumerate(found.observations))
