"""Read one rule file: YAML in, plain values with the line of each of them out.

YAML's guesses are switched off: ``no`` is a word, ``2019-05-15`` a text and ``010`` not eight. What is left are
integers, decimal numbers, ``true``, ``false``, ``null`` and text. A mistake is a ``RuleError`` with file and line.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import getitem
from typing import TYPE_CHECKING, Any, cast

import yaml
from jsonschema_rs import Draft202012Validator
from jsonschema_rs import ValidationErrorKind as Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jsonschema_rs import ValidationError

Key = str | int

_TEXT_TAG = "tag:yaml.org,2002:str"
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}
_TYPE_NAMES = {
    "object": "keys with values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}

# YAML's own guessing of types is what `yaml_implicit_resolvers` holds; the C parser is several times faster.
_LOADER: Any = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"yaml_implicit_resolvers": {}})


class RuleError(ValueError):
    """A mistake in a rule file, told as ``file:line: what is wrong``."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Located:
    """The content of a rule file: ``value`` in dicts, lists and scalars, and where each part of it stands."""

    path: Path
    value: Any
    lines: Mapping[tuple[Key, ...], int]

    def line(self, *keys: Key) -> int:
        """Return the line, from 1, of the part under ``keys``; or of the nearest part around it."""
        place = tuple(keys)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def place(self, *keys: Key) -> str:
        """Return where the part under ``keys`` stands, as ``rules/eras/form_2021.yaml:37``."""
        return f"{self.path}:{self.line(*keys)}"

    def error(self, message: str, *keys: Key) -> RuleError:
        """Return an error that points at the part under ``keys``."""
        return RuleError(self.path, self.line(*keys), message)


def read_rules(path: Path, schema: dict[str, Any]) -> Located:
    """Return the content of the YAML file ``path``, which keeps to the JSON Schema ``schema`` (Draft 2020-12).

    Raises ``RuleError`` where the file can't be read, is no YAML, repeats a key or breaks the schema.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleError(path, 1, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RuleError(path, line, "is not UTF-8: save the file as UTF-8") from error
    located = _located(path, text)
    mistakes = [_first_cause(mistake) for mistake in Draft202012Validator(schema).iter_errors(located.value)]
    if mistakes:
        told = [
            (mistake.kind.name != "additionalProperties", _rule_error(located, schema, mistake)) for mistake in mistakes
        ]
        raise min(told, key=lambda each: (each[0], each[1].line))[1]
    return located


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'columns'?)`` where one of the known words is near, else nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def _located(path: Path, text: str) -> Located:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleError(path, mark.line + 1 if mark else 1, f"is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise RuleError(path, 1, f"is no YAML: {error}") from error
    if root is None:
        raise RuleError(path, 1, "is empty")
    reader = _Reader(path)
    value = reader.value(root, ())
    return Located(path, value, {(): 1, **reader.lines})


class _Reader:
    """Turns YAML nodes into plain values and notes the line of each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[tuple[Key, ...], int] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: tuple[Key, ...]) -> Any:  # noqa: ANN401 — YAML holds any of six types
        if id(node) in self._seen:
            raise self._error(node, "anchors and aliases are not allowed: write the value out")
        self._seen.add(id(node))
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, number)) for number, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT_TAG:
            raise self._error(node, f"type tags such as {node.tag} are not allowed")
        return _plain(node.value) if not node.style else node.value

    def _mapping(self, node: yaml.MappingNode, place: tuple[Key, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(key_node, "a key must be a word")
            key = key_node.value
            here = (*place, key)
            if key in values:
                raise self._error(key_node, f"key '{key}' stands here twice, first in line {self.lines[here]}")
            self.lines[here] = key_node.start_mark.line + 1
            values[key] = self.value(value_node, here)
        return values

    def _error(self, node: yaml.Node, message: str) -> RuleError:
        return RuleError(self.path, node.start_mark.line + 1, message)


def _plain(word: str) -> str | int | float | bool | None:
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _DECIMAL.fullmatch(word) else word


def _rule_error(located: Located, schema: dict[str, Any], mistake: ValidationError) -> RuleError:
    place, kind, found = tuple(mistake.instance_path), mistake.kind, cast("Any", mistake.instance)
    if isinstance(kind, Kind.AdditionalProperties):
        key = next(key for key in found if key in kind.unexpected)
        around: Any = reduce(getitem, mistake.schema_path[:-1], cast("Any", schema))
        return located.error(f"unknown key '{key}'{did_you_mean(key, around.get('properties', ()))}", *place, key)
    if isinstance(kind, Kind.Required):
        return located.error(f"key '{kind.property}' is missing", *place)
    subject = f"'{place[-1]}'" if place and isinstance(place[-1], str) else "this"
    if isinstance(kind, Kind.Enum):
        hint = did_you_mean(str(found), [word for word in kind.options if isinstance(word, str)])
        choices = ", ".join(str(word) for word in kind.options)
        return located.error(f"{subject} is '{found}', but must be one of {choices}{hint}", *place)
    if isinstance(kind, Kind.Type):
        wanted = " or ".join(_TYPE_NAMES[name] for name in kind.types)
        return located.error(f"{subject} must be {wanted}, not {found!r}", *place)
    return located.error(f"{subject}: {mistake.message}", *place)


def _first_cause(mistake: ValidationError) -> ValidationError:
    """Return what is wrong with the choice that fits best where none of several choices fits."""
    while isinstance(mistake.kind, Kind.OneOfNotValid | Kind.AnyOf) and any(mistake.kind.context):
        mistake = max(chain(*mistake.kind.context), key=lambda reason: len(reason.instance_path))
    return mistake


def load_schema(folder: Path, name: str) -> dict[str, Any]:
    """Return the JSON Schema ``name`` of the rules in ``folder``."""
    schema: dict[str, Any] = json.loads((folder / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema
