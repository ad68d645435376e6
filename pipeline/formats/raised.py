"""Raised figures: the mark of a note is written so that it can't be read as a digit of the number before it."""

from __future__ import annotations

_FIGURES = "0123456789"
_RAISED = str.maketrans(
    {
        **dict(zip(_FIGURES, "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
        **{chr(ord(figure) + 0xFEE0): mark for figure, mark in zip(_FIGURES, "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)},
    }
)


def raised(text: str, before: str) -> str:
    """Return raised text with raised figures where it stands behind other text: ``36`` and ``1`` are ``36¹``.

    Text with nothing ``before`` it is no mark but printed small, and is left alone.
    """
    return text.translate(_RAISED) if before.strip() else text
