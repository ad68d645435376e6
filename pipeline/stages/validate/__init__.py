"""Validate: test what must agree in a report on what it prints.

A total is never repaired: where the report's own arithmetic does not agree, that is a finding. A cell that is blank or
unread is missing, never zero, and leaves an agreement not testable.
"""

from pipeline.stages.validate.validation import Validation, validate

__all__ = ["Validation", "validate"]
