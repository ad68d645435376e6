"""Web pages: paragraphs and grids in reading order, with what surrounds the report told apart from it."""

from pipeline.formats.html.page import is_html, read_html

__all__ = ["is_html", "read_html"]
