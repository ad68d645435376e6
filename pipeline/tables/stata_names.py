"""Names and codes as Stata takes them: 32 characters of ASCII, no word of its language, whole numbers for codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME, LONGEST_LABEL = 32, 80

# Words of Stata and of Mata, its language for matrices, which pandas refuses too.
# fmt: off
_RESERVED = frozenset({
    "_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_se", "_skip", "aggregate", "array",
    "boolean", "break", "byte", "case", "catch", "class", "colvector", "complex", "const", "continue", "default",
    "delegate", "delete", "do", "double", "else", "eltypedef", "end", "enum", "explicit", "export", "external",
    "float", "for", "friend", "function", "global", "goto", "if", "in", "inline", "int", "local", "long", "NULL",
    "pragma", "protected", "quad", "rowvector", "short", "strL", "typedef", "typename", "using", "virtual", "with",
})
# fmt: on
_SHORT = {"__status": "_st", "__grade": "_gr", "__source": "_src"}


def stata_names(columns: Iterable[str]) -> dict[str, str]:
    """Return the name of each column in Stata: its own where that fits, else shortened, no two the same."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        long = next((end for end in _SHORT if column.endswith(end)), "")
        stem, end = _plain(column.removesuffix(long)), _SHORT.get(long, "")
        name, number = f"{stem[: LONGEST_NAME - len(end)]}{end}", 1
        while name in taken:
            number += 1
            tail = f"_{number}{end}"
            name = f"{stem[: LONGEST_NAME - len(tail)]}{tail}"
        taken.add(name)
        names[column] = name
    return names


def stata_codes(codes: Iterable[str]) -> dict[str, int]:
    """Return the whole number that stands for each code, from 1 in their order."""
    return {code: number for number, code in enumerate(codes, start=1)}


def stata_label(label: str) -> str:
    """Return a label no longer than Stata allows, with a mark where it was cut."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _plain(name: str) -> str:
    name = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "_") else "_" for sign in name)
    return f"v_{name}" if name in _RESERVED or not (name[0].isalpha() or name[0] == "_") else name
