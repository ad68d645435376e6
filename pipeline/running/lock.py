"""Keep a second run away from an output folder.

The system holds the lock and lets go of it when the process ends, however it ends; so a lock file that a killed run
left behind is no hindrance. The file itself only says who holds it.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.tables.errors import OutputError
from pipeline.tables.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Make the folder ``out`` and hold it. Raises ``OutputError`` where another run holds it or it can't be made."""
    path = out / LOCK
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        descriptor = _open(path)
        while not _is_still_there(descriptor, path):
            os.close(descriptor)
            descriptor = _open(path)
        os.truncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())
    try:
        yield
    finally:
        if sys.platform == "win32":
            os.close(descriptor)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(descriptor)


def _open(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not _acquire(descriptor):
        holder = os.read(descriptor, 200).decode("utf-8", "replace") or "another process"
        os.close(descriptor)
        message = f"Another run writes to '{path.parent}' ({holder}): wait for it, or name another folder with --out."
        raise OutputError(message)
    return descriptor


def _is_still_there(descriptor: int, path: Path) -> bool:
    """Say whether the file is the one under its name, and not one that its holder has just removed."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> bool:
        os.lseek(descriptor, 1024, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _acquire(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
