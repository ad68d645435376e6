"""Explain: why one report was read as it was, down to each numeral, with the rules that nearly fired."""

from pipeline.explaining import wording
from pipeline.explaining.explanation import Attempt, ExplainedNumeral, Explanation, Miss, NearMiss
from pipeline.explaining.page import page
from pipeline.explaining.plain import as_plain
from pipeline.explaining.reading import explain

__all__ = ["Attempt", "ExplainedNumeral", "Explanation", "Miss", "NearMiss", "as_plain", "explain", "page", "wording"]
