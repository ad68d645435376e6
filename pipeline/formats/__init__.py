"""Bytes to ``Document``: one module per file format, one line each in the registry.

Readers leave the text as it is printed. What they cannot read is a ``Problem`` of the document, and a file of which
nothing can be read raises ``UnreadableFile``.
"""

from __future__ import annotations

import stat
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.limits import DEFAULT_LIMITS, Limits
from pipeline.formats.reading import numbered
from pipeline.formats.registry import FORMATS, FileFormat, format_of, suffix_fits
from pipeline.formats.text import encoding_problems
from pipeline.model import Document, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Problem

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "FileFormat",
    "Limits",
    "Reason",
    "UnreadableFile",
    "examine",
    "format_of",
    "read",
    "suffix_fits",
]


def read(path: Path, relative: str, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Return the file at ``path`` as a document; ``relative`` is its path within the corpus.

    Raises ``UnreadableFile`` where nothing can be read.
    """
    data, source, file_format = _recognised(path, relative, limits)
    try:
        reading = file_format.read(data, limits)
    except UnreadableFile as error:
        raise UnreadableFile(error.reason, error.message, source) from error
    source = replace(source, encoding=reading.encoding)
    return Document(source, tuple(numbered(reading.blocks)), reading.title, reading.problems)


def examine(path: Path, relative: str, *, limits: Limits = DEFAULT_LIMITS) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Return what the bytes of the file at ``path`` show without being parsed, and what was lost in decoding them.

    Raises ``UnreadableFile`` where it is clear already that nothing can be read.
    """
    data, source, file_format = _recognised(path, relative, limits)
    if file_format.decode is None:
        return source, ()
    decoded = file_format.decode(data)
    return replace(source, encoding=decoded.encoding), tuple(encoding_problems(decoded))


def _recognised(path: Path, relative: str, limits: Limits) -> tuple[bytes, SourceFile, FileFormat]:
    data = _bytes_of(path, limits)
    source = SourceFile(relative, len(data), sha256(data).hexdigest())
    if not data:
        message = "the file is empty, perhaps a download that failed: fetch it again"
        raise UnreadableFile(Reason.ZERO_BYTE, message, source)
    try:
        file_format = format_of(data)
    except UnreadableFile as error:
        raise UnreadableFile(error.reason, error.message, source) from error
    return data, replace(source, format=file_format.name), file_format


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            message = "this is a folder, a pipe or a device, not a file: it was not opened"
            raise UnreadableFile(Reason.SPECIAL_FILE, message)
        if status.st_size > limits.file_bytes:
            message = f"the file has {status.st_size:,} bytes, {limits.file_bytes:,} are allowed: split it"
            raise UnreadableFile(Reason.TOO_LARGE, message)
        return path.read_bytes()
    except FileNotFoundError as error:
        message = "the file was there when the folder was listed and is gone now: run again"
        raise UnreadableFile(Reason.VANISHED, message) from error
    except PermissionError as error:
        message = "the file may not be read: change its permissions"
        raise UnreadableFile(Reason.PERMISSION, message) from error
    except OSError as error:
        message = f"the file could not be read from disk: {error.strerror or error}"
        raise UnreadableFile(Reason.READ_ERROR, message) from error
