"""Write ``corpus/reports`` and ``corpus/gold`` anew from the sources."""

from __future__ import annotations

import json
from pathlib import Path

from tests.building import SOURCES, made
from tests.building.gold import gold
from tests.building.source import read

CORPUS = Path(__file__).parents[2] / "corpus"

for path in sorted(SOURCES.glob("*.yaml")):
    report = read(path)
    (CORPUS / "reports" / report.name).write_bytes(made(report))
    labels = json.dumps(gold(report), ensure_ascii=False, indent=1) + "\n"
    (CORPUS / "gold" / report.name).with_suffix(".json").write_text(labels, encoding="utf-8")
