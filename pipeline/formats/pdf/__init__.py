"""PDF files: lines joined into paragraphs, tables as grids, page numbers and running heads as furniture.

pdfium reads a page where it is sure to get it right, pdfplumber where it is not; all that follows is the same for both.
"""

from pipeline.formats.pdf.reading import is_pdf, read_pdf

__all__ = ["is_pdf", "read_pdf"]
