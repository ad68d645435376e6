"""Invented reports: the prose of a plausible report around the filled tables of a form."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from pipeline.text.labels import label_key
from tests.damage.figures import figures
from tests.damage.sheet import Entry, Sheet
from tests.rendering import Grid, Heading, Report, Slot, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pipeline.model import Table
    from pipeline.rulebook.forms import Meaning
    from tests.damage.layout import Form, Place

_BODIES = {"township": "柳桥镇人民政府", "county": "望湖县人民政府办公室", "province": "沧岚省人民政府办公厅"}
_YEAR = re.compile(r"\d{4}")
_YEAR_OF_COLUMN = re.compile(r"20\d\d(?=年)")
_OPENING = (
    "本报告由{body}根据《中华人民共和国政府信息公开条例》编制，数据统计期限为{year}年1月1日至{year}年12月31日。"
    "如对本报告有疑问，请与{body}联系（电话：0999-6602117，邮编：999021）。"
)
_PROSE = {
    "一": "{year}年，{place}坚持以公开为常态、不公开为例外，完善工作制度4项，持续提升公开质量。",
    "五": "存在的主要问题：一是公开内容不够细；二是队伍力量薄弱。下一步将健全机制，计划组织培训2次。",
    "六": "本年度没有其他需要报告的事项。",
}
_STATEMENTS = {
    "requests.received.total": "全年新收政府信息公开申请{value}件",
    "requests.carried_over": "上年结转申请{value}件",
    "requests.outcome.total": "全年办结申请{value}件",
    "requests.carried_forward": "结转下年度继续办理{value}件",
    "license.decisions": "作出行政许可决定{value}件",
    "penalty.decisions": "作出行政处罚决定{value}件",
    "review.total": "因政府信息公开被申请行政复议{value}件",
}
_HEADINGS_OF_PROSE = ("一、概述", "二、主动公开政府信息情况", "三、依申请公开政府信息情况", "四、存在的问题")


def report(form: Form, size: str, seed: int) -> Report:
    """Return the report of a place of ``size`` on ``form``; the same seed gives the same report."""
    rng = Random(f"{seed} {form.id} {size}")  # noqa: S311 — invents numbers, guards nothing
    values = figures(form, size, rng)
    body = _BODIES[size]
    year = _year(form)
    place = body.split("人民政府")[0]
    blocks = [Text(_OPENING.format(body=body, year=year)), *_body(form, values, rng, year, place)]
    return Report(f"{place}{year}年政府信息公开工作年度报告", body, tuple(blocks))


def _year(form: Form) -> int:
    """Return a year in which the form was in use; the one that its columns name, where they do."""
    if named := _YEAR.search(form.era.id):
        return int(named[0]) + 1
    heads = (_YEAR_OF_COLUMN.match(cell.text) for grid in form.grids for cell in grid.cells)
    return next((int(head[0]) for head in heads if head), 2010)


def _body(
    form: Form, values: dict[Meaning, Decimal], rng: Random, year: int, place: str
) -> Iterator[Heading | Text | Grid]:
    grids = {id(grid): (form.table_of(grid), _filled(grid, form, values, rng)) for grid in form.grids}
    left = dict(grids)
    statements = [
        text.format(value=values[meaning])
        for meaning in values
        if meaning.applicant in {None, "total"} and (text := _STATEMENTS.get(meaning.indicator)) and rng.random() < 0.6
    ]
    headings = [heading.heading for heading in form.era.sections] or list(_HEADINGS_OF_PROSE)
    for heading in headings:
        yield Heading(heading)
        if heading[0] in _PROSE:
            yield Text(_PROSE[heading[0]].format(year=year, place=place))
        if heading.startswith("一") and statements:
            yield Text("，".join(statements) + "。")
        for key, (table, grid) in grids.items():
            if table and label_key(table.heading) == label_key(heading):
                yield grid
                del left[key]
    for table, grid in left.values():
        yield Heading(f"附件：{table.heading if table else form.era.names.zh}")
        yield grid


def _filled(grid: Table, form: Form, values: dict[Meaning, Decimal], rng: Random) -> Grid:
    cells = []
    for cell in grid.cells:
        place = form.places.get(cell.block_id)
        slot = Slot(cell.text, cell.rowspan, cell.colspan)
        if place:
            slot = _entry(slot, place, values[place.meaning], rng)
        cells.append((cell.row, cell.col, slot))
    return Sheet(tuple(cells), grid.n_rows, grid.n_cols).grid()


def _entry(slot: Slot, place: Place, value: Decimal, rng: Random) -> Entry:
    sign = "+" if value > 0 and place.column.numbers == "change" and rng.random() < 0.3 else ""
    meaning = place.meaning
    return Entry(
        f"{sign}{value}",
        slot.rowspan,
        slot.colspan,
        indicator=meaning.indicator,
        applicant=meaning.applicant,
        period=str(meaning.period),
        item=meaning.item,
        scope=meaning.scope,
        value=float(value),
        unit=place.column.unit or place.column.units[-1],
    )
