"""Lay the rulebook out as sheets of text, the same for Markdown, HTML and Excel: Chinese and English side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.tables.codebook.places import places_in_forms
from pipeline.tables.labels import label_columns
from pipeline.tables.schema import COMPARING, TABLES, panel_schema
from pipeline.tables.stata_names import stata_codes, stata_names
from pipeline.tables.workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.concepts import Concept
    from pipeline.rulebook.forms import Names
    from pipeline.rulebook.indicators import Indicator

_WIDE, _MIDDLE, _NARROW = 60.0, 30.0, 14.0
_WITH_SHEETS = frozenset({"indicator", "concept", "identity"})


def codebook_sheets(book: Rulebook) -> tuple[Sheet, ...]:
    """Return the codebook of ``book``."""
    return (
        _sheet(
            "指标 Indicators",
            "长表 observations 中 indicator 一列的取值。The values of the column indicator in observations.",
            {
                "编号 id": _MIDDLE,
                "名称": _MIDDLE,
                "name": _MIDDLE,
                "单位 unit": _NARROW,
                "含义": _WIDE,
                "definition": _WIDE,
                "表格中的位置 where forms print it": _WIDE,
                "正文规则 rules for prose": _NARROW,
                "正文适用年度 years of these rules": _NARROW,
            },
            _indicators(book),
        ),
        _sheet(
            "可比指标 Concepts",
            "面板 panel 的列：每种格式怎样取数，与上一格式是否可比，为什么。"
            "The columns of panel: what each form gives, how it compares with the form before, and why.",
            {
                "编号 id": _MIDDLE,
                "名称": _MIDDLE,
                "name": _MIDDLE,
                "单位 unit": _NARROW,
                "格式 form": _MIDDLE,
                "取数 value": _WIDE,
                "可比程度 grade": _NARROW,
                "原因 why": _WIDE,
                "使用建议 advice": _WIDE,
            },
            (row for concept in book.concepts for row in _concept(concept, book)),
        ),
        _sheet(
            "水平变动 Level shifts",
            "不论用哪种格式，从何时起数列水平有变。Since when series stand on another level, whatever the form.",
            {"起 since": _NARROW, "名称": _MIDDLE, "name": _MIDDLE, "可比指标 concepts": _WIDE, "原因 why": _WIDE},
            (
                (each.since, each.names.zh, each.names.en, "\n".join(each.concepts), _both(each.why))
                for each in book.order.shifts
            ),
        ),
        _sheet(
            "格式 Forms",
            "报告实际使用的格式，即 documents 的 era 一列。Forms that reports really use: the column era in documents.",
            {
                "编号 id": _MIDDLE,
                "计为 counts as": _NARROW,
                "名称": _MIDDLE,
                "name": _MIDDLE,
                "依据 ordered by": _MIDDLE,
            },
            ((era.id, era.counts_as, era.names.zh, era.names.en, era.authority or "") for era in book.eras),
        ),
        _sheet(
            "勾稽关系 Identities",
            "核对表 checks 的 identity 一列：编号，冒号后为所核对的对象。The column identity in checks; behind a colon "
            "stands what it is tested on.",
            {"编号 id": _NARROW, "含义": _WIDE, "meaning": _WIDE, "格式 forms": _MIDDLE, "算式 sums": _WIDE},
            _identities(book),
        ),
        _sheet(
            "列 Columns",
            "各表的列。The columns of each table.",
            {
                "表 table": _NARROW,
                "列 column": _MIDDLE,
                "名称": _MIDDLE,
                "name": _MIDDLE,
                "类型 type": _NARROW,
                "取值 codes": _NARROW,
                "说明": _MIDDLE,
                "note": _MIDDLE,
                "Stata": _MIDDLE,
            },
            _columns(book),
        ),
        _sheet(
            "代码 Codes",
            "各列代码的含义；Stata 中为带标签的整数。What codes mean; in Stata they are whole numbers with labels.",
            {"取值表 list": _NARROW, "代码 code": _MIDDLE, "含义": _MIDDLE, "meaning": _MIDDLE, "Stata": _NARROW},
            _codes(book),
        ),
    )


def _sheet(title: str, about: str, columns: dict[str, float], rows: Iterable[tuple[str, ...]]) -> Sheet:
    return Sheet(title, about, tuple(columns), tuple(columns.values()), tuple(rows))


def _indicators(book: Rulebook) -> Iterator[tuple[str, ...]]:
    places = places_in_forms(book)
    for each in book.indicators:
        printed = "\n".join(places.get(each.id, ()))
        rules = str(len(each.rules)) if each.rules else ""
        told = each.id, each.names["zh"], each.names["en"], each.unit, each.definition["zh"], each.definition["en"]
        yield *told, printed, rules, _years(each)


def _years(indicator: Indicator) -> str:
    """Return from when to when the rules for prose hold, nothing where they always do: ``2019–``, ``–2018``."""
    since = [rule.since for rule in indicator.rules]
    until = [rule.until for rule in indicator.rules]
    first = str(min(year for year in since if year)) if since and None not in since else ""
    last = str(max(year for year in until if year)) if until and None not in until else ""
    return f"{first}–{last}" if first or last else ""


def _concept(concept: Concept, book: Rulebook) -> Iterator[tuple[str, ...]]:
    grades = book.labels.codes["grade"]
    names = {era.id: era.names for era in book.eras}
    for number, form in enumerate(concept.eras):
        head = (concept.id, concept.names.zh, concept.names.en, form.unit or concept.unit)
        grade = f"{form.grade} {grades[form.grade].zh}" if form.grade else ""
        why = (_both(concept.why), _both(concept.advice)) if number == 0 else ("", "")
        yield *head, f"{form.era} {names[form.era].zh}", str(form.expression), grade, *why


def _both(words: Names | None) -> str:
    return f"{words.zh}\n{words.en}" if words else ""


def _identities(book: Rulebook) -> Iterator[tuple[str, ...]]:
    sums: dict[str, dict[str, list[str]]] = {}
    for era in book.eras:
        for each in era.identities:
            family = each.id.partition(".")[0]
            told = f"{' + '.join(each.left)} {each.relation} {' + '.join(each.right)}"
            sums.setdefault(family, {}).setdefault(told, []).append(era.id)
    for code, names in book.labels.codes["identity"].items():
        forms = sorted({era for eras in sums.get(code, {}).values() for era in eras})
        yield code, names.zh, names.en, " ".join(forms), "\n".join(sums.get(code, ()))


def _columns(book: Rulebook) -> Iterator[tuple[str, ...]]:
    schemas = {**TABLES, **COMPARING, "panel": panel_schema(concept.id for concept in book.concepts)}
    for table, schema in schemas.items():
        columns = label_columns(table, schema, book)
        in_stata = stata_names(column.name for column in columns)
        for each in columns:
            note = (each.note.zh, each.note.en) if each.note else ("", "")
            told = table, each.name, each.names.zh, each.names.en, str(each.type), each.codes_name or ""
            yield *told, *note, in_stata[each.name]


def _codes(book: Rulebook) -> Iterator[tuple[str, ...]]:
    for name, codes in book.labels.codes.items():
        if name not in _WITH_SHEETS:
            for code, number in stata_codes(codes).items():
                yield name, code, codes[code].zh, codes[code].en, str(number)
