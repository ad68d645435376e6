"""The file formats that can be read, one line each, and how a file shows its type: by its bytes, never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.formats.decode import decode
from pipeline.formats.docx import is_docx, read_docx
from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.html import decode_page, is_html, read_html
from pipeline.formats.pdf import is_pdf, read_pdf
from pipeline.formats.text import is_text, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.formats.decode import Decoded
    from pipeline.formats.limits import Limits
    from pipeline.formats.reading import Reading


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: its name in the tables, how its bytes are told, its reader, and the suffixes that promise it.

    ``decode`` is null where the bytes are not text in some encoding.
    """

    name: str
    detects: Callable[[bytes], bool]
    read: Callable[[bytes, Limits], Reading]
    suffixes: tuple[str, ...]
    decode: Callable[[bytes], Decoded] | None = None


FORMATS = (
    FileFormat("pdf", is_pdf, read_pdf, (".pdf",)),
    FileFormat("docx", is_docx, read_docx, (".docx", ".docm")),
    FileFormat("html", is_html, read_html, (".html", ".htm", ".shtml", ".xhtml"), decode_page),
    FileFormat("txt", is_text, read_text, (".txt", ".md"), decode),
)

# A suffix that promises a type we do not read is as wrong on a file of another type as any other.
_UNREAD_SUFFIXES = frozenset(
    {".doc", ".wps", ".rtf", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".ofd", ".ceb", ".odt", ".mht"}
    | {".zip", ".rar", ".7z", ".gz", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
)

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps): save it as .docx"),
    (b"PK\x03\x04", "an archive or an Office file other than Word: unpack it, or save it as .docx or .pdf"),
    (b"Rar!", "an archive: unpack it"),
    (b"7z\xbc\xaf", "an archive: unpack it"),
    (b"\x1f\x8b", "an archive: unpack it"),
    (b"{\\rtf", "a rich text file: save it as .docx"),
    (b"<?xml", "an XML file: save it as .docx, .pdf or .html"),
    (b"MIME-Version:", "a web archive (.mht): save the page as .html"),
    (b"From: <Saved", "a web archive (.mht): save the page as .html"),
    (b"\x89PNG", "a picture: it needs text recognition"),
    (b"\xff\xd8\xff", "a picture: it needs text recognition"),
    (b"GIF8", "a picture: it needs text recognition"),
    (b"II*\0", "a picture: it needs text recognition"),
    (b"MM\0*", "a picture: it needs text recognition"),
)
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def suffix_fits(path: str, name: str) -> bool | None:
    """Tell whether the suffix of ``path`` promises the format ``name``; null where it promises no type of document."""
    suffix = PurePosixPath(path).suffix.lower()
    promised = {ending: each.name for each in FORMATS for ending in each.suffixes}
    return promised.get(suffix) == name if suffix in promised or suffix in _UNREAD_SUFFIXES else None


def format_of(data: bytes) -> FileFormat:
    """Return the format that the bytes show; raises ``UnreadableFile`` for a type that no reader knows."""
    refused = next((what for magic, what in _REFUSED if data.startswith(magic)), None)
    for each in FORMATS:
        if each.detects(data) and (refused is None or each.read is not read_text):
            return each
    if _PROTECTED in data:
        raise UnreadableFile(Reason.ENCRYPTED, "the Office file is protected by a password: save it without one")
    message = f"the file is {refused}" if refused else "the bytes are neither text nor a known kind of document"
    raise UnreadableFile(Reason.UNSUPPORTED_TYPE, message)
