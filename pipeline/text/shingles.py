"""Shingles: the runs of five Chinese characters in a text, hashed, so that likeness of texts can be counted.

Digits, letters, punctuation and spaces are left out: a report that repeats another with other numbers is like it.
"""

from __future__ import annotations

import numpy as np
import regex

_LENGTH = 5
_MOST = 2048
_PERMUTATIONS = 256
_NO_HAN = regex.compile(r"[^\p{Han}]+")
_NUMERAL = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
_BASE, _MIX = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)
_STATE = np.random.Generator(np.random.PCG64(20080501))
_FACTORS = (_STATE.integers(1, 1 << 63, _PERMUTATIONS, dtype=np.uint64) << np.uint64(1)) | np.uint64(1)
_SUMMANDS = _STATE.integers(0, 1 << 63, _PERMUTATIONS, dtype=np.uint64)

Hashes = np.ndarray[tuple[int], np.dtype[np.uint32]]


def shingles(text: str) -> Hashes:
    """Return the hashes of the distinct shingles in ascending order, of more than 2048 the smallest.

    Smallest hashes are a random sample of shingles: likeness counted on them is off by about a hundredth.
    """
    characters = np.frombuffer(_NO_HAN.sub("", text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if characters.size < _LENGTH:
        return np.empty(0, np.uint32)
    count = characters.size - _LENGTH + 1
    sums = np.zeros(count, np.uint64)
    for at in range(_LENGTH):
        sums = sums * _BASE + characters[at : at + count]
    return np.unique(_mixed(sums))[:_MOST]


def numerals(text: str) -> Hashes:
    """Return the hashes of the numerals in ascending order; of equal ones the first, the second, ... differ."""
    seen: dict[str, int] = {}
    keys: list[int] = []
    for match in _NUMERAL.finditer(text):
        number = match[0]
        seen[number] = seen.get(number, 0) + 1
        keys.append(int.from_bytes(number.encode()[-6:], "little") * 1009 + len(number) * 31 + seen[number])
    return np.sort(_mixed(np.array(keys, np.uint64)))


def signature(hashes: Hashes) -> Hashes:
    """Return the smallest hash of each of 256 permutations: two texts share as many as they are alike."""
    if not hashes.size:
        return np.empty(0, np.uint32)
    values = hashes.astype(np.uint64)
    permuted = values[None, :] * _FACTORS[:, None] + _SUMMANDS[:, None]
    smallest: Hashes = (permuted >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return smallest


def likeness(one: Hashes, other: Hashes) -> float:
    """Return the Jaccard index of two sets of shingles, between 0 and 1."""
    both = np.sort(np.concatenate((one, other)), kind="stable")
    if not both.size:
        return 0.0
    repeated = np.append(both[1:] == both[:-1], [False])
    union = np.append([True], ~repeated[:-1])
    if max(one.size, other.size) >= _MOST:
        within = np.cumsum(union) <= _MOST
        repeated, union = repeated & within, union & within
    return float(repeated.sum() / union.sum())


def _mixed(values: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> Hashes:
    mixed = (values ^ (values >> np.uint64(29))) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)
