"""Why tables are not written."""


class OutputError(Exception):
    """The output folder is held by another run, can't be written, or the disk is full."""


class QuoteError(ValueError):
    """A value whose quote is not the text at its span: a fault of the program."""


class TablesMissingError(Exception):
    """A folder holds no tables of a finished run, or those of another version."""
