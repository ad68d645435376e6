from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.explaining import Attempt, NearMiss, as_plain, explain
from pipeline.model import Section
from tests.explaining.reports import explained

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

ROOT = Path(__file__).parents[2]


def test_every_key_is_documented(few: Rulebook, tmp_path: Path) -> None:
    plain = as_plain(explained(tmp_path, few, "主动公开政府信息320条。召开政务公开碰头会议6次。"))
    _, told = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8").split("\n## JSON\n")
    documented = set(re.findall(r"[a-z_]+", told))
    names = {*plain, *plain["numerals"][0], *plain["attempts"][0]}
    names |= {field.name for kind in (Section, Attempt, NearMiss) for field in fields(kind)}
    assert names - documented == set()


def test_a_numeral_is_told_with_its_words(few: Rulebook, tmp_path: Path) -> None:
    plain = as_plain(explained(tmp_path, few, "我局主动公开政府信息３20条。召开政务公开碰头会议6次。"))
    read, left = plain["numerals"][1:]
    assert (read["before"], read["text"], read["after"]) == ("我局主动公开政府信息", "３20", "条。召开政务公开碰头会议")
    assert (read["value"], read["indicator"]) == (320, "items.total")
    assert (left["disposition"], left["near_misses"][0]["rule_id"]) == ("unexplained", "meetings.held/held")


def test_it_is_json_and_keeps_the_evidence(book: Rulebook) -> None:
    plain = json.loads(json.dumps(as_plain(explain(ROOT / "corpus" / "reports" / "yunxiu_county_2021.html", book))))
    assert plain["identity"]["year"] == 2021
    assert plain["identity"]["evidence"]["year"]["quote"]
    assert plain["rules_version"] == book.version
    assert plain["only_indicator"] is None
    cell = next(each for each in plain["numerals"] if each["row"] is not None)
    assert cell["section_id"] in {each["section_id"] for each in plain["sections"]}


def test_a_file_that_cannot_be_read_is_told(few: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    plain = as_plain(explain(path, few))
    assert (plain["status"], plain["reason"], plain["identity"], plain["numerals"]) == ("failed", "zero_byte", None, [])
