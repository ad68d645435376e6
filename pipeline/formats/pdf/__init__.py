"""PDF files: lines joined into paragraphs, ruled tables as grids, page numbers and running heads as furniture."""

from pipeline.formats.pdf.reading import is_pdf, read_pdf

__all__ = ["is_pdf", "read_pdf"]
