"""Clues: what the page tells of its place beside the title, from the code of the site to towns named in the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from pipeline.model import Evidence, Paragraph, Role
from pipeline.places import read_name
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document
    from pipeline.places import Division, Register
    from pipeline.rulebook.lexicons import PlaceClue, PlaceWords

_NAME_END = regex.compile("[省市县区旗州盟]")
_LONGEST_NAME, _SHORTEST_NAME = 15, 3
_BEHIND = 16
_FEWEST_SELF = 2
_HOST_ENDS = ("xian", "shi", "qu")
_NATION = frozenset({"www", "zwgk", "xxgk", "zfxxgk", "gk"})


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: how the table names it, the words, and the divisions it points to, or the prefix of a name.

    ``wider`` are the units around them, which hold where the site is registered elsewhere in the same city.
    """

    label: str
    proves: bool
    proof: Evidence
    units: tuple[Division, ...] = ()
    wider: tuple[Division, ...] = ()
    prefix: str = ""

    @property
    def told(self) -> str:
        """The clue as the table tells it: ``网站标识码 2312220001``."""
        return f"{self.label} {' '.join(self.proof.quote.split())}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A division named in the text; ``is_superior`` where the words behind it show that the body belongs to it."""

    units: tuple[Division, ...]
    proof: Evidence
    is_superior: bool
    name: str
    behind: str

    def begins(self, name: str) -> bool:
        """Say whether the mention is the beginning of ``name`` itself."""
        words = f"{self.name}{self.behind}"
        return words.startswith(name[: len(words)])


@dataclass
class Page:
    """The page as far as it tells of its place; mentions and townships are looked for when they are asked for.

    ``texts`` are the id, the printed and the folded text of each block, ``body`` those without the furniture.
    """

    texts: tuple[tuple[str, str, str], ...]
    body: tuple[tuple[str, str, str], ...]
    clues: tuple[Clue, ...]
    register: Register
    words: PlaceWords
    year: int | None

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The divisions named in full in the report's own text, in its order, without those that the body went to."""
        return tuple(
            mention for block_id, printed, text in self.body for mention in self._mentions(block_id, printed, text)
        )

    @cached_property
    def townships(self) -> Counter[str]:
        """The townships named in the text, each with how often."""
        named: Counter[str] = Counter()
        for _, _, text in self.texts:
            named.update(self.register.townships.mentioned(text))
            for marker in self.words.words["townships_listed"]:
                for match in marker.pattern.finditer(text):
                    named.update(f"{name}{kind}" for name in match["value"].split("、") for kind in ("镇", "乡"))
        return Counter({name: count for name, count in named.items() if self.register.townships.named(name)})

    @cached_property
    def self_kind(self) -> str | None:
        """What the body calls itself: 县, 镇, 局 …; null where it does so once only, or in several ways alike often."""
        kinds = Counter(
            match["kind"]
            for _, _, text in self.texts
            for marker in self.words.words["self_reference"]
            for match in marker.pattern.finditer(text)
        ).most_common(2)
        if not kinds or kinds[0][1] < _FEWEST_SELF or (len(kinds) > 1 and kinds[0][1] < 2 * kinds[1][1]):
            return None
        return kinds[0][0]

    def _mentions(self, block_id: str, printed: str, text: str) -> Iterator[Mention]:
        folded = fold(printed)
        done = 0
        for end in (match.end() for match in _NAME_END.finditer(text)):
            for length in range(min(_LONGEST_NAME, end - done), _SHORTEST_NAME - 1, -1):
                units = self.register.named(text[end - length : end], self.year)
                if not units:
                    continue
                before, behind = text[max(0, end - length - 4) : end - length], text[end : end + _BEHIND]
                if not any(each.pattern.search(before) for each in self.words.words["elsewhere"]):
                    start, stop = folded.span(end - length, end)
                    is_superior = any(each.pattern.search(behind) for each in self.words.words["superior"])
                    proof = Evidence(block_id, start, stop, printed[start:stop])
                    yield Mention(units, proof, is_superior, text[end - length : end], behind)
                done = end
                break


def gather(document: Document, year: int | None, register: Register, words: PlaceWords) -> Page:
    """Return the page with its clues in order of proof."""
    pieces = [
        (block.role, each)
        for block in document.blocks
        for each in ([block] if isinstance(block, Paragraph) else block.cells)
        if each.text
    ]
    folded = [(role, (each.block_id, each.text, fold(each.text).text)) for role, each in pieces]
    texts = tuple(text for _, text in folded)
    body = tuple(text for role, text in folded if role is Role.BODY)
    clues = tuple(clue for kind in words.clues for clue in _clues(kind, texts, year, register, words))
    return Page(texts, body, clues, register, words, year)


def _clues(
    kind: PlaceClue, texts: tuple[tuple[str, str, str], ...], year: int | None, register: Register, words: PlaceWords
) -> Iterator[Clue]:
    seen: set[str] = set()
    for block_id, printed, text in texts:
        folded = None
        for match in kind.marker.pattern.finditer(text):
            value = match["value"]
            if value in seen:
                continue
            seen.add(value)
            prefix = value if kind.reads == "prefix" else ""
            units = () if prefix else _units(kind.reads, value, year, register, words)
            if units or prefix:
                folded = folded or fold(printed)
                start, end = folded.span(*_shown(kind.reads, match))
                proof = Evidence(block_id, start, end, printed[start:end])
                around = [register.above(unit) for unit in units if kind.reads == "code" and not kind.proves]
                wider = tuple(unit for unit in around if unit)
                yield Clue(kind.label, kind.proves, proof, units, wider, prefix)


def _shown(reads: str, match: regex.Match[str]) -> tuple[int, int]:
    """Return the span that tells the clue: the name, the code with the digits behind it, otherwise all of it."""
    if reads == "name":
        return match.span("value")
    return (match.start("value"), match.end())


def _units(reads: str, value: str, year: int | None, register: Register, words: PlaceWords) -> tuple[Division, ...]:
    if reads == "code":
        codes = (value, f"{value[:4]}00", f"{value[:2]}0000")
        found = next((unit for code in codes if (unit := register.of_code(code, year))), None)
        return (found,) if found else ()
    if reads == "letter":
        province = register.of_code(words.letters[value])
        return (province,) if province else ()
    if reads == "host":
        return tuple(unit for label in value.lower().split(".") for unit in _of_host(label, year, register, words))
    return tuple(name.division for name in read_name(value, register, year) if name.is_full)


def _of_host(label: str, year: int | None, register: Register, words: PlaceWords) -> tuple[Division, ...]:
    province = register.of_code(words.hosts.get(label, ""))
    if province or label in _NATION:
        return (province,) if province else ()
    spelled = [label, *(label.removesuffix(end) for end in _HOST_ENDS if label.endswith(end))]
    return tuple(unit for each in spelled for unit in register.spelled(each, year))
