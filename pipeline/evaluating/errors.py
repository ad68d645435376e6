"""What can be wrong with the labels, the floors or the output folder of an evaluation."""

from __future__ import annotations


class EvaluationError(ValueError):
    """Labels, floors or tables that can't be compared; the message names the file and what to do."""
