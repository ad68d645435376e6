"""What earlier runs into a folder read, kept there: a stopped run goes on, and unchanged files are not read again.

A file is unchanged while its size and times are, or else its bytes. What was read by another program, or with other
rules, is of no use and dropped. Each outcome is on the disk as soon as it is known, whatever ends the run.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sqlite3
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

import pipeline.model
from pipeline.formats.errors import Reason
from pipeline.model import DocumentStatus, Outcome
from pipeline.running.program import MATCHING_WITH, READING_WITH, program_hash
from pipeline.tables.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from types import TracebackType

    from pipeline.running.corpus import InputFile
    from pipeline.running.pool import Limits

KEPT = ".read.sqlite"

_MADE = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (date, Reason, *vars(pipeline.model).values())
    if isinstance(kind, type)
}
_LIMITED = ("timeout", "memory", "crash_")
_TABLES = """
create table if not exists reader (version text primary key) without rowid;
create table if not exists outcomes (
    path text primary key, sha256 text, stamp text, limits text, failed integer, size integer, outcome blob
);
"""


class KeptOutcomes:
    """The outcomes that are kept in a folder, for one program and one version of the rules.

    ``retry_failed`` leaves out files that could not be read; ``fresh`` begins with none. A file that took too long or
    too much is kept for the same ``limits`` only. Raises ``OutputError`` where the disk refuses, or where what was kept
    is damaged.
    """

    def __init__(
        self, out: Path, rules_version: str, limits: Limits, *, retry_failed: bool = False, fresh: bool = False
    ) -> None:
        self._path = out / KEPT
        self._reader = f"{rules_version} {program_hash(*MATCHING_WITH, *READING_WITH)}"
        self._limits = f"{limits.timeout:g} {limits.memory_mb}"
        self._retry_failed = retry_failed
        self._fresh = fresh
        self._stamps: dict[str, str] = {}
        self._held: set[str] = set()

    def __enter__(self) -> Self:
        with self._telling():
            if self._fresh:
                for path in (self._path, self._path.with_name(f"{KEPT}-wal")):
                    path.unlink(missing_ok=True)
            self._data = sqlite3.connect(self._path, isolation_level=None)
            self._data.execute("pragma locking_mode = exclusive")
            self._data.execute("pragma journal_mode = wal")
            self._data.execute("pragma synchronous = normal")
            self._data.executescript(_TABLES)
            if self._data.execute("select version from reader").fetchall() != [(self._reader,)]:
                self._data.executescript("delete from outcomes; delete from reader; vacuum")
                self._data.execute("insert into reader values (?)", (self._reader,))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()

    def holds(self, file: InputFile) -> bool:
        """Tell whether the outcome of the file as it is now is kept."""
        if file.refusal is not None:
            return False
        try:
            now = file.path.stat()
            self._stamps[file.relative] = stamp = f"{now.st_size} {now.st_mtime_ns} {now.st_ctime_ns}"
            with self._telling():
                kept = self._row("stamp, sha256, limits, failed", file)
            if kept is None or (kept[3] and self._retry_failed) or kept[2] not in {None, self._limits}:
                return False
            if kept[0] != stamp:
                with file.path.open("rb") as stream:
                    if hashlib.file_digest(stream, "sha256").hexdigest() != kept[1]:
                        return False
                with self._telling():
                    self._data.execute("update outcomes set stamp = ? where path = ?", (stamp, file.relative))
        except OSError:
            return False
        self._held.add(file.relative)
        return True

    def outcome(self, file: InputFile) -> Outcome | None:
        """Return the kept outcome of a file that ``holds`` was asked about, null where it must be read."""
        if file.relative not in self._held:
            return None
        with self._telling():
            row = self._row("outcome, size", file)
            return _unpacked(*row) if row else None

    def keep(self, file: InputFile, outcome: Outcome) -> None:
        """Keep what was read from a file; nothing where its bytes could not be read at all."""
        if not outcome.source.sha256 or file.relative not in self._stamps:
            return
        packed = _packed(outcome)
        limited = (outcome.reason or "").startswith(_LIMITED)
        row = (
            file.relative,
            outcome.source.sha256,
            self._stamps[file.relative],
            self._limits if limited else None,
            outcome.status is DocumentStatus.FAILED,
            len(packed),
            pa.compress(packed, codec="zstd", asbytes=True),
        )
        with self._telling():
            self._data.execute("insert or replace into outcomes values (?, ?, ?, ?, ?, ?, ?)", row)

    def forget_others(self, files: Collection[InputFile]) -> None:
        """Drop what is kept of files that are not among ``files``."""
        there = {file.relative for file in files}
        with self._telling():
            gone = [row for row in self._data.execute("select path from outcomes").fetchall() if row[0] not in there]
            self._data.executemany("delete from outcomes where path = ?", gone)

    def _row(self, columns: str, file: InputFile) -> tuple[Any, ...] | None:
        query = f"select {columns} from outcomes where path = ?"  # noqa: S608 — the columns are those of this module
        row: tuple[Any, ...] | None = self._data.execute(query, (file.relative,)).fetchone()
        return row

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, pickle.UnpicklingError) as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                what = "can't be written, the disk is full: make room and run again"
            else:
                what = f"can't be used ({error}): run with --fresh to read all files again"
            raise OutputError(f"What was read so far, '{self._path}', {what}. The tables are untouched.") from error


class _Pickler(pickle.Pickler):
    """Writes members of enumerations by kind and value, which no version of Python does in another way."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 — the signature of pickle
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Unpickler(pickle.Unpickler):
    """Makes nothing but the values of the model, whoever wrote the file."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 — the signature of pickle
        if (module, name) not in _MADE:
            message = f"{module}.{name} is nothing a report yields"
            raise pickle.UnpicklingError(message)
        return _MADE[module, name]


def _packed(outcome: Outcome) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(outcome)
    return stream.getvalue()


def _unpacked(outcome: bytes, size: int) -> Outcome:
    """Return the outcome. Raises ``UnpicklingError`` where the bytes are damaged, however that shows."""
    try:
        packed = pa.decompress(outcome, decompressed_size=size, codec="zstd", asbytes=True)
        found: Outcome = _Unpickler(io.BytesIO(packed)).load()
    except (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError) as error:
        message = f"damaged: {error}"
        raise pickle.UnpicklingError(message) from error
    return found
