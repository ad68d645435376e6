"""Heads and pages of all kinds of bodies, and of what is no report, with what they prove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pipeline.model import Anchor, Document, Paragraph, SourceFile
from pipeline.stages.clean import clean
from pipeline.stages.identify import identify
from pipeline.stages.spam import mark_spam

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

CASES = yaml.safe_load(Path(__file__).with_name("identities.yaml").read_text(encoding="utf-8"))


def of_lines(lines: list[str]) -> Document:
    blocks = tuple(Paragraph(f"b{number:05}", line, Anchor(line=number)) for number, line in enumerate(lines, start=1))
    return Document(SourceFile("report.txt", 0, "0" * 64, "txt", "utf-8"), blocks)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["lines"][0][:40])
def test_a_page_proves_what_it_says_and_no_more(case: dict[str, Any], book: Rulebook) -> None:
    document = mark_spam(clean(of_lines(case["lines"]), book), book)
    found = identify(document, "prose", (), book)
    wanted = {name: value for name, value in case.items() if name not in {"lines", "problems"}}
    assert {name: getattr(found.identity, name) for name in wanted} == wanted
    assert {problem.kind for problem in found.problems} >= set(case.get("problems", ()))
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    proofs = [proof for _, proof in found.identity.evidence]
    assert [proof for proof in proofs if texts[proof.block_id][proof.start : proof.end] != proof.quote] == []
