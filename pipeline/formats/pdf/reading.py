"""Bytes of a PDF to its reading, and what of it could not be read."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pdfplumber
from pdfminer.ascii85 import ascii85decode
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.pdf import pdfium, plumber
from pipeline.formats.pdf.frame import frame_of
from pipeline.formats.pdf.pages import read_page
from pipeline.formats.pdf.paragraphs import blocks_of
from pipeline.formats.reading import Reading
from pipeline.model import Paragraph, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfDocument

    from pipeline.formats.limits import Limits
    from pipeline.formats.pdf.pages import PrintedPage
    from pipeline.model import Block

_HEADER_WITHIN = 1_024
_GARBLED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_GARBLED_SHARE = 0.005
_FLATE = ("FlateDecode", "Fl")
_ASCII85 = ("ASCII85Decode", "A85")
# What pdfminer stumbles over when a file is damaged: it has no exception of its own for most of it.
_STUMBLES = (
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def is_pdf(data: bytes) -> bool:
    """Tell whether the bytes begin as a PDF does; junk may stand before its header."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """Return the content of a PDF; raises ``UnreadableFile`` where it needs a password or no page can be read."""
    is_cut = b"%%EOF" not in data[-2 * _HEADER_WITHIN :]
    problems: list[Problem] = []
    with _silence(), pdfium.opened(data) as first:
        pdf = _opened(data, is_cut)
        pages = _pages(first, pdf, limits, problems)
    if not pages:
        raise _unreadable(is_cut, "none of its pages could be read")
    blocks = blocks_of(pages)
    if is_cut:
        problems.append(Problem("read", "truncated", "the end of the file is missing, and perhaps some of its pages"))
    problems.extend(_unread(pages))
    problems.extend(_garbled(blocks))
    return Reading(blocks, _printed(pdf.metadata.get("Title"), blocks), problems=tuple(problems))


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the log of pdfminer quiet: it tells of every oddity of every font."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _opened(data: bytes, is_cut: bool) -> PDF:  # noqa: FBT001 — a fact, no switch
    try:
        return pdfplumber.open(BytesIO(data))
    except _STUMBLES as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in (error, *error.args)):
            message = "the file is protected by a password: save it without one"
            raise UnreadableFile(Reason.ENCRYPTED, message) from error
        raise _unreadable(is_cut, str(error)) from error


def _unreadable(is_cut: bool, what: str) -> UnreadableFile:  # noqa: FBT001 — a fact, no switch
    if is_cut:
        message = f"the end of the file is missing ({what}), so the download was cut off: fetch it again"
        return UnreadableFile(Reason.TRUNCATED, message)
    return UnreadableFile(Reason.CORRUPT, f"the PDF is damaged ({what}): fetch it again")


def _pages(first: PdfDocument | None, pdf: PDF, limits: Limits, problems: list[Problem]) -> list[PrintedPage]:
    """Return the pages that could be read; those that could not be become problems."""
    try:
        found = pdf.pages
    except _STUMBLES:
        found = []
    if first is not None and len(first) != len(found):
        first = None  # the same number would then name different pages
    pages = []
    for number, page in enumerate(found[: limits.pages], start=1):
        try:
            if _is_damaged(page):
                message = f"page {number}: part of its content is damaged, text may be missing"
                problems.append(Problem("read", "damaged_page", message))
            pages.append(_read(first, page, number))
            page.close()
        except _STUMBLES as error:
            message = f"page {number} could not be read ({type(error).__name__}: {error})"
            problems.append(Problem("read", "damaged_page", message))
    if (announced := _announced(pdf)) > len(found):
        message = f"the file announces {announced:,} pages and {len(found):,} were found: fetch it again"
        problems.append(Problem("read", "damaged_page", message))
    if len(found) > limits.pages:
        message = f"the file has {len(found):,} pages: only the first {limits.pages:,} were read"
        problems.append(Problem("read", "limit_reached", message))
    return pages


def _read(first: PdfDocument | None, page: Page, number: int) -> PrintedPage:
    """Return a page as the first reader has it; as the second has it where the first refuses it or it looks odd."""
    printed = None
    if first is not None:
        with suppress(pdfium.RefusedPage):
            printed = read_page(pdfium.content_of(first, number - 1, frame_of(page.page_obj)), number)
    if printed is not None and not printed.is_odd:
        return printed
    try:
        return read_page(plumber.content_of(page), number)
    except _STUMBLES:
        if printed is None:
            raise
        return printed


def _announced(pdf: PDF) -> int:
    """Return how many pages the file says it has, 0 where it does not say."""
    try:
        tree = resolve1(pdf.doc.catalog.get("Pages"))
        count = resolve1(tree.get("Count")) if isinstance(tree, dict) else 0
    except _STUMBLES:
        return 0
    return count if isinstance(count, int) else 0


def _is_damaged(page: Page) -> bool:
    """Tell whether packed content of the page does not unpack: pdfminer passes over it without a word."""
    forms = resolve1(resolve1(page.page_obj.resources or {}).get("XObject")) or {}
    streams = [resolve1(each) for each in (*page.page_obj.contents, *forms.values())]
    return any(_is_broken(stream) for stream in streams if isinstance(stream, PDFStream))


def _is_broken(stream: PDFStream) -> bool:
    if stream.rawdata is None or stream.decipher is not None:
        return False
    packed = stream.rawdata
    for name in (getattr(each[0], "name", None) for each in stream.get_filters()):
        if name in _FLATE:
            return not _unpacks(packed)
        if name not in _ASCII85:
            return False
        packed = ascii85decode(packed)
    return False


def _unpacks(packed: bytes) -> bool:
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(packed)
    except zlib.error:
        return False
    return unpacker.eof


def _unread(pages: Iterable[PrintedPage]) -> Iterator[Problem]:
    for page in pages:
        if page.is_blank:
            yield Problem(
                "read", "blank_page", f"page {page.number} shows nothing at all: compare it with the original"
            )
        elif page.is_picture:
            message = f"page {page.number} has no text layer, only pictures: it needs text recognition"
            yield Problem("read", "needs_ocr", message)
        elif page.is_mostly_picture:
            message = f"page {page.number} is a picture with few characters on it: it needs text recognition"
            yield Problem("read", "needs_ocr", message)


def _garbled(blocks: Iterable[Block]) -> Iterator[Problem]:
    text = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in blocks
    )
    garbled = len(_GARBLED.findall(text))
    if garbled > max(3, _GARBLED_SHARE * len(text)):
        message = f"{garbled} of {len(text)} characters are no text: a font of the file does not say what it prints"
        yield Problem("read", "mojibake", message)


def _printed(title: object, blocks: Iterable[Block]) -> str | None:
    """Return the title in the file's properties if its text prints it too; else it may be that of another file."""
    if not isinstance(title, str) or not title.strip():
        return None
    words = "".join(title.split())
    return title.strip() if any(isinstance(b, Paragraph) and words in "".join(b.text.split()) for b in blocks) else None
