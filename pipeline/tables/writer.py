"""Write the tables of a run: streamed to a folder inside OUT, moved into place when complete, the manifest last.

A run that ends early leaves the tables of the run before untouched. One that is stopped while the files are moved is
completed by the next, since the manifest in the folder says that everything beside it is whole.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model import DocumentStatus
from pipeline.tables.bodies import DOCUMENT_COLUMNS, candidates, read_bodies
from pipeline.tables.checks import confirmed_by, with_more
from pipeline.tables.coverage import CELL_COLUMNS, SECTION_COLUMNS, build_coverage
from pipeline.tables.errors import OutputError
from pipeline.tables.facts import OBSERVATION_COLUMNS, Facts
from pipeline.tables.panel import build_panel
from pipeline.tables.rows import rows_of
from pipeline.tables.schema import LINKS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pipeline.model import Outcome
    from pipeline.rulebook.book import PanelRules
    from pipeline.tables.bodies import BodyYear, Candidates
    from pipeline.tables.rows import Row

    Described = Callable[[Path, Mapping[str, Any]], str]

MANIFEST = "manifest.json"

_UNFINISHED = ".unfinished"
_DRAFT = "documents.draft"
_ROWS_PER_GROUP = 20_000


class TableFile:
    """One parquet file being written; rows come in document by document, and no document is cut in two row groups."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.rows = 0
        self._schema = schema
        self._waiting: list[Row] = []
        self._file = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, schema, compression="zstd", version="2.6")

    def add(self, rows: list[Row]) -> None:
        """Take the rows of one document."""
        self._waiting.extend(rows)
        if len(self._waiting) >= _ROWS_PER_GROUP:
            self._flush()

    def write(self, table: pa.Table) -> None:
        """Write rows that are columns already, as one row group."""
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        self.rows += table.num_rows

    def finish(self) -> None:
        """Write what is left, and return once it is on the disk."""
        self._flush()
        self._writer.close()
        _sync(self._file)
        self._file.close()

    def abandon(self) -> None:
        """Close the file, whatever is missing from it."""
        for close in (self._writer.close, self._file.close):
            with suppress(OSError):
                close()

    def _flush(self) -> None:
        if self._waiting:
            self.write(pa.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting.clear()


class TableSet:
    """All tables of one run in the making. Leaving the context without ``commit`` removes what was written.

    First the reports go in one by one with ``add``; after ``close_reports`` what was written of them can be read back
    to compare them, and checks between reports go in with ``add_checks``.
    """

    def __init__(self, out: Path, rules: PanelRules) -> None:
        self._out = out
        self._folder = out / _UNFINISHED
        self._rules = rules
        self._first_paths: dict[str, str] = {}
        self._files: dict[str, TableFile] = {}
        self._found: dict[str, dict[int, Candidates]] = {}
        self._facts: Facts | None = None

    def __enter__(self) -> Self:
        with writing(self._out):
            _clear(self._folder, self._out)
            self._folder.mkdir()
            self._files = {name: TableFile(self._begun(name), schema) for name, schema in TABLES.items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.abandon()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, outcome: Outcome) -> str | None:
        """Write the rows of one file; return the path of an earlier file with the same bytes, where there is one.

        Files must come in the order of their paths. Raises ``QuoteError`` and ``OutputError``.
        """
        sha256 = outcome.source.sha256
        duplicate_of = self._first_paths.get(sha256)
        if sha256 and outcome.status is not DocumentStatus.FAILED:
            self._first_paths.setdefault(sha256, outcome.source.path)
        rows = rows_of(outcome, duplicate_of)
        with writing(self._out):
            for name, found in rows.items():
                self._files[name].add(found)
        return duplicate_of

    def add_rows(self, name: str, rows: list[Row]) -> None:
        """Write rows of a table that compares documents."""
        with writing(self._out):
            self._files[name].add(rows)

    def close_reports(self, links: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Complete the tables of the reports, so that they can be read back.

        ``links`` are, by column, the paths of documents with the path of what each repeats.
        """
        with writing(self._out):
            for file in self._files.values():
                file.finish()
            self._files["documents"] = self._write_documents(links or {})
            with pq.ParquetFile(self._path("documents")) as documents:
                self._found = candidates(documents.read(columns=list(DOCUMENT_COLUMNS)).to_pylist(), self._rules)
            files = (each for years in self._found.values() for year in years.values() for each in year.speaking)
            batches = self._batches("observations", OBSERVATION_COLUMNS)
            self._facts = Facts(batches, {each["document_id"] for each in files}, self._rules.split)

    def bodies(self) -> Iterator[tuple[BodyYear, ...]]:
        """Yield the years of each body with the report that speaks for each, after ``close_reports``."""
        if self._facts is not None:
            yield from read_bodies(self._found, self._facts, self._rules)

    def confirmed(self, observations: Collection[str]) -> frozenset[str]:
        """Return those of some observations that a check within their report confirms, after ``close_reports``."""
        return confirmed_by(self._batches("checks"), observations)

    def add_checks(self, rows: Mapping[str, list[Row]]) -> None:
        """Put checks between reports, by document id, behind the checks within each report."""
        own = self._path("checks").rename(self._folder / "checks.own")
        with writing(self._out), pq.ParquetFile(self._path("documents")) as documents, pq.ParquetFile(own) as checks:
            order = documents.read(columns=["document_id"])["document_id"].to_pylist()
            file = self._files["checks"] = TableFile(self._path("checks"), TABLES["checks"])
            for found in with_more(checks.iter_batches(), rows, order):
                file.add(found)
            file.finish()
        own.unlink()

    def commit(self, manifest: Mapping[str, Any], beside: Mapping[str, Described] | None = None) -> dict[str, int]:
        """Write the tables that compare, put all with ``manifest`` in the place of the old, and return their rows.

        ``beside`` are further files by name: each the text that its function makes of the folder of tables and the
        manifest.
        """
        with writing(self._out):
            if self._facts is None:
                self.close_reports()
            for name, table in self._comparing().items():
                file = self._files[name] = TableFile(self._path(name), table.schema)
                file.write(table)
                file.finish()
            tables = {
                name: {"file": file.path.name, "rows": file.rows, "sha256": _sha256(file.path)}
                for name, file in sorted(self._files.items())
            }
            files = {}
            for name, describe in (beside or {}).items():
                _write(self._folder / name, describe(self._folder, manifest))
                files[name] = _sha256(self._folder / name)
            manifest = {**manifest, "tables": tables, "files": files}
            _write(self._folder / MANIFEST, f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n")
            _move_into_place(self._folder, self._out)
        return {name: file.rows for name, file in self._files.items()}

    def _write_documents(self, links: Mapping[str, Mapping[str, str]]) -> TableFile:
        """Write documents.parquet from its draft, with what only all documents together tell."""
        file = TableFile(self._path("documents"), TABLES["documents"])
        with pq.ParquetFile(self._begun("documents")) as draft:
            for batch in draft.iter_batches():
                rows = batch.to_pylist()
                for row in rows:
                    for column in LINKS:
                        row[column] = row[column] or links.get(column, {}).get(row["path"])
                file.add(rows)
        file.finish()
        self._begun("documents").unlink()
        return file

    def _comparing(self) -> dict[str, pa.Table]:
        panel, values = build_panel(self.bodies(), self._rules)
        sections = self._batches("sections", SECTION_COLUMNS)
        cells = self._batches("observations", CELL_COLUMNS)
        return {
            "panel": panel,
            "panel_values": values,
            "coverage": build_coverage(self._found, sections, cells),
        }

    def _batches(self, name: str, columns: Collection[str] | None = None) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self._path(name)) as file:
            yield from file.iter_batches(columns=list(columns) if columns else None)

    def _begun(self, name: str) -> Path:
        """Return where the rows of a table are collected: those of documents are not whole until all are there."""
        return self._folder / _DRAFT if name == "documents" else self._path(name)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn what the disk refuses into an ``OutputError`` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            what = "the disk is full: make room and run again"
        else:
            what = f"{error.strerror or error}: name another folder with --out"
        message = f"The tables can't be written to '{out}', {what}. What stood there before is untouched."
        raise OutputError(message) from error


def _clear(unfinished: Path, out: Path) -> None:
    """Remove what a run left that was stopped; complete it first where only the move into place was missing."""
    if (unfinished / MANIFEST).is_file():
        _move_into_place(unfinished, out)
    elif unfinished.exists():
        shutil.rmtree(unfinished)


def _move_into_place(folder: Path, out: Path) -> None:
    """Move the files of a complete folder; without manifest, the tables of ``out`` are known to be in between."""
    _sync_folder(folder)
    (out / MANIFEST).unlink(missing_ok=True)
    for path in sorted(folder.iterdir()):
        if path.name != MANIFEST:
            path.replace(out / path.name)
    (folder / MANIFEST).replace(out / MANIFEST)
    _sync_folder(out)
    folder.rmdir()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        _sync(stream)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(stream: IO[Any]) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder last; Windows does so by itself and opens no folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
