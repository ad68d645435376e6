"""Let other programs run on the suite: its files with their truth beside them, and a score for what they say."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.damage.renderings import RENDERINGS
from tests.damage.scoring import Answer, Truth, judge
from tests.damage.suite import Case, make

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.damage.tally import Scored

_TRUTH = ".truth.json"


def keep(chosen: Iterable[Case], folder: Path) -> int:
    """Write the files of the cases into ``folder``, beside each its truth, and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for case in chosen:
        made = make(case)
        if made is None:
            continue
        count += 1
        (folder / case.file).write_bytes(made.data)
        truth = {"case": asdict(case), "file": case.file, "cells": [asdict(each) for each in made.printed]}
        (folder / f"{case.file}{_TRUTH}").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return count


def score_predictions(predictions: Path, folder: Path) -> list[Scored]:
    """Return the scores of all files in ``folder`` by the lines of ``predictions``; a file without lines is refused.

    Raises ``ValueError`` for a line about a file that is not in the folder.
    """
    said: dict[str, list[Answer]] = defaultdict(list)
    for line in predictions.read_text("utf-8").splitlines():
        if line.strip():
            file, answer = _answer(json.loads(line))
            said[file].append(answer)
    scored = []
    for path in sorted(folder.glob(f"*{_TRUTH}")):
        truth = json.loads(path.read_text("utf-8"))
        case = Case(**truth["case"])
        printed = [Truth(**cell) for cell in truth["cells"]]
        keeps_blanks = RENDERINGS[case.rendering].keeps_blanks
        scored.append((case, judge(printed, said.pop(case.file, []), keeps_blanks=keeps_blanks)))
    if said:
        message = f"{predictions} speaks of files that are not in {folder}: {', '.join(sorted(said)[:5])}"
        raise ValueError(message)
    return scored


def _answer(line: dict) -> tuple[str, Answer]:
    value = line.get("value")
    return line["file"], Answer(
        indicator=line["indicator"],
        applicant=line.get("applicant"),
        period=line.get("period") or "this_year",
        item=line.get("item"),
        scope=line.get("scope"),
        value=None if value is None else float(value),
        status=line.get("status") or ("reported" if value is not None else "unreadable"),
    )
