from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import platformdirs
import pytest

from pipeline.rulebook import ChosenRules, RuleError
from pipeline.running import proof
from pipeline.running.proof import load_proven

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(tmp_path: Path) -> ChosenRules:
    """A file in place of rules: what stands in it is their version."""
    file = tmp_path / "rules"
    file.write_text("first", encoding="utf-8")
    return ChosenRules(file)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
    return folder


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions of the rules that were tried."""
    versions: list[str] = []
    monkeypatch.setattr(
        proof, "load_rulebook", lambda file, also: SimpleNamespace(version=file.read_text(encoding="utf-8"), also=also)
    )
    monkeypatch.setattr(proof, "require_sound", lambda book: versions.append(book.version))
    return versions


@pytest.mark.usefixtures("cache")
def test_rules_are_proven_once(rules: ChosenRules, proven: list[str]) -> None:
    assert [load_proven(rules).version, load_proven(rules).version] == ["first", "first"]
    assert proven == ["first"]


@pytest.mark.usefixtures("cache")
def test_changed_rules_are_proven_anew(rules: ChosenRules, proven: list[str]) -> None:
    load_proven(rules)
    rules.folder.write_text("second", encoding="utf-8")
    load_proven(rules)
    assert proven == ["first", "second"]


@pytest.mark.usefixtures("cache")
def test_rules_are_proven_anew_for_a_changed_program(
    rules: ChosenRules, proven: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_proven(rules)
    monkeypatch.setattr(proof, "program_hash", lambda *_: "another")
    load_proven(rules)
    assert len(proven) == 2


@pytest.mark.usefixtures("cache")
def test_rules_that_fail_stay_unproven(rules: ChosenRules, proven: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuleError(rules, 1, "must read 3, but reads nothing")

    with monkeypatch.context() as failing:
        failing.setattr(proof, "require_sound", fail)
        for _ in range(2):
            with pytest.raises(RuleError, match="must read 3"):
                load_proven(rules)
    load_proven(rules)
    assert len(proven) == 1


def test_rules_are_proven_each_time_where_the_proof_cannot_be_kept(
    rules: ChosenRules, proven: list[str], cache: Path
) -> None:
    cache.write_text("no folder", encoding="utf-8")
    load_proven(rules)
    load_proven(rules)
    assert len(proven) == 2
