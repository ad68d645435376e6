"""Where the time goes: the share of each stage, and what folding costs beside matching, all measured in one run.

usage: python benchmarks/stages.py [FOLDER] [ROUNDS] — FOLDER of reports, the shipped ones if left out.

Figures are ratios inside one run; seconds differ from machine to machine and are not printed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.model import Paragraph
from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.rulebook.matching import match_rules
from pipeline.running.job import read_report
from pipeline.shipped import shipped_folder
from pipeline.text.fold import fold


def shares_of_stages(paths: list[Path], rounds: int, book: Rulebook) -> dict[str, float]:
    """Return the share of each stage in the whole time, the largest first."""
    seconds: Counter[str] = Counter()
    for _ in range(rounds):
        for path in paths:
            for timing in read_report(path, path.name, book).timings:
                seconds[timing.stage] += timing.seconds
    return {stage: spent / seconds.total() for stage, spent in seconds.most_common()}


def costs_of_text(paths: list[Path], rounds: int, book: Rulebook) -> dict[str, float]:
    """Return what folding, masking and matching the paragraphs cost, as multiples of folding."""
    texts, kinds = [], []
    for path in paths:
        outcome = read_report(path, path.name, book)
        blocks = outcome.document.blocks if outcome.document else ()
        texts += [block.text for block in blocks if isinstance(block, Paragraph)]
        kinds += [section.kind for section in outcome.sections[:1]]
    seconds: Counter[str] = Counter()
    for _ in range(rounds):
        begin = time.perf_counter()
        folded = [fold(text).text for text in texts]
        seconds["fold"] += time.perf_counter() - begin
        begin = time.perf_counter()
        masked = [book.mask(text) for text in folded]
        seconds["mask"] += time.perf_counter() - begin
        begin = time.perf_counter()
        for each in masked:
            passage = book.passage(each, (0, len(each.text)), None, kinds[0], "")
            match_rules(book.prose_rules, passage, book.lexicons.periods, book.prose_gate)
        seconds["match"] += time.perf_counter() - begin
    return {name: spent / seconds["fold"] for name, spent in seconds.items()}


def main() -> None:
    """Print both tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_folder("corpus") / "reports"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    book = load_rulebook(shipped_folder("rules"))
    for path in paths:
        read_report(path, path.name, book)
    for stage, share in shares_of_stages(paths, rounds, book).items():
        sys.stdout.write(f"{stage:14}{share:7.1%}\n")
    for name, cost in costs_of_text(paths, rounds, book).items():
        sys.stdout.write(f"{name:14}{cost:7.2f} x fold\n")


if __name__ == "__main__":
    main()
