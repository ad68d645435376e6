"""The file formats that can be read, one line each, and how a file shows its type: by its bytes, never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formats.docx import is_docx, read_docx
from pipeline.formats.errors import Reason, UnreadableFile
from pipeline.formats.html import is_html, read_html
from pipeline.formats.pdf import is_pdf, read_pdf
from pipeline.formats.text import is_text, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.formats.limits import Limits
    from pipeline.formats.reading import Reading


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format: its name in the tables, how its bytes are told, and its reader."""

    name: str
    detects: Callable[[bytes], bool]
    read: Callable[[bytes, Limits], Reading]


FORMATS = (
    FileFormat("pdf", is_pdf, read_pdf),
    FileFormat("docx", is_docx, read_docx),
    FileFormat("html", is_html, read_html),
    FileFormat("txt", is_text, read_text),
)

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps): save it as .docx"),
    (b"PK\x03\x04", "an archive or an Office file other than Word: unpack it, or save it as .docx or .pdf"),
    (b"Rar!", "an archive: unpack it"),
    (b"7z\xbc\xaf", "an archive: unpack it"),
    (b"\x1f\x8b", "an archive: unpack it"),
    (b"{\\rtf", "a rich text file: save it as .docx"),
    (b"\x89PNG", "a picture: it would need text recognition"),
    (b"\xff\xd8\xff", "a picture: it would need text recognition"),
    (b"GIF8", "a picture: it would need text recognition"),
    (b"II*\0", "a picture: it would need text recognition"),
    (b"MM\0*", "a picture: it would need text recognition"),
)
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def format_of(data: bytes) -> FileFormat:
    """Return the format that the bytes show; raises ``UnreadableFile`` for a type that no reader knows."""
    for magic, what in _REFUSED:
        if data.startswith(magic) and not is_docx(data):
            if _PROTECTED in data:
                message = "the Office file is protected by a password: save it without one"
                raise UnreadableFile(Reason.ENCRYPTED, message)
            message = f"the file is {what}"
            raise UnreadableFile(Reason.UNSUPPORTED_TYPE, message)
    for each in FORMATS:
        if each.detects(data):
            return each
    message = "the bytes are neither text nor a known kind of document"
    raise UnreadableFile(Reason.UNSUPPORTED_TYPE, message)
