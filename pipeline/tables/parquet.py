"""The tables of a run, read back: what is missing, damaged or of another version is told with its file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables.errors import TablesMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def read_table(
    path: Path, columns: Sequence[str] | None = None, filters: list[tuple[str, str, Any]] | None = None
) -> pa.Table:
    """Return the ``columns`` of the table at ``path``, all where none are named, in this order.

    Raises ``TablesMissingError`` where the file is missing, damaged or lacks a column.
    """
    with _telling_damage(path):
        table = pq.read_table(path, columns=None if columns is None else list(columns), filters=filters)
    try:
        return table if columns is None else table.select(list(columns))
    except KeyError as error:
        raise _damaged(path, error) from error


def read_schema(path: Path) -> pa.Schema:
    """Return the columns of the table at ``path``. Raises ``TablesMissingError`` as ``read_table`` does."""
    with _telling_damage(path):
        return pq.read_schema(path)


@contextmanager
def opened(path: Path) -> Iterator[pq.ParquetFile]:
    """Open the table at ``path`` to be read in batches. Raises ``TablesMissingError`` as ``read_table`` does."""
    with _telling_damage(path), pq.ParquetFile(path) as file:
        yield file


@contextmanager
def _telling_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        message = f"'{path}' is missing: '{path.parent}' is not the output folder of a finished run."
        raise TablesMissingError(message) from error
    except pa.ArrowInvalid as error:
        raise _damaged(path, error) from error
    except OSError as error:
        if error.errno is not None:  # the disk's own, not what Arrow says of bytes that it can't read
            raise
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> TablesMissingError:
    reason = str(error).partition("\n")[0]
    return TablesMissingError(
        f"'{path}' is damaged, or of another version ({reason}): run 'gongkai run' again into '{path.parent}'."
    )
