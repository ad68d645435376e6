"""Lists: ``其中组织机构40条、规范性文件2条,政务动态类信息1289条`` read item by item, label and count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

import regex

from pipeline.model import Disposition
from pipeline.rulebook.marks import COUNT, DATE, EARLIER, LATER, OTHER, PART, PERCENT, YEARS
from pipeline.rulebook.masking import STAY_COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.rulebook.gate import Opening
    from pipeline.rulebook.indicators import ProseRule
    from pipeline.rulebook.masking import Token
    from pipeline.rulebook.passages import Passage

_LONGEST_LABEL = 45
_FARTHEST_TOTAL = 200
_FULL_STOP = "。"  # stands nowhere between the beginning of an item and its count
_NUMBERING = rf"{OTHER}[.、:]?|[①-⑳][.、]?|[一二三四五六七八九十]{{1,2}}是|[一二三四五六七八九十]、"
_PUBLISHED = (
    r"(?:主动|及时|共|累计|已|分别|对外|依法){0,2}(?:公开|发布|公布|公示|更新|上传|录入|编发)"
    r"(?!制度|指南|目录|年报|栏|会|公告|公示|类|信息公开|牌|情况|事项)(?:了)?"
)
_LEADS = (
    rf"{_NUMBERING}|其中|其余|余下|其次(?:为|是)?|再次(?:为|是)?|另有|另外|还有|分别是|分别为|分别有|主要(?:包括|有|是|为)|具体(?:包括|有|是|为)|分为|包括|包含|涵盖|涉及到?|(?:(?:政府)?信息公开)?子?目录中|全年|年内|关于|属于|属(?=其他)|即|"
    rf"通过|利用|运用|在|进行|{_PUBLISHED}|以及|和|及|与|,|:|、|有(?!关|机|偿|色|限|序)"
)
_NUMBERED = regex.compile(_NUMBERING)
_COUNTED = (
    r"(?:的|方面|(?<=其他)者)?"
    r"(?:信息数量|条目数|数量|总数|总量|共计|累计|总计|合计|新增|约为|也有|还有|有|共|为|数|达|计|占|是|:|—|-){0,3}"
)
_CHANNEL_VERB = (
    r"(?<=平台|媒体|网站|网|栏|屏|号|报|台|刊|微信|微博|客户端|头条|短信|抖音|广播|电视|渠道|方式|途径|载体|上|”|\))(?:上|中)?(?:共|累计|及时){0,2}"
    r"(?:主动)?(?:公开|发布|公布|推送|推出|刊登|刊载|刊发|播发|播出|更新)(?:了)?(?:各类|各项|相关)?(?:政府|政务)?(?:信息|稿件|内容|文章)?"
)
_OWN_OPENNESS = (
    r"(?<!政务|村务|党务|财务|校务|院务|厂务|事务|信息|[镇所站]务|预算|决算|决策预)公开|(?<=信息)(?:公开|发布|更新)"
)
_AGE_IN_LABEL = rf"[{DATE}{EARLIER}{PART}{YEARS}](?=[\p{{Han}}]{{0,8}}(?:年报|年度报告|报告|预算|决算|总结|要点|计划))"
_LABEL_CHARACTER = rf"(?:[^,;。!?:/{COUNT}{DATE}{EARLIER}{LATER}{PART}{YEARS}{PERCENT}]|{_AGE_IN_LABEL})"
_SAID_TWICE = r"(?:(?P<twice>[\p{Han}]{2,12}),(?=(?P=twice)))?"
_ITEM = regex.compile(
    rf"(?:{_LEADS}){{0,5}}(?P<label>{_SAID_TWICE}{_LABEL_CHARACTER}{{1,{_LONGEST_LABEL}}}?)"
    rf"(?:{_CHANNEL_VERB}|:?(?:{_OWN_OPENNESS}))?(?:占[\p{{Han}}]{{0,8}}{PERCENT},?)?{_COUNTED}(?P<open>\()?(?P<count>{COUNT})(?(open)\))"
)
_COUNT_FIRST = regex.compile(
    rf"(?:{_LEADS}){{0,5}}(?P<count>{COUNT})(?:关于|有关|涉及|属于|为|是)?(?P<label>[\p{{Han}}“”、]{{2,24}}?)(?=[,;。)]|[、和]{COUNT}|$)"
)
_IN_TURN = regex.compile(
    rf"(?:{_LEADS}){{0,5}}(?P<labels>{_LABEL_CHARACTER}{{2,90}}?)(?:公开|发布)?(?:政府|政务)?(?:信息|稿件)?(?:数量?|总?量|的)?(?:分别|依次|各)(?:公开|发布|推送)?(?:政府|政务)?(?:信息)?(?:为|是|有|达)?(?:,|:)?"
    rf"(?P<counts>{COUNT}(?:[,、和及]{{1,2}}{COUNT}){{1,11}})"
)
_ALIKE = regex.compile(r"(?<=[\p{Han}”)])(?:各|均)$")
_BETWEEN_LABELS = regex.compile(r"、|和|及|以及|与|,")
_REMARK = (
    rf"(?:\([^()。]{{0,60}}\))?"
    rf"(?:[,;、]?(?:约|共|各|均)?(?:占|比重|比例|较|比|同比|与)[^,;。{COUNT}{PERCENT}]{{0,16}}[{PERCENT}{COUNT}]){{0,2}}"
    rf"(?:\({PERCENT}\)|,?占[\p{{Han}}]{{0,8}}(?=[,;。]))?"
    rf"(?:,(?:主要|包括|内容|具体|即|如|涉及)[^;。{COUNT}{PERCENT}]{{2,80}}(?=[;。]))?"
)
_BEHIND = regex.compile(
    _REMARK + rf"(?P<next>[,;、/)\]】和及与]{{1,3}}|(?=[①-⑳{OTHER}])|(?P<full_stop>。)(?=.)|(?=[。!?]|等|$))"
)
_CLOSING = ")]】"
_PLACEHOLDER = regex.compile(
    r"(?:[^,;。!?:]{1,20}?(?:[X×x]{1,4}|[*]{1,4})[条件项份篇个][,;、]|[\p{Han}]{3,12}(?<![头信教法线纸])条[,;、]){1,5}"
)
SUM = regex.compile(
    rf"(?:以上|上述|全年|各类|信息|,){{0,3}}(?:合计|共计|总计|总共|累计|共)(?:主动|公开|发布|上传|各类|政府|政务|信息|为|共){{0,5}}"
    rf"(?P<count>{COUNT})"
)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: the spans of its words and of its label in the text of the passage, and the count."""

    start: int
    end: int
    label: tuple[int, int]
    token: Token


