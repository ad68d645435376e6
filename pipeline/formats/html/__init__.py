"""Web pages: paragraphs and grids in reading order, with what surrounds the report told apart from it."""

from pipeline.formats.html.page import decode_page, is_html, read_html

__all__ = ["decode_page", "is_html", "read_html"]
