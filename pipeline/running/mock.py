"""Files that misbehave on demand, to prove that one bad file harms no other.

Their first line is ``%GONGKAI-MOCK`` and what to do. They are ordinary text unless ``GONGKAI_MOCK=1`` is set.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VARIABLE = "GONGKAI_MOCK"

_MAGIC = b"%GONGKAI-MOCK"
_ENDLESS = 10**15
_CHUNK = 64 * 1024 * 1024


def misbehave(path: Path) -> None:
    """Do what the first line of the file orders, where the environment allows it; else nothing."""
    if os.environ.get(VARIABLE) != "1":
        return
    with path.open("rb") as stream:
        magic, _, order = stream.readline(100).partition(b" ")
    if magic == _MAGIC:
        _ORDERS[order.strip().decode()]()


def _hang() -> None:
    while True:
        pass


def _hang_in_c() -> None:
    sum(range(_ENDLESS))


def _allocate() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(_CHUNK))


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _leave() -> None:
    os._exit(7)


def _fail() -> None:
    message = "told to fail"
    raise ValueError(message)


def _recurse() -> None:
    _recurse()


_ORDERS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "hang_c": _hang_in_c,
    "alloc": _allocate,
    "segv": _crash,
    "exit": _leave,
    "raise": _fail,
    "recurse": _recurse,
}
