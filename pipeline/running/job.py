"""Read one report: the stages in their order, from the bytes of a file to all that it yields, or as far as asked.

Whatever goes wrong with a file becomes an outcome with a status and a reason: no file stops a run. Only a mistake in
the rules does.
"""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.formats import examine, read
from pipeline.formats.errors import UnreadableFile
from pipeline.model import DocumentStatus, Outcome, Paragraph, SourceFile, Timing, ValueStatus
from pipeline.rulebook import RuleError
from pipeline.running.mock import misbehave
from pipeline.stages.account import close_ledger, open_ledger
from pipeline.stages.classify import classify
from pipeline.stages.clean import clean
from pipeline.stages.count_terms import count_terms
from pipeline.stages.extract import extract
from pipeline.stages.identify import identify, one_report
from pipeline.stages.reconcile import reconcile
from pipeline.stages.segment import segment
from pipeline.stages.sketch import sketch
from pipeline.stages.spam import mark_spam
from pipeline.stages.tabulate import Tabulated, captioned, tabulate
from pipeline.stages.validate import validate

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.model import Document, Identity, Problem
    from pipeline.rulebook import Rulebook

OUT_OF_MEMORY = "Reading the file takes more memory than allowed: raise --memory, or split the file."

_PROSE = "prose"
_WITHOUT_TEXT = "links"
_LOSSES = frozenset(
    {
        "needs_ocr",
        "several_reports",
        "truncated",
        "encoding_lossy",
        "text_lost",
        "mojibake",
        "limit_reached",
        "too_deep",
        "row_unread",
        "table_incomplete",
        "table_missing",
        "table_unknown",
        "table_unreadable",
    }
)
_KB_PER_MB, _BYTES_PER_MB = 1024, 1024 * 1024


def read_report(path: Path, relative: str, rulebook: Rulebook) -> Outcome:
    """Return everything that the file ``path`` yields, under its name ``relative`` in the corpus."""
    return _guarded(path, relative, lambda clock: _run_all_stages(path, relative, rulebook, clock))


def identify_report(path: Path, relative: str, rulebook: Rulebook) -> Outcome:
    """Return what the file is, whose report and on which form, as ``read_report`` tells it, without its content."""
    outcome = _guarded(
        path, relative, lambda clock: _sketched(_run_first_stages(path, relative, rulebook, clock)[0], clock)
    )
    return replace(outcome, document=None, sections=(), observations=())


def examine_bytes(path: Path, relative: str, _: Rulebook) -> Outcome:
    """Return what the bytes alone tell of the file: type, size, encoding; nothing in it is parsed."""
    return _guarded(path, relative, lambda clock: _examine(path, relative, clock))


def _guarded(path: Path, relative: str, work: Callable[[Clock], Outcome]) -> Outcome:
    clock = Clock()
    try:
        return work(clock)
    except UnreadableFile as refusal:
        source = refusal.source or fingerprint(path, relative)
        return unread(source, refusal.reason, refusal.message, timings=clock.timings)
    except RuleError:
        raise
    except MemoryError:
        reason, message = "memory", OUT_OF_MEMORY
    except RecursionError:
        reason, message = "too_deep", "The file is nested too deeply to be read."
    except Exception as error:  # noqa: BLE001 — a fault of ours in one file must not cost the others
        reason = "parser_error"
        message = f"{type(error).__name__}: {error} ({_place_of(error)}); please report it with the file."
    return unread(fingerprint(path, relative), reason, message, timings=clock.timings)


def _examine(path: Path, relative: str, clock: Clock) -> Outcome:
    with clock.time("examine"):
        source, problems = examine(path, relative)
    status, reason, message = _verdict(None, problems)
    return Outcome(source, status, reason, message, problems=problems, timings=tuple(clock.timings))


def _run_first_stages(path: Path, relative: str, rulebook: Rulebook, clock: Clock) -> tuple[Outcome, Tabulated]:
    """Return the document, its sections, identity and tables; as observations the cells of these."""
    with clock.time("read"):
        misbehave(path)
        document = read(path, relative)
        _require_storable(document)
    with clock.time("clean"):
        document = one_report(mark_spam(clean(document, rulebook), rulebook), rulebook)
    if not _has_text(document):
        return _without_text(document, clock), Tabulated()
    with clock.time("segment"):
        sections = segment(document, rulebook)
    with clock.time("classify"):
        sections = classify(sections, document, rulebook)
    with clock.time("tabulate"):
        tabulated = tabulate(document, sections, rulebook.eras)
    with clock.time("identify"):
        identified = identify(document, tabulated.era_id or _PROSE, tabulated.observations, rulebook)
    document = replace(document, problems=(*document.problems, *identified.problems))
    rejected = identified.identity.rejected
    tabulated = Tabulated() if rejected else captioned(tabulated, document, identified.identity)
    known = Outcome(
        document.source,
        DocumentStatus.OK,
        document=document,
        identity=identified.identity,
        sections=sections,
        timings=tuple(clock.timings),
    )
    return _with_tables(known, tabulated, document, identified.identity), tabulated


