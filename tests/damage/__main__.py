"""``python -m tests.damage``: run the suite, keep its files for other programs, or score what those say about them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.damage import tally
from tests.damage.damages import DAMAGES
from tests.damage.others import keep, score_predictions
from tests.damage.renderings import RENDERINGS
from tests.damage.suite import cases, known_forms, read_all


def main() -> int:
    """Return 0 where nothing is wrong, else 1."""
    options = _options()
    chosen = list(
        cases(
            options.seed,
            chosen_forms=options.forms,
            renderings=options.renderings,
            damages=options.damages,
            every=options.all,
        )
    )
    if options.keep:
        _say(f"{keep(chosen, options.keep)} files and their truth are in {options.keep}")
        return 0
    scored = []
    for case, score in score_predictions(*options.score) if options.score else read_all(chosen, options.jobs):
        scored.append((case, score))
        if options.show:
            _say(*tally.wrongs(scored[-1:]))
    _say(*tally.grid(scored), *tally.summary(scored))
    if options.json:
        options.json.write_text(json.dumps(tally.as_json(scored), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int(tally.total(scored).wrong > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.damage", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other numbers and other damages")
    parser.add_argument("--forms", nargs="+", default=[], metavar="FORM", choices=list(known_forms()))
    parser.add_argument("--renderings", nargs="+", default=[], metavar="RENDERING", choices=list(RENDERINGS))
    parser.add_argument("--damages", nargs="+", default=[], metavar="DAMAGE", choices=list(DAMAGES))
    parser.add_argument("--all", action="store_true", help="every size of report, every damage in PDF too")
    parser.add_argument("--show", action="store_true", help="list the wrong cells with the text around them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores there too")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="only write the files and their truth there")
    parser.add_argument(
        "--score",
        type=Path,
        nargs=2,
        metavar=("PREDICTIONS", "FOLDER"),
        help="score what another program says about the files in FOLDER, as JSON lines with "
        "file, indicator, applicant, period, item, scope, value, status",
    )
    return parser.parse_args()


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
