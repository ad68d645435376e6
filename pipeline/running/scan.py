"""Scan a corpus: tell what each file is before anything is read from it: type, encoding, copies, whose report."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.across import compare, report_of
from pipeline.formats import suffix_fits
from pipeline.model import DocumentStatus, Identity
from pipeline.rulebook import ChosenRules
from pipeline.running.corpus import find_files
from pipeline.running.job import examine_bytes, identify_report
from pipeline.running.pool import Limits, processors, read_files
from pipeline.running.proof import load_proven
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import date

    from pipeline.across import Report
    from pipeline.model import Outcome


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What one file of a corpus is. What was not looked at, or is not proven, is null.

    ``size`` is in bytes; ``suffix_fits`` is null where the suffix promises no type of document. ``same_bytes_as`` is
    the path of the first file with the same bytes; ``agency_evidence``, ``place_evidence`` and ``year_evidence`` are
    the printed words that prove these fields. ``duplicate_of``, ``reissue_of`` and ``clone_of`` are those of a run, but
    that only the values of tables are known here. ``status``, ``reason`` and ``message`` are those that a run would
    give the file if it were no copy of another. Where only bytes were looked at, ``status`` is null unless they tell.
    """

    path: str
    size: int
    sha256: str | None
    format: str | None
    suffix_fits: bool | None
    encoding: str | None
    same_bytes_as: str | None
    duplicate_of: str | None
    reissue_of: str | None
    clone_of: str | None
    status: DocumentStatus | None
    reason: str | None
    message: str | None
    is_report: bool | None
    kind: str | None
    kind_evidence: str | None
    agency: str | None
    agency_evidence: str | None
    agency_name: str | None
    agency_key: str | None
    agency_type: str | None
    level: str | None
    province: str | None
    prefecture: str | None
    county: str | None
    township: str | None
    adcode: str | None
    township_code: str | None
    place_evidence: str | None
    year: int | None
    year_evidence: str | None
    period_start: date | None
    period_end: date | None
    published: date | None
    era: str | None
    scope: str | None
    is_template: bool | None
    is_tampered: bool | None
    is_traditional: bool | None


_OF_IDENTITY = frozenset(field.name for field in fields(Identity)) & frozenset(
    field.name for field in fields(ScannedFile)
)


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
    chosen = ChosenRules(folder)
    load_proven(chosen)
    files = find_files(Path(corpus), only=only)
    job = examine_bytes if quick else identify_report
    outcomes = read_files(files, chosen, Limits(timeout, memory), min(jobs or processors(), len(files)), job)
    first_paths: dict[str, str] = {}
    scanned: list[ScannedFile] = []
    reports: list[Report] = []
    with closing(outcomes):
        for done, outcome in enumerate(outcomes, start=1):
            source = outcome.source
            first = first_paths.setdefault(source.sha256, source.path) if source.size else source.path
            scanned.append(_scanned(outcome, first if first != source.path else None, quick=quick))
            if first == source.path and (report := report_of(outcome)):
                reports.append(report)
            if progress is not None:
                progress(done, len(files))
    links = compare(reports).links
    for file in scanned:
        yield replace(
            file,
            duplicate_of=file.same_bytes_as or links["duplicate_of"].get(file.path),
            reissue_of=links["reissue_of"].get(file.path),
            clone_of=links["clone_of"].get(file.path),
        )


def _scanned(outcome: Outcome, same_bytes_as: str | None, *, quick: bool) -> ScannedFile:
    source, identity = outcome.source, outcome.identity
    quotes = {name: proof.quote for name, proof in identity.evidence} if identity else {}
    return ScannedFile(
        path=source.path,
        size=source.size,
        sha256=source.sha256 or None,
        format=source.format,
        suffix_fits=suffix_fits(source.path, source.format) if source.format else None,
        encoding=source.encoding,
        same_bytes_as=same_bytes_as,
        duplicate_of=None,
        reissue_of=None,
        clone_of=None,
        status=None if quick and outcome.status is DocumentStatus.OK else outcome.status,
        reason=outcome.reason,
        message=outcome.message,
        is_report=identity.rejected is None if identity else None,
        agency_evidence=quotes.get("agency"),
        year_evidence=quotes.get("year"),
        **{name: getattr(identity, name) if identity else None for name in _OF_IDENTITY},
    )
