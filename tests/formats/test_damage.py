"""Whatever happens to the bytes of a sound file, reading ends in a document or in ``UnreadableFile``."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats import DEFAULT_LIMITS, UnreadableFile, format_of
from pipeline.formats.reading import Reading
from tests.rendering import SAMPLE, markdown, page, printed, word

MAKERS = {"txt": markdown, "html": page, "docx": word, "pdf": printed}
every_format = pytest.mark.parametrize("name", MAKERS)
few = settings(derandomize=True, deadline=None, max_examples=25)


@cache
def sound(name: str) -> bytes:
    return MAKERS[name](SAMPLE)


def outcome(data: bytes) -> Reading | UnreadableFile:
    try:
        return format_of(data).read(data, DEFAULT_LIMITS)
    except UnreadableFile as error:
        return error


@every_format
@few
@given(share=st.floats(0, 1))
def test_cut_files(name: str, share: float) -> None:
    data = sound(name)
    found = outcome(data[: max(1, int(share * len(data)))])
    assert isinstance(found, Reading) or len(found.message) > 20


@every_format
@few
@given(flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=12))
def test_flipped_bytes(name: str, flips: list[tuple[float, int]]) -> None:
    data = bytearray(sound(name))
    for share, bits in flips:
        data[int(share * len(data))] ^= bits
    found = outcome(bytes(data))
    assert isinstance(found, Reading) or len(found.message) > 20


@few
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes(data: bytes) -> None:
    found = outcome(data)
    assert isinstance(found, Reading) or len(found.message) > 20