@dataclass(frozen=True, slots=True)
class CountedList:
    """The items that a rule takes from a list, where it ends, and the place of the number before it that is its sum."""

    items: tuple[ListItem, ...]
    end: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands at a place of a list: the items, or the ``printed_sum`` of those before, and what is ``behind``."""

    items: tuple[ListItem, ...]
    labels: tuple[str, ...]
    behind: regex.Match[str] | None
    printed_sum: Token | None


@dataclass(frozen=True, slots=True)
class _Step:
    """What a rule takes from one place of a list; ``goes_on`` is the next place, and whether a full stop is before it.

    No items stand there where the list has ended before, with a ``printed_sum`` or without.
    """

    items: tuple[ListItem, ...] = ()
    labels: tuple[str, ...] = ()
    is_parted: bool = True
    goes_on: tuple[int, bool] | None = None
    printed_sum: float | None = None


@dataclass(frozen=True, slots=True)
class _Rest:
    """A list from one place to its end as a rule reads it: what is ``wanted`` of this place, and the rest ``behind``.

    Of all items from here on, ``length`` is how many they are, ``n_wanted`` how many the rule takes, ``alike`` how many
    have labels like those that it looks for, and ``added`` what they add up to. ``unit`` is that of the first,
    ``is_parted`` says that separators stand between all.
    """

    printed_sum: float | None
    wanted: tuple[ListItem, ...] = ()
    behind: _Rest | None = None
    length: int = 0
    n_wanted: int = 0
    alike: int = 0
    added: Decimal = Decimal(0)
    unit: str | None = None
    end: int = 0
    is_parted: bool = True


class Lists:
    """The lists of a passage: what stands at a place is read once, however many rules look for a list there."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self._leads: dict[regex.Pattern[str], tuple[regex.Match[str], ...]] = {}
        self.entry_at = cache(partial(_entry_at, passage))

    def leads(self, opening: Opening) -> tuple[regex.Match[str], ...]:
        """Return the words of the passage behind which lists can begin, looked up once for all rules alike."""
        if opening.pattern not in self._leads:
            self._leads[opening.pattern] = tuple(opening.finditer(overlapped=True))
        return self._leads[opening.pattern]


