"""The labelled texts of the corpus as files to read: ``python -m tests.labelled SET FOLDER`` writes one for each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FLOORS = {
    "clauses": ROOT / ".ci" / "floors_samples.json",
    "whole_reports": ROOT / ".ci" / "floors_whole_reports.json",
}


def labels_of(name: str) -> Path:
    """Return the file with the texts and labels of a set."""
    return ROOT / "corpus" / f"{name}.jsonl"


def records_of(name: str) -> list[dict[str, Any]]:
    """Return the texts of a set with their labels and traps."""
    return [json.loads(line) for line in labels_of(name).read_text(encoding="utf-8").splitlines()]


def write_reports(name: str, folder: Path) -> None:
    """Write each text into ``folder``: a clause as a short report under its title, its passages (``…``) as lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in records_of(name):
        text = record["text"]
        if name == "clauses":
            passages = "\n".join(passage.strip() for passage in text.split("…"))
            text = f"{record['agency']}{record['year']}年政府信息公开工作年度报告\n{passages}\n"
        (folder / f"{record['id']}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_reports(sys.argv[1], Path(sys.argv[2]))
