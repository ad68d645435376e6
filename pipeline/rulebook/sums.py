"""Sums told behind their parts: ``办公室接受咨询36人次,下属单位接受咨询12人次,合计48人次``."""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING

from pipeline.model import Disposition
from pipeline.rulebook.listing import SUM
from pipeline.rulebook.marks import COUNT
from pipeline.rulebook.times import SENTENCE_END, stretch_around

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook.matching import Reading
    from pipeline.rulebook.passages import Passage

_FEWEST_PARTS = 2


def read_sums(settled: list[Reading], passage: Passage) -> list[Reading]:
    """Return the settled readings with those of sums behind them, and with the parts of these told apart.

    A number called a sum says what its parts say if it is the sum of the counts right before it in its sentence, all
    of them read, and all but labelled ones as one indicator of one time. The parts remain readings of their own.
    """
    if COUNT not in passage.text:
        return settled
    told = {reading.token.at: reading for reading in settled if reading.rejected is None and reading.token is not None}
    wholes: dict[int, Reading] = {}
    sums: list[Reading] = []
    for match in SUM.finditer(passage.text):
        place = match.start("count")
        parts = _parts(place, passage, told)
        whole = _sum(match.end(), place, parts[0], passage, told) if parts else None
        if whole is not None:
            wholes |= {id(part): whole for part in parts}
            if passage.start + place not in told:
                sums.append(whole)
    return [replace(each, whole=wholes[id(each)]) if id(each) in wholes else each for each in settled] + sums


def _parts(place: int, passage: Passage, told: Mapping[int, Reading]) -> list[Reading]:
    """Return the readings without label whose counts, with those of labels, add up to the count at ``place``."""
    total, unit = passage.count(place), passage.masked.token_at(passage.start + place).numerals[0].unit
    sentence = stretch_around(passage.text, SENTENCE_END, place)[0]
    rest = total or 0.0
    parts: list[Reading] = []
    while rest > 0 and (place := passage.text.rfind(COUNT, sentence, place)) >= 0:
        part = told.get(passage.start + place)
        if part is None or part.unit != unit:
            return []
        parts.append(part)
        rest -= part.value
    if total is None or not isclose(rest, 0.0, abs_tol=total * 1e-9) or len(parts) < _FEWEST_PARTS:
        return []
    named = [part for part in reversed(parts) if part.item is None]
    return named if len({(part.rule.indicator, part.period) for part in named}) == 1 else []


def _sum(end: int, place: int, first: Reading, passage: Passage, told: Mapping[int, Reading]) -> Reading | None:
    """Return the reading of the sum at ``place``, null where its number is read as something else."""
    token = passage.masked.token_at(passage.start + place)
    known = told.get(token.at)
    if known is not None:
        return known if (known.rule.indicator, known.period) == (first.rule.indicator, first.period) else None
    if token.disposition is not Disposition.UNEXPLAINED:
        return None
    return replace(first, end=passage.start + end, token=token)
