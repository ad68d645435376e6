"""Write every ``.ipynb`` anew from its text and a fresh run over the shipped corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

import pipeline
from pipeline.fonts import use_chinese_font
from pipeline.shipped import shipped_folder
from tests.notebooks import TEXTS, executed

if notice := use_chinese_font().notice:
    sys.exit(notice)
with TemporaryDirectory() as folder:
    out = Path(folder) / "tables"
    pipeline.run(shipped_folder("corpus") / "reports", out)
    for text in TEXTS:
        nbformat.write(executed(text, out), text.with_suffix(".ipynb"))
