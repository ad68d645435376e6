from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Severity
from pipeline.rulebook.agreements import load_agreements, stands_for
from pipeline.rulebook.source import RuleError

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
words:
  - {id: ripe, pattern: 熟, examples: [熟苹果], counterexamples: [青苹果]}
stated_twice:
  - id: P1
    severity: soft
    why: The same apples.
    prose: apples.total
    tables:
      - {id: all, sum: apples.red + apples.green, unless_said: ripe}
  - {id: P2, severity: info, why: The same pears., prose: pears.*}
lists:
  - {id: P5, severity: soft, why: A basket., parts: [apples.*], totals: [apples.total], relation: overlap}
shares: {id: P4, severity: soft, why: A part of the whole.}
bounds:
  - {id: C9, severity: soft, why: Few pears., left: pears.total, relation: <=, right: apples.total, times: 3}
  - {id: C10, severity: soft, why: No pears here., left: pears.*, relation: =, levels: [county]}
"""


@pytest.fixture
def folder(tmp_path: Path, rules_folder: Path) -> Path:
    shutil.copytree(rules_folder / "schema", tmp_path / "schema")
    (tmp_path / "agreements.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path


def test_what_must_agree_is_read(folder: Path) -> None:
    found = load_agreements(folder)
    first, second = found.stated_twice
    assert (first.id, first.severity, first.prose) == ("P1", Severity.SOFT, "apples.total")
    assert first.calibres[0].terms == ("apples.red", "apples.green")
    assert first.calibres[0].unless_said is found.words["ripe"]
    assert [(each.id, each.terms) for each in second.calibres] == [(None, ())]
    assert (found.lists[0].parts, found.lists[0].overlap) == (("apples.*",), True)
    assert found.terms == {"apples.total", "apples.red", "apples.green", "apples.*", "pears.total", "pears.*"}
    assert (found.shares.id, found.shares.severity) == ("P4", Severity.SOFT)
    assert [(each.right, each.times, each.levels) for each in found.bounds] == [
        (("apples.total",), 3, frozenset()),
        ((), 1, frozenset({"county"})),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("unless_said: ripe", "unless_said: rip", r"yaml:9: no words 'rip' above \(did you mean 'ripe'\?\)"),
        ("relation: overlap", "relation: overlaps", r"yaml:12: 'relation' is 'overlaps'"),
        ("severity: info", "gravity: info", r"yaml:10: unknown key 'gravity'"),
        ("pattern: 熟", "pattern: (熟", r"yaml:2: is no pattern"),
    ],
)
def test_mistakes_are_told_with_their_line(folder: Path, old: str, new: str, told: str) -> None:
    (folder / "agreements.yaml").write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        load_agreements(folder).words["ripe"].pattern.search("")


def test_a_star_stands_for_what_is_under_it() -> None:
    assert stands_for("apples.*", "apples.red")
    assert not stands_for("apples.*", "apples")
    assert not stands_for("apples.red", "apples.red.big")
    assert stands_for("apples.red", "apples.red")
