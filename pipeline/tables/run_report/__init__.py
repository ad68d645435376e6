"""The report of a run as one page that needs nothing else: what to look at first, and the words behind it."""

from pipeline.tables.run_report.page import REPORT, report

__all__ = ["REPORT", "report"]
