"""Where the time goes: the share of each stage, folding beside matching, and one paragraph twice as long as another.

usage: python benchmarks/stages.py [FOLDER] [ROUNDS] — FOLDER of reports, the shipped ones if left out.

Figures are ratios inside one run; seconds differ from machine to machine and are not printed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.model import Paragraph, SectionKind
from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.rulebook.matching import match_rules, settle
from pipeline.running.job import read_report
from pipeline.shipped import shipped_folder
from pipeline.text.fold import fold

_PARAGRAPHS = {
    "counts": ("", "主动公开政府信息{}条，受理政府信息公开申请{}件，举办培训班{}期，"),
    "zeros": ("", "未收到政府信息公开申请，没有发生行政复议，未收取任何费用，"),
    "a list": ("主动公开政府信息9999条，其中：", "通过网站公开渔政监督信息{}条；"),
    "lists": ("", "主动公开政府信息{}条，其中渔政类{}条、港航类{}条、财政类{}条。"),
}
_TIMES = 300


def shares_of_stages(paths: list[Path], rounds: int, book: Rulebook) -> dict[str, float]:
    """Return the share of each stage in the whole time, the largest first."""
    seconds: Counter[str] = Counter()
    for _ in range(rounds):
        for path in paths:
            for timing in read_report(path, path.name, book).timings:
                seconds[timing.stage] += timing.seconds
    return {stage: spent / seconds.total() for stage, spent in seconds.most_common()}


def costs_of_length(rounds: int, book: Rulebook) -> dict[str, float]:
    """Return how many times as long a paragraph takes that is twice as long as another: two where all is well."""

    def cost(head: str, words: str, times: int) -> float:
        masked = book.mask(fold(head + "".join(words.replace("{}", str(each + 2)) for each in range(times))).text)
        spent = []
        for _ in range(rounds):
            begin = time.process_time()
            passage = book.passage(masked, (0, len(masked.text)), None, SectionKind.PROACTIVE, "")
            settle(match_rules(book.prose_rules, passage, book.lexicons.periods, book.prose_gate))
            spent.append(time.process_time() - begin)
        return min(spent)

    return {name: cost(*words, 2 * _TIMES) / cost(*words, _TIMES) for name, words in _PARAGRAPHS.items()}


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
    """Print the three tables."""
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
    for name, ratio in costs_of_length(rounds, book).items():
        sys.stdout.write(f"{name:14}{ratio:7.2f} x half its length\n")


if __name__ == "__main__":
    main()
