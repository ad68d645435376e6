"""One invented report, rendered in every format that can be read.

``SAMPLE`` is the report; ``markdown``, ``one_line``, ``page``, ``word`` and ``printed`` return the bytes of a file.
All of them print the same prose and the same grids, so that a reader can be tested against ``Report`` itself.
"""

from tests.rendering.plain import markdown, one_line
from tests.rendering.printed import printed
from tests.rendering.report import SAMPLE, Grid, Heading, Report, Slot, Text, matrix, n_columns, placed
from tests.rendering.web import page
from tests.rendering.word import word

__all__ = [
    "SAMPLE",
    "Grid",
    "Heading",
    "Report",
    "Slot",
    "Text",
    "markdown",
    "matrix",
    "n_columns",
    "one_line",
    "page",
    "placed",
    "printed",
    "word",
]
