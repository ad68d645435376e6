"""Lists: ``其中组织机构40条、规范性文件2条,政务动态类信息1289条`` read item by item, label and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.model import Disposition
from pipeline.rulebook.masking import COUNT, DATE, EARLIER, LATER, OTHER, PERCENT

if TYPE_CHECKING:
    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.masking import Token
    from pipeline.rulebook.matching import Passage

_LONGEST_LABEL = 45
_FEWEST_ITEMS = 2
_ITEM = regex.compile(
    rf"(?:其中|分别是|分别为|主要包括|主要有|具体为|包括|涉及|关于|通过|利用|进行|公开(?!制度|指南|目录|年报|栏)|和|及|以及|,|:|、|{OTHER}[.、]?){{0,3}}"
    rf"(?P<label>[^,;。!?:{COUNT}{DATE}{EARLIER}{LATER}{PERCENT}]{{1,{_LONGEST_LABEL}}}?)"
    rf"(?:公开|(?<=信息)发布|(?<=平台|媒体|网|栏|屏|号|报)(?:主动)?公开(?:政府|政务)?信息)?(?:信息数量|数量|总数|共计|累计|总计|合计|有|共|为|数|达|:){{0,2}}(?P<count>{COUNT})"
)
_BEHIND = regex.compile(
    rf"(?:\([^()。]{{0,24}}\))?(?:,?(?:共|各)?占[^,;。{COUNT}]{{0,12}}{PERCENT})?"
    r"(?P<next>[,;、)和及]{1,2}|(?=[。!?]|$))"
)
_PLACEHOLDER = regex.compile(r"(?:[^,;。!?:]{1,20}?(?:[X×x]{1,4}|[*]{1,4})[条件项份篇个][,;、]){1,5}")


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: its span in the text of the passage, where its label ends, and the count."""

    start: int
    label_end: int
    end: int
    token: Token


def list_items(rule: ProseRule, passage: Passage, start: int, total: float | None) -> list[ListItem]:
    """Return the items of the list that begins at ``start`` of the passage's text; a list of one item is none.

    The list ends where an item has another unit, a label that the rule rules out, or anything but a separator behind
    it. It counts only where the items add up to ``total``, or where a quarter of the labels is like those that the rule
    looks for.
    """
    text = passage.text
    items: list[ListItem] = []
    here = start
    while match := _ITEM.match(text, _behind_placeholder(text, here)):
        token = passage.masked.token_at(passage.start + match.start("count"))
        behind = _BEHIND.match(text, match.end())
        if behind is None or not _counts(rule, token, match["label"], first=not items):
            break
        items.append(ListItem(match.start("label"), match.end("label"), match.end("count"), token))
        if not behind["next"] or ")" in behind["next"]:
            break
        here = behind.end()
    if len(items) < _FEWEST_ITEMS:
        return []
    labels = [text[item.start : item.label_end] for item in items]
    alike = sum(rule.item_like is None or bool(rule.item_like.search(label)) for label in labels)
    adds_up = total is not None and sum(item.token.numerals[0].value or 0.0 for item in items) == total
    return items if adds_up or 4 * alike >= len(items) else []


def _behind_placeholder(text: str, start: int) -> int:
    """Return where the list goes on behind an item whose number was left open: ``规划计划类XX条;``."""
    match = _PLACEHOLDER.match(text, start)
    return match.end() if match else start


def _counts(rule: ProseRule, token: Token, label: str, *, first: bool) -> bool:
    numeral = token.numerals[0]
    return (
        token.disposition is Disposition.UNEXPLAINED
        and numeral.value is not None
        and (numeral.unit in rule.units or (numeral.unit is None and not first))
        and not (rule.unless_item and rule.unless_item.search(label))
    )
