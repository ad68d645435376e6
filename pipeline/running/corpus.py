"""Walk a corpus: every regular file once, and a refusal with its reason for what looks like a file but is none.

Links are not followed and devices never opened. Hidden files and the lock files of office programs (``~$…``) are no
input. A name that is not UTF-8 is told with its bytes escaped.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.running.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_A_RUN = {"manifest.json", "documents.parquet", "observations.parquet"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry of the corpus is not opened."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class InputFile:
    r"""An entry of the corpus that gets a row in documents.parquet.

    ``relative`` is its path within the corpus with ``/``. Where the name on disk is not UTF-8, the path ``is_escaped``
    and shows bytes as ``\xb1``. ``size`` is in bytes, null where it can't be told.
    """

    path: Path
    relative: str
    size: int | None = None
    is_escaped: bool = False
    refusal: Refusal | None = None


def find_files(corpus: Path, *, only: str | None = None, out: Path | None = None) -> tuple[InputFile, ...]:
    """Return what there is to read in ``corpus``, a folder or one file, in code-point order of the relative paths.

    Folders with the tables of a run are left out, and so is the folder ``out``, whatever is in it.

    ``only`` is a shell pattern for the relative path or the bare name, in which ``*`` matches ``/`` too.
    Raises ``CorpusError`` where the corpus is missing, can't be listed, is ``out``, or where there is nothing to read
    in it.
    """
    if corpus.is_file():
        found = [_input_file(corpus, corpus.name, size=corpus.stat().st_size)]
    elif corpus.is_dir():
        found = list(_walk(corpus, _real(out) if out else None))
    else:
        message = f"'{corpus}' is neither a folder nor a file: name a folder of reports, or one report."
        raise CorpusError(message)
    if only is not None:
        found = [each for each in found if _matches(each.relative, only)]
    if not found:
        matching = f" that matches '{only}'" if only else ""
        message = f"There is no file{matching} in '{corpus}'; hidden files do not count."
        raise CorpusError(message)
    return tuple(sorted(found, key=lambda each: each.relative))


def _walk(corpus: Path, out: str | None) -> Iterator[InputFile]:
    if out is not None and _real(corpus) == out:
        message = f"The tables would go into the corpus folder itself: name another folder than '{corpus}' with --out."
        raise CorpusError(message)
    folders = [(str(corpus), "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            if not prefix:
                message = f"The folder '{corpus}' can't be listed: {error.strerror}."
                raise CorpusError(message) from error
            refusal = Refusal("permission", f"The folder can't be listed: {error.strerror}.")
            yield _input_file(Path(folder), prefix.removesuffix("/"), refusal=refusal)
            continue
        if prefix and {entry.name for entry in entries} >= _OF_A_RUN:
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                if out is None or _real(Path(entry.path)) != out:
                    folders.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                size, refused = _examine(entry)
                yield _input_file(Path(entry.path), prefix + entry.name, size=size, refusal=refused)


def _examine(entry: os.DirEntry[str]) -> tuple[int | None, Refusal | None]:
    if entry.is_symlink():
        message = "This is a link, and links are not followed: put the file itself into the corpus."
        return None, Refusal("symlink", message)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return None, Refusal("vanished", f"The file can't be looked at: {error.strerror}.")
    if not stat.S_ISREG(status.st_mode):
        return None, Refusal("special_file", "This is a pipe, a socket or a device, not a file: it was not opened.")
    return status.st_size, None


def _input_file(path: Path, name: str, *, size: int | None = None, refusal: Refusal | None = None) -> InputFile:
    shown = os.fsencode(name).decode("utf-8", "backslashreplace")
    return InputFile(path, shown, size, shown != name, refusal)


def _matches(relative: str, pattern: str) -> bool:
    return fnmatchcase(relative, pattern) or fnmatchcase(relative.rpartition("/")[2], pattern)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
