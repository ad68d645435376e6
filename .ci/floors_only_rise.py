# ruff: noqa: INP001 — a script beside the checks, not a package
"""Refuse floors of quality that are lower than they ever were: exit code 1, each told on a line.

A floor counts from the first commit that has it: neither a later commit nor a deleted or renamed file takes it back.
Exit code 2 where the history can't be seen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

Floors = dict[str, dict[str, float]]


class NoHistoryError(Exception):
    """Why the past floors can't be known, and what to do."""


def strictest(history: list[Floors]) -> Floors:
    """Return the highest floor and the lowest ceiling that each measure ever had."""
    found: Floors = {"at_least": {}, "at_most": {}}
    for floors in history:
        for name, floor in floors.get("at_least", {}).items():
            found["at_least"][name] = max(floor, found["at_least"].get(name, floor))
        for name, ceiling in floors.get("at_most", {}).items():
            found["at_most"][name] = min(ceiling, found["at_most"].get(name, ceiling))
    return found


def lowered(before: Floors, now: Floors) -> list[str]:
    """Say which floors ask for less than they did before."""
    found = []
    for name, floor in before["at_least"].items():
        if now.get("at_least", {}).get(name, float("-inf")) < floor:
            found.append(f"the floor of {name} was {floor}, and floors only rise")
    for name, ceiling in before["at_most"].items():
        if now.get("at_most", {}).get(name, float("inf")) > ceiling:
            found.append(f"the ceiling of {name} was {ceiling}, and ceilings only fall")
    return found


def committed() -> dict[str, list[Floors]]:
    """Return all that each floors file ever was. Raises ``NoHistoryError`` where the history is missing or cut off."""
    if _git("rev-parse", "--is-shallow-repository").strip() == "true":
        raise NoHistoryError(
            "this clone holds only the last commits: run 'git fetch --unshallow' (in CI, fetch depth 0)"
        )
    revisions = _git("log", "--full-history", "--format=%H", "--", ".").split()
    if not revisions:
        raise NoHistoryError("no commit holds this folder: commit it first")
    history: dict[str, list[Floors]] = {}
    for revision in revisions:
        for name in _git("ls-tree", "--name-only", revision, ".").split():
            if Path(name).match("floors*.json"):
                history.setdefault(name, []).append(json.loads(_git("show", f"{revision}:./{name}")))
    return history


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 — fixed commands on this very folder
            ["git", *arguments],  # noqa: S607 — the git of the machine
            cwd=FOLDER,
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError as error:
        raise NoHistoryError("git is not installed") from error
    if done.returncode:
        raise NoHistoryError(f"{done.stderr.strip()}: check floors in a clone of the repository")
    return done.stdout


def main() -> int:
    """Print each floor that was lowered, and return the exit code."""
    try:
        history = committed()
    except NoHistoryError as error:
        sys.stderr.write(f"The floors can't be compared with what they were: {error}.\n")
        return 2
    lower = 0
    for name, past in sorted(history.items()):
        path = FOLDER / name
        now = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        for message in lowered(strictest(past), now):
            sys.stderr.write(f"{name}: {message}\n")
            lower += 1
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main())
