"""How matching scales with the number of rules: behind the gate, and as a plain loop over all patterns, in one run.

usage: python benchmarks/rules.py [FOLDER] [ROUNDS] — FOLDER of reports, the shipped ones if left out.

A hundred rules are those of the program. The others stand for rules on other matters: they are rules of the program
that read a count or a zero, each word of two characters and more replaced by one as long from jieba's dictionary that
Chinese texts use about as often. Single characters, marks and the build of the pattern stay. A rule on another matter
names it: what reads a bare count or a single character, as one rule in forty of the program does where the heading
names the matter, is never one of the others.
Both ways must find the same matches. ``tried`` counts the patterns let through to a text, over all texts; the plain
loop tries every pattern in every text. MB are those of the masked text in UTF-8, seconds those of the processor;
compare only figures of one run.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jieba
import regex

from pipeline.model import Paragraph
from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.rulebook.gate import Gate
from pipeline.rulebook.indicators import Says
from pipeline.rulebook.literals import required
from pipeline.rulebook.patterns import Pattern
from pipeline.running.job import read_report
from pipeline.shipped import shipped_folder
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (100, 250, 500, 1000)
_SEED = 20180101
_NEIGHBOURS = 200
_WORD = regex.compile(r"\p{Han}{2,}")


def texts_of(folder: Path, book: Rulebook) -> list[str]:
    """Return the masked paragraphs of the reports in ``folder``."""
    texts = []
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        document = read_report(path, path.name, book).document
        blocks = document.blocks if document else ()
        texts += [book.mask(fold(block.text).text).text for block in blocks if isinstance(block, Paragraph)]
    return texts


class Dictionary:
    """jieba's dictionary: each word can be exchanged for one as long that Chinese texts use about as often."""

    def __init__(self) -> None:
        self._tokenizer = jieba.Tokenizer()
        by_length: dict[int, list[tuple[int, str]]] = {}
        with self._tokenizer.get_dict_file() as lines:
            for line in lines:
                word, uses, *_ = line.decode().split()
                by_length.setdefault(len(word), []).append((int(uses), word))
        self._words = {length: [word for _, word in sorted(words)] for length, words in by_length.items()}
        self._places = {word: place for words in self._words.values() for place, word in enumerate(words)}

    def exchanged(self, text: str, dice: random.Random) -> str:
        """Return ``text`` with its words of two characters and more exchanged."""
        return "".join(self._other(word, dice) for word in self._tokenizer.cut(text, HMM=False))

    def _other(self, word: str, dice: random.Random) -> str:
        if len(word) == 1:
            return word
        words, place = self._words[len(word)], self._places[word]
        return words[min(max(place + dice.randint(-_NEIGHBOURS, _NEIGHBOURS), 0), len(words) - 1)]


def patterns_of(book: Rulebook, size: int) -> list[Pattern]:
    """Return ``size`` patterns: real ones first, spread over all rules, then mutated ones."""
    dice = random.Random(_SEED)  # noqa: S311 — a benchmark needs the same mutations each time
    dictionary = Dictionary()
    chosen = [rule.pattern for rule in dice.sample(book.prose_rules, SIZES[0])]
    mutable = [rule.pattern for rule in book.prose_rules if rule.says in (Says.COUNT, Says.ZERO)]
    while len(chosen) < size:
        mutated = _WORD.sub(lambda found: dictionary.exchanged(found[0], dice), dice.choice(mutable).source)
        if any(min(map(len, clause.literals)) > 1 for clause in required(mutated).clauses):
            chosen.append(Pattern(mutated))
    return chosen


def behind_gate(gate: Gate) -> Callable[[str], list[tuple[int, int, int]]]:
    """Return what finds all matches in a text through the gate."""
    return lambda text: [(number, *match.span()) for number, opening in gate.open(text) for match in opening.finditer()]


def plain_loop(patterns: list[Pattern]) -> Callable[[str], list[tuple[int, int, int]]]:
    """Return what finds all matches in a text by trying every pattern."""
    compiled = [pattern.compiled for pattern in patterns]
    return lambda text: [
        (number, *match.span()) for number, pattern in enumerate(compiled) for match in pattern.finditer(text)
    ]


def seconds(find: Callable[[str], list[tuple[int, int, int]]], texts: list[str], rounds: int) -> float:
    """Return the processor time of the fastest round over all texts."""
    spent = []
    for _ in range(rounds):
        begin = time.process_time()
        for text in texts:
            find(text)
        spent.append(time.process_time() - begin)
    return min(spent)


def main() -> None:
    """Print a row for each number of rules."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_folder("corpus") / "reports"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    book = load_rulebook(shipped_folder("rules"))
    texts = texts_of(folder, book)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    sys.stdout.write("rules  matches  tried   gated MB/s  of 100   loop MB/s  of 100   gated / loop\n")
    first: tuple[float, float] | None = None
    for size in SIZES:
        patterns = patterns_of(book, size)
        gate = Gate(patterns)
        gated, loop = behind_gate(gate), plain_loop(patterns)
        found = [gated(text) for text in texts]
        if found != [loop(text) for text in texts]:
            raise SystemExit("The gate loses or adds matches.")
        tried = sum(1 for text in texts for _ in gate.open(text))
        speeds = megabytes / seconds(gated, texts, rounds), megabytes / seconds(loop, texts, rounds)
        first = first or speeds
        sys.stdout.write(
            f"{size:5}{sum(map(len, found)):9}{tried:7}{speeds[0]:13.2f}{speeds[0] / first[0]:8.2f}"
            f"{speeds[1]:12.2f}{speeds[1] / first[1]:8.2f}{speeds[0] / speeds[1]:15.1f}\n"
        )


if __name__ == "__main__":
    main()