def _run_all_stages(path: Path, relative: str, rulebook: Rulebook, clock: Clock) -> Outcome:
    known, tabulated = _run_first_stages(path, relative, rulebook, clock)
    document, identity = known.document, known.identity
    if document is None or identity is None:
        return known
    with clock.time("open_ledger"):
        ledger = open_ledger(document, rulebook)
    with clock.time("extract"):
        found = (
            ()
            if identity.rejected
            else extract(document, known.sections, ledger, identity.year, rulebook, for_all=identity.is_for_all)
        )
        prose = tuple(each for each in found if not tabulated.holds(each.evidence))
    if any(each.status is ValueStatus.UNREADABLE for each in known.observations):
        with clock.time("tabulate_with_prose"):
            tabulated = captioned(tabulate(document, known.sections, rulebook.eras, prose), document, identity)
            known = _with_tables(known, tabulated, document, identity)
    with clock.time("reconcile"):
        observations = reconcile((*known.observations, *prose), document)
    with clock.time("close_ledger"):
        numerals = close_ledger(ledger, observations, document)
    with clock.time("validate"):
        form = next(era for era in rulebook.eras if era.id == (tabulated.form_id or _PROSE))
        validation = validate(observations, numerals, document, identity, form, rulebook.agreements)
    with clock.time("count_terms"):
        stop_words = rulebook.lexicons.stop_words.words
        terms = () if identity.rejected else count_terms(document, known.sections, stop_words)
    read = replace(
        known, observations=validation.observations, numerals=numerals, checks=validation.checks, terms=terms
    )
    return _sketched(read, clock)


def _sketched(outcome: Outcome, clock: Clock) -> Outcome:
    """Return the outcome with what is needed to compare the report with others."""
    if outcome.document is None or outcome.identity is None or outcome.identity.rejected:
        return replace(outcome, timings=tuple(clock.timings))
    with clock.time("sketch"):
        found = sketch(outcome.document, outcome.observations)
    return replace(outcome, sketch=found, timings=tuple(clock.timings))


def _with_tables(known: Outcome, tabulated: Tabulated, document: Document, identity: Identity) -> Outcome:
    """Return the outcome with its tables read anew, and the status that this gives."""
    problems = (*document.problems, *tabulated.problems)
    status, reason, message = _verdict(identity, problems)
    return replace(
        known,
        status=status,
        reason=reason,
        message=message,
        observations=tabulated.observations,
        problems=problems,
    )


def unread(
    source: SourceFile,
    reason: str,
    message: str,
    timings: Iterable[Timing] = (),
) -> Outcome:
    """Return the outcome of a file that yields nothing but the reason why."""
    storable = message.encode("utf-8", "backslashreplace").decode()
    return Outcome(source, DocumentStatus.FAILED, reason, storable, timings=tuple(timings))


def fingerprint(path: Path, relative: str) -> SourceFile:
    """Return size and hash of a file that could not be read; an empty hash where not even its bytes can be had."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return SourceFile(relative, stream.tell(), digest)
    except OSError:
        return SourceFile(relative, 0, "")


@dataclass
class Clock:
    """Measures the stages: seconds each, and the peak memory of the process after it."""

    timings: list[Timing] = field(default_factory=list)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Note how long the body takes, also where it fails."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.timings.append(Timing(stage, time.perf_counter() - started, _peak_mb()))


def _has_text(document: Document) -> bool:
    return any(
        block.text.strip() if isinstance(block, Paragraph) else any(cell.text.strip() for cell in block.cells)
        for block in document.blocks
    )


def _require_storable(document: Document) -> None:
    """Raise ``UnicodeEncodeError`` where a text holds half a character, which no table can store."""
    for block in document.blocks:
        for text in [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]:
            text.encode()


def _without_text(document: Document, clock: Clock) -> Outcome:
    scan = next((problem for problem in document.problems if problem.kind == "needs_ocr"), None)
    if scan is not None:
        status, reason, message = DocumentStatus.NEEDS_OCR, "needs_ocr", scan.message
    else:
        status, reason, message = DocumentStatus.EMPTY, "empty_text", "The file holds no text."
    return Outcome(
        document.source,
        status,
        reason,
        message,
        document=document,
        problems=document.problems,
        timings=tuple(clock.timings),
    )


def _verdict(identity: Identity | None, problems: tuple[Problem, ...]) -> tuple[DocumentStatus, str | None, str | None]:
    scan = next((problem for problem in problems if problem.kind == "needs_ocr"), None)
    if identity is not None and identity.rejected == _WITHOUT_TEXT and scan is not None:
        return DocumentStatus.NEEDS_OCR, "needs_ocr", scan.message
    if identity is not None and identity.rejected:
        return (
            DocumentStatus.NOT_REPORT,
            identity.kind,
            f"The file is no yearly report ({identity.kind_evidence}): nothing was read from it.",
        )
    loss = next((problem for problem in problems if problem.kind in _LOSSES), None)
    if loss is not None:
        return DocumentStatus.PARTIAL, loss.kind, loss.message
    return DocumentStatus.OK, None, None


def _place_of(error: Exception) -> str:
    """Return the innermost place in our own code, as ``stages/extract.py:53``."""
    package = Path(__file__).parents[1]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    return f"{Path(ours[-1].filename).relative_to(package).as_posix()}:{ours[-1].lineno}"


def _peak_mb() -> float | None:
    if sys.platform == "win32":
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_BYTES_PER_MB if sys.platform == "darwin" else _KB_PER_MB)
