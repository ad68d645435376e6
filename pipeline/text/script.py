"""Script: whether a text is written in traditional characters."""

from __future__ import annotations

from collections import Counter

_PAIRS = (
    "開开關关資资請请與与訟讼議议務务報报訊讯應应編编類类條条項项總总數数網网標标題题發发圖图機机構构領领導导實实區区縣县鎮镇鄉乡辦办會会計计劃划從从規规無无"
    "過过這这個个為为時时進进還还經经給给結结續续"
)
_TRADITIONAL = frozenset(_PAIRS[0::2])
_SIMPLIFIED = frozenset(_PAIRS[1::2])


def is_traditional(text: str) -> bool:
    """Say whether the traditional forms of common characters outnumber the simplified ones."""
    counts = Counter(text)
    traditional = sum(counts[c] for c in _TRADITIONAL)
    return traditional > sum(counts[c] for c in _SIMPLIFIED)
