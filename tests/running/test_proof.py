from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import platformdirs
import pytest

from pipeline.rulebook import RuleError, rules_version
from pipeline.running import proof
from pipeline.running.proof import prove_rules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(rules_folder: Path, tmp_path: Path) -> Path:
    """A folder as small as a proof needs it: what stands in it is not looked into."""
    folder = tmp_path / "rules"
    for name in ("concepts", "schema"):
        shutil.copytree(rules_folder / name, folder / name)
    (folder / "indicators.yaml").write_text("- id: a.b\n", encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
    return folder


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions of the rules that were tried."""
    versions: list[str] = []
    monkeypatch.setattr(proof, "load_rulebook", lambda folder: SimpleNamespace(version=rules_version(folder)))
    monkeypatch.setattr(proof, "require_sound", lambda book: versions.append(book.version))
    return versions


@pytest.mark.usefixtures("cache")
def test_rules_are_proven_once(rules: Path, proven: list[str]) -> None:
    first, second = prove_rules(rules), prove_rules(rules)
    assert first == second
    assert proven == [first.version] == [rules_version(rules)]
    assert first.concepts


@pytest.mark.usefixtures("cache")
def test_changed_rules_are_proven_anew(rules: Path, proven: list[str]) -> None:
    prove_rules(rules)
    (rules / "indicators.yaml").write_text("- id: a.c\n", encoding="utf-8")
    prove_rules(rules)
    assert len(set(proven)) == 2


@pytest.mark.usefixtures("cache")
def test_rules_are_proven_anew_for_a_changed_program(
    rules: Path, proven: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prove_rules(rules)
    monkeypatch.setattr(proof, "_program", lambda: "another")
    prove_rules(rules)
    assert len(proven) == 2


@pytest.mark.usefixtures("cache")
def test_rules_that_fail_stay_unproven(rules: Path, proven: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuleError(rules / "indicators.yaml", 1, "must read 3, but reads nothing")

    with monkeypatch.context() as failing:
        failing.setattr(proof, "require_sound", fail)
        for _ in range(2):
            with pytest.raises(RuleError, match="must read 3"):
                prove_rules(rules)
    prove_rules(rules)
    assert len(proven) == 1


def test_rules_are_proven_each_time_where_the_proof_cannot_be_kept(rules: Path, proven: list[str], cache: Path) -> None:
    cache.write_text("no folder", encoding="utf-8")
    prove_rules(rules)
    prove_rules(rules)
    assert len(proven) == 2


def test_the_program_is_known_by_its_code() -> None:
    assert len(proof._program()) == 64
