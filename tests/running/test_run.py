from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.model import DocumentStatus, Evidence, Outcome
from pipeline.running import run as running
from pipeline.running.errors import CorpusError
from pipeline.running.kept import KEPT
from pipeline.running.lock import locked
from pipeline.tables.errors import OutputError, QuoteError

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = {
    "documents",
    "sections",
    "blocks",
    "observations",
    "numbers",
    "checks",
    "problems",
    "panel",
    "panel_values",
    "coverage",
    "terms",
    "similarity",
    "timings",
}
BESIDE = {"manifest.json", "datapackage.json", "report.html"}


def stable(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet") if path.name != "timings.parquet"}


def documents(out: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(out / "documents.parquet").to_pylist()
    return rows


@pytest.fixture
def mixed(corpus: Path) -> Path:
    (corpus / "empty.pdf").write_bytes(b"")
    (corpus / "d.txt").write_bytes((corpus / "a.txt").read_bytes())
    (corpus / "news.html").write_text("<p>今天天气晴朗。</p>", encoding="utf-8")
    return corpus


def test_every_file_has_one_row_and_statuses_add_up(mixed: Path, tmp_path: Path) -> None:
    summary = pipeline.run(mixed, tmp_path / "out", jobs=1)
    rows = documents(tmp_path / "out")
    assert [(row["path"], row["status"], row["reason"], row["duplicate_of"]) for row in rows] == [
        ("2021/b.txt", "ok", None, None),
        ("a.txt", "ok", None, None),
        ("c.txt", "ok", None, None),
        ("d.txt", "duplicate", None, "a.txt"),
        ("empty.pdf", "failed", "zero_byte", None),
        ("news.html", "not_report", "other", None),
    ]
    assert sum(summary.files.values()) == 6
    assert summary.count(DocumentStatus.OK) == 3
    assert summary.first[DocumentStatus.FAILED, "zero_byte"] == "empty.pdf"
    assert summary.rows["observations"] == sum(row["n_observations"] for row in rows) == 3
    assert summary.rows["numbers"] == sum(row["n_numbers"] for row in rows)


def test_the_manifest_tells_versions_configuration_and_counts(mixed: Path, tmp_path: Path) -> None:
    pipeline.run(mixed, tmp_path / "out", jobs=1, only="*.txt")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["tool"], manifest["version"]) == ("gongkai", pipeline.__version__)
    assert manifest["schema_version"] == "1.0.0"
    assert len(manifest["rules_version"]) == 16
    asked = {"only": "*.txt", "rules": None, "also": []}
    assert manifest["configuration"] == {"timeout": 60.0, "memory_mb": 4096, **asked}
    assert manifest["counts"] == {"files": 4, "status": {"duplicate": 1, "ok": 3}}
    assert manifest["tables"].keys() == TABLES
    assert manifest["run"]["jobs"] == 1


def test_the_bytes_do_not_depend_on_jobs_order_or_hash_seed(mixed: Path, tmp_path: Path) -> None:
    code = "import sys, pipeline; pipeline.run(sys.argv[1], sys.argv[2], jobs=int(sys.argv[3]))"
    places = os.pathsep.join([str(Path(pipeline.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    found = []
    for jobs in ("1", "2", "3"):
        out = tmp_path / jobs
        environment = {**os.environ, "PYTHONHASHSEED": jobs, "TZ": f"UTC{jobs}", "LC_ALL": "C", "PYTHONPATH": places}
        subprocess.run([sys.executable, "-c", code, str(mixed), str(out), jobs], env=environment, check=True)
        found.append(stable(out))
    assert found[0].keys() == {f"{name}.parquet" for name in TABLES - {"timings"}}
    assert found[0] == found[1] == found[2]


def test_a_second_run_replaces_the_tables_of_the_first(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.run(mixed, out, jobs=1)
    before = stable(out)
    pipeline.run(mixed, out, jobs=1, only="a.txt")
    assert len(documents(out)) == 1
    pipeline.run(mixed, out, jobs=1)
    assert stable(out) == before
    assert {path.name for path in out.iterdir()} == {KEPT, *BESIDE, *(f"{name}.parquet" for name in TABLES)}


def test_the_corpus_is_never_written_to(mixed: Path) -> None:
    out = mixed / "tables"
    before = {path: path.read_bytes() for path in mixed.rglob("*") if path.is_file()}
    for _ in range(2):
        summary = pipeline.run(mixed, out, jobs=1)
        assert sum(summary.files.values()) == len(before)
    after = {path: path.read_bytes() for path in mixed.rglob("*") if path.is_file() and out not in path.parents}
    assert after == before


def test_progress_is_told(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pipeline.run(corpus, tmp_path / "out", jobs=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_corpus_makes_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CorpusError, match="no file in"):
        pipeline.run(tmp_path / "corpus", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_held_output_folder_is_refused(corpus: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "out"), pytest.raises(OutputError, match="Another run writes to"):
        pipeline.run(corpus, tmp_path / "out", jobs=1)


def test_a_wrong_quote_stops_the_run_and_keeps_the_old_tables(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    pipeline.run(corpus, out, jobs=1)
    before = stable(out)
    real = running.read_files

    def falsified(*arguments: object) -> Iterator[Outcome]:
        for outcome in real(*arguments):  # type: ignore[arg-type]
            proof = outcome.observations[0].evidence
            wrong = replace(outcome.observations[0], evidence=Evidence(proof.block_id, proof.start, proof.end, "99"))
            yield replace(outcome, observations=(wrong,))

    monkeypatch.setattr(running, "read_files", falsified)
    with pytest.raises(QuoteError, match=r"2021/b\.txt: rule .* quotes '99'"):
        pipeline.run(corpus, out, jobs=1, fresh=True)
    assert stable(out) == before


def test_one_file_can_be_read_without_output(corpus: Path) -> None:
    outcome = pipeline.extract(corpus / "a.txt")
    assert (outcome.status, outcome.observations[0].value) == (DocumentStatus.OK, 2312.0)


def test_one_file_yields_what_is_asked_for(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "云溪县2012年政府信息公开工作年度报告\n一、其他\n行政服务中心全年受理各类审批事项8650件。\n", encoding="utf-8"
    )
    received = "business.cases_received"
    told = [[each.value for each in pipeline.extract(report, also=also).observations] for also in ((), [received])]
    assert told == [[], [8650]]


def test_the_package_is_light_until_it_is_used() -> None:
    code = "import sys, pipeline; print(sorted({'pyarrow', 'lxml', 'regex', 'pebble'} & set(sys.modules)))"
    root = Path(pipeline.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_package_says_what_it_does_not_have() -> None:
    with pytest.raises(AttributeError, match="no attribute 'walk'"):
        pipeline.walk  # noqa: B018 — looking is enough
