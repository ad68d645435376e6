"""The manifest of a finished run, read back: what it says of the tables beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.tables.errors import TablesMissingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
_VERSIONS = ("version", "schema_version", "rules_version")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run says of itself: ``told`` is all of it, ``versions`` those of tool, schema and rules by name.

    ``tables`` gives file, rows and hash by the name of a table, ``rules`` the folder of the rules as it was named for
    the run, null for those of the program, ``also`` the indicators that were asked for.
    """

    told: Mapping[str, Any]
    versions: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    rules: str | None
    also: frozenset[str]

    @property
    def rules_version(self) -> str:
        """The version of the rules that the run used."""
        return self.versions["rules_version"]


def read_manifest(out: Path) -> Manifest:
    """Return the manifest in ``out``. Raises ``TablesMissingError`` where there is none, or none of a finished run."""
    path = out / MANIFEST
    try:
        told = json.loads(path.read_bytes())
        return Manifest(
            told,
            {name: str(told[name]) for name in _VERSIONS},
            {name: {"file": table["file"], **table} for name, table in told["tables"].items()},
            told.get("configuration", {}).get("rules"),
            frozenset(told.get("configuration", {}).get("also", ())),
        )
    except OSError as error:
        message = (
            f"There are no tables in '{out}': it is not the output folder of a finished run. Name the folder that "
            "'gongkai run' or 'gongkai demo' wrote its tables to."
        )
        raise TablesMissingError(message) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"'{path}' is damaged, or of another version: run 'gongkai run' again into '{out}'."
        raise TablesMissingError(message) from error
