"""The types that flow through the program: a file, its blocks, its sections, and what was read from them.

Everything here is frozen and knows nothing of files, rules or tables. Positions are offsets in Unicode code points
into the text of one block, so that ``text[start:end]`` is always the quote.
"""

from pipeline.model.series import Statement, YearReport
from pipeline.model.types import (
    Anchor,
    Block,
    Cell,
    Check,
    Document,
    Evidence,
    Identity,
    Numeral,
    Observation,
    Outcome,
    Paragraph,
    Problem,
    Section,
    SourceFile,
    Span,
    Table,
    Timing,
)
from pipeline.model.vocabulary import (
    CheckOutcome,
    Disposition,
    DocumentStatus,
    Period,
    Qualifier,
    Role,
    SectionKind,
    Severity,
    Standing,
    ValueSource,
    ValueStatus,
    Verdict,
)

__all__ = [
    "Anchor",
    "Block",
    "Cell",
    "Check",
    "CheckOutcome",
    "Disposition",
    "Document",
    "DocumentStatus",
    "Evidence",
    "Identity",
    "Numeral",
    "Observation",
    "Outcome",
    "Paragraph",
    "Period",
    "Problem",
    "Qualifier",
    "Role",
    "Section",
    "SectionKind",
    "Severity",
    "SourceFile",
    "Span",
    "Standing",
    "Statement",
    "Table",
    "Timing",
    "ValueSource",
    "ValueStatus",
    "Verdict",
    "YearReport",
]
