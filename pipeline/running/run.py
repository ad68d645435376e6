"""Run over a folder of reports: find, read, write; and read a single report without writing anything."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pipeline
from pipeline.across import compare, report_of
from pipeline.model import DocumentStatus, Outcome
from pipeline.rulebook import ChosenRules, load_rulebook
from pipeline.running.comparing import checks_between
from pipeline.running.corpus import find_files
from pipeline.running.job import read_report
from pipeline.running.kept import KeptOutcomes
from pipeline.running.lock import locked
from pipeline.running.pool import Limits, processors, read_files
from pipeline.running.proof import load_proven
from pipeline.shipped import shipped_folder
from pipeline.tables.datapackage import DATAPACKAGE, describe
from pipeline.tables.run_report import REPORT, report
from pipeline.tables.schema import SCHEMA_VERSION
from pipeline.tables.writer import TableSet

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    from pipeline.across import Report
    from pipeline.rulebook import Rulebook
    from pipeline.running.corpus import InputFile

_SLOWEST = 5
_LIBRARIES = ("jieba", "lxml", "pdfplumber", "pyarrow", "pypdfium2", "python-docx", "rapidfuzz", "regex")


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run went: files by status and reason, rows by table, the slowest files in seconds, and the whole time.

    ``unchanged`` is the number of files that an earlier run had read, ``first`` the path of the first file of each
    status and reason.
    """

    out: Path
    files: Mapping[tuple[DocumentStatus, str | None], int]
    first: Mapping[tuple[DocumentStatus, str | None], str]
    rows: Mapping[str, int]
    slowest: tuple[tuple[str, float], ...]
    seconds: float
    unchanged: int

    def count(self, status: DocumentStatus) -> int:
        """Return how many files have ``status``."""
        return sum(number for (found, _), number in self.files.items() if found is status)


