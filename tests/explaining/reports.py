"""Small reports for the tests of explaining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.explaining import ExplainedNumeral, Explanation, explain

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook

HEAD = "云岫县水务局2016年政府信息公开工作年度报告\n一、概述\n"


def explained(folder: Path, book: Rulebook, text: str, indicator: str | None = None) -> Explanation:
    """Return the explanation of a report of 2016 whose overview says ``text``."""
    path = folder / "report.txt"
    path.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    return explain(path, book, indicator)


def numeral(explanation: Explanation, text: str) -> ExplainedNumeral:
    """Return the only numeral that is printed so."""
    (found,) = [each for each in explanation.numerals if explanation.in_context(each.numeral)[1] == text]
    return found
