"""The closed lists of words that the tables use: statuses, roles, kinds, periods, dispositions, outcomes of checks."""

from __future__ import annotations

from enum import StrEnum


class DocumentStatus(StrEnum):
    """What became of one input file."""

    OK = "ok"
    PARTIAL = "partial"
    EMPTY = "empty"
    NEEDS_OCR = "needs_ocr"
    NOT_REPORT = "not_report"
    DUPLICATE = "duplicate"
    FAILED = "failed"


class Role(StrEnum):
    """What a block is for: the report itself, the page around it, or words put there by somebody else."""

    BODY = "body"
    FURNITURE = "furniture"
    SPAM = "spam"


class SectionKind(StrEnum):
    """What a section of a report is about."""

    OVERVIEW = "overview"
    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    FEES = "fees"
    REVIEW_LITIGATION = "review_litigation"
    CONSULTATION = "consultation"
    ORGANISATION = "organisation"
    MEETINGS_TRAINING = "meetings_training"
    RESPONSE_INTERPRETATION = "response_interpretation"
    PROBLEMS = "problems"
    OTHER = "other"
    ATTACHMENT = "attachment"
    FURNITURE = "furniture"


class ValueStatus(StrEnum):
    """How a value stands in the report. Only ``reported`` and ``zero_stated`` carry a number."""

    REPORTED = "reported"
    ZERO_STATED = "zero_stated"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"


class Qualifier(StrEnum):
    """How exactly the report states a number."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"


class Period(StrEnum):
    """The time a number covers."""

    THIS_YEAR = "this_year"
    CUMULATIVE = "cumulative"
    TO_DATE = "to_date"
    PREVIOUS_YEAR = "previous_year"
    CHANGE = "change"


class ValueSource(StrEnum):
    """Where in a report a value stands."""

    PROSE = "prose"
    TABLE = "table"
    ATTACHMENT_TABLE = "attachment_table"


class Scope(StrEnum):
    """Whose figures a report, a form or a sentence gives: those of the office itself, or of all that it governs."""

    OWN = "own"
    JURISDICTION = "jurisdiction"


class Standing(StrEnum):
    """Which of several printed statements of one fact speaks for it.

    The last two are words that the column keeps free for corrections made by hand; no run writes them.
    """

    ACCEPTED = "accepted"
    RIVAL = "rival"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"


class Disposition(StrEnum):
    """What one printed numeral turned out to be."""

    EXTRACTED = "extracted"
    DATE = "date"
    LEGAL_REFERENCE = "legal_reference"
    DOCUMENT_NUMBER = "document_number"
    CONTACT = "contact"
    PAGE_FURNITURE = "page_furniture"
    PERCENTAGE = "percentage"
    ORDINAL = "ordinal"
    RANK = "rank"
    DURATION = "duration"
    FIXED_TERM = "fixed_term"
    TITLE = "title"
    ADDRESS = "address"
    CODE = "code"
    OTHER_YEAR = "other_year"
    OUT_OF_SCOPE = "out_of_scope"
    PLACEHOLDER = "placeholder"
    TABLE_LABEL = "table_label"
    UNEXPLAINED = "unexplained"


class CheckOutcome(StrEnum):
    """Whether an accounting identity holds; ``not_testable`` where a part of it is missing."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_TESTABLE = "not_testable"


class Severity(StrEnum):
    """How much a broken identity weighs."""

    HARD = "hard"
    SOFT = "soft"
    INFO = "info"


class Verdict(StrEnum):
    """Whose error a broken identity is: the report's own, or perhaps our reading."""

    REPORT_ERROR = "report_error"
    EXTRACTION_DOUBT = "extraction_doubt"
