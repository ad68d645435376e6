"""The labelled clauses of the corpus as files to read: ``python -m tests.clauses FOLDER`` writes one for each."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLAUSES = ROOT / "corpus" / "clauses.jsonl"
FLOORS = ROOT / ".ci" / "floors_samples.json"


def write_reports(folder: Path) -> None:
    """Write each clause into ``folder`` as a short report under its title; ``…`` in a clause parts its passages."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in CLAUSES.read_text(encoding="utf-8").splitlines():
        clause = json.loads(line)
        passages = "\n".join(passage.strip() for passage in clause["text"].split("…"))
        title = f"{clause['agency']}{clause['year']}年政府信息公开工作年度报告"
        (folder / f"{clause['id']}.txt").write_text(f"{title}\n{passages}\n", encoding="utf-8")


if __name__ == "__main__":
    write_reports(Path(sys.argv[1]))
