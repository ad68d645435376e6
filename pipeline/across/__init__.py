"""Across: what only many reports together tell: copies, re-issues, clones, and how alike they are."""

from pipeline.across.comparison import Comparison, Similarity, compare
from pipeline.across.report import Report, report_of

__all__ = ["Comparison", "Report", "Similarity", "compare", "report_of"]
