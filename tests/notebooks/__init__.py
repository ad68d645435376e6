"""Runs the notebooks: each is kept as a text, and its ``.ipynb`` beside it is that text run on the shipped corpus.

``python -m tests.notebooks`` writes every ``.ipynb`` anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import jupytext
from nbclient import NotebookClient

import pipeline

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
TEXTS = sorted(FOLDER.glob("*.py"))
SECONDS_PER_CELL = 120


def executed(text: Path, out: Path) -> NotebookNode:
    """The notebook with its outputs, run over the output folder ``out``; nothing in it tells time, place or chance."""
    notebook = jupytext.read(text)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        cell.metadata.clear()
    paths = os.pathsep.join(filter(None, [str(Path(pipeline.__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    client = NotebookClient(notebook, timeout=SECONDS_PER_CELL, kernel_name="python3", record_timing=False)
    client.execute(env={**os.environ, "GONGKAI_OUT": str(out), "PYTHONPATH": paths})
    notebook.metadata.language_info = {"name": "python"}
    notebook.metadata.jupytext = {"formats": notebook.metadata.jupytext.formats}
    return notebook