def run(  # noqa: PLR0913 — the options of the command
    corpus: str | Path,
    out: str | Path = "outputs",
    *,
    jobs: int | None = None,
    timeout: float = 60.0,
    memory: int = 4096,
    only: str | None = None,
    rules: str | Path | None = None,
    also: Iterable[str] = (),
    retry_failed: bool = False,
    fresh: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Read every report in ``corpus``, a folder or a file, write the tables to ``out``, and return how it went.

    Files that an earlier run into ``out`` read with the same rules, and that are unchanged, are not read again; those
    it could not read are with ``retry_failed``, all with ``fresh``.

    ``jobs`` is the number of worker processes (as many as processors where null), ``timeout`` the seconds and
    ``memory`` the MB that one file may take, ``only`` a shell pattern for paths, ``rules`` a folder in place of the
    rules that came with the program, ``also`` the ids of indicators that are read only if asked for; ``progress`` is
    called with the number of files done and of all files.

    Raises ``RuleError`` for a mistake in the rules, ``CorpusError`` where there is nothing to read, ``OutputError``
    where ``out`` is taken or can't be written, ``WorkerError`` where no worker can start, ``QuoteError`` for a value
    that is not in its text. In each case the tables that were there stay.
    """
    started = datetime.now(UTC)
    clock = time.monotonic()
    corpus, out = Path(corpus), Path(out)
    folder = Path(rules) if rules is not None else shipped_folder("rules")
    chosen = ChosenRules(folder, frozenset(also))
    rulebook = load_proven(chosen)
    files = find_files(corpus, only=only, out=out)
    limits = Limits(timeout, memory)
    jobs = jobs or processors()
    tally = _Tally()
    reports: list[Report] = []
    with (
        locked(out),
        KeptOutcomes(out, rulebook.version, limits, retry_failed=retry_failed, fresh=fresh) as kept,
        TableSet(out, rulebook.panel) as tables,
    ):
        unread = [file for file in files if not kept.holds(file)]
        outcomes = read_files(unread, chosen, limits, min(jobs, len(unread)))
        for done, outcome in enumerate(_outcomes(files, kept, outcomes), start=1):
            is_duplicate = tables.add(outcome) is not None
            tally.add(outcome, duplicate=is_duplicate)
            if not is_duplicate and (known := report_of(outcome)):
                reports.append(known)
            if progress is not None:
                progress(done, len(files))
        comparison = compare(reports)
        tables.add_rows("similarity", [asdict(similarity) for similarity in comparison.similarities])
        tables.close_reports(comparison.links)
        tables.add_checks(checks_between(tables, rulebook))
        seconds = time.monotonic() - clock
        beside = {DATAPACKAGE: partial(describe, book=rulebook), REPORT: partial(report, book=rulebook)}
        rows = tables.commit(
            {
                "tool": "gongkai",
                "version": pipeline.__version__,
                "schema_version": SCHEMA_VERSION,
                "rules_version": rulebook.version,
                "configuration": {
                    "timeout": timeout,
                    "memory_mb": memory,
                    "only": only,
                    "rules": str(rules) if rules is not None else None,
                    "also": sorted(chosen.also),
                },
                "counts": tally.by_status(),
                "environment": _environment(),
                "run": {
                    "corpus": os.fspath(corpus),
                    "jobs": jobs,
                    "started": started.isoformat(timespec="seconds"),
                    "finished": datetime.now(UTC).isoformat(timespec="seconds"),
                    "seconds": round(seconds, 1),
                },
            },
            beside,
        )
        if only is None:
            kept.forget_others(files)
    return Summary(out, tally.files, tally.first, rows, tally.slowest(), seconds, len(files) - len(unread))


def _outcomes(files: Iterable[InputFile], kept: KeptOutcomes, read: Generator[Outcome]) -> Iterator[Outcome]:
    """Yield the outcomes of the files in order: those that are kept, the others as they are read, kept once used."""
    with closing(read):
        for file in files:
            outcome = kept.outcome(file)
            if outcome is None:
                outcome = next(read)
                yield outcome
                kept.keep(file, outcome)
            else:
                yield outcome


def extract(path: str | Path, *, rules: str | Path | None = None, also: Iterable[str] = ()) -> Outcome:
    """Return all that one file yields, read in this process and without limits; failures have a status and a reason.

    ``rules`` and ``also`` are those of ``run``. Raises ``RuleError`` for a mistake in the rules.
    """
    folder = Path(rules) if rules is not None else shipped_folder("rules")
    path = Path(path)
    return read_report(path, path.name, load_rulebook(folder, frozenset(also)))


class _Tally:
    """Counts what became of the files."""

    def __init__(self) -> None:
        self.files: Counter[tuple[DocumentStatus, str | None]] = Counter()
        self.first: dict[tuple[DocumentStatus, str | None], str] = {}
        self._slowest: list[tuple[float, str]] = []

    def add(self, outcome: Outcome, *, duplicate: bool) -> None:
        what = (DocumentStatus.DUPLICATE, None) if duplicate else (outcome.status, outcome.reason)
        self.files[what] += 1
        self.first.setdefault(what, outcome.source.path)
        seconds = sum(timing.seconds for timing in outcome.timings)
        self._slowest = sorted([*self._slowest, (seconds, outcome.source.path)], reverse=True)[:_SLOWEST]

    def by_status(self) -> dict[str, Any]:
        statuses = Counter[str]()
        for (status, _), number in self.files.items():
            statuses[status] += number
        return {"files": self.files.total(), "status": dict(sorted(statuses.items()))}

    def slowest(self) -> tuple[tuple[str, float], ...]:
        return tuple((path, seconds) for seconds, path in self._slowest)


@lru_cache(maxsize=4)
def _rulebook(rules: ChosenRules) -> Rulebook:
    return load_rulebook(rules.folder, rules.also)


def _environment() -> dict[str, str]:
    versions = {"python": platform.python_version()}
    for name in _LIBRARIES:
        versions[name] = metadata.version(name)
    return versions
