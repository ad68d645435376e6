from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import Disposition, DocumentStatus, ValueSource
from pipeline.running import job
from pipeline.running.job import read_report
from pipeline.running.mock import VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rulebook import Rulebook

STAGES = [
    "read",
    "clean",
    "segment",
    "classify",
    "tabulate",
    "identify",
    "open_ledger",
    "extract",
    "reconcile",
    "close_ledger",
    "validate",
    "count_terms",
    "sketch",
]


def test_a_report_goes_through_all_stages(corpus: Path, book: Rulebook) -> None:
    outcome = read_report(corpus / "a.txt", "x/a.txt", book)
    assert (outcome.status, outcome.reason, outcome.message) == (DocumentStatus.OK, None, None)
    assert outcome.source.path == "x/a.txt"
    assert [timing.stage for timing in outcome.timings] == STAGES
    assert outcome.identity
    assert (outcome.identity.year, outcome.identity.era) == (2022, "prose")
    (value,) = outcome.observations
    assert (value.value, value.source, value.observation_id[:16]) == (
        2312.0,
        ValueSource.PROSE,
        outcome.source.document_id,
    )
    read = [each for each in outcome.numerals if each.disposition is Disposition.EXTRACTED]
    assert [(each.text, each.observation_id) for each in read] == [("2312", value.observation_id)]


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (b"", DocumentStatus.FAILED, "zero_byte"),
        (b" \n\n \n", DocumentStatus.EMPTY, "empty_text"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), DocumentStatus.FAILED, "unsupported_type"),
        ("今天天气晴朗，气温回升。\n".encode(), DocumentStatus.NOT_REPORT, "other"),
    ],
    ids=["no bytes", "no text", "no text file", "news"],
)
def test_what_is_no_report_has_a_status_and_a_reason(
    tmp_path: Path, book: Rulebook, content: bytes, status: DocumentStatus, reason: str
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    outcome = read_report(path, "x.txt", book)
    assert (outcome.status, outcome.reason) == (status, reason)
    assert outcome.message
    assert outcome.observations == ()
    assert outcome.source.size == len(content)


def test_a_file_that_is_gone_is_told(tmp_path: Path, book: Rulebook) -> None:
    outcome = read_report(tmp_path / "gone.txt", "gone.txt", book)
    assert (outcome.status, outcome.reason, outcome.source.sha256) == (DocumentStatus.FAILED, "vanished", "")


@pytest.mark.parametrize(
    ("order", "reason", "message"),
    [
        ("raise", "parser_error", "ValueError: told to fail (running/mock.py:"),
        ("recurse", "too_deep", "nested too deeply"),
    ],
)
def test_a_fault_of_ours_is_a_row_that_says_where(
    tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch, order: str, reason: str, message: str
) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    path = tmp_path / "m.txt"
    path.write_text(f"%GONGKAI-MOCK {order}\n", encoding="utf-8")
    outcome = read_report(path, "m.txt", book)
    assert (outcome.status, outcome.reason) == (DocumentStatus.FAILED, reason)
    assert message in (outcome.message or "")
    assert len(outcome.source.sha256) == 64


def test_memory_that_runs_out_is_a_row(corpus: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(job, "read", exhaust)
    outcome = read_report(corpus / "a.txt", "a.txt", book)
    assert (outcome.reason, [timing.stage for timing in outcome.timings]) == ("memory", ["read"])


def test_mock_files_are_text_where_they_are_not_asked_for(
    tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / "m.txt"
    path.write_text("%GONGKAI-MOCK exit\n", encoding="utf-8")
    assert read_report(path, "m.txt", book).status is DocumentStatus.NOT_REPORT
