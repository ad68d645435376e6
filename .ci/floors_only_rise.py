# ruff: noqa: INP001 — a script beside the checks, not a package
"""Refuse floors of quality that are lower than they were: exit code 1, each told on a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def lowered(before: dict[str, dict[str, float]], now: dict[str, dict[str, float]]) -> list[str]:
    """Say which floors ask for less than they did before."""
    found = []
    for name, floor in before["at_least"].items():
        if now["at_least"].get(name, float("-inf")) < floor:
            found.append(f"the floor of {name} was {floor}, and floors only rise")
    for name, ceiling in before["at_most"].items():
        if now["at_most"].get(name, float("inf")) > ceiling:
            found.append(f"the ceiling of {name} was {ceiling}, and ceilings only fall")
    return found


def committed(name: str, revision: str) -> dict[str, dict[str, float]] | None:
    """Return the floors of a revision, or nothing where there is no such revision or no such file in it."""
    shown = subprocess.run(  # noqa: S603 — fixed command, revision given below
        ["git", "show", f"{revision}:./{name}"],  # noqa: S607 — the git of the machine
        cwd=FOLDER,
        capture_output=True,
        check=False,
        text=True,
    )
    return json.loads(shown.stdout) if shown.returncode == 0 else None


def main() -> int:
    """Print each floor that was lowered, and return the exit code."""
    found: list[str] = []
    for path in sorted(FOLDER.glob("floors*.json")):
        floors = json.loads(path.read_text(encoding="utf-8"))
        for revision in ("HEAD", "HEAD~1"):
            before = committed(path.name, revision)
            if before is not None:
                found.extend(f"{path.name}: {message}" for message in lowered(before, floors))
    for message in dict.fromkeys(found):
        sys.stderr.write(f"{message}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
