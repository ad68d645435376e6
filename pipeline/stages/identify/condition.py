"""Condition: whether the text is a template, was tampered with, or stands in traditional characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Observation
    from pipeline.rulebook.lexicons import Marker

_SPAM_REPEATS = 3
_FEWEST_BLANK = 20


def is_template(text: str, observations: tuple[Observation, ...], signs: tuple[Marker, ...]) -> bool:
    """Say whether ``text`` holds placeholders, or the form no value."""
    blank = len(observations) >= _FEWEST_BLANK and all(each.value is None for each in observations)
    return blank or any(sign.pattern.search(text) for sign in signs)


def is_tampered(text: str, spam: tuple[Marker, ...]) -> bool:
    """Say whether words that belong to no report stand in ``text`` again and again."""
    return sum(1 for sign in spam for _ in sign.pattern.finditer(text)) >= _SPAM_REPEATS
