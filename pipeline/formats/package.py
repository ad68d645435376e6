"""Office packages: a look at the archive before anything in it is unpacked, against bombs and damage."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from pipeline.formats.errors import Reason, UnreadableFile

if TYPE_CHECKING:
    from pipeline.formats.limits import Limits

_MAGIC = b"PK\x03\x04"
_SMALL = 2**20
_ARCHIVE_ERRORS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def holds_part(data: bytes, name: str) -> bool:
    """Tell whether the bytes are an archive, even a cut one, with a part of that name."""
    if not data.startswith(_MAGIC):
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return name in archive.namelist()
    except _ARCHIVE_ERRORS:
        return name.encode() in data


def check_package(data: bytes, limits: Limits) -> None:
    """Raise ``UnreadableFile`` where the archive is damaged, cut, encrypted, or unpacks to more than is allowed."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_members(archive, limits)
            damaged = archive.testzip()
    except _ARCHIVE_ERRORS as error:
        if b"PK\x05\x06" not in data:
            message = "the file ends before its table of contents, so the download was cut off: fetch it again"
            raise UnreadableFile(Reason.TRUNCATED, message) from error
        message = "the archive inside the file is damaged: fetch it again, or save it anew in Word"
        raise UnreadableFile(Reason.CORRUPT, message) from error
    if damaged is not None:
        message = f"its part {damaged} is damaged: fetch the file again, or save it anew in Word"
        raise UnreadableFile(Reason.CORRUPT, message)


def _check_members(archive: ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    dense = any(
        member.file_size > _SMALL and member.file_size > limits.packing_ratio * max(1, member.compress_size)
        for member in members
    )
    if len(members) > limits.archive_members or unpacked > limits.unpacked_bytes or dense:
        message = f"the file would unpack to {len(members):,} parts of {unpacked:,} bytes: it was not unpacked"
        raise UnreadableFile(Reason.BOMB, message)
    if any(member.flag_bits & 1 for member in members):
        message = "the file is protected by a password: save it without one"
        raise UnreadableFile(Reason.ENCRYPTED, message)