class ListReader:
    """Reads lists of a passage as one rule does; two that end alike are read only once from where they meet."""

    def __init__(self, lists: Lists, rule: ProseRule) -> None:
        self._lists = lists
        self._passage = lists.passage
        self._rule = rule
        self._rests: dict[tuple[int, bool], _Rest] = {}

    def read(self, start: int) -> CountedList:
        """Return the items of the list that begins at ``start`` of the passage's text; none where it is no such list.

        The list ends where an item has another unit, a label that the rule rules out, or anything but a separator
        behind it. It counts only where its items add up to a number before them or to the sum printed behind them, or
        where a quarter of the labels is like those that the rule looks for, the first number has a unit, and
        separators stand between the items. Of a list that counts, only what the rule wants is an item.
        """
        found = self._rest(start)
        if found.length < self._rule.fewest_items:
            return CountedList((), start)
        added = float(found.added)
        total = self._place_of(added, max(0, start - _FARTHEST_TOTAL), start) if found.length > 1 else None
        adds_up = total is not None or (found.length > 1 and added == found.printed_sum)
        counts = adds_up or (found.is_parted and found.unit is not None and 4 * found.alike >= found.length)
        return CountedList(tuple(_wanted_of(found)) if counts else (), found.end, total)

    def _place_of(self, number: float, first: int, last: int) -> int | None:
        """Return the last place in ``text[first:last]`` where the number is counted, null where it is not."""
        place = self._passage.text.rfind(COUNT, first, last)
        while place >= 0 and self._passage.counts(place, place + 1) != [number]:
            place = self._passage.text.rfind(COUNT, first, place)
        return place if place >= 0 else None

    def _rest(self, start: int) -> _Rest:
        """Return the list from ``start`` on: read up to where it ends, or to a place from which it was read before."""
        place = start, False
        steps: list[tuple[tuple[int, bool], _Step]] = []
        while place not in self._rests:
            step = self._step(*place)
            steps.append((place, step))
            if step.goes_on is None:
                break
            place = step.goes_on
        rest = self._rests.get(place) or _Rest(steps[-1][1].printed_sum)
        for place, step in reversed(steps):
            rest = self._rests[place] = self._before(step, rest)
        return rest

    def _before(self, step: _Step, rest: _Rest) -> _Rest:
        """Return the list that begins one step before ``rest``."""
        if not step.items:
            return rest
        rule = self._rule
        pairs = tuple(zip(step.items, step.labels, strict=True))
        wanted = tuple(item for item, label in pairs if rule.only_item is None or rule.only_item.search(label))
        alike = sum(rule.item_like is None or bool(rule.item_like.search(label)) for label in step.labels)
        return _Rest(
            printed_sum=rest.printed_sum,
            wanted=wanted,
            behind=rest,
            length=rest.length + len(step.items),
            n_wanted=rest.n_wanted + len(wanted),
            alike=rest.alike + alike,
            added=rest.added + sum(map(_value, step.items)),
            unit=step.items[0].token.numerals[0].unit,
            end=rest.end if rest.length else step.items[-1].end,
            is_parted=rest.is_parted and step.is_parted,
        )

    def _step(self, here: int, behind_full_stop: bool) -> _Step:  # noqa: FBT001 — a place and what stands before it
        """Return what the rule takes at a place, and where the list goes on.

        Numbers without a unit may part items by themselves, as cells of a table do in ``机构职能7政策法规21合计28``.
        """
        entry = self._lists.entry_at(here)
        if entry is None:
            return _Step()
        items, labels, behind = entry.items, entry.labels, entry.behind
        if entry.printed_sum is not None:
            return _Step(printed_sum=entry.printed_sum.numerals[0].value)
        if not all(_counts(self._rule, item.token, label) for item, label in zip(items, labels, strict=True)):
            return _Step()
        if behind is None:
            if items[-1].token.numerals[0].unit is not None:
                return _Step()
            return _Step(items, labels, is_parted=False, goes_on=(items[-1].end, behind_full_stop))
        text = self._passage.text
        if behind_full_stop and not (
            self._unit_before(here) == items[0].token.numerals[0].unit
            and _continues(self._rule, text[here : items[0].start], labels[0])
        ):
            return _Step()
        closed = any(mark in (behind["next"] or "") for mark in _CLOSING)
        if closed or (not behind["next"] and not _goes_on(text, behind.end())):
            return _Step(items, labels)
        return _Step(items, labels, goes_on=(behind.end(), behind["full_stop"] is not None))

    def _unit_before(self, place: int) -> str | None:
        """Return the unit of the last count before ``place``, one of the list."""
        passage = self._passage
        return passage.masked.token_at(passage.start + passage.text.rfind(COUNT, 0, place)).numerals[0].unit


