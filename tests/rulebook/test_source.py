from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.rulebook.source import RuleError, read_rules

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "kind": {"enum": ["table", "prose"]},
        "columns": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"label": {"type": "string"}, "width": {"type": "integer", "minimum": 1}},
            },
        },
        "choice": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "any": {},
    },
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.yaml"


def mistake(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_rules(path, SCHEMA)
    return str(caught.value).removeprefix(f"{path}:")


def test_values_come_with_their_lines(rules: Path) -> None:
    rules.write_text("id: 表\n\ncolumns:\n  - label: 行\n    width: 2\n  - {label: 列}\n", encoding="utf-8")
    located = read_rules(rules, SCHEMA)
    assert located.value == {"id": "表", "columns": [{"label": "行", "width": 2}, {"label": "列"}]}
    assert located.line() == 1
    assert located.line("columns") == 3
    assert located.line("columns", 0, "width") == 5
    assert located.line("columns", 1, "label") == 6
    assert located.line("columns", 1, "nothing") == 6


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("2019-05-15", "2019-05-15"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("12", 12),
        ("-3", -3),
        ("86.4", 86.4),
        ("'12'", "12"),
        ('"null"', "null"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_only_plain_types_are_guessed(rules: Path, written: str, meant: object) -> None:
    rules.write_text(f"id: x\nany: {written}\n", encoding="utf-8")
    value = read_rules(rules, SCHEMA).value["any"]
    assert value == meant
    assert type(value) is type(meant)


def test_keys_stay_words(rules: Path) -> None:
    rules.write_text("id: x\nany: {1: a, no: b}\n", encoding="utf-8")
    assert read_rules(rules, SCHEMA).value["any"] == {"1": "a", "no": "b"}


def test_an_unknown_key_is_told_with_its_line_and_a_guess(rules: Path) -> None:
    assert mistake(rules, "id: x\nkind: table\ncolums: []\n") == "3: unknown key 'colums' (did you mean 'columns'?)"
    assert mistake(rules, "id: x\nzzz: 1\n") == "2: unknown key 'zzz'"
    nested = "id: x\ncolumns:\n  - label: 行\n    widht: 2\n"
    assert mistake(rules, nested) == "4: unknown key 'widht' (did you mean 'width'?)"


def test_other_mistakes_are_told_with_their_line(rules: Path) -> None:
    assert mistake(rules, "kind: table\n") == "1: key 'id' is missing"
    wrong_word = "id: x\nkind: tabel\n"
    assert mistake(rules, wrong_word) == "2: 'kind' is 'tabel', but must be one of table, prose (did you mean 'table'?)"
    assert mistake(rules, "id: x\ncolumns:\n- label: 3\n") == "3: 'label' must be text, not 3"
    assert mistake(rules, "id: x\ncolumns: 行\n") == "2: 'columns' must be a list, not '行'"
    assert mistake(rules, "id: x\ncolumns:\n- width: 0\n").startswith("3: 'width': 0 is less than")
    assert mistake(rules, "id: x\nchoice: [a, 3]\n") == "2: this must be text, not 3"


def test_the_first_of_several_mistakes_is_told(rules: Path) -> None:
    assert mistake(rules, "id: x\nfirst: 1\nsecond: 2\n").startswith("2:")


def test_a_repeated_key_is_an_error(rules: Path) -> None:
    assert mistake(rules, "id: x\nkind: table\nid: y\n") == "3: key 'id' stands here twice, first in line 1"


def test_aliases_and_tags_are_errors(rules: Path) -> None:
    twice = "id: x\nany: [&one [a],\n  *one]\n"
    assert mistake(rules, twice).endswith("anchors and aliases are not allowed: write the value out")
    assert "type tags" in mistake(rules, "id: x\nany: !!python/name:os.system x\n")


def test_broken_files_are_told(rules: Path) -> None:
    assert mistake(rules, "id: x\nany: [a\n").startswith("3: is no YAML: ")
    assert mistake(rules, "") == "1: is empty"
    rules.write_bytes("id: x\nany: 表".encode("gb18030"))
    with pytest.raises(RuleError, match="2: is not UTF-8"):
        read_rules(rules, SCHEMA)
    with pytest.raises(RuleError, match="cannot be read: No such file"):
        read_rules(rules.with_name("absent.yaml"), SCHEMA)
