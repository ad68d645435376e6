"""What the caption of a table says of all its cells: of which year they are, and whose figures.

``（一）2021年收到和处理政府信息公开申请情况`` above a table in a report on 2022 makes its cells those of the year
before; ``表1：县政府本级…情况`` makes them those of the office. A caption is a short line right before the table or a
row across all of it at its top; the nearest decides, and goes on for a grid of the same form right behind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from pipeline.model import GOVERNMENT, Paragraph, Period, Problem, Role, Scope, Table
from pipeline.text.dates import read_year
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Block, Document, Identity, Observation
    from pipeline.stages.tabulate.reading import Tabulated


_YEAR = regex.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
    r"年(?! ?[0-9]{1,2}月)度?"
)
_BARE_YEAR = regex.compile(rf"(?:\([一二三四五六七八九十]\)|[0-9][.、])?[(]?{_YEAR.pattern}[)]?(?:数据)?:?")
_RANGE = regex.compile(r"20[0-9]{2}年?(?:[\-—–~至到/]|——)20[0-9]{2}")
_YEAR_BEFORE = regex.compile(
    r"(?:附(?:件|表)?[0-9]{0,2}[:.、]?|表[0-9]{1,2}:?|\([一二三四五六七八九十]\)|[0-9][.、])*上一?年度?(?!度?结转)"
)
_CAPTION = regex.compile(r"[^,;。]{0,70}(?:情况|统计表|情况表|附表|数据|对比)(?:\([^()]{0,20}\))?(?:如下表?)?:?")
_OTHER_MATTER = regex.compile("计划|打算|安排|思路|要点|重点|下一步|年报|年度?报告(?!.{0,8}(?:表|情况))")
_NOTE = regex.compile(r"[(]?(?:计量|金额)?单位:?.{0,20}|填报单位.{0,30}|[(][^()]*勾稽[^()]*[)]")
_HEADING = regex.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_WHOLE = regex.compile(
    r"全(?:省|市|县|区|州|盟|旗|辖区)(?!局|委|院|校)|[省市县区州]直|各(?:单位|部门|乡镇|镇街|街道|县区|区县|市县|委办局)|汇总"
)
_OFFICE = regex.compile(r"本级|本机关|[我本](?:局|委|厅|办|院|单位|部门)|(?:政府|管委会)办(?:公室|公厅)?|不(?:含|包括)")
_FARTHEST = 3
_FARTHEST_IN_LINES = 60
_TITLE_ROWS = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """What the words above a table say: the year, that it is the year before (where no year is named), the scope."""

    words: str
    year: int | None = None
    is_year_before: bool = False
    scope: str | None = None


def captioned(tabulated: Tabulated, document: Document, identity: Identity) -> Tabulated:
    """Return the tables with what their captions say of a report with this identity.

    The cells of a table of the year before are those of that year, and the cells of any other year are left out; so are
    those of all tables with a year, where the report's is not proven and the tables name several. Each such table is a
    problem. A body that governs nobody has no jurisdiction, whatever the form it filled in is called.
    """
    year = identity.year
    captions = _captions(document, tabulated.observations)
    named = {caption.year for caption in captions.values() if caption.year is not None}
    is_alone = identity.scope == Scope.OWN and identity.agency_type != GOVERNMENT
    kept: list[Observation] = []
    told: dict[Caption, Counter[bool]] = defaultdict(Counter)
    places: dict[Caption, str] = {}
    for each in tabulated.observations:
        caption = captions.get(each.evidence.block_id)
        if caption is None:
            kept.append(each)
            continue
        scope = each.scope or (None if is_alone and caption.scope == Scope.JURISDICTION else caption.scope)
        if not _is_other(caption, year, named):
            kept.append(replace(each, scope=scope))
            continue
        is_read = (caption.is_year_before or caption.year == (year or 0) - 1) and each.period is Period.THIS_YEAR
        if is_read:
            kept.append(replace(each, scope=scope, period=Period.PREVIOUS_YEAR))
        told[caption][is_read] += 1
        places.setdefault(caption, each.evidence.block_id)
    problems = [_problem(caption, counts, year, places[caption]) for caption, counts in told.items()]
    return replace(tabulated, observations=tuple(kept), problems=(*tabulated.problems, *problems))


def _is_other(caption: Caption, year: int | None, named: set[int]) -> bool:
    """Tell whether the table is not of the year reported on, or not certainly."""
    if caption.year is None:
        return caption.is_year_before
    return caption.year != year if year is not None else len(named) > 1


def _problem(caption: Caption, counts: Counter[bool], year: int | None, block_id: str) -> Problem:
    whose = f"the report is on {year}" if year is not None else "the year of the report is not proven"
    message = (
        f"a table is of another year by its caption {caption.words!r}, and {whose}: {counts[True]} of its cells are "
        f"given as those of the year before, {counts[False]} were left out"
    )
    return Problem("tabulate", "other_year", message, block_id)


def _captions(document: Document, observations: Iterable[Observation]) -> dict[str, Caption]:
    """Return the captions of the blocks and cells that hold the observations."""
    forms: dict[str, set[str]] = defaultdict(set)
    for each in observations:
        forms[each.evidence.block_id].add(each.rule_id.rpartition("/")[0])
    blocks = [block for block in document.blocks if block.role is Role.BODY]
    found: dict[str, Caption] = {}
    before: tuple[Caption | None, set[str]] = (None, set())
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            before = (None, set())
            if block.block_id in forms and (caption := _above_line(blocks[:at])):
                found[block.block_id] = caption
            continue
        held = set().union(*(forms.get(cell.block_id, set()) for cell in block.cells))
        caption = _top(block) or _above(blocks[:at]) or (before[0] if held & before[1] else None)
        before = (caption, held)
        if caption:
            found.update({cell.block_id: caption for cell in block.cells if cell.block_id in forms})
    return found


def _top(table: Table) -> Caption | None:
    """Return what a row across the whole table at its top says."""
    for row in range(min(_TITLE_ROWS, table.n_rows)):
        texts = {cell.block_id: cell.text for cell in table.cells if cell.row <= row < cell.row + cell.rowspan}
        filled = [text for text in texts.values() if text.strip()]
        if len(filled) != 1:
            return None
        caption = _read(_folded(filled[0]))
        if caption and (caption.year or caption.is_year_before or caption.scope):
            return caption
    return None


def _above(blocks: Sequence[Block]) -> Caption | None:
    """Return what the short lines right before a table say, back to a heading, a sentence or another table."""
    found: Caption | None = None
    for line in _lines_back(blocks, _FARTHEST):
        caption = _read(line)
        if caption is None or (found and found.year and caption.year):
            break
        found = _joined(found, caption)
        if _HEADING.match(line):
            break
    return found


def _above_line(blocks: Sequence[Block]) -> Caption | None:
    """Return what the nearest caption before a line of a table without a grid says."""
    found = (_read(line) for line in _lines_back(blocks, _FARTHEST_IN_LINES))
    return next((caption for caption in found if caption), None)


def _lines_back(blocks: Sequence[Block], most: int) -> Iterator[str]:
    """Yield the lines before a table that say something, the nearest first, back to another table."""
    number = 0
    for block in reversed(blocks):
        if isinstance(block, Table):
            return
        for text in reversed(block.text.split("\n")):
            line = _folded(text)
            if not line or _NOTE.fullmatch(line):
                continue
            yield line
            number += 1
            if number == most:
                return


def _folded(text: str) -> str:
    return fold(text).text.strip()


def _read(line: str) -> Caption | None:
    """Return what a caption says, null where the line is none."""
    if _OTHER_MATTER.search(line) or not (_BARE_YEAR.fullmatch(line) or _CAPTION.fullmatch(line)):
        return None
    years = {year for match in _YEAR.finditer(line) if (year := read_year(match["year"]))}
    if _RANGE.search(line):
        return Caption(line)
    whole, office = _WHOLE.search(line), _OFFICE.search(line)
    scope = (Scope.JURISDICTION if whole else Scope.OWN) if bool(whole) != bool(office) else None
    year = years.pop() if len(years) == 1 else None
    return Caption(line, year, not years and _YEAR_BEFORE.match(line) is not None, scope)


def _joined(near: Caption | None, far: Caption) -> Caption:
    if near is None:
        return far
    return Caption(
        f"{far.words} {near.words}",
        near.year or far.year,
        near.is_year_before or (near.year is None and far.is_year_before),
        near.scope or far.scope,
    )
