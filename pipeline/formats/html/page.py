"""Bytes of a page to its reading: decoded by us, parsed without limits of depth and size, checked for lost text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.formats.decode import decode
from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.html.elements import SILENT, collapsed, is_hidden, is_struck, n_characters, tag_of, text_of
from pipeline.formats.html.main_text import pictures_of, with_roles
from pipeline.formats.html.walk import Walk
from pipeline.formats.reading import UNNUMBERED, Reading
from pipeline.formats.text import encoding_problems
from pipeline.model import Anchor, Paragraph, Problem, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.formats.decode import Decoded
    from pipeline.formats.limits import Limits
    from pipeline.model import Block

_HEAD = 65_536
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:p|div|table|tr|td|span|ul)\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_META = ("ArticleTitle", "PubDate", "SiteName", "SiteDomain", "SiteIDCode", "ContentSource", "ColumnName", "Author")
_NO_TEXT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[a-zA-Z/!?][^>]*>", re.DOTALL | re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:div|section|article|center|blockquote)\b[^>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|big|em|font|i|o:p|s|small|span|strong|u)\b[^>]*>", re.IGNORECASE)
_FEWEST_LOST = 20
_FEWEST_HIDDEN = 100
_MOST_BESIDE_HIDDEN = 0.2
_SHORTEST_REPORT = 60
_YEARLY_REPORT = re.compile("年度?报告|年报|年度?報告|年報")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|rtf|zip|rar)\b", re.IGNORECASE)


def is_html(data: bytes) -> bool:
    """Tell whether the bytes are a page or a piece of one, in any encoding."""
    head = data[:_HEAD].replace(b"\0", b"")
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    return _PAGE.search(head[:4_096]) is not None or (begins and len(_CLOSING.findall(head)) > 2)


def decode_page(data: bytes) -> Decoded:
    """Return the text of a page with its markup; a label in the page counts as the encoding it declares."""
    label = _CHARSET.search(data[:_HEAD].replace(b"\0", b""))
    return decode(data, label[1].decode("ascii", errors="ignore") if label else None)


def read_html(data: bytes, limits: Limits) -> Reading:
    """Return the blocks of a page; what surrounds the report has role furniture and a reason."""
    decoded = decode_page(data)
    source = decoded.text.replace("\0", " ")
    root, is_flattened = _parse(source)
    uncovered = _uncover(root)
    walk = Walk(limits)
    walk.through(root)
    head = tuple(_head(root))
    title = _title(head)
    blocks = (*head, *with_roles(root, walk.placed, title))
    problems = [
        *encoding_problems(decoded),
        *_losses(source, root),
        *_unshown(root, walk, uncovered),
        *_pictured(root, blocks, title),
    ]
    if is_flattened:
        message = "the elements of the page are nested too deep: it was read without those that only arrange text"
        problems.append(Problem("read", "too_deep", message))
    return Reading(blocks, title, decoded.encoding, tuple(problems))


def _parse(source: str) -> tuple[_Element, bool]:
    """Return the tree of the page, and whether wrappers had to be taken out because the parser stops at some depth."""
    root, is_cut = _tree(source)
    if not is_cut:
        return root, False
    return _tree(_INLINE.sub("", _WRAPPER.sub("<br>", source)))[0], True


def _tree(source: str) -> tuple[_Element, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(Reason.CORRUPT, f"the page could not be parsed ({error}): save it again") from error
    if root is None:
        raise UnreadableFile(Reason.CORRUPT, "the page holds no element: save it again")
    return root, any("Excessive depth" in entry.message for entry in parser.error_log)


def _head(root: _Element) -> Iterator[Paragraph]:
    """Yield the title of the page and what its builder notes about the article."""
    title = root.find(".//title")
    if title is not None and (text := collapsed([text_of(title)])):
        yield Paragraph(UNNUMBERED, text, Anchor(path="head/title"), Role.FURNITURE, "page title")
    wanted = {name.lower(): name for name in _META}
    for meta in root.iter("meta"):
        name = wanted.get(meta.get("name", "").lower())
        content = collapsed([meta.get("content", "")])
        if name is not None and content:
            yield Paragraph(UNNUMBERED, f"{name}: {content}", Anchor(path="head/meta"), Role.FURNITURE, "page metadata")


def _title(head: tuple[Paragraph, ...]) -> str | None:
    texts = [block.text for block in head]
    article = next((text for text in texts if text.startswith("ArticleTitle: ")), None)
    if article is not None:
        return article.removeprefix("ArticleTitle: ")
    return texts[0] if head and head[0].role_reason == "page title" else None


def _losses(source: str, root: _Element) -> Iterator[Problem]:
    """Yield what the parser dropped."""
    expected = n_characters(unescape(_NO_TEXT.sub(" ", source)))
    parsed = sum(
        n_characters(each.text or "") * (each.tag not in {"script", "style"}) + n_characters(each.tail or "")
        for each in root.iter("*")
    )
    if expected - parsed > max(_FEWEST_LOST, expected // 10):
        message = f"of about {expected} characters of the page only {parsed} came through its parser"
        yield Problem("read", "text_lost", message)


def _uncover(root: _Element) -> int:
    """Show the element that hides nearly all text of the page, as one does that a script opens; return how much."""
    shown, hidden, covers = n_characters(text_of(root)), 0, []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        is_silent, is_covered = tag_of(element) in SILENT, is_hidden(element)
        if is_silent or is_covered:
            shown -= n_characters(text_of(element))
            walk.skip_subtree()
        if is_covered and not is_silent and not is_struck(element):
            covers.append((n_characters(text_of(element)), element))
    hidden, cover = max(covers, key=lambda each: each[0], default=(0, None))
    if cover is None or hidden <= _FEWEST_HIDDEN or shown > _MOST_BESIDE_HIDDEN * hidden:
        return 0
    for name in ("style", "hidden"):
        cover.attrib.pop(name, None)
    return hidden


def _unshown(root: _Element, walk: Walk, uncovered: int) -> Iterator[Problem]:
    """Yield what the page holds and does not show: text that is struck out or hidden."""
    hidden = struck = 0
    through = etree.iterwalk(root, events=("start",))
    for _, element in through:
        if tag_of(element) in SILENT:
            through.skip_subtree()
        elif is_hidden(element):
            characters = n_characters(text_of(element))
            struck, hidden = (struck + characters, hidden) if is_struck(element) else (struck, hidden + characters)
            through.skip_subtree()
    shown = sum(each.characters for each in walk.placed)
    if uncovered:
        message = f"the page shows nothing of its text before a script runs: {uncovered} hidden characters were read"
        yield Problem("read", "hidden_text", message)
    if hidden > max(_FEWEST_HIDDEN, shown // 10):
        yield Problem("read", "hidden_text", f"{hidden} characters of the page are hidden and were not read")
    if struck:
        message = f"{struck} characters of the page are struck out or printed in size zero and were not read"
        yield Problem("read", "struck_text", message)


def _pictured(root: _Element, blocks: tuple[Block, ...], title: str | None) -> Iterator[Problem]:
    """Yield that the report is a picture: its title stands above pictures, without a text or a file to fetch."""
    if not title or not _YEARLY_REPORT.search(title):
        return
    texts = [block.text for block in blocks if isinstance(block, Paragraph) and block.role is Role.BODY]
    is_told = sum(n_characters(text) for text in texts if text not in title) > _SHORTEST_REPORT
    if is_told or any(isinstance(block, Table) for block in blocks) or any(map(_leads_to_file, root.iter("a"))):
        return
    if pictures := pictures_of(root):
        message = f"the page holds {pictures} pictures below its title and no text: it needs text recognition"
        yield Problem("read", "needs_ocr", message)


def _leads_to_file(link: _Element) -> bool:
    return any(_FILE.search(words) for words in (link.get("href", ""), text_of(link)))
