"""Read files in worker processes, one file at a time each, and hand the outcomes on in the order of the files.

A worker that hangs is killed from outside, one that crashes is replaced, and memory is limited where the system can
do so (Linux). In each case the file concerned becomes an outcome with a reason, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import os
import signal
import sys
import time
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessPool

from pipeline.model import Outcome, Problem, SourceFile, Timing
from pipeline.rulebook import RuleError, load_rulebook
from pipeline.running.errors import WorkerError
from pipeline.running.job import OUT_OF_MEMORY, fingerprint, read_report, unread
from pipeline.running.mock import VARIABLE

if sys.platform != "win32":
    import fcntl
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from pebble import ProcessFuture

    from pipeline.rulebook import ChosenRules, Rulebook
    from pipeline.running.corpus import InputFile

    Job = Callable[[Path, str, Rulebook], Outcome]

_WINDOW_PER_WORKER = 16
_FILES_PER_WORKER = 200
_PRELOADED, _COMPILED = "pipeline.running.preloaded", "pipeline.running.compiled"
_MANY_FILES = 200
_MOST_RESTARTS = 3
_SECONDS_TO_START = 60.0
_HEARTBEAT_SECONDS = 1.0
_BYTES_PER_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of wall time, and MB of address space of its worker."""

    timeout: float
    memory_mb: int


def read_files(
    files: Sequence[InputFile], rules: ChosenRules, limits: Limits, jobs: int, job: Job = read_report
) -> Generator[Outcome]:
    """Yield one outcome per file, in the order of ``files``, read by ``jobs`` workers with the rules in ``rules``.

    ``job`` is a function of a module, which the workers find by its name. A bounded number of files is under way at any
    time, so memory does not grow with the corpus. Raises ``WorkerError`` where no worker can do its work.
    """
    with _main_left_alone():
        yield from _in_pools(files, rules, limits, jobs, job)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_pools(
    files: Sequence[InputFile], rules: ChosenRules, limits: Limits, jobs: int, job: Job
) -> Generator[Outcome]:
    """Yield the outcomes, with a new pool where one breaks down."""
    remaining = iter(files)
    pending: deque[InputFile] = deque(islice(remaining, jobs * _WINDOW_PER_WORKER))
    failed_starts = 0
    while pending:
        pool = _new_pool(rules, limits, jobs, job, has_many=len(files) >= _MANY_FILES)
        try:
            futures = deque(_schedule(pool, file, rules, limits, job) for file in pending)
            while pending:
                outcome = _outcome(pending[0], futures[0], limits, pool)
                failed_starts = 0
                pending.popleft()
                futures.popleft()
                for file in islice(remaining, 1):
                    pending.append(file)
                    futures.append(_schedule(pool, file, rules, limits, job))
                yield outcome
        except BrokenProcessPool as error:
            failed_starts += 1
            if failed_starts > _MOST_RESTARTS:
                message = "The worker processes end before they can read a file: raise --memory, or lower --jobs."
                raise WorkerError(message) from error
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """Keep workers from running the user's script once more: they need nothing of it, and it may not be made for it."""
    main = sys.modules["__main__"]
    hidden: dict[str, object] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(hidden)


def _new_pool(rules: ChosenRules, limits: Limits, jobs: int, job: Job, *, has_many: bool) -> ProcessPool:
    """Return a pool whose workers share what was loaded before they were forked; for many files all patterns too."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if isinstance(context, multiprocessing.context.ForkServerContext):
        preloaded = [__name__]
        if job is read_report:
            preloaded += [_PRELOADED, _COMPILED] if has_many else [_PRELOADED]
        context.set_forkserver_preload(preloaded)
    return ProcessPool(
        jobs,
        _FILES_PER_WORKER,
        initializer=_prepare_worker,
        initargs=(rules, limits, os.environ.get(VARIABLE, "")),
        context=context,
    )


def _prepare_worker(rules: ChosenRules, limits: Limits, mock: str) -> None:
    """Limit the process, tie its life to that of the run, load the rules, and silence what libraries print."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for a loop in C to end
    if sys.platform == "linux":
        _end_with_parent()
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_mb * _BYTES_PER_MB,) * 2)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ[VARIABLE] = mock  # the server that forks workers may be older than the variable
    _rulebook(rules).prepare()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _end_with_parent() -> None:
    """Let the system send SIGIO, which ends this process whatever it does, when the run that it works for dies.

    The parent in the sense of the system is the server that forks workers; only the pipe leads to the run itself.
    """
    run = multiprocessing.parent_process()
    if run is not None:
        fcntl.fcntl(run.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(run.sentinel, fcntl.F_SETFL, fcntl.fcntl(run.sentinel, fcntl.F_GETFL) | os.O_ASYNC)


@lru_cache(maxsize=1)
def _rulebook(rules: ChosenRules) -> Rulebook:
    return load_rulebook(rules.folder, rules.also)


def _schedule(
    pool: ProcessPool, file: InputFile, rules: ChosenRules, limits: Limits, job: Job
) -> ProcessFuture[Outcome] | Outcome:
    if file.refusal is not None:
        source = SourceFile(file.relative, file.size or 0, "")
        return unread(source, file.refusal.reason, file.refusal.message)
    try:
        return pool.schedule(_do_in_worker, args=(job, file.path, file.relative, rules), timeout=limits.timeout)
    except RuntimeError as error:
        raise BrokenProcessPool from error


def _do_in_worker(job: Job, path: Path, relative: str, rules: ChosenRules) -> Outcome:
    return job(path, relative, _rulebook(rules))


def _outcome(file: InputFile, future: ProcessFuture[Outcome] | Outcome, limits: Limits, pool: ProcessPool) -> Outcome:
    if isinstance(future, Outcome):
        outcome = future
    else:
        error = _error(future, pool, limits)
        outcome = future.result() if error is None else _killed(file, error, limits)
    if not file.is_escaped:
        return outcome
    message = "The name of the file is not UTF-8; the path shows its bytes as \\x and two digits."
    return replace(outcome, problems=(Problem("corpus", "name_undecodable", message), *outcome.problems))


def _error(future: ProcessFuture[Outcome], pool: ProcessPool, limits: Limits) -> BaseException | None:
    """Return how the oldest ``future`` ended.

    Raises ``BrokenProcessPool`` where a broken pool left it without an end, or a worker was killed just after taking
    the file and before saying so.
    """
    latest = time.monotonic() + 2 * limits.timeout + _SECONDS_TO_START
    while True:
        try:
            return future.exception(timeout=_HEARTBEAT_SECONDS)
        except TimeoutError:
            if not future.done() and (not pool.active or time.monotonic() > latest):
                raise BrokenProcessPool from None


def _killed(file: InputFile, error: BaseException, limits: Limits) -> Outcome:
    """Return the outcome of a file whose worker did not tell. Raises the error where it is the pool's or the rules'."""
    timings = []
    match error:
        case BrokenProcessPool() | RuleError():
            raise error
        case TimeoutError():
            reason = "timeout"
            message = f"Reading took longer than {limits.timeout:g} seconds and was stopped: raise --timeout."
            timings = [Timing("stopped", limits.timeout)]
        case ProcessExpired(exitcode=code):
            reason = f"crash_signal_{-code}" if code < 0 else f"crash_exit_{code}"
            message = "The process that read the file crashed; please report it with the file."
        case MemoryError():
            reason, message = "memory", OUT_OF_MEMORY
        case _:
            reason, message = "parser_error", f"{type(error).__name__}: {error}; please report it with the file."
    return unread(fingerprint(file.path, file.relative), reason, message, timings)
