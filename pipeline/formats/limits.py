"""How much of a file is read at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a file is refused, or cut with a problem that says so.

    ``file_bytes`` and ``unpacked_bytes`` are in bytes; ``packing_ratio`` counts for archive members above 1 MB.
    """

    file_bytes: int = 200 * 2**20
    archive_members: int = 5_000
    unpacked_bytes: int = 500 * 2**20
    packing_ratio: int = 100
    pages: int = 2_000
    cells: int = 200_000


DEFAULT_LIMITS = Limits()