def _wanted_of(found: _Rest) -> Iterator[ListItem]:
    """Yield what the rule takes of a list."""
    rest: _Rest | None = found
    while rest is not None and rest.n_wanted:
        yield from rest.wanted
        rest = rest.behind


def _entry_at(passage: Passage, start: int) -> _Entry | None:
    text = passage.text
    count = text.find(COUNT, start)
    if count < 0 or text.find(_FULL_STOP, start, count) >= 0:
        return None
    items = tuple(_items_at(passage, _behind_placeholder(text, start)))
    if not items:
        return None
    if printed_sum := SUM.match(text, start):
        return _Entry(items, (), None, passage.masked.token_at(passage.start + printed_sum.start("count")))
    labels = tuple(_words(passage, item.label) for item in items)
    return _Entry(items, labels, _BEHIND.match(text, items[-1].end), None)


def _items_at(passage: Passage, start: int) -> list[ListItem]:
    """Return the item that stands at ``start``, or the several that share a word: ``各12条``, ``分别为12条、8条``."""
    text = passage.text
    count = text.find(COUNT, start)
    if count < 0 or text.find(_FULL_STOP, start, count) >= 0:
        return []
    if match := _IN_TURN.match(text, start):
        return list(_in_turn(passage, match))
    if match := _COUNT_FIRST.match(text, start):
        return [_item(passage, match, match.span("label"), match.start("count"))]
    match = _ITEM.match(text, start)
    if match is None:
        return []
    label = _with_fixed_terms(passage, *match.span("label"))
    if alike := _ALIKE.search(match["label"]):
        spans = list(_parts(text, label[0], label[0] + alike.start()))
        return [_item(passage, match, span, match.start("count")) for span in spans]
    return [_item(passage, match, label, match.start("count"))]


def _with_fixed_terms(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Return the span of a label with a masked word that begins it, such as ``三公经费``, and that is no numbering."""
    while start > 0 and passage.text[start - 1] == OTHER:
        token = passage.masked.token_at(passage.start + start - 1)
        if token.disposition is not Disposition.FIXED_TERM:
            break
        start -= 1
    return start, end


def _words(passage: Passage, label: tuple[int, int]) -> str:
    """Return a label with the words behind its masks, such as ``双公示``."""
    start, end = label
    return "".join(
        passage.masked.token_at(passage.start + place).text if passage.text[place] == OTHER else passage.text[place]
        for place in range(start, end)
    )


def _item(passage: Passage, match: regex.Match[str], label: tuple[int, int], count: int) -> ListItem:
    token = passage.masked.token_at(passage.start + count)
    return ListItem(min(label[0], count), match.end(), label, token)


def _in_turn(passage: Passage, match: regex.Match[str]) -> Iterator[ListItem]:
    """Yield label and count in turn, where there is a count for each label."""
    labels = list(_parts(passage.text, *match.span("labels")))
    counts = [place for place in range(*match.span("counts")) if passage.text[place] == COUNT]
    if len(labels) == len(counts):
        for label, count in zip(labels, counts, strict=True):
            token = passage.masked.token_at(passage.start + count)
            yield ListItem(label[0], match.end(), label, token)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the labels that stand side by side between ``start`` and ``end``."""
    for separator in _BETWEEN_LABELS.finditer(text, start, end):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if end > start:
        yield start, end


def _continues(rule: ProseRule, lead: str, label: str) -> bool:
    """Say whether an item behind a full stop belongs to the list: nothing but a number leads in to a label like it."""
    return (not lead or bool(_NUMBERED.match(lead))) and bool(rule.item_like and rule.item_like.search(label))


def _goes_on(text: str, place: int) -> bool:
    """Say whether a numbered item follows with no separator before it."""
    return place < len(text) and (text[place] == OTHER or "①" <= text[place] <= "⑳")


def _behind_placeholder(text: str, start: int) -> int:
    """Return where the list goes on behind an item whose number was left open: ``规划计划类XX条;``, ``许可证条、``."""
    match = _PLACEHOLDER.match(text, start)
    return match.end() if match else start


def _counts(rule: ProseRule, token: Token, label: str) -> bool:
    numeral = token.numerals[0]
    return (
        token.disposition in (Disposition.UNEXPLAINED, *STAY_COUNTS)
        and numeral.value is not None
        and (numeral.unit is None or numeral.unit in rule.units)
        and not (rule.unless_item and rule.unless_item.search(label))
    )


def _value(item: ListItem) -> Decimal:
    """Return the number as it is printed, so that shares of a whole add up to it."""
    return Decimal(str(item.token.numerals[0].value or 0))
