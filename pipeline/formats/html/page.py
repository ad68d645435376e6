"""Bytes of a page to its reading: decoded by us, parsed without limits of depth and size, checked for lost text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.formats.decode import decode
from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.html.elements import collapsed, n_characters, text_of
from pipeline.formats.html.main_text import with_roles
from pipeline.formats.html.walk import Walk
from pipeline.formats.reading import UNNUMBERED, Reading
from pipeline.formats.text import encoding_problems
from pipeline.model import Anchor, Paragraph, Problem, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pipeline.formats.decode import Decoded
    from pipeline.formats.limits import Limits

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
    walk = Walk(limits)
    walk.through(root)
    head = tuple(_head(root))
    title = _title(head)
    blocks = (*head, *with_roles(root, walk.placed, title))
    problems = [*encoding_problems(decoded), *_losses(source, root, walk)]
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


def _losses(source: str, root: _Element, walk: Walk) -> Iterator[Problem]:
    """Yield what did not come through: text the parser dropped, and text the page hides."""
    expected = n_characters(unescape(_NO_TEXT.sub(" ", source)))
    parsed = sum(
        n_characters(each.text or "") * (each.tag not in {"script", "style"}) + n_characters(each.tail or "")
        for each in root.iter("*")
    )
    if expected - parsed > max(_FEWEST_LOST, expected // 10):
        message = f"of about {expected} characters of the page only {parsed} came through its parser"
        yield Problem("read", "text_lost", message)
    shown = sum(each.characters for each in walk.placed)
    if walk.hidden > max(_FEWEST_HIDDEN, shown // 10):
        message = f"{walk.hidden} characters of the page are hidden and were not read"
        yield Problem("read", "hidden_text", message)
