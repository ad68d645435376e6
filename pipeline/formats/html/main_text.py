"""Which part of a page is the report: known containers first, then where the text is, and never without its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.formats.html.elements import tag_of
from pipeline.model import Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from pipeline.formats.html.walk import Placed
    from pipeline.model import Block

_KNOWN = frozenset(
    "zoom trs_editor trs_ueditor ucap-content wp_articlecontent v_news_content vsb_content pages_content "  # noqa: SIM905 — a word per line would fill a page
    "article_content articlecontent article-content news_content newscontent info_content easysite-news-text".split()
)
_FURNITURE_TAGS = {
    "nav": "navigation",
    "header": "header",
    "footer": "footer",
    "aside": "sidebar",
    "select": "link list",
}
_FURNITURE_ROLES = {"navigation": "navigation", "banner": "header", "contentinfo": "footer", "search": "page tools"}
_FURNITURE_NAMES = (
    ("navigation", "nav navbar navigation menu submenu topnav leftnav sidenav mainnav"),
    ("breadcrumb", "breadcrumb breadcrumbs crumb crumbs position location curpos weizhi dqwz"),
    ("header", "header head top topbar banner logo"),
    ("footer", "footer foot bottom copyright beian mso-footer"),
    ("share bar", "share sharebox bdsharebuttonbox jiathis bshare qrcode ewm"),
    ("page tools", "toolbar tools search login function print"),
    ("related links", "related relnews links friendlink yqlj xglj recommend"),
    ("sidebar", "sidebar aside"),
)
_REASON_OF = {name: reason for reason, names in _FURNITURE_NAMES for name in names.split()}
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_REPORT = re.compile("政府信息公开|信息公开|依申请|主动公开|政務公開|資訊公開|信息公開")
_REPORT_TABLE = re.compile("申请|公开|复议|申請|公開|複議")
_SENTENCE = re.compile("[。；，]")
_MOST = 0.9
_KNOWN_SHARE = 0.3
_LONGEST_LINE = 30
_SHORTEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class _Page:
    """The page as its elements weigh: characters outside links, with everything inside them."""

    order: tuple[_Element, ...]
    placed: tuple[Placed, ...]
    title: str


def with_roles(root: _Element, placed: Iterable[Placed], title: str | None) -> Iterator[Block]:
    """Yield the blocks of a page, those outside the report as furniture with the reason; ``title`` names the report."""
    page = _Page(tuple(root.iter("*")), tuple(placed), _bare(title or ""))
    hints = _hints(page, _weights(page, page.placed))
    unhinted = tuple(each for each in page.placed if hints[each.holder] is None)
    weights = _weights(page, unhinted)
    known = _known_container(page, unhinted, weights)
    main = known if known is not None else _densest(root, weights)
    inside = set(main.iter("*"))
    if not any(_REPORT.search(_text(each.block)) for each in unhinted if each.holder in inside):
        inside = set(page.order)
    for each in page.placed:
        reason = _reason(each, hints[each.holder], each.holder in inside, page.title)
        yield each.block if reason is None else replace(each.block, role=Role.FURNITURE, role_reason=reason)


def pictures_of(root: _Element) -> int:
    """Count the pictures that no link and no furniture of the page holds."""
    around = ((picture, *picture.iterancestors("*")) for picture in root.iter("img"))
    return sum(not any(tag_of(each) == "a" or _hint(each) for each in elements) for elements in around)


def _reason(each: Placed, hint: str | None, is_inside: bool, title: str) -> str | None:  # noqa: FBT001 — a fact, no switch
    """Return why the block is no part of the report, or null."""
    if isinstance(each.block, Table) and not each.is_links and _REPORT_TABLE.search(_text(each.block)):
        return None
    text = _text(each.block)
    if not each.is_links and len(bare := _bare(text)) > _SHORTEST_TITLE and bare in title:
        return None
    if hint is not None:
        return hint
    if is_inside:
        return None
    if each.is_links:
        return "link list"
    is_report = len(text) > _LONGEST_LINE and _REPORT.search(text) and _SENTENCE.search(text)
    return None if is_report else "outside main text"


def _weights(page: _Page, placed: Iterable[Placed]) -> dict[_Element, int]:
    """Return for each element the characters in it that are not in links."""
    weights = dict.fromkeys(page.order, 0)
    for each in placed:
        weights[each.holder] += each.characters - min(each.linked, each.characters)
    for element in reversed(page.order):
        parent = element.getparent()
        if parent is not None:
            weights[parent] += weights[element]
    return weights


def _hints(page: _Page, weights: Mapping[_Element, int]) -> dict[_Element, str | None]:
    """Return for each element what its name or one around it says of it; what holds most of a page is exempt."""
    whole = weights[page.order[0]]
    hints: dict[_Element, str | None] = {}
    for element in page.order:
        parent = element.getparent()
        above = hints.get(parent) if parent is not None else None
        hints[element] = above or (_hint(element) if 2 * weights[element] <= whole else None)
    return hints


def _hint(element: _Element) -> str | None:
    tag = tag_of(element)
    if tag in {"html", "body", "table", "tbody", "tr", "td", "th"} and element.get("role") is None:
        return None
    if tag in _FURNITURE_TAGS:
        return _FURNITURE_TAGS[tag]
    if element.get("role") in _FURNITURE_ROLES:
        return _FURNITURE_ROLES[element.get("role", "")]
    for name in f"{element.get('id', '')} {element.get('class', '')}".split():
        if name.lower() in _REASON_OF:
            return _REASON_OF[name.lower()]
        for part in _NAME_PARTS.findall(name):
            if part.lower() in _REASON_OF:
                return _REASON_OF[part.lower()]
    return None


def _known_container(page: _Page, unhinted: Iterable[Placed], weights: Mapping[_Element, int]) -> _Element | None:
    """Return the largest element with a name that site builders give to the text of an article."""
    named = [element for element in page.order if _KNOWN.intersection(_names(element))]
    if not named:
        return None
    best = max(named, key=lambda element: weights[element])
    inside = set(best.iter("*"))
    holds_report = any(_REPORT.search(_text(each.block)) for each in unhinted if each.holder in inside)
    return best if holds_report and weights[best] >= _KNOWN_SHARE * weights[page.order[0]] else None


def _names(element: _Element) -> list[str]:
    return f"{element.get('id', '')} {element.get('class', '')}".lower().split()


def _densest(root: _Element, weights: Mapping[_Element, int]) -> _Element:
    """Return the innermost element that holds nearly all of the text."""
    element = root
    while True:
        heaviest = max(element.iterchildren("*"), key=lambda child: weights[child], default=None)
        if heaviest is None or weights[heaviest] < _MOST * weights[root] or weights[heaviest] == 0:
            return element
        element = heaviest


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "\n".join(cell.text for cell in block.cells)


def _bare(text: str) -> str:
    return "".join(text.split())
