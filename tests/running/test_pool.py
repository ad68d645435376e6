"""One bad file harms no other: it is killed from outside where it must be, and becomes a row."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures.process import BrokenProcessPool
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from pebble import ProcessFuture

from pipeline.model import DocumentStatus, Outcome
from pipeline.rulebook import ChosenRules
from pipeline.running import pool
from pipeline.running.corpus import find_files
from pipeline.running.errors import WorkerError
from pipeline.running.mock import VARIABLE
from pipeline.running.pool import Limits, read_files

if TYPE_CHECKING:
    from pathlib import Path

ROOMY = Limits(timeout=60.0, memory_mb=4096)


def read(corpus: Path, rules: Path, limits: Limits = ROOMY, jobs: int = 2) -> dict[str, Outcome]:
    return {
        outcome.source.path: outcome for outcome in read_files(find_files(corpus), ChosenRules(rules), limits, jobs)
    }


def mock(corpus: Path, order: str) -> None:
    (corpus / f"{order}.txt").write_text(f"%GONGKAI-MOCK {order}\n", encoding="utf-8")


@pytest.fixture(autouse=True)
def mocks_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")


def test_outcomes_come_in_the_order_of_the_files(corpus: Path, rules_folder: Path) -> None:
    outcomes = read(corpus, rules_folder)
    assert list(outcomes) == ["2021/b.txt", "a.txt", "c.txt"]
    assert [each.observations[0].value for each in outcomes.values()] == [3312.0, 2312.0, 4312.0]


def test_the_order_holds_where_more_files_wait_than_are_under_way(
    corpus: Path, rules_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_WINDOW_PER_WORKER", 1)
    assert list(read(corpus, rules_folder)) == ["2021/b.txt", "a.txt", "c.txt"]


def test_a_crash_is_a_row_and_the_others_go_on(corpus: Path, rules_folder: Path) -> None:
    for order in ("segv", "exit", "raise"):
        mock(corpus, order)
    outcomes = read(corpus, rules_folder)
    assert {path: each.reason for path, each in outcomes.items()} == {
        "2021/b.txt": None,
        "a.txt": None,
        "c.txt": None,
        "exit.txt": "crash_exit_7",
        "raise.txt": "parser_error",
        "segv.txt": "crash_signal_11",
    }
    assert {each.status for each in outcomes.values() if each.reason} == {DocumentStatus.FAILED}
    assert all(len(each.source.sha256) == 64 for each in outcomes.values())


def test_a_hang_is_ended_from_outside(corpus: Path, rules_folder: Path) -> None:
    for order in ("hang", "hang_c"):
        mock(corpus, order)
    outcomes = read(corpus, rules_folder, Limits(timeout=4.0, memory_mb=4096))
    for order in ("hang", "hang_c"):
        assert outcomes[f"{order}.txt"].reason == "timeout"
        assert "4 seconds" in (outcomes[f"{order}.txt"].message or "")
    assert [each.status for each in outcomes.values()].count(DocumentStatus.OK) == 3
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_is_limited(corpus: Path, rules_folder: Path) -> None:
    mock(corpus, "alloc")
    outcomes = read(corpus, rules_folder, Limits(timeout=60.0, memory_mb=700))
    assert outcomes["alloc.txt"].reason == "memory"
    assert [each.status for each in outcomes.values()].count(DocumentStatus.OK) == 3


def test_workers_are_replaced_before_they_grow_old(
    corpus: Path, rules_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_FILES_PER_WORKER", 1)
    assert [each.status for each in read(corpus, rules_folder, jobs=1).values()] == [DocumentStatus.OK] * 3


def test_an_entry_that_is_refused_is_not_opened(corpus: Path, rules_folder: Path) -> None:
    (corpus / "link.txt").symlink_to(corpus / "a.txt")
    outcome = read(corpus, rules_folder)["link.txt"]
    assert (outcome.status, outcome.reason, outcome.timings) == (DocumentStatus.FAILED, "symlink", ())


@pytest.mark.skipif(sys.platform != "linux", reason="only here a name may be any bytes")
def test_a_name_that_is_not_utf8_is_read_and_told(corpus: Path, rules_folder: Path) -> None:
    (corpus / "a.txt").rename(corpus / "\udcb1.txt")
    outcome = read(corpus, rules_folder)["\\xb1.txt"]
    assert outcome.status is DocumentStatus.OK
    assert [problem.kind for problem in outcome.problems] == ["name_undecodable"]


def test_workers_that_can_not_start_end_the_run(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="end before they can read"):
        read(corpus, tmp_path / "no rules here")


def test_a_pool_that_breaks_is_replaced(corpus: Path, rules_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pool._schedule
    breaks = iter([True])

    def schedule(*arguments: object) -> object:
        if next(breaks, False):
            raise BrokenProcessPool
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "_schedule", schedule)
    assert [each.status for each in read(corpus, rules_folder).values()] == [DocumentStatus.OK] * 3


def test_the_main_script_is_as_it_was(corpus: Path, rules_folder: Path) -> None:
    main = vars(sys.modules["__main__"])
    before = {name: main[name] for name in ("__file__", "__spec__") if name in main}
    read(corpus, rules_folder)
    assert {name: main[name] for name in ("__file__", "__spec__") if name in main} == before


@pytest.mark.parametrize("active", [True, False], ids=["a worker was killed", "the pool broke"])
def test_a_file_that_a_pool_forgets_is_not_waited_for(*, active: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(pool, "_SECONDS_TO_START", 0.01 if active else 1e9)
    with pytest.raises(BrokenProcessPool):
        pool._error(ProcessFuture(), SimpleNamespace(active=active), Limits(0.01, 4096))  # type: ignore[arg-type]
