"""What goes wrong with a file as a whole. What goes wrong with a part of it is a ``Problem`` of its document."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import SourceFile


class Reason(StrEnum):
    """Why a file could not be read at all."""

    ZERO_BYTE = "zero_byte"
    CORRUPT = "corrupt"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    UNSUPPORTED_TYPE = "unsupported_type"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    BOMB = "bomb"
    VANISHED = "vanished"
    PERMISSION = "permission"
    SPECIAL_FILE = "special_file"
    READ_ERROR = "read_error"


class UnreadableFile(Exception):  # noqa: N818 — it names the thing, as FileNotFound would
    """A file of which nothing could be read.

    ``message`` says what happened and what to do; ``source`` tells size, hash and type where the bytes could be had.
    """

    def __init__(self, reason: Reason, message: str, source: SourceFile | None = None) -> None:
        super().__init__(reason, message, source)
        self.reason = reason
        self.message = message
        self.source = source

    def __str__(self) -> str:
        return f"{self.reason}: {self.message}"
