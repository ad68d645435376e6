"""Reads a source file: prose with its labels inside it, and the numbers of the tables.

``⟦主动公开政府信息1286条|proactive.total=1286条 total:main⟧`` prints the words before the bar and labels them with what
stands after it: ``indicator[item]=value unit`` and flags; several labels are parted by ``;``. The flag ``zero`` marks a
zero said in words, the value ``?`` a placeholder; periods and qualifiers are named as in the gold format; ``list:``,
``total:``, ``alt:`` are notes. A line of the body is a block: ``#`` begins a heading, ``@II`` sets a table, all others
are paragraphs. ``overwritten`` names words of title and body, and what a stranger has put in their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from tests.building.forms import grids
from tests.rendering import Grid, Heading, Text

if TYPE_CHECKING:
    from pathlib import Path

MARKED = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]+)⟧")
LABEL = re.compile(
    r"(?P<indicator>[a-z_.]+)(?:\[(?P<item>[^\]]+)\])?=(?P<value>\d+(?:\.\d+)?|\?)(?P<unit>[^\s\d]*)(?P<flags>.*)"
)
PERIODS = {"cumulative", "to_date", "previous_year", "change"}
QUALIFIERS = {"approx", "at_least", "more_than", "at_most"}


@dataclass(frozen=True, slots=True)
class Label:
    """One statistic that the prose states, with the words that state it."""

    quote: str
    indicator: str
    item: str | None
    value: float | None
    unit: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report to be printed; ``facts`` are the remaining fields of its source file."""

    name: str
    title: str
    blocks: tuple[Heading | Text | Grid, ...]
    labels: tuple[Label, ...]
    facts: dict[str, Any]


def read(path: Path) -> Report:
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    title, body = facts.pop("title"), facts.pop("body")
    for word, another in facts.pop("overwritten", {}).items():
        title, body = title.replace(word, another), body.replace(word, another)
    tables = grids(facts["form"], facts["numbers"], facts["year"]) if "form" in facts else {}
    blocks: list[Heading | Text | Grid] = []
    labels: list[Label] = []
    for line in body.splitlines():
        if not line.strip():
            continue
        labels.extend(label for marked in MARKED.finditer(line) for label in labels_of(marked))
        text = MARKED.sub(r"\1", line)
        if text.startswith("@"):
            blocks.append(tables[text[1:]])
        elif text.startswith("# "):
            blocks.append(Heading(text[2:]))
        else:
            blocks.append(Text(text))
    return Report(facts.pop("file"), title, tuple(blocks), tuple(labels), facts)


def labels_of(marked: re.Match[str]) -> list[Label]:
    quote = marked[1]
    found: list[Label] = []
    for text in marked[2].split(";"):
        match = LABEL.fullmatch(text.strip())
        if match is None:
            message = f"label not understood: {text!r} at {quote!r}"
            raise ValueError(message)
        flags = tuple(match["flags"].split())
        value = None if match["value"] == "?" else float(match["value"])
        found.append(Label(quote, match["indicator"], match["item"], value, match["unit"] or None, flags))
    return found
