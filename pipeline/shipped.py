"""Find the folders that travel with the program: ``rules`` and ``corpus``.

In a wheel they lie in the package under ``_shipped``; in a checkout, and so in an editable install, beside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class NotShippedError(FileNotFoundError):
    """A folder that belongs to the program is missing from its installation."""


def shipped_folder(name: str) -> Path:
    """Return the folder ``name`` that came with the program. Raises ``NotShippedError`` where it is missing."""
    in_wheel = _PACKAGE / "_shipped" / name
    if in_wheel.is_dir():
        return in_wheel
    in_checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    message = f"The folder '{name}' of gongkai is neither at {in_wheel} nor at {in_checkout}: install gongkai again."
    raise NotShippedError(message)
