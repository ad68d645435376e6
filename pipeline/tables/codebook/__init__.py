"""The codebook: what every indicator, concept, column and code means, built from the rulebook and never edited."""

from pipeline.tables.codebook.sheets import codebook_sheets
from pipeline.tables.codebook.writing import write_codebook

__all__ = ["codebook_sheets", "write_codebook"]
