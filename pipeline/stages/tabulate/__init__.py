"""Official tables, where they come as grids or as cells between bars, bound by row label × column header."""

from pipeline.stages.tabulate.captions import captioned
from pipeline.stages.tabulate.examples import example_failures
from pipeline.stages.tabulate.reading import Tabulated, tabulate

__all__ = ["Tabulated", "captioned", "example_failures", "tabulate"]
