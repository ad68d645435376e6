"""Groups of values: what stands together in the stream between labels and other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.stages.tabulate.flattened.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

Stretch = tuple[int, int]

_SPEAKS = {Kind.LABEL, Kind.WORDS}


@dataclass(frozen=True, slots=True)
class Group:
    """Values between labels, and the tokens ``lead`` since the group before.

    ``cells`` are the stretches between borders, an empty one for a blank cell, where there are borders; else null, and
    ``runs`` are the stretches between spaces and lines, each with the values of one or more cells. ``unit`` is the unit
    that stands between the label and the values, ``next_number`` the digit that was cut off their end as the number of
    the label behind.
    """

    lead: tuple[Token, ...]
    cells: tuple[Stretch, ...] | None
    runs: tuple[Stretch, ...]
    unit: Stretch | None = None
    next_number: str = ""

    @property
    def label(self) -> tuple[Token, ...]:
        """The labels and words before the values, back to a border or to a group before."""
        tokens: list[Token] = []
        for token in reversed(self.lead):
            if token.kind is Kind.CELL and tokens:
                break
            if token.kind in _SPEAKS:
                tokens.insert(0, token)
        return tuple(tokens)

    @property
    def shares_line(self) -> bool:
        """Whether the last label or word stands in the line of the values."""
        for token in reversed(self.lead):
            if token.kind in _SPEAKS:
                return True
            if token.kind is Kind.LINE:
                break
        return False

    @property
    def foreign(self) -> int:
        """Characters of words that are no labels since the group before."""
        return sum(token.end - token.start for token in self.lead if token.kind is Kind.WORDS)

    @property
    def start(self) -> int:
        """Where the values begin."""
        return (self.cells or self.runs)[0][0]

    @property
    def end(self) -> int:
        """Where the values end."""
        return (self.cells or self.runs)[-1][1]


def groups(tokens: Iterable[Token], row_keys: AbstractSet[str]) -> Iterator[Group]:
    """Yield the groups in order. Blank cells alone are a group only behind one of the labels ``row_keys``."""
    lead: list[Token] = []
    body: list[Token] = []
    for token in (*tokens, Token(Kind.LABEL, 0, 0)):
        if body and not _goes_on(token, body):
            found = _group(tuple(lead), body, row_keys)
            if found:
                yield found
                lead = []
            else:
                lead.extend(body)
            body = []
        if body or token.kind in {Kind.VALUE, Kind.CELL}:
            body.append(token)
        else:
            lead.append(token)


def _goes_on(token: Token, body: list[Token]) -> bool:
    """Tell whether the values go on with the token; borders end at a line, values without borders go over it."""
    kinds = {each.kind for each in body}
    if token.kind is Kind.VALUE or token.kind is Kind.MARK:
        return True
    if token.kind is Kind.CELL:
        return Kind.LINE not in kinds
    if token.kind is Kind.LINE:
        return Kind.CELL not in kinds
    return token.kind is Kind.UNIT and Kind.VALUE not in kinds


def _group(lead: tuple[Token, ...], body: list[Token], row_keys: AbstractSet[str]) -> Group | None:
    values = [token for token in body if token.kind is Kind.VALUE]
    unit = _unit((*lead, *body))
    if all(token.kind is not Kind.CELL for token in body):
        return Group(lead, None, tuple((token.start, token.end) for token in values), unit, values[-1].key)
    cells = tuple(_cells(body))
    if values:
        return Group(lead, cells, (), unit) if cells else None
    speaking = next((token for token in reversed(lead) if token.kind in _SPEAKS or token.kind is Kind.LINE), None)
    labelled = speaking is not None and speaking.key in row_keys
    return Group(lead, cells, (), unit) if labelled and len(cells) > 1 else None


def _unit(tokens: tuple[Token, ...]) -> Stretch | None:
    unit = None
    for token in tokens:
        if token.kind is Kind.UNIT:
            unit = token.start, token.end
        elif token.kind in _SPEAKS:
            unit = None
    return unit


def _cells(body: list[Token]) -> Iterator[Stretch]:
    """Yield the stretches between the borders: the first counts only with a value in it, and so does the last.

    Between two borders a unit or a number of the next label is no cell.
    """
    at = body[0].start
    inside: list[Token] = []
    first = True
    for token in body:
        if token.kind is not Kind.CELL:
            inside.append(token)
            continue
        values = [each for each in inside if each.kind is Kind.VALUE]
        if values or not (first or inside):
            yield _stretch(values, at)
        at, inside, first = token.end, [], False
    values = [each for each in inside if each.kind is Kind.VALUE]
    if values:
        yield _stretch(values, at)


def _stretch(values: list[Token], at: int) -> Stretch:
    return (values[0].start, values[-1].end) if values else (at, at)
