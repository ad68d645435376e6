"""Condition: whether the text is a template, and whether anything in it proves where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model import Observation
    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.sheet import Sheet

_FEWEST_BLANK = 20


def is_template(text: str, observations: tuple[Observation, ...], signs: tuple[Marker, ...]) -> bool:
    """Say whether ``text`` holds placeholders, or the form no value."""
    blank = len(observations) >= _FEWEST_BLANK and all(each.value is None for each in observations)
    return blank or any(sign.pattern.search(text) for sign in signs)


def doubts(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]], *, proves_nothing: bool) -> Iterator[Problem]:
    """Yield what speaks against the origin of the text.

    ``proves_nothing`` says that neither body nor place nor year is proven.
    """
    for name in ("rewritten", "sharing_site"):
        for stretch in (*sheet.body, *sheet.around):
            found = next((match for sign in signs[name] for match in stretch.find(sign.pattern)), None)
            if found is not None:
                message = f"{signs[name][0].reason}: {found[0]}"
                yield Problem("identify", name, message, stretch.parts[0].block.block_id)
                break
    if proves_nothing:
        message = "Nothing in the file proves whose report it is, from where or on which year."
        yield Problem("identify", "no_origin", message)
