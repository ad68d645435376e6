"""Read what must agree between the reports of one body on two years: ``rules/years.yaml`` in, frozen values out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model import Severity
from pipeline.rulebook.expressions import Reference, parse, references
from pipeline.rulebook.source import did_you_mean, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.model import Period
    from pipeline.rulebook.concepts import Concept
    from pipeline.rulebook.expressions import Expression
    from pipeline.rulebook.source import Located

_EACH = "{each}"
_ANY = "*"
_STAND_IN = "any_indicator"

Numbers = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class PairExample:
    """What two reports state by reference, and the outcome of the check on them."""

    before: Numbers
    now: Numbers
    outcome: str


@dataclass(frozen=True, slots=True)
class YearIdentity:
    """``left`` and ``right`` as text, with ``{each}`` for what is tested in turn.

    ``each`` is empty where there is nothing to put in, null for every indicator that the report states over ``period``.
    """

    id: str
    severity: Severity
    left: str
    relation: str
    right: str
    each: tuple[str, ...] | None
    period: Period
    by_applicant: bool
    examples: tuple[PairExample, ...]
    place: str

    def sides(self, each: str | None) -> tuple[Expression, Expression]:
        """Return both sides with a word in the place of ``{each}``."""
        return parse(self.left.replace(_EACH, each or "")), parse(self.right.replace(_EACH, each or ""))

    def terms(self) -> tuple[Reference, ...]:
        """Return the numbers that a check which stands for no words asks for."""
        return tuple(asked for side in self.sides(None) for asked in references(side))


@dataclass(frozen=True, slots=True)
class Claim:
    """The indicator ``rate`` says in per cent how the concept ``of`` changed from the year before.

    ``examples`` hold the number before, the number now, what is said, and the outcome.
    """

    id: str
    severity: Severity
    rate: str
    of: str
    examples: tuple[tuple[float, float, float, str], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A number that is ``times`` the one before or more, or the other way round, and differs by ``least`` or more."""

    times: float
    least: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A number that lies ``score`` robust standard deviations of logarithms from at least ``others`` other numbers.

    It must differ from their median by ``least`` or more.
    """

    score: float
    others: int
    least: float


@dataclass(frozen=True, slots=True)
class Unusual:
    """What is told as information: numbers of ``concepts`` that leave the line of the body or of its peers.

    ``examples`` hold the name of the rule, the other numbers, the number, and whether it is unusual among them.
    """

    concepts: tuple[str, ...]
    jump: Jump
    history: Distance
    peers: Distance
    examples: tuple[tuple[str, tuple[float, ...], float, bool], ...]
    place: str


@dataclass(frozen=True, slots=True)
class YearRules:
    """All that is tested between years."""

    identities: tuple[YearIdentity, ...]
    claims: tuple[Claim, ...]
    unusual: Unusual


def load_year_rules(folder: Path, concepts: tuple[Concept, ...]) -> YearRules:
    """Return the rules of ``years.yaml`` in ``folder``. Raises ``RuleError`` on the first mistake."""
    schema = json.loads((folder / "schema" / "years.schema.json").read_text(encoding="utf-8"))
    located = read_rules(folder / "years.yaml", schema)
    value = located.value
    known = {concept.id for concept in concepts}
    for number, claim in enumerate(value["claims"]):
        _expect_concept(located, claim["of"], known, ("claims", number, "of"))
    for number, name in enumerate(value["unusual"]["concepts"]):
        _expect_concept(located, name, known, ("unusual", "concepts", number))
    return YearRules(
        tuple(_identity(located, each, number) for number, each in enumerate(value["checks"])),
        tuple(_claim(located, each, number) for number, each in enumerate(value["claims"])),
        _unusual(located, value["unusual"]),
    )


def _expect_concept(located: Located, name: str, known: set[str], place: tuple[str | int, ...]) -> None:
    if name not in known:
        message = f"no concept is called '{name}'{did_you_mean(name, known)}"
        raise located.error(message, *place)


def _identity(located: Located, value: Mapping[str, Any], number: int) -> YearIdentity:
    each: tuple[str, ...] | None = None if value.get("each") == _ANY else tuple(value.get("each", ()))
    sides = {}
    for side in ("left", "right"):
        try:
            sides[side] = parse(value[side].replace(_EACH, each[0] if each else _STAND_IN))
        except ValueError as error:
            raise located.error(str(error), "checks", number, side) from error
    asked = next(iter(references(sides["left"])))
    if value.get("by_applicant") and not all(isinstance(side, Reference) for side in sides.values()):
        message = "a check by applicant compares one indicator with another"
        raise located.error(message, "checks", number, "by_applicant")
    return YearIdentity(
        id=value["id"],
        severity=Severity(value["severity"]),
        left=value["left"],
        relation=value["relation"],
        right=value["right"],
        each=each,
        period=asked.period,
        by_applicant=value.get("by_applicant", False),
        examples=tuple(
            PairExample(each["before"], each["now"], each["outcome"])
            for each in (*value["examples"], *value["counterexamples"])
        ),
        place=located.place("checks", number),
    )


def _claim(located: Located, value: Mapping[str, Any], number: int) -> Claim:
    return Claim(
        id=value["id"],
        severity=Severity(value["severity"]),
        rate=value["rate"],
        of=value["of"],
        examples=tuple(
            (each["before"], each["now"], each["said"], each["outcome"])
            for each in (*value["examples"], *value["counterexamples"])
        ),
        place=located.place("claims", number),
    )


def _unusual(located: Located, value: Mapping[str, Any]) -> Unusual:
    return Unusual(
        concepts=tuple(value["concepts"]),
        jump=Jump(value["jump"]["times"], value["jump"]["least"]),
        history=_distance(value["history"]),
        peers=_distance(value["peers"]),
        examples=tuple(
            (name, tuple(each["others"]), each["value"], is_unusual)
            for name in ("jump", "history", "peers")
            for key, is_unusual in (("examples", True), ("counterexamples", False))
            for each in value[name][key]
        ),
        place=located.place("unusual"),
    )


def _distance(value: Mapping[str, Any]) -> Distance:
    return Distance(value["score"], value["others"], value["least"])
