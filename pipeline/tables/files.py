"""Put files into a folder all at once: written to a folder inside it, synced, renamed; or nothing is changed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.tables.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(into: Path) -> Iterator[Path]:
    """Give a folder to write files to; when the body ends well they replace those of the same names in ``into``.

    Raises ``OutputError`` where the disk refuses; what stood in ``into`` is then untouched.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=into))
        try:
            yield folder
            files = sorted(folder.iterdir())
            for path in files:
                _sync(path)
            for path in files:
                path.replace(into / path.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        what = "the disk is full: make room" if full else f"{error.strerror or error}: name another folder"
        message = f"Nothing can be written to '{into}', {what}. Files that stood there before are untouched."
        raise OutputError(message) from error


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
