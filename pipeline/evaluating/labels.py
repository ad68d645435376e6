"""Read labels made by hand: a folder of JSON files, one per report, or a JSON Lines file, one clause per line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.evaluating.errors import EvaluationError
from pipeline.model import Period, Qualifier, ValueSource, ValueStatus
from pipeline.text.fold import fold
from pipeline.text.numerals import find_numerals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pipeline.evaluating.conventions import Conventions

_OTHER_READINGS = re.compile(r"alt: ([^|]*)")
_TRUE_VALUE = re.compile(r"true=([\d.]*\d)")
_UNKNOWN = "unknown"

UNCLEAR = "unclear"
"""The period of a label whose words don't tell it: any period that is read agrees."""


class GoldKind(StrEnum):
    """What labels are about."""

    REPORTS = "reports"
    CLAUSES = "clauses"


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A second defensible reading: an indicator, and the printed label it needs (null: any)."""

    indicator: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One value as a person read it.

    ``value`` is null where none is printed; ``true_value`` is what a cell that can't be read says elsewhere; a value
    that is ``optional`` may be read or not; ``words`` are the quote and the remarks on it.
    """

    indicator: str
    value: float | None
    applicant: str | None = None
    item: str | None = None
    unit: str | None = None
    status: str = ValueStatus.REPORTED
    qualifier: str | None = Qualifier.EXACT
    period: str = Period.THIS_YEAR
    in_table: bool = False
    optional: bool = False
    quote: str = ""
    words: str = ""
    other_readings: tuple[OtherReading, ...] = ()
    true_value: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A report or a clause with its labels; ``traps`` are numbers in it that are no value of any indicator."""

    name: str
    place: str
    form: str
    labels: tuple[Label, ...]
    traps: frozenset[float] = frozenset()


@dataclass(frozen=True, slots=True)
class Gold:
    """All labels of a folder of reports or a file of clauses."""

    kind: GoldKind
    texts: tuple[LabelledText, ...]


def read_gold(path: Path, conventions: Conventions) -> Gold:
    """Return the labels in ``path``. Raises ``EvaluationError`` where there are none or one can't be understood."""
    if path.is_dir():
        texts = [_text(file, file.read_bytes(), _report, conventions) for file in sorted(path.glob("*.json"))]
        if not texts:
            raise EvaluationError(f"'{path}' holds no labels: it must be a folder of .json files, one per report.")
        return Gold(GoldKind.REPORTS, tuple(texts))
    if path.suffix != ".jsonl" or not path.is_file():
        raise EvaluationError(f"'{path}' is neither a folder of report labels nor a .jsonl file of clauses.")
    lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    texts = [_text(f"{path}, entry {number}", line, _clause, conventions) for number, line in enumerate(lines, 1)]
    if not texts:
        raise EvaluationError(f"'{path}' is empty: it must hold one clause per line.")
    return Gold(GoldKind.CLAUSES, tuple(texts))


def _text(
    place: object, data: bytes, read: Callable[[Any, Conventions], LabelledText], conventions: Conventions
) -> LabelledText:
    try:
        return read(json.loads(data), conventions)
    except KeyError as error:
        raise EvaluationError(f"{place}: the key {error} is missing from the labels.") from error
    except (TypeError, ValueError) as error:
        raise EvaluationError(f"{place}: can't be read as labels: {error}") from error


def _report(found: dict[str, Any], conventions: Conventions) -> LabelledText:
    return LabelledText(
        name=found["file"],
        place=found["file"].split("_")[0],
        form=conventions.forms.get(found["era"], found["era"]),
        labels=tuple(_report_label(each, conventions) for each in found["observations"]),
        traps=_numbers(trap["text"] for trap in found.get("traps", ())),
    )


def _report_label(found: dict[str, Any], conventions: Conventions) -> Label:
    indicator, period = conventions.plain(found["indicator"], found.get("period") or Period.THIS_YEAR)
    quote, note = found.get("quote") or "", found.get("note") or ""
    others = _OTHER_READINGS.search(note)
    truth = _TRUE_VALUE.search(note)
    return Label(
        indicator=indicator,
        value=_number(found["value"]),
        applicant=found.get("applicant") or None,
        item=_stripped(found.get("item")),
        unit=found.get("unit") or None,
        status=found.get("status") or ValueStatus.REPORTED,
        qualifier=found.get("qualifier") or None,
        period=period,
        in_table=found.get("source") in {ValueSource.TABLE, ValueSource.ATTACHMENT_TABLE},
        optional=bool(found.get("optional")),
        quote=quote,
        words=quote + note,
        other_readings=tuple(OtherReading(name.strip()) for name in others[1].split(";")) if others else (),
        true_value=float(truth[1]) if truth else None,
    )


def _clause(found: dict[str, Any], conventions: Conventions) -> LabelledText:
    url = found.get("url") or ""
    return LabelledText(
        name=found["id"],
        place=urlsplit(url if "//" in url else f"//{url}").hostname or _UNKNOWN,
        form=found.get("era") or _UNKNOWN,
        labels=tuple(_clause_label(each, conventions) for each in found["gold"]),
        traps=frozenset(float(number) for trap in found.get("traps", ()) for number in trap.get("numbers", ())),
    )


def _clause_label(found: dict[str, Any], conventions: Conventions) -> Label:
    indicator, period = conventions.plain(found["indicator"], found.get("period") or Period.THIS_YEAR)
    quote = found.get("evidence") or ""
    return Label(
        indicator=indicator,
        value=_number(found["value"]),
        item=_stripped(found.get("item")),
        unit=found.get("unit") or None,
        status=ValueStatus.ZERO_STATED if found.get("zero_stated") else ValueStatus.REPORTED,
        qualifier=found.get("qualifier") or Qualifier.EXACT,
        period=period,
        optional=bool(found.get("optional")),
        quote=quote,
        words=quote,
        other_readings=tuple(_other_reading(each) for each in found.get("alt") or ()),
    )


def _other_reading(text: str) -> OtherReading:
    indicator, _, item = text.partition("#")
    return OtherReading(indicator, _stripped(item))


def _stripped(text: str | None) -> str | None:
    return (text or "").strip() or None


def _number(value: Any) -> float | None:  # noqa: ANN401 — whatever the JSON holds
    return None if value is None else float(value)


def _numbers(texts: Iterable[str]) -> frozenset[float]:
    found = [numeral.value for text in texts for numeral in find_numerals(fold(text).text)]
    return frozenset(value for value in found if value is not None)
