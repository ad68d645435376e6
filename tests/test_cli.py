from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app, rules
from pipeline.model import Evidence, Outcome
from pipeline.rulecheck import Trial
from pipeline.running import run as running
from pipeline.running.kept import KEPT
from pipeline.running.lock import LOCK, locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
REPORT = REPORTS / "yunxiu_county_2010.txt"
PROGRAM = [sys.executable, "-c", "from pipeline.cli import main; main()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1])}


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@contextmanager
def started(*arguments: str | Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    command = [*PROGRAM, *map(str, arguments)]
    environment = {**ENVIRONMENT, **variables}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "tables"
    result = gongkai("run", REPORT, "--out", folder)
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    folder = tmp_path / "hanging"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("%GONGKAI-MOCK hang_c\n", encoding="utf-8")
    return folder


def wait_for_workers(out: Path) -> None:
    """Wait until the run holds its folder and has had time to hand out files."""
    while not (out / LOCK).exists():
        time.sleep(0.05)
    time.sleep(2)


def test_the_version_is_that_of_the_package() -> None:
    result = gongkai("--version")
    assert (result.exit_code, result.stdout) == (0, f"gongkai {pipeline.__version__}\n")


def test_every_option_is_explained() -> None:
    for command in (["run"], ["demo"], ["show"], ["explain"], ["rules", "check"]):
        text = gongkai(*command, "--help").stdout
        lines = [line for line in text.splitlines() if line.lstrip().startswith("--")]
        assert lines
        for line in lines:
            assert len(line.split(maxsplit=2)) == 3, line


def test_a_run_talks_to_stderr_and_says_how_it_went(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_bytes(REPORT.read_bytes())
    (corpus / "b.pdf").write_bytes(b"")
    result = gongkai("run", corpus, "--out", tmp_path / "out", "--jobs", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 files in" in result.stderr
    assert f"gongkai show {tmp_path}/out --document b.pdf" in result.stderr.replace("\n", "")
    words = [line.split() for line in result.stderr.splitlines()]
    assert ["ok", "1", "a.txt"] in words
    assert ["failed", "zero_byte", "1", "b.pdf"] in words


def test_a_failed_file_fails_the_run_only_where_asked(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"")
    assert gongkai("run", tmp_path, "--out", tmp_path / "out").exit_code == 0
    assert gongkai("run", tmp_path, "--out", tmp_path / "out", "--fail-on", "document").exit_code == 3


@pytest.mark.parametrize("arguments", [["run"], ["run", "x", "--jobs", "0"], ["bogus"], ["run", "x", "--fail-on", "x"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert gongkai(*arguments).exit_code == 2


def test_a_mistake_in_the_rules_ends_with_2_and_names_the_file(tmp_path: Path) -> None:
    for command in (["run", REPORT, "--out", tmp_path / "out"], ["rules", "check"], ["explain", REPORT]):
        result = gongkai(*command, "--rules", tmp_path)
        assert result.exit_code == 2
        assert str(tmp_path) in result.stderr.replace("\n", "")


def test_what_is_read_only_if_asked_is_read_where_asked(tmp_path: Path) -> None:
    report, out = tmp_path / "report.txt", tmp_path / "out"
    lines = "云溪县2012年政府信息公开工作年度报告\n一、主动公开情况\n公开信息84条,其中渔政管理类21条,占25%;其他63条。\n"
    report.write_text(lines, encoding="utf-8")
    share = "proactive.by_category_share"
    assert share in gongkai("explain", report, "--also", share).stdout
    assert share not in gongkai("explain", report).stdout
    assert gongkai("run", report, "--out", out, "--also", share).exit_code == 0
    told = pq.read_table(out / "observations.parquet").to_pylist()
    assert [(each["item"], each["value"]) for each in told if each["indicator"] == share] == [("渔政管理类", 25.0)]
    assert json.loads((out / "manifest.json").read_bytes())["configuration"]["also"] == [share]
    result = gongkai("run", report, "--out", out, "--also", "proactive.total")
    assert (result.exit_code, "read only if asked for" in result.stderr) == (2, True)


def test_nothing_to_read_ends_with_4(tmp_path: Path) -> None:
    assert gongkai("run", tmp_path / "missing", "--out", tmp_path / "out").exit_code == 4
    (tmp_path / "empty").mkdir()
    assert gongkai("run", tmp_path / "empty", "--out", tmp_path / "out").exit_code == 4
    assert gongkai("run", REPORTS, "--only", "*.xyz", "--out", tmp_path / "out").exit_code == 4


def test_a_held_or_unwritable_folder_ends_with_5(tmp_path: Path) -> None:
    with locked(tmp_path / "out"):
        result = gongkai("run", REPORT, "--out", tmp_path / "out")
    assert result.exit_code == 5
    assert f"process {os.getpid()}" in result.stderr
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert gongkai("run", REPORT, "--out", tmp_path / "file").exit_code == 5


def test_a_wrong_quote_ends_with_6_and_names_file_and_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = running.read_files

    def falsified(*arguments: object) -> Iterator[Outcome]:
        for outcome in real(*arguments):  # type: ignore[arg-type]
            wrong = replace(outcome.observations[0], evidence=Evidence("b00001", 0, 1, "wrong"))
            yield replace(outcome, observations=(wrong,))

    monkeypatch.setattr(running, "read_files", falsified)
    result = gongkai("run", REPORT, "--out", tmp_path / "out")
    assert result.exit_code == 6
    assert f"{REPORT.name}: rule " in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == [KEPT]


def test_a_fault_of_the_program_ends_with_6() -> None:
    code = "import pipeline.cli.run as r\ndef f(*a, **k): raise KeyError('x')\nr.run_corpus.__code__ = f.__code__\n"
    command = [sys.executable, "-c", f"{code}from pipeline.cli import main; main()", "run", "x"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "Please report it" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_keeps_the_old_tables(
    hanging: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    out = tmp_path / "out"
    assert gongkai("run", REPORT, "--out", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with started("run", hanging, "--out", out, "--jobs", "2", GONGKAI_MOCK="1") as process:
        wait_for_workers(out)
        process.send_signal(sent)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert "Interrupted" in errors
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers end when they next look for work")
def test_workers_end_with_a_run_that_is_killed(hanging: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started("run", hanging, "--out", out, "--jobs", "2", GONGKAI_MOCK="1") as process:
        wait_for_workers(out)
        assert len(living(process.pid)) > 2
        process.kill()
        process.communicate()
    while living(process.pid):
        time.sleep(0.05)
    assert gongkai("run", REPORT, "--out", out).exit_code == 0


def living(session: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def test_progress_is_plain_lines_where_there_is_no_terminal(tmp_path: Path) -> None:
    with started("run", REPORT, "--out", tmp_path / "out", FORCE_COLOR="", NO_COLOR="1") as process:
        _, errors = process.communicate()
    assert process.returncode == 0
    assert "\x1b" not in errors


@pytest.mark.parametrize("by", ["path", "document_id"])
def test_show_prints_the_values_of_a_report(out: Path, by: str) -> None:
    (row,) = pq.read_table(out / "documents.parquet").to_pylist()
    result = gongkai("show", out, "--document", row[by])
    assert result.exit_code == 0
    assert "agency: 云岫县人民政府" in result.stderr
    values = pq.read_table(out / "observations.parquet").to_pylist()
    told, others = result.stdout.split("Other statements of the same")
    title, _, *lines = told.splitlines()
    accepted = [value for value in values if value["standing"] == "accepted"]
    assert title.strip() == "Values"
    assert len(lines) == len(accepted)
    assert len(others.splitlines()) - 2 == len(values) - len(accepted) > 0
    assert all(value["quote"] in result.stdout for value in values)


def test_show_prints_json(out: Path) -> None:
    report = json.loads(gongkai("show", out, "--document", REPORT.name, "--json").stdout)
    assert report["document"]["path"] == REPORT.name
    assert report["observations"] == pq.read_table(out / "observations.parquet").to_pylist()
    assert report["problems"] == []


def test_show_says_what_it_does_not_find(out: Path, tmp_path: Path) -> None:
    assert gongkai("show", out, "--document", "nobody").exit_code == 2
    result = gongkai("show", tmp_path, "--document", "nobody")
    assert result.exit_code == 2
    assert "no tables" in result.stderr


def test_explain_tells_sections_rules_values_and_checks() -> None:
    result = gongkai("explain", REPORT)
    assert result.exit_code == 0
    assert "status: ok" in result.stderr
    for title in ("Sections", "Rules that matched", "Values"):
        assert title in result.stdout
    assert "Checks" in gongkai("explain", REPORTS / "yunxiu_county_2021.html").stdout


def test_explain_keeps_to_one_indicator() -> None:
    explained = json.loads(gongkai("explain", REPORT, "--indicator", "requests.received.total", "--json").stdout)
    assert {each["indicator"] for each in explained["observations"]} == {"requests.received.total"}
    assert {each["indicator"] for each in explained["attempts"]} == {"requests.received.total"}
    assert gongkai("explain", REPORT, "--indicator", "nothing").exit_code == 2


def test_rules_that_pass_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "check_rules", lambda _: (Trial("a rule", "a.yaml:3", None),) * 2)
    result = gongkai("rules", "check")
    assert (result.exit_code, result.stderr) == (0, "All 2 trials passed.\n")


def test_rules_that_fail_are_told_with_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    trials = (Trial("a rule", "a.yaml:3", None), Trial("an example", "a.yaml:7", "must read 3, but reads nothing"))
    monkeypatch.setattr(rules, "check_rules", lambda _: trials)
    result = gongkai("rules", "check")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "a.yaml:7: an example: must read 3, but reads nothing",
        "1 of 2 trials failed.",
    ]


def test_rules_are_counted_over_a_run(out: Path) -> None:
    result = gongkai("rules", "stats", out, "--gold", REPORTS.parent / "gold", "--json")
    told = {each["rule_id"]: each for each in json.loads(result.stdout)}
    observations = pq.read_table(out / "observations.parquet").to_pylist()
    assert sum(each["wins"] + each["rivals"] for each in told.values()) == len(observations)
    assert sum(each["right"] for each in told.values()) > 0
    result = gongkai("rules", "stats", out)
    assert (result.exit_code, "accuracy" in result.stdout) == (0, False)
    assert result.stderr.startswith(f"{len(told)} rules, ")


def test_rules_are_counted_over_no_run_but_a_finished_one(tmp_path: Path) -> None:
    result = gongkai("rules", "stats", tmp_path)
    assert (result.exit_code, "not the output folder of a finished run" in result.stderr) == (2, True)


def test_the_demo_says_what_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = gongkai("demo")
    assert result.exit_code == 0
    assert pq.read_metadata(tmp_path / "outputs" / "documents.parquet").num_rows == len(list(REPORTS.iterdir()))
    assert "Open outputs/report.html first" in result.stderr
