"""Read folders of 政府信息公开工作年度报告 into tables in which every number carries its exact source.

``pipeline.run`` reads a folder and writes the tables, ``pipeline.extract`` reads one file, ``pipeline.load`` gives the
tables of a run as frames. All load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.running.run import Summary, extract, run
    from pipeline.tables.loaded import Tables, load

__all__ = ["Summary", "Tables", "__version__", "extract", "load", "run"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 — functions and classes alike
    if name not in __all__:
        message = f"module 'pipeline' has no attribute {name!r}"
        raise AttributeError(message)
    if name in {"Tables", "load"}:
        from pipeline.tables import loaded  # noqa: PLC0415 — a bare `import pipeline` stays light

        return getattr(loaded, name)
    from pipeline.running import run as home  # noqa: PLC0415

    return getattr(home, name)
