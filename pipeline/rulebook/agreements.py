"""Read what must agree in any report, whatever its form: ``rules/agreements.yaml`` in, frozen values out.

The sums of one form are identities of its era; here stand prose against tables, lists against totals, shares against
counts, and bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.rulebook.lexicons import Marker
from pipeline.rulebook.slots import filled_pattern
from pipeline.rulebook.source import did_you_mean, load_schema, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.rulebook.source import Key, Located

_ALL_UNDER = ".*"


@dataclass(frozen=True, slots=True)
class Calibre:
    """One thing that a statement in prose may count: the sum of ``terms``, unless its sentence says ``unless_said``.

    ``terms`` is empty where it is the very indicator of the statement.
    """

    id: str | None
    terms: tuple[str, ...]
    unless_said: Marker | None


@dataclass(frozen=True, slots=True)
class StatedTwice:
    """What prose states of ``prose`` equals what the tables say, in one of its calibres."""

    id: str
    severity: Severity
    prose: str
    calibres: tuple[Calibre, ...]


@dataclass(frozen=True, slots=True)
class PrintedList:
    """``parts`` printed one after another behind one of ``totals``.

    They add up to it; with ``overlap`` none exceeds it, and together they reach it.
    """

    id: str
    severity: Severity
    parts: tuple[str, ...]
    totals: tuple[str, ...]
    overlap: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """Percentages printed behind the counts of a list."""

    id: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Bound:
    """Cells against cells: the sum ``left``, and ``times`` the sum ``right``, which is zero where it has no terms.

    It holds for bodies of ``levels``, of all where there are none. With ``earlier_years`` what is too much this year
    may be due to an earlier one.
    """

    id: str
    severity: Severity
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    times: float
    levels: frozenset[str]
    earlier_years: bool


@dataclass(frozen=True, slots=True)
class Agreements:
    """All that must agree in any report, and by name the words that tell how a statement is meant."""

    stated_twice: tuple[StatedTwice, ...]
    lists: tuple[PrintedList, ...]
    shares: Shares
    bounds: tuple[Bound, ...]
    words: Mapping[str, Marker]

    @property
    def terms(self) -> frozenset[str]:
        """All indicators that are named, those under ``x.*`` by this."""
        calibres = [calibre for twice in self.stated_twice for calibre in twice.calibres]
        return frozenset(
            [twice.prose for twice in self.stated_twice]
            + [term for calibre in calibres for term in calibre.terms]
            + [term for printed in self.lists for term in (*printed.parts, *printed.totals)]
            + [term for bound in self.bounds for term in (*bound.left, *bound.right)]
        )


def stands_for(term: str, indicator: str) -> bool:
    """Say whether ``term`` is the indicator, or ``x.*`` with the indicator under x."""
    return indicator.startswith(term[:-1]) if term.endswith(_ALL_UNDER) else indicator == term


def load_agreements(folder: Path) -> Agreements:
    """Return what ``folder/agreements.yaml`` says must agree. Raises ``RuleError`` with file and line."""
    located = read_rules(folder / "agreements.yaml", load_schema(folder, "agreements"))
    value: dict[str, Any] = located.value
    words = {each["id"]: _marker(located, number) for number, each in enumerate(value["words"])}
    shares = value["shares"]
    return Agreements(
        stated_twice=tuple(_stated_twice(located, number, words) for number in range(len(value["stated_twice"]))),
        lists=tuple(_printed_list(each) for each in value["lists"]),
        shares=Shares(shares["id"], Severity(shares["severity"])),
        bounds=tuple(_bound(each) for each in value["bounds"]),
        words=words,
    )


def _marker(located: Located, number: int) -> Marker:
    each = located.value["words"][number]
    here: tuple[Key, ...] = ("words", number)
    pattern = filled_pattern(located, {}, *here, "pattern")
    return Marker(
        each["id"], each["id"], pattern, tuple(each["examples"]), tuple(each["counterexamples"]), located.place(*here)
    )


def _stated_twice(located: Located, number: int, words: Mapping[str, Marker]) -> StatedTwice:
    value = located.value["stated_twice"][number]
    calibres = []
    for place, each in enumerate(value.get("tables", ())):
        word = each.get("unless_said")
        if word is not None and word not in words:
            message = f"no words '{word}' above{did_you_mean(word, words)}"
            raise located.error(message, "stated_twice", number, "tables", place, "unless_said")
        calibres.append(Calibre(each["id"], tuple(each["sum"].split(" + ")), words.get(word)))
    same = Calibre(None, (), None)
    return StatedTwice(value["id"], Severity(value["severity"]), value["prose"], tuple(calibres) or (same,))


def _printed_list(value: dict[str, Any]) -> PrintedList:
    parts, totals = tuple(value["parts"]), tuple(value["totals"])
    return PrintedList(value["id"], Severity(value["severity"]), parts, totals, value["relation"] == "overlap")


def _bound(value: dict[str, Any]) -> Bound:
    return Bound(
        id=value["id"],
        severity=Severity(value["severity"]),
        left=tuple(value["left"].split(" + ")),
        relation=value["relation"],
        right=tuple(value["right"].split(" + ")) if "right" in value else (),
        times=value.get("times", 1),
        levels=frozenset(value.get("levels", ())),
        earlier_years=value.get("earlier_years", False),
    )
