"""Add up the scores of cases and print them as tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.damage.scoring import Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.damage.scoring import Wrong
    from tests.damage.suite import Case

Scored = tuple["Case", Score]

_DIMENSIONS = ("damage", "rendering", "form", "size")


def total(scored: Iterable[Scored]) -> Score:
    """Return the sum of all scores."""
    whole = Score()
    for _, score in scored:
        whole.add(score)
    return whole


def by(scored: Iterable[Scored], *names: str) -> dict[tuple[str, ...], Score]:
    """Return the sums for each combination of the named dimensions, in the order in which they come."""
    sums: dict[tuple[str, ...], Score] = defaultdict(Score)
    for case, score in scored:
        sums[tuple(getattr(case, name) for name in names)].add(score)
    return sums


def summary(scored: list[Scored]) -> Iterator[str]:
    """Yield the lines of the report: by damage, rendering, form and size, then where cells are wrong, then all."""
    for name in _DIMENSIONS:
        yield from ("", _line(name, None))
        yield from (_line(key[0], score) for key, score in by(scored, name).items())
    worst = {key: score for key, score in by(scored, "rendering", "damage").items() if score.wrong}
    if worst:
        yield from ("", _line("wrong in", None))
        ranked = sorted(worst.items(), key=lambda item: -item[1].wrong)
        yield from (_line(" × ".join(key), score) for key, score in ranked)
    yield from ("", _line(f"all {len(scored)} files", total(scored)))


def grid(scored: list[Scored]) -> Iterator[str]:
    """Yield a table of damages by renderings: exact/refused/wrong."""
    sums = by(scored, "damage", "rendering")
    renderings = list(dict.fromkeys(case.rendering for case, _ in scored))
    yield f"{'':<20}" + "".join(f"{name:>18}" for name in renderings)
    for damage in dict.fromkeys(case.damage for case, _ in scored):
        cells = (sums.get((damage, name)) for name in renderings)
        shown = (f"{each.exact}/{each.refused}/{each.wrong}" if each else "" for each in cells)
        yield f"{damage:<20}" + "".join(f"{text:>18}" for text in shown)


def wrongs(scored: Iterable[Scored]) -> Iterator[str]:
    """Yield a line per wrong cell with the text around it."""
    for case, score in scored:
        for wrong in score.wrongs:
            yield f"{case.file}: {told(wrong)}"


def told(wrong: Wrong) -> str:
    """Return what is wrong: the cell, what it prints, what was reported, and the words there."""
    answer, truth = wrong.answer, wrong.truth
    name = f"{answer.indicator}[{answer.applicant}]" if answer.applicant else answer.indicator
    printed = _value(truth.value, truth.status) if truth else "not printed"
    return f"{name} {printed} ≠ reported {_value(answer.value, answer.status)}: {answer.words}"


def as_json(scored: list[Scored]) -> dict[str, Any]:
    """Return all scores for other programs."""
    return {
        "total": _numbers(total(scored)),
        **{name: {key[0]: _numbers(score) for key, score in by(scored, name).items()} for name in _DIMENSIONS},
        "files": [
            {"file": case.file, **_numbers(score), "wrong_cells": [told(wrong) for wrong in score.wrongs]}
            for case, score in scored
        ],
    }


def _value(value: float | None, status: str) -> str:
    return status if value is None else f"{value:g}"


def _numbers(score: Score) -> dict[str, Any]:
    return {
        "cells": score.cells,
        "exact": score.exact,
        "refused": score.refused,
        "wrong": score.wrong,
        "blank_without_trace": score.traceless,
    }


def _line(name: str, score: Score | None) -> str:
    if score is None:
        return f"{name:<32}{'exact':>9}{'refused':>9}{'wrong':>7}{'exact %':>9}{'wrong ‰ of reported':>21}"
    share = 100 * score.exact / max(score.cells, 1)
    wrong = 1000 * score.wrong / max(score.exact + score.wrong, 1)
    return f"{name:<32}{score.exact:>9}{score.refused:>9}{score.wrong:>7}{share:>9.1f}{wrong:>21.2f}"
