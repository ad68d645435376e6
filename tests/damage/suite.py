"""The cases of the suite: a report on a form, damaged, rendered, read by the whole program, and judged."""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pipeline.model import Table, ValueSource
from pipeline.rulebook import load_rulebook
from pipeline.running.job import read_report
from pipeline.shipped import shipped_folder
from tests.damage.damages import DAMAGES
from tests.damage.figures import SIZES
from tests.damage.layout import Form, forms
from tests.damage.renderings import RENDERINGS, Rendering
from tests.damage.reports import report
from tests.damage.scoring import Answer, Score, Truth, judge, truths
from tests.damage.sheet import Sheet
from tests.rendering import Grid, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Evidence, Observation, Outcome
    from pipeline.rulebook import Rulebook

_AROUND = 30
_FORMS_EACH = 1
_DAMAGES_OF_PDF = ("none", "blank_zeros", "split_headed", "split_plain", "extra_subtotal", "row_lost")


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the suite."""

    form: str
    size: str
    rendering: str
    damage: str
    seed: int

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.form}.{self.size}.{self.rendering}.{self.damage}{RENDERINGS[self.rendering].suffix}"


@dataclass(frozen=True, slots=True)
class Made:
    """The file of a case: its bytes, what its tables print, and its prose."""

    data: bytes
    printed: tuple[Truth, ...]
    prose: str


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The rules of the program under test."""
    return load_rulebook(shipped_folder("rules"))


@lru_cache(maxsize=1)
def known_forms() -> dict[str, Form]:
    """The forms that the rules describe, by id."""
    return forms(rulebook().eras)


def cases(
    seed: int,
    *,
    chosen_forms: Sequence[str] = (),
    renderings: Sequence[str] = (),
    damages: Sequence[str] = (),
    every: bool = False,
) -> Iterator[Case]:
    """Yield the cases of the chosen names, all where none are named.

    Unless ``every`` is set, a damage in a rendering comes with one form, unless forms are named, in one size, and
    PDF, which is slow, with a few damages.
    """
    for rendering in renderings or tuple(RENDERINGS):
        for damage in damages or tuple(DAMAGES):
            if rendering == "pdf" and not (every or damages or damage in _DAMAGES_OF_PDF):
                continue
            rng = Random(f"{seed} {rendering} {damage}")  # noqa: S311 — chooses what is read, guards nothing
            forms_read = chosen_forms or tuple(known_forms())
            if not (every or chosen_forms):
                forms_read = rng.sample(forms_read, _FORMS_EACH)
            for form in forms_read:
                for size in SIZES if every else (rng.choice(tuple(SIZES)),):
                    yield Case(form, size, rendering, damage, seed)


def make(case: Case) -> Made | None:
    """Return the file of a case, null where the damage finds nothing to do in this report or can't be rendered."""
    rng = Random(f"{case.seed} {case.file}")  # noqa: S311 — chooses what is damaged, guards nothing
    damaged = DAMAGES[case.damage](_report(case.form, case.size, case.seed), rng)
    rendering = RENDERINGS[case.rendering]
    if damaged is None or not _can_be_told(rendering, [Sheet.of(grid) for grid in damaged.grids]):
        return None
    data = rendering.write(damaged, rng)
    prose = "".join(block.text for block in damaged.blocks if not isinstance(block, Grid))
    return Made(data, truths(damaged), _without_spaces(damaged.title + prose))


def read(case: Case) -> tuple[Case, Score | None]:
    """Return the score of the program on a case, null where there is no such file."""
    made = make(case)
    if made is None:
        return case, None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.file
        path.write_bytes(made.data)
        outcome = read_report(path, path.name, rulebook())
    return case, judge(made.printed, answers(outcome, made), keeps_blanks=RENDERINGS[case.rendering].keeps_blanks)


def read_all(chosen: Iterable[Case], jobs: int) -> Iterator[tuple[Case, Score]]:
    """Yield the cases that exist with their scores, in their order."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        for case, score in pool.map(read, chosen, chunksize=4):
            if score is not None:
                yield case, score


def answers(outcome: Outcome, made: Made) -> Iterator[Answer]:
    """Yield what the program says about the cells of tables; from prose what it took there out of a table, and wrongly.

    A value that the program has worked out itself and says so is no reading.
    """
    known = {truth.key: truth.value for truth in made.printed}
    with_applicants = {truth.indicator for truth in made.printed if truth.applicant}
    texts = _texts(outcome)
    for each in outcome.observations:
        if each.derived:
            continue
        answer = _answer(each, each.applicant, texts)
        if each.source is not ValueSource.PROSE:
            yield answer
        elif _without_spaces(each.evidence.quote) not in made.prose:
            if each.indicator in with_applicants:
                answer = _answer(each, "total", texts)
            if answer.value is not None and known.get(answer.key) != answer.value:
                yield answer


def _can_be_told(rendering: Rendering, sheets: list[Sheet]) -> bool:
    """Tell whether the rendering shows the damage, and a reader could still say where each number ends."""
    if rendering.fills_rows and not all(sheet.is_full for sheet in sheets):
        return False
    return rendering.keeps_blanks or not any(" " in entry.text for sheet in sheets for entry in sheet.entries())


@lru_cache(maxsize=16)
def _report(form: str, size: str, seed: int) -> Report:
    return report(known_forms()[form], size, seed)


def _answer(each: Observation, applicant: str | None, texts: dict[str, str]) -> Answer:
    words = _around(each.evidence, texts)
    return Answer(
        each.indicator, applicant, str(each.period), each.item, each.scope, each.value, str(each.status), words
    )


def _texts(outcome: Outcome) -> dict[str, str]:
    texts: dict[str, str] = {}
    for block in outcome.document.blocks if outcome.document else ():
        if isinstance(block, Table):
            for cell in block.cells:
                row = (other.text for other in block.cells if other.row == cell.row)
                texts[cell.block_id] = cell.text
                texts[f"{cell.block_id} row"] = " | ".join(row)
        else:
            texts[block.block_id] = block.text
    return texts


def _around(evidence: Evidence, texts: dict[str, str]) -> str:
    text = texts.get(evidence.block_id, "")
    before, after = text[max(evidence.start - _AROUND, 0) : evidence.start], text[evidence.end :][:_AROUND]
    row = texts.get(f"{evidence.block_id} row")
    return f"{before}【{evidence.quote}】{after}" + (f" in {row}" if row else "")


def _without_spaces(text: str) -> str:
    return "".join(text.split())
