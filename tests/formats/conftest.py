from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.formats import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Document


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes], Document]:
    """Reads bytes as a file whose name says nothing."""

    def read_as_file(data: bytes) -> Document:
        path = tmp_path / "file"
        path.write_bytes(data)
        return read(path, "file")

    return read_as_file
