"""Scan a corpus: tell what each file is before anything is read from it: type, encoding, copies, whose report."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.formats import suffix_fits
from pipeline.model import DocumentStatus
from pipeline.running.corpus import find_files
from pipeline.running.job import examine_bytes, identify_report
from pipeline.running.pool import Limits, processors, read_files
from pipeline.running.proof import prove_rules
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from pipeline.model import Outcome


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What one file of a corpus is. What was not looked at, or is not proven, is null.

    ``size`` is in bytes; ``suffix_fits`` is null where the suffix promises no type of document; ``duplicate_of`` is the
    path of the first file with the same bytes. ``status``, ``reason`` and ``message`` are those that a run would give
    the file if it were no copy of another. Where only bytes were looked at, ``status`` is null unless they tell.
    """

    path: str
    size: int
    sha256: str | None
    format: str | None
    suffix_fits: bool | None
    encoding: str | None
    duplicate_of: str | None
    status: DocumentStatus | None
    reason: str | None
    message: str | None
    is_report: bool | None
    agency: str | None
    year: int | None
    era: str | None
    is_template: bool | None
    is_tampered: bool | None


def scan(  # noqa: PLR0913 — the options of the command
    corpus: str | Path,
    *,
    quick: bool = False,
    jobs: int | None = None,
    timeout: float = 60.0,
    memory: int = 4096,
    only: str | None = None,
    rules: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Generator[ScannedFile]:
    """Yield what each file in ``corpus`` is, in code-point order of the paths; ``quick`` looks at bytes alone.

    The other options are those of ``run``. Raises ``RuleError`` for a mistake in the rules, ``CorpusError`` where there
    is nothing to read, ``WorkerError`` where no worker can start.
    """
    folder = Path(rules) if rules is not None else shipped_folder("rules")
    prove_rules(folder)
    files = find_files(Path(corpus), only=only)
    job = examine_bytes if quick else identify_report
    outcomes = read_files(files, folder, Limits(timeout, memory), min(jobs or processors(), len(files)), job)
    first_paths: dict[str, str] = {}
    with closing(outcomes):
        for done, outcome in enumerate(outcomes, start=1):
            source = outcome.source
            first = first_paths.setdefault(source.sha256, source.path) if source.size else source.path
            yield _scanned(outcome, first if first != source.path else None, quick=quick)
            if progress is not None:
                progress(done, len(files))


def _scanned(outcome: Outcome, duplicate_of: str | None, *, quick: bool) -> ScannedFile:
    source, identity = outcome.source, outcome.identity
    return ScannedFile(
        path=source.path,
        size=source.size,
        sha256=source.sha256 or None,
        format=source.format,
        suffix_fits=suffix_fits(source.path, source.format) if source.format else None,
        encoding=source.encoding,
        duplicate_of=duplicate_of,
        status=None if quick and outcome.status is DocumentStatus.OK else outcome.status,
        reason=outcome.reason,
        message=outcome.message,
        is_report=identity.rejected is None if identity else None,
        agency=identity.agency if identity else None,
        year=identity.year if identity else None,
        era=identity.era if identity else None,
        is_template=identity.is_template if identity else None,
        is_tampered=identity.is_tampered if identity else None,
    )
