"""Which program this is, by its code and what it works with: what one found is not taken for what another would."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

MATCHING_WITH = ("ahocorasick-rs", "jieba", "opencc", "PyYAML", "rapidfuzz", "regex")
READING_WITH = ("lxml", "pdfminer.six", "pdfplumber", "pypdfium2", "python-docx")

_PACKAGE = Path(__file__).parents[1]


@cache
def program_hash(*libraries: str) -> str:
    """Return a hash over the code of the program and the versions of Python and of ``libraries``."""
    digest = hashlib.sha256(sys.version.encode())
    for name in libraries:
        digest.update(f"{name} {metadata.version(name)}\0".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
