"""Read what tables, columns and codes are called for people: ``rules/labels/`` in, frozen values out.

The names of indicators, forms, concepts and classes stand with these and are added here, so that one place answers for
every code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.rulebook.forms import Names
from pipeline.rulebook.source import RuleError, did_you_mean, load_schema, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.rulebook.concepts import Concept
    from pipeline.rulebook.eras import Era
    from pipeline.rulebook.indicators import Indicator
    from pipeline.rulebook.lexicons import Lexicons
    from pipeline.rulebook.source import Located


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """What a column is called; ``codes`` names the closed list of its values, null where they are open."""

    names: Names
    note: Names | None
    codes: str | None


@dataclass(frozen=True, slots=True)
class TableLabels:
    """What a table, one row of it and its columns are called."""

    names: Names
    row: Names
    columns: Mapping[str, ColumnLabel]


@dataclass(frozen=True, slots=True)
class Labels:
    """All words for people: of tables, of what stands behind a concept in the panel, and of codes in their order."""

    tables: Mapping[str, TableLabels]
    panel_parts: Mapping[str, ColumnLabel]
    codes: Mapping[str, Mapping[str, Names]]

    def code(self, codes: str, value: str) -> Names:
        """Return what the code ``value`` of the list ``codes`` is called: the code itself where it has no name.

        Behind a colon a code may say what it is about, as ``C3:requests.carried_over``: a colon and its name follow.
        """
        family, _, about = value.partition(":")
        names = self.codes[codes].get(value) or self.codes[codes].get(family.partition(".")[0])
        if names is None:
            return Names(value, value)
        if not about or value in self.codes[codes]:
            return names
        known = (self.codes[kind].get(about) for kind in ("indicator", "period", "concept", "sense"))
        subject = next((found for found in known if found), Names(about, about))
        return Names(f"{names.zh}：{subject.zh}", f"{names.en}: {subject.en}")


def load_labels(
    folder: Path, indicators: Iterable[Indicator], eras: Iterable[Era], concepts: Iterable[Concept], lexicons: Lexicons
) -> Labels:
    """Return the labels in the files of ``folder/labels`` and those of the other rules.

    Raises ``RuleError`` where a kind is missing, a name stands in two files or a column names an unknown list.
    """
    schema = load_schema(folder, "labels")
    files = [read_rules(path, schema) for path in sorted((folder / "labels").glob("*.yaml"))]
    tables, parts, named = (_joined(folder / "labels", files, kind) for kind in ("tables", "panel_parts", "codes"))
    codes = {
        "indicator": {each.id: Names(**each.names) for each in indicators},
        "concept": {each.id: each.names for each in concepts},
        "item_class": {each.id: Names(**each.names) for classes in lexicons.classes.values() for each in classes},
        "era": {era.id: era.names for era in reversed(tuple(eras)) if era.counts_as == era.id},
        **{name: {code: Names(**words) for code, words in listed.items()} for name, (listed, _) in named.items()},
    }
    for table, (described, located) in tables.items():
        for name, column in described["columns"].items():
            listed = column.get("codes")
            if listed is not None and listed not in codes:
                message = f"no list of codes is called '{listed}'{did_you_mean(listed, codes)}"
                raise located.error(message, "tables", table, "columns", name, "codes")
    return Labels(
        tables={name: _table(each) for name, (each, _) in tables.items()},
        panel_parts={name: _column(each) for name, (each, _) in parts.items()},
        codes=codes,
    )


def _joined(folder: Path, files: Iterable[Located], kind: str) -> dict[str, tuple[dict[str, Any], Located]]:
    """Return what the files tell under the key ``kind``: by name the entry and the file that holds it."""
    joined: dict[str, tuple[dict[str, Any], Located]] = {}
    for located in files:
        for name, entry in located.value.get(kind, {}).items():
            if name in joined:
                message = f"'{name}' is also named in {joined[name][1].path.name}"
                raise located.error(message, kind, name)
            joined[name] = (entry, located)
    if not joined:
        raise RuleError(folder, 1, f"has no file with '{kind}': copy it from the rules that came with the program")
    return joined


def _table(value: dict[str, Any]) -> TableLabels:
    columns = {name: _column(column) for name, column in value["columns"].items()}
    return TableLabels(Names(**value["names"]), Names(**value["row"]), columns)


def _column(value: dict[str, Any]) -> ColumnLabel:
    note = value.get("note")
    return ColumnLabel(Names(value["zh"], value["en"]), Names(**note) if note else None, value.get("codes"))
