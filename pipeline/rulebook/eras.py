"""Read the official forms: ``rules/eras/*.yaml`` in, ``Era`` values out; and tell the form of a document.

A new form is one new file. Everything in it is checked here: labels that can't be told apart, rows or indicators that
an identity names and the form does not have.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pipeline.model import Period, SectionKind, Severity, ValueSource
from pipeline.rulebook.forms import (
    AccountingIdentity,
    Column,
    Era,
    Example,
    ExpectedValue,
    Fingerprint,
    FormTable,
    Heading,
    Names,
    Panel,
    Row,
)
from pipeline.rulebook.source import did_you_mean, read_rules
from pipeline.text.fold import fold
from pipeline.text.labels import label_key
from pipeline.text.script import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.rulebook.source import Key, Located

__all__ = ["Era", "era_of", "load_eras", "parse_term"]

_TERM = re.compile(r"(?P<indicator>[a-z0-9_.]+)(?:\[(?P<applicant>[a-z_.]+)\])?")
_PERIOD_OF_TERM = re.compile(r"(?P<term>.*)\((?P<period>[a-z_]+)\)")
_SPACES = re.compile(r"\s+")


def load_eras(folder: Path) -> tuple[Era, ...]:
    """Return the forms described in ``folder``, by the rank of their first fingerprint.

    The schema is ``schema/era.schema.json`` beside the folder. Raises ``RuleError`` on the first mistake.
    """
    schema = json.loads((folder.parent / "schema" / "era.schema.json").read_text(encoding="utf-8"))
    files: dict[str, Located] = {}
    eras = []
    for path in sorted(folder.glob("*.yaml")):
        located = read_rules(path, schema)
        era = _era(located)
        if era.id in files:
            message = f"era '{era.id}' is also described in {files[era.id].path.name}"
            raise located.error(message, "id")
        files[era.id] = located
        eras.append(era)
    for era in eras:
        if era.counts_as not in files:
            message = f"no form is called '{era.counts_as}'{did_you_mean(era.counts_as, files)}"
            raise files[era.id].error(message, "counts_as")
    return tuple(sorted(eras, key=lambda era: min(sign.rank for sign in era.fingerprints)))


def era_of(texts: Iterable[str], eras: tuple[Era, ...]) -> Era | None:
    """Return the form whose fingerprint is found first, by rank, in the texts of a document; null where none is."""
    whole = simplify(_SPACES.sub("", "".join(fold(text).text for text in texts)).replace("|", ""))
    signs = sorted(((sign, era) for era in eras for sign in era.fingerprints), key=lambda pair: pair[0].rank)
    for sign, era in signs:
        if sum(word in whole for word in sign.words) >= sign.at_least:
            return era
    return None


def parse_term(term: str) -> tuple[str, str | None]:
    """Return indicator and applicant of a term such as ``requests.carried_over[total]``."""
    match = _TERM.fullmatch(term)
    if match is None:
        message = f"'{term}' is neither an indicator nor indicator[applicant]"
        raise ValueError(message)
    return match["indicator"], match["applicant"]


def _era(located: Located) -> Era:
    value: dict[str, Any] = located.value
    tables = tuple(_table(located, table, ("tables", number)) for number, table in enumerate(value.get("tables", [])))
    identities = tuple(
        _identity(located, identity, tables, ("identities", number))
        for number, identity in enumerate(value.get("identities", []))
    )
    return Era(
        id=value["id"],
        counts_as=value.get("counts_as", value["id"]),
        names=Names(**value["names"]),
        authority=value["authority"],
        value_source=ValueSource(value["value_source"]),
        fingerprints=tuple(
            Fingerprint(sign["rank"], tuple(fold(word).text for word in sign["words"]), sign["at_least"])
            for sign in value["fingerprints"]
        ),
        sections=tuple(_heading(located, part, number) for number, part in enumerate(value.get("sections", []))),
        tables=tables,
        identities=identities,
        examples=_examples(located, value.get("example", [])),
    )


def _heading(located: Located, value: dict[str, Any], number: int) -> Heading:
    try:
        kind = SectionKind(value["kind"])
    except ValueError as error:
        message = f"no kind of section is called '{value['kind']}'{did_you_mean(value['kind'], SectionKind)}"
        raise located.error(message, "sections", number, "kind") from error
    return Heading(kind, value["heading"], tuple(value.get("aliases", ())))


def _table(located: Located, value: dict[str, Any], place: tuple[Key, ...]) -> FormTable:
    panels = tuple(
        _panel(located, panel, value["units"], (*place, "panels", number))
        for number, panel in enumerate(value["panels"])
    )
    cell = value["cell"]
    table = FormTable(
        id=value["id"],
        heading=value["heading"],
        indicator=cell["indicator"],
        applicant=cell.get("applicant"),
        period=cell.get("period"),
        unit_columns=frozenset(label_key(label) for label in value.get("unit_columns", ())),
        panels=panels,
    )
    _check_meanings(located, table, place)
    return table


def _check_meanings(located: Located, table: FormTable, place: tuple[Key, ...]) -> None:
    seen = set()
    for panel, row, column in table.places():
        if ("{row}" in table.indicator) != (row is not None):
            message = "rows need {row} in 'indicator', a panel without rows can't have it"
            raise located.error(message, *place, "cell", "indicator")
        try:
            meaning = table.meaning(row, column)
        except ValueError as error:
            periods = ", ".join(Period)
            message = f"{error}: a period is one of {periods}"
            raise located.error(message, *place, "cell", "period") from error
        if meaning in seen:
            number = table.panels.index(panel)
            message = f"two cells of table {table.id} state the same: {meaning.indicator} {meaning.applicant or ''}"
            raise located.error(message.rstrip(), *place, "panels", number)
        seen.add(meaning)


def _panel(located: Located, value: dict[str, Any], units: list[str], place: tuple[Key, ...]) -> Panel:
    columns = tuple(_column(column, units) for column in value["columns"])
    _check_replaced(located, value["columns"], (*place, "columns"))
    _check_replaced(located, value.get("rows", []), (*place, "rows"))
    rows = []
    row_labels: dict[str, tuple[Row, ...]] = {}
    for number, item in enumerate(value.get("rows", [])):
        row = _row(item)
        for label in (item["label"], *item.get("aliases", ())):
            for key in {label_key(label), (row.under or "") + label_key(label)}:
                others = tuple(other for other in row_labels.get(key, ()) if other is not row)
                for other in others:
                    if other.under == row.under:
                        message = f"label '{label}' can't be told from that of row '{other.key}'"
                        raise located.error(message, *place, "rows", number)
                row_labels[key] = (*others, row)
        rows.append(row)
    leaf_labels: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        for key in sorted(column.keys):
            leaf_labels[key] = (*leaf_labels.get(key, ()), column)
    return Panel(
        rows=tuple(rows),
        columns=columns,
        row_labels=row_labels,
        leaf_labels=leaf_labels,
        group_labels={label: label for column in columns for label in column.path[:-1]},
        row_groups=_row_groups(rows, row_labels, value.get("groups", [])),
    )


def _check_replaced(located: Located, items: list[dict[str, Any]], place: tuple[Key, ...]) -> None:
    keys = {item["key"] for item in items}
    for number, item in enumerate(items):
        for key in item.get("instead_of", ()):
            if key not in keys:
                message = f"no {str(place[-1]).removesuffix('s')} has the key '{key}'{did_you_mean(key, keys)}"
                raise located.error(message, *place, number, "instead_of")


def _row(value: dict[str, Any]) -> Row:
    return Row(
        key=value["key"],
        label=label_key(value["label"]),
        under=label_key(value["under"]) if "under" in value else None,
        instead_of=tuple(value.get("instead_of", ())),
        is_optional=bool(value.get("optional") or value.get("heading") or value.get("instead_of")),
        is_heading=value.get("heading", False),
        item=value.get("item"),
        unit=value.get("unit"),
        units=tuple(value.get("units", ())),
        numbers=value.get("numbers"),
        often_equal=value.get("often_equal", False),
    )


def _row_groups(
    rows: list[Row], row_labels: dict[str, tuple[Row, ...]], titles: list[dict[str, Any]]
) -> dict[str, str]:
    """Return the label of the group by each of its wordings: rows that have others under them, and mere titles."""
    groups = {row.under: row.under for row in rows if row.under}
    for title in titles:
        label = label_key(title["label"])
        groups |= {label_key(wording): label for wording in (title["label"], *title.get("aliases", ()))}
    named = {label: found[0].label for label, found in row_labels.items() if len(found) == 1}
    return groups | {label: group for label, group in named.items() if group in groups}


def _column(value: dict[str, Any], units: list[str]) -> Column:
    path = tuple(label_key(label) for label in value["path"])
    return Column(
        key=value["key"],
        path=path,
        keys=frozenset({path[-1], *(label_key(label) for label in value.get("aliases", ()))}),
        unit=value.get("unit"),
        units=tuple(value.get("units", units)),
        numbers=value.get("numbers", "count"),
        weak_keys=frozenset(label_key(label) for label in value.get("weak", ())),
        instead_of=tuple(value.get("instead_of", ())),
        scope=value.get("scope"),
    )


def _identity(
    located: Located, value: dict[str, Any], tables: tuple[FormTable, ...], place: tuple[Key, ...]
) -> AccountingIdentity:
    if value["along"] != "document" and "table" not in value:
        message = f"along: {value['along']} needs the 'table' it runs through"
        raise located.error(message, *place)
    chosen = [table for table in tables if table.id == value.get("table", table.id)]
    if not chosen:
        names = [table.id for table in tables]
        message = f"there is no table '{value['table']}', only {', '.join(names)}"
        raise located.error(message, *place, "table")
    meanings = [table.meaning(row, column) for table in chosen for _, row, column in table.places()]
    indicators = {meaning.indicator for meaning in meanings}
    known = {meaning.applicant or "" for meaning in meanings} if value["along"] == "row" else indicators
    sides = {side: tuple(value[side].split(" + ")) for side in ("left", "right")}
    wanted = [(side, term, known) for side, terms in sides.items() for term in terms]
    wanted += [(key, value[key], indicators) for key in ("if_printed", "unless_printed") if key in value]
    for key, term, choices in wanted:
        if term not in choices:
            message = f"the form has no '{term}'{did_you_mean(term, choices)}"
            raise located.error(message, *place, key)
    return AccountingIdentity(
        id=value["id"],
        along=value["along"],
        table=value.get("table"),
        left=sides["left"],
        relation=value.get("relation", "="),
        right=sides["right"],
        severity=Severity(value["severity"]),
        if_printed=value.get("if_printed"),
        unless_printed=value.get("unless_printed"),
    )


def _examples(located: Located, value: dict[str, Any] | list[dict[str, Any]]) -> tuple[Example, ...]:
    if isinstance(value, dict):
        return (_example(located, value, ("example",)),)
    return tuple(_example(located, each, ("example", number)) for number, each in enumerate(value))


def _example(located: Located, value: dict[str, Any], place: tuple[Key, ...]) -> Example:
    expected = []
    for term, number in value["expected"].items():
        match = _PERIOD_OF_TERM.fullmatch(term)
        try:
            indicator, applicant = parse_term(match["term"] if match else term)
            period = Period(match["period"]) if match else Period.THIS_YEAR
        except ValueError as error:
            raise located.error(str(error), *place, "expected", term) from error
        expected.append(ExpectedValue(indicator, applicant, period, number))
    return Example(tuple(value["grids"]), value["cells"], tuple(expected))
