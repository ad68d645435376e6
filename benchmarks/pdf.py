"""Pages of PDF files per second: the first reader against the second, and the whole reading against the second alone.

usage: python benchmarks/pdf.py [FOLDER] [ROUNDS] — FOLDER with PDF files, the shipped ones if left out.

Figures are ratios inside one run, of processor time; seconds differ from machine to machine and are not printed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pdfplumber

from pipeline.formats import DEFAULT_LIMITS
from pipeline.formats.pdf import pdfium, plumber, read_pdf
from pipeline.formats.pdf.frame import frame_of
from pipeline.formats.pdf.pages import read_page
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def timed(seconds: Counter[str], name: str) -> Iterator[None]:
    """Add what the block takes to ``seconds``."""
    begin = time.process_time()
    yield
    seconds[name] += time.process_time() - begin


def cost_of_readers(data: bytes, rounds: int) -> tuple[Counter[str], int, int]:
    """Return the time of each reader and of lines and grids on the pages that both read, how many these are, of all."""
    seconds: Counter[str] = Counter()
    taken = total = 0
    for _ in range(rounds):
        with pdfplumber.open(BytesIO(data)) as pdf, pdfium.opened(data) as document:
            if document is None:
                continue
            for at, page in enumerate(pdf.pages):
                total += 1
                one: Counter[str] = Counter()
                try:
                    with timed(one, "first"):
                        content = pdfium.content_of(document, at, frame_of(page.page_obj))
                except pdfium.RefusedPage:
                    continue
                with timed(one, "second"):
                    plumber.content_of(page)
                with timed(one, "lines and grids"):
                    read_page(content, at + 1)
                taken += 1
                seconds += one
    return seconds, taken // rounds, total // rounds


def cost_of_reading(data: bytes, rounds: int) -> Counter[str]:
    """Return the time of the whole reading as it is, and with pdfium out of the way."""
    seconds: Counter[str] = Counter()
    for _ in range(rounds):
        with timed(seconds, "both readers"):
            read_pdf(data, DEFAULT_LIMITS)
        with patch.object(pdfium, "content_of", side_effect=pdfium.RefusedPage), timed(seconds, "second alone"):
            read_pdf(data, DEFAULT_LIMITS)
    return seconds


def main() -> None:
    """Print one line for each file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_folder("corpus") / "reports"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for path in sorted(folder.rglob("*.pdf")):
        data = path.read_bytes()
        read_pdf(data, DEFAULT_LIMITS)
        pages, taken, total = cost_of_readers(data, rounds)
        whole = cost_of_reading(data, rounds)
        sys.stdout.write(f"{path.name}: pdfium takes {taken} of {total} pages")
        if taken:
            sys.stdout.write(
                f", {pages['second'] / pages['first']:.1f} x the pages per second of pdfplumber; lines and grids cost"
                f" {pages['lines and grids'] / pages['first']:.2f} of that reading"
            )
        sys.stdout.write(f"; the whole file is read {whole['second alone'] / whole['both readers']:.1f} x as fast\n")


if __name__ == "__main__":
    main()
