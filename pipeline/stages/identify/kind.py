"""Kind: what kind of document a file is, and by which words; only a yearly report or its form is read further."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import FORM_ALONE, READ_KINDS, REPORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.sheet import Sheet

_LINKS, _OTHER, _SUMMARY = "links", "other", "summary"
_LONGEST_ERROR = 600
_LONGEST_TITLE = 80
_SHORTEST_PROSE = 120
_SHORTEST_SENTENCE = 60
_FEWEST_LINKS = 3
_FEWEST_WORDS = 6
_FEWEST_TOPICS = 3
_TOPICS_OF_A_SUMMARY = 2
_HEAD_LINES = 3
_HAN = regex.compile(r"\p{Han}")
_SENTENCE = regex.compile("[。;]")
_A_COUNT = regex.compile(
    r"(?<![0-9])[0-9]{1,7}(?:余|多)? ?(?![年月日号时分页秒])\p{Han}|\p{Han} ?[0-9]{1,7}(?:$|[,;。])"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document is, and why: the words that tell it."""

    name: str
    why: str

    @property
    def is_report(self) -> bool:
        """Whether values may be read from it."""
        return self.name in READ_KINDS


def find_kind(
    sheet: Sheet, n_cells: int, signs: Mapping[str, tuple[Marker, ...]], identity: Mapping[str, tuple[Marker, ...]]
) -> Kind:
    """Return the kind of the document; ``n_cells`` is the number of cells read from official tables.

    What the document calls itself decides; a document without a title is told by what it says of itself, then by the
    matters it treats.
    """
    title = find_title(sheet, identity)
    topics = [sign.id for sign in signs["topic"] if sign.pattern.search(sheet.text)]
    is_silent = not topics and not any(_A_COUNT.search(stretch.text) for stretch in sheet.body)
    error = _error(sheet, signs["error"]) if not n_cells and is_silent else None
    if error is not None:
        return error
    other = _other(
        _names(sheet, identity["title"]),
        signs,
        is_full=len(topics) >= _FEWEST_TOPICS and len(sheet.text) > _LONGEST_ERROR,
    )
    if other is not None:
        return other
    if title is None and not n_cells and (links := _links(sheet, signs)):
        return links
    if n_cells:
        is_bare = title is None and len(_HAN.findall(_prose(sheet))) < _SHORTEST_PROSE
        return (
            Kind(FORM_ALONE, "an official form without a report")
            if is_bare
            else Kind(REPORT, title or "an official form")
        )
    if title is not None:
        if links := _links(sheet, signs):
            return links
        return _titled(title, topics, signs)
    return _untitled(sheet, topics, signs)


def find_title(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> str | None:
    """Return the title by which the document calls itself a yearly report, or null."""
    for name in ("title", "loose_title"):
        for stretch in (*sheet.titles, *sheet.page_titles):
            for sign in signs[name]:
                if match := sign.pattern.search(stretch.text):
                    return match[0]
    return None


def _error(sheet: Sheet, signs: tuple[Marker, ...]) -> Kind | None:
    words = "\n".join(stretch.text for stretch in (*sheet.page_titles, *sheet.around, *sheet.body))
    if len(words) > _LONGEST_ERROR:
        return None
    for sign in signs:
        for line in words.split("\n"):
            if match := sign.pattern.search(line):
                return Kind(sign.reason, match[0])
    return None


def _other(names: Iterable[str], signs: Mapping[str, tuple[Marker, ...]], *, is_full: bool) -> Kind | None:
    """Return the kind that the document calls itself where that is none of ours."""
    for name in names:
        for sign in signs["part_of_year"]:
            if (match := sign.pattern.search(name)) and "公开" in name:
                return Kind(sign.reason, match[0])
        for sign in signs["other_title"]:
            if sign.pattern.search(name) is None:
                continue
            if sign.reason == REPORT:
                return None
            if sign.reason != "news" or not is_full:
                return Kind(sign.reason, name)
    return None


def _names(sheet: Sheet, titles: tuple[Marker, ...]) -> Iterator[str]:
    """Yield what the document calls itself: the name of the page, its first short lines, until one is our title."""
    short = itertools.takewhile(_is_short, (stretch.text for stretch in sheet.body[:_HEAD_LINES]))
    for name in (*(stretch.text for stretch in sheet.page_titles), *short):
        if any(sign.pattern.search(name) for sign in titles):
            return
        yield name


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not _SENTENCE.search(line)


def _links(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> Kind | None:
    """Return a page that only leads to reports: several titles and no sentence, or a title with a file to download."""
    lines = [stretch.text for stretch in sheet.body]
    if any(len(line) >= _SHORTEST_SENTENCE and _SENTENCE.search(line) for line in lines):
        return None
    links = {line for line in lines if _leads_to_a_report(line, signs)}
    around = {each.text for each in sheet.around if _leads_to_a_report(each.text, signs)}
    if len(links) >= _FEWEST_LINKS or (not links and len(around) >= _FEWEST_LINKS):
        return Kind(_LINKS, f"{len(links or around)} titles of reports, no text")
    files = {line for line in lines if any(sign.pattern.search(line) for sign in signs["attachment"])}
    rest = "".join(line for line in lines if line not in links and line not in files)
    if len(_HAN.findall(rest)) < _FEWEST_WORDS and not regex.search("[0-9]", rest):
        return Kind(_LINKS, "a title without a text")
    return None


def _leads_to_a_report(line: str, signs: Mapping[str, tuple[Marker, ...]]) -> bool:
    return any(sign.pattern.search(line) for sign in signs["links"]) and not _SENTENCE.search(line)


def _titled(title: str, topics: list[str], signs: Mapping[str, tuple[Marker, ...]]) -> Kind:
    is_summary = any(sign.pattern.search(title) for sign in signs["summary_title"])
    if is_summary and len(topics) < _TOPICS_OF_A_SUMMARY:
        return Kind(_SUMMARY, title)
    return Kind(REPORT, title)


def _untitled(sheet: Sheet, topics: list[str], signs: Mapping[str, tuple[Marker, ...]]) -> Kind:
    for sign in signs["statement"]:
        if match := sign.pattern.search(sheet.text):
            return Kind(REPORT, match[0])
    if len(topics) >= _FEWEST_TOPICS:
        return Kind(REPORT, "treats " + ", ".join(topics))
    return Kind(_OTHER, "neither a title nor the matters of a yearly report")


def _prose(sheet: Sheet) -> str:
    return "".join(stretch.text for stretch in sheet.body if _SENTENCE.search(stretch.text))
