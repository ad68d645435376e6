"""Townships: the lists of the statistics bureau and of the ministry of civil affairs as one, by county and name."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.places.township import stem

if TYPE_CHECKING:
    from pathlib import Path

_ENDINGS = ("镇", "乡", "街道", "苏木", "地区", "区公所", "民族乡")
_LONG = {"街道办事处": "街道", "地区办事处": "地区"}


def build_townships(division: Path, quhua: Path, counties: set[str]) -> dict[str, list[str]]:
    """Return stem → ``county:kind:code`` of each township, the code being the digits behind the county's.

    ``平掌`` → ``530427:乡:205``. Where the two lists differ both codes stand, ``104/103``; one that a list lacks is
    ``-``. Farms, parks and other units of the statistics that are no townships are left out, and zones that the
    statistics treat as counties: their townships belong to the county around them.
    """
    listed: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    ministry = json.loads((quhua / "data/townships_v1.json").read_text(encoding="utf-8"))
    for county, below in ministry.items():
        for name, code in below["townships"].items():
            if _is_township(name):
                listed[county[:6]][name] = ("-", code[6:9])
    with (division / "package/dist/streets.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = next(
                (row["name"].replace(long, ending) for long, ending in _LONG.items() if long in row["name"]),
                row["name"],
            )
            county = row["areaCode"]
            if county in counties and _is_township(name):
                _, ours = listed[county].get(name, ("-", "-"))
                listed[county][name] = (row["code"][6:9], ours)
    by_stem: dict[str, list[str]] = defaultdict(list)
    for county, names in sorted(listed.items()):
        for name, (bureau, ours) in sorted(names.items()):
            codes = bureau if bureau == ours else f"{bureau}/{ours}"
            by_stem[stem(name)].append(f"{county}:{name.removeprefix(stem(name))}:{codes}")
    return dict(sorted(by_stem.items()))


def _is_township(name: str) -> bool:
    return name.endswith(_ENDINGS) and name not in _ENDINGS and name.replace("·", "").isalpha()
