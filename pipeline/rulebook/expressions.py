"""Parse the expressions of concepts and of checks across years: text in, a small tree out, and the tree back as text.

An expression is data, never a program. It knows four things::

    requests.outcome.granted + requests.outcome.already_public       sums and differences
    (review.corrected) / (review.upheld + review.corrected)          one number over another
    a + b else a                                                     the next where the first is not stated
    requests.received.total[natural_person]                          one column of applicants
    proactive.total(cumulative)                                      another period than this year
    normative.in_force@before                                        the report on the year before
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\s*(?:(?P<reference>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)"
    r"(?:\[(?P<applicant>[a-z_]+(?:\.[a-z_]+)*)\])?"
    r"(?:\((?P<period>[a-z_]+)\))?"
    r"(?P<before>@before)?"
    r"|(?P<sign>[-+/()]))"
)
_ELSE = "else"
_MOST_NESTED = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """One number of a report: an indicator, in one column of applicants, over a period, in the year or before it."""

    indicator: str
    applicant: str | None = None
    period: Period = Period.THIS_YEAR
    before: bool = False

    def __str__(self) -> str:
        applicant = f"[{self.applicant}]" if self.applicant else ""
        period = f"({self.period})" if self.period is not Period.THIS_YEAR else ""
        return f"{self.indicator}{applicant}{period}{'@before' if self.before else ''}"


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers added up; those marked true are taken away. It begins with one that is not."""

    parts: tuple[tuple[bool, Expression], ...]

    def __str__(self) -> str:
        first, *others = self.parts
        return _inner(first[1]) + "".join(f" {'-' if minus else '+'} {_inner(part)}" for minus, part in others)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number over another."""

    top: Expression
    bottom: Expression

    def __str__(self) -> str:
        return f"{_inner(self.top)} / {_inner(self.bottom)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of several that is stated."""

    options: tuple[Expression, ...]

    def __str__(self) -> str:
        return " else ".join(_inner(option) if isinstance(option, Choice) else str(option) for option in self.options)


Expression = Reference | Sum | Ratio | Choice


def parse(text: str) -> Expression:
    """Return the tree of an expression. Raises ``ValueError`` that quotes the text from the mistake on."""
    reader = _Reader(text)
    found = reader.choice(0)
    reader.expect_end()
    return found


def references(expression: Expression) -> Iterator[Reference]:
    """Yield the numbers that an expression asks for, in the order of the text."""
    match expression:
        case Reference():
            yield expression
        case Sum(parts):
            for _, part in parts:
                yield from references(part)
        case Ratio(top, bottom):
            yield from references(top)
            yield from references(bottom)
        case Choice(options):
            for option in options:
                yield from references(option)


def _inner(expression: Expression) -> str:
    return str(expression) if isinstance(expression, Reference) else f"({expression})"


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text.rstrip()
        self._at = 0
        self._token = self._next()

    def choice(self, depth: int) -> Expression:
        if depth > _MOST_NESTED:
            message = f"brackets stand in more than {_MOST_NESTED} others"
            raise ValueError(message)
        options = [self._quotient(depth)]
        while self._is_word(_ELSE):
            self._advance()
            options.append(self._quotient(depth))
        return Choice(tuple(options)) if len(options) > 1 else options[0]

    def expect_end(self) -> None:
        if self._token is not None:
            raise self._error()

    def _quotient(self, depth: int) -> Expression:
        top = self._sum(depth)
        if not self._is_sign("/"):
            return top
        self._advance()
        return Ratio(top, self._sum(depth))

    def _sum(self, depth: int) -> Expression:
        parts = [(False, self._part(depth))]
        while self._is_sign("+") or self._is_sign("-"):
            minus = self._is_sign("-")
            self._advance()
            parts.append((minus, self._part(depth)))
        return Sum(tuple(parts)) if len(parts) > 1 else parts[0][1]

    def _part(self, depth: int) -> Expression:
        token = self._token
        if self._is_sign("("):
            self._advance()
            inner = self.choice(depth + 1)
            if not self._is_sign(")"):
                raise self._error("a bracket is not closed")
            self._advance()
            return inner
        if token is None or not token["reference"] or self._is_word(_ELSE):
            raise self._error("an indicator is missing" if token is None else None)
        try:
            period = Period(token["period"]) if token["period"] else Period.THIS_YEAR
        except ValueError as error:
            raise self._error(f"no period is called '{token['period']}'") from error
        self._advance()
        return Reference(token["reference"], token["applicant"], period, token["before"] is not None)

    def _is_sign(self, sign: str) -> bool:
        return self._token is not None and self._token["sign"] == sign

    def _is_word(self, word: str) -> bool:
        return self._token is not None and self._token[0].strip() == word

    def _advance(self) -> None:
        self._token = self._next()

    def _next(self) -> re.Match[str] | None:
        self._from = self._at
        if self._at == len(self._text):
            return None
        token = _TOKEN.match(self._text, self._at)
        if token is None:
            raise self._error()
        self._at = token.end()
        return token

    def _error(self, message: str | None = None) -> ValueError:
        rest = self._text[self._from :].strip()
        told = message or (f"'{rest}' is not expected here" if rest else "it is empty")
        return ValueError(f"'{self._text}' is no expression: {told}")
