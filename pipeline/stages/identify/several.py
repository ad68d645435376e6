"""Several reports in one file: which of them is read, so that the numbers of two bodies or two years never mix.

A report begins at a line that is a title and holds headings or a table of its own; titles in a list of links, running
heads and a title printed twice begin none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.model import Paragraph, Problem, Role, Table
from pipeline.stages.identify.stretches import Folding, joined
from pipeline.stages.identify.year import years_of
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.model import Block, Document
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.stretches import Stretch

ANOTHER_REPORT = "another report"
_CHAPTER = regex.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_LONGEST_TITLE = 60
_FEWEST_CHAPTERS = 3
_FEWEST_CELLS = 12
_SHORTEST_REPORT = 400
_SENTENCE = regex.compile("[,;。]")
_MOST_BEHIND = 12
_GOVERNMENT = regex.compile("人民政府|政府")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Title:
    """A line that is the title of a report: its place among the blocks, its words, the body and the year it names."""

    at: int
    words: str
    agency: str
    year: int | None


def one_report(document: Document, rulebook: Rulebook) -> Document:
    """Return the document with all but one of its reports out of the text, and a problem that tells of them.

    The one of the year that the page's own name gives is kept, else the first.
    """
    titles = _of_reports(_titles(document, rulebook.lexicons.identity), document.blocks)
    if len(titles) < 2:
        return document
    named = _page_years(document, rulebook.lexicons.identity)
    chosen = next((title for title in titles if named == {title.year}), titles[0])
    ends = {title.at: after.at for title, after in pairwise(titles)}
    kept = range(chosen.at, ends.get(chosen.at, len(document.blocks)))
    others = [title.words for title in titles if title is not chosen]
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    message = (
        f"the file holds {len(titles)} reports: only {chosen.words!r} was read, not "
        f"{'; '.join(others[:_SHOWN])}{more}: save each as a file of its own"
    )
    blocks = tuple(
        block if at in kept or not _is_part(block) else replace(block, role=Role.FURNITURE, role_reason=ANOTHER_REPORT)
        for at, block in enumerate(document.blocks)
    )
    problem = Problem("identify", "several_reports", message, document.blocks[chosen.at].block_id)
    return replace(document, blocks=blocks, problems=(*document.problems, problem))


def _is_part(block: Block) -> bool:
    """Tell whether a block outside the report may speak for it: the text of another, or the name of the page."""
    return block.role is Role.BODY or block.role_reason in {"page title", "page metadata"}


def _titles(document: Document, signs: Mapping[str, tuple[Marker, ...]]) -> list[_Title]:
    paragraphs = [
        (at, block)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and block.role is Role.BODY and len(block.text) <= _LONGEST_TITLE
    ]
    folding = Folding(is_traditional("".join(block.text for _, block in paragraphs)), document.spam)
    found: list[_Title] = []
    before: tuple[int, Stretch] | None = None
    for at, block in paragraphs:
        line = folding.whole(block)
        title = _title(at, line, signs)
        if title and not title.agency and before and before[0] == at - 1:
            title = _title(at - 1, joined((before[1], line)), signs) or title
        if title:
            found.append(title)
        before = at, line
    return found


def _title(at: int, line: Stretch, signs: Mapping[str, tuple[Marker, ...]]) -> _Title | None:
    if _SENTENCE.search(line.text):
        return None
    for sign in signs["title"]:
        match = next(line.find(sign.pattern), None)
        if match is None or match.start() or match.end() + _MOST_BEHIND < len(line.text):
            continue
        groups = match.groupdict()
        years = years_of(match)
        year = years.pop() if len(years) == 1 else None
        agency = groups.get("agency") or groups.get("agency_behind") or ""
        if agency or year:
            return _Title(at, line.text, _GOVERNMENT.sub("", agency), year)
    return None


def _of_reports(titles: Sequence[_Title], blocks: Sequence[Block]) -> list[_Title]:
    """Return the titles of different reports that have a text of their own."""
    found: list[_Title] = []
    ends = [*(title.at for title in titles), len(blocks)][1:]
    for title, after in zip(titles, ends, strict=True):
        if found and _is_same(found[-1], title):
            continue
        if _has_text(blocks[title.at : after]):
            found.append(title)
    return found


def _is_same(one: _Title, other: _Title) -> bool:
    """Tell whether both may name one report."""
    if one.year and other.year and one.year != other.year:
        return False
    return one.agency in other.agency or other.agency in one.agency


def _has_text(blocks: Iterable[Block]) -> bool:
    """Tell whether a report stands here: several chapters with a text, or a table of some size."""
    chapters = characters = 0
    for block in blocks:
        if block.role is not Role.BODY:
            continue
        if isinstance(block, Table):
            if len(block.cells) >= _FEWEST_CELLS:
                return True
        else:
            chapters += _CHAPTER.match(block.text.strip()) is not None
            characters += len(block.text)
    return chapters >= _FEWEST_CHAPTERS and characters >= _SHORTEST_REPORT


def _page_years(document: Document, signs: Mapping[str, tuple[Marker, ...]]) -> set[int]:
    pages = [block for block in document.blocks if isinstance(block, Paragraph) and block.role_reason == "page title"]
    return {
        year
        for block in pages
        for sign in signs["title"]
        for match in Folding().whole(block).find(sign.pattern)
        for year in years_of(match)
    }
