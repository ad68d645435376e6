"""Attack strings for patterns: a pattern must match in linear time or is refused.

A pattern without unbounded repeats, whose bounded repeats multiply to little, does a bounded amount of work at
each place of a text. That is proved from its parse; hostile strings made of its own literals then test the proof.
"""

from __future__ import annotations

import math
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from pipeline.rulebook.patterns import Pattern

MOST_STEPS = 100_000
_HOSTILE_LENGTH = 1_200
_DEADLINE_SECONDS = 0.5
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_PROPERTY = regex.compile(r"\\[pP]\{[A-Za-z]+\}")
_NESTED_PROPERTY = regex.compile(r"(\[[^\]]*)\\[pP]\{[A-Za-z]+\}")


@cache
def find_weakness(pattern: Pattern) -> str | None:
    """Return why ``pattern`` is not proven to take linear time, or null where it is."""
    steps = _steps(parser.parse(_readable(pattern.source)))
    if steps == math.inf:
        return "has an unbounded repeat (*, + or {n,}): give it an upper bound"
    if steps > MOST_STEPS:
        return f"may try {steps:,.0f} ways at one place (at most {MOST_STEPS:,}): shorten or un-nest its repeats"
    return None


@cache
def find_slow_text(pattern: Pattern) -> str | None:
    """Return on what hostile text ``pattern`` takes too long, or null where it takes none too long."""
    for text in _hostile(pattern.source):
        try:
            for _ in pattern.compiled.finditer(text, timeout=_DEADLINE_SECONDS):
                pass
        except TimeoutError:
            return f"needs over {_DEADLINE_SECONDS:g} s on {len(text):,} characters like {text[:12]!r}"
    return None


def _readable(pattern: str) -> str:
    """Return the pattern in the grammar of ``re``: a property is a class of one character."""
    while _NESTED_PROPERTY.search(pattern):
        pattern = _NESTED_PROPERTY.sub(r"\1一", pattern)
    return _PROPERTY.sub("一", pattern)


def _steps(parsed: Any) -> float:  # noqa: ANN401 — the parse tree of re has no public types
    """Return a bound on the ways to match from one place; infinity where there is none."""
    ways = 1.0
    for operator, argument in parsed:
        if operator in _REPEATS:
            least, most, inner = argument
            if most == sre.MAXREPEAT:
                return math.inf
            inside = _steps(inner)
            ways *= inside if most == 1 else (most - least + 1) * inside ** min(most, 3)
        elif operator is sre.BRANCH:
            ways *= max(map(_steps, argument[1]))
        elif operator is sre.SUBPATTERN:
            ways *= _steps(argument[-1])
        elif operator is sre.ATOMIC_GROUP:
            ways *= _once(argument)
        elif operator is sre.POSSESSIVE_REPEAT:
            ways *= math.inf if argument[1] == sre.MAXREPEAT else _once(argument[-1])
        elif operator in (sre.ASSERT, sre.ASSERT_NOT):
            ways *= _once(argument[-1])
    return ways


def _once(parsed: Any) -> float:  # noqa: ANN401 — the parse tree of re has no public types
    """Return 1 for what is never tried again once it has matched or failed; infinity where even that has no bound."""
    return math.inf if _steps(parsed) == math.inf else 1


def _hostile(pattern: str) -> list[str]:
    words = regex.findall(r"[\p{Han}]{1,8}", pattern)[:6]
    seeds = [*words, "".join(words), "".join(words[:2]) + "的", "1", "(", "《", "年", "\ue000", "信息", "一"]
    return [(seed * (_HOSTILE_LENGTH // len(seed) + 1))[:_HOSTILE_LENGTH] for seed in seeds if seed]
