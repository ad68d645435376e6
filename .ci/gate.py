# ruff: noqa: INP001 — a script beside the checks, not a package
"""Compare measured scores with the floors in ``floors.json``, and refuse floors that were lowered.

usage: gate.py SCORES.json — exit code 1 where a score is worse than its floor or a floor is lower than it was.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")


def failures(scores: dict[str, float | None], floors: dict[str, dict[str, float]]) -> list[str]:
    """Say which scores are worse than their floor; a score that was not measured is worse than any."""
    found = []
    for name, floor in floors["at_least"].items():
        score = scores.get(name)
        if score is None or score < floor:
            found.append(f"{name} is {score}, and must be at least {floor}")
    for name, ceiling in floors["at_most"].items():
        score = scores.get(name)
        if score is None or score > ceiling:
            found.append(f"{name} is {score}, and must be at most {ceiling}")
    return found


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


def committed(revision: str) -> dict[str, dict[str, float]] | None:
    """Return the floors of a revision, or nothing where there is no such revision or no floors in it."""
    shown = subprocess.run(  # noqa: S603 — fixed command, revision given below
        ["git", "show", f"{revision}:./{FLOORS.name}"],  # noqa: S607 — the git of the machine
        cwd=FLOORS.parent,
        capture_output=True,
        check=False,
        text=True,
    )
    return json.loads(shown.stdout) if shown.returncode == 0 else None


def main() -> int:
    """Print every failure, and return the exit code."""
    scores = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    found = failures(scores, floors)
    for revision in ("HEAD", "HEAD~1"):
        before = committed(revision)
        if before is not None:
            found.extend(lowered(before, floors))
    sys.stdout.write(json.dumps(scores, indent=1) + "\n")
    for failure in dict.fromkeys(found):
        sys.stderr.write(f"gate: {failure}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
