"""Agency: the body that reports, by the best proof that names one.

Proofs by rank: the title, the name of the page, the preface, the heading of a form, the signature, the name that the
text gives itself, whom it asks readers to write to, the path above the page, its publisher. The last two count only
where the text speaks of itself as such a body does: a township's report stands on the county's site.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.stages.identify.names import full_name, names_a_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.model import Evidence
    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.sheet import Sheet
    from pipeline.stages.identify.stretches import Stretch

    _Named = tuple[str, Evidence]

_PREFACE_LINES = 12
_GROUPS = ("agency", "agency_behind")
_SELF = regex.compile(
    "(?:我|本)(?P<what>省|自治区|市|县|区|旗|州|镇|乡|街道|局|厅|委|办|部|处|院|校|中心|公司|管委会)(?!级|着)"
)
_PLACE = regex.compile(r"[\p{Han}]{1,12}(?:省|自治区|市|州|地区|盟|县|区|旗)")
_OFFICE = ("办公室", "办公厅")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body: its name as printed, the words that prove it, and its full name."""

    printed: str | None = None
    name: str | None = None
    proof: Evidence | None = None


def find_agency(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> Agency:
    """Return the body that the best proof names."""
    found = next(_proofs(sheet, signs), None)
    if found is None:
        return Agency()
    printed, proof = found
    return Agency(_as_printed(printed, proof), full_name(_with_place(printed, sheet, signs), signs), proof)


def _with_place(printed: str, sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> str:
    """Return the name with the place that stands before it elsewhere: 霁川区人民政府 is 岚汀市霁川区人民政府."""
    bare = _bare(printed)
    leads: set[str] = set()
    for kind, stretches in (
        ("preface", sheet.body[:_PREFACE_LINES]),
        ("signature", sheet.tail),
        ("title", sheet.titles),
    ):
        for name, _ in _matches(stretches, signs[kind]):
            other = _bare(name)
            if other.endswith(bare) and len(other) > len(bare) and names_a_body(name, signs):
                leads.add(other.removesuffix(bare))
    lead = leads.pop() if len(leads) == 1 else ""
    return lead + printed if _PLACE.fullmatch(lead) else printed


def _bare(name: str) -> str:
    for ending in (*_OFFICE, "人民政府", "政府"):
        name = name.removesuffix(ending)
    return name


def _as_printed(folded: str, proof: Evidence) -> str:
    """Return the printed words, or the folded name where a break of lines cuts them."""
    printed = "".join(proof.quote.split())
    return printed if len(printed) == len(folded) else folded


def _proofs(sheet: Sheet, signs: Mapping[str, tuple[Marker, ...]]) -> Iterator[_Named]:
    """Yield the names by the rank of what proves them."""
    own = _self(sheet)
    around = (*sheet.around, *sheet.titles)

    def named(stretches: Iterable[Stretch], kind: str) -> Iterator[_Named]:
        return (each for each in _matches(stretches, signs[kind]) if names_a_body(each[0], signs))

    yield from named(sheet.titles, "title")
    yield from named(sheet.page_titles, "title")
    yield from named(sheet.body[:_PREFACE_LINES], "preface")
    yield from named(sheet.body[:_PREFACE_LINES], "form_heading")
    yield from (each for each in named(sheet.tail, "signature") if _fits(each[0], own, strictly=False))
    yield from _only(each for each in named(sheet.body, "named") if _fits(each[0], own, strictly=True))
    yield from (each for each in named(sheet.body, "contact") if _fits(each[0], own, strictly=False))
    yield from (each for each in named(around, "breadcrumb") if _fits(each[0], own, strictly=True))
    yield from (each for each in named(around, "metadata") if _fits(each[0], own, strictly=True))


def _matches(stretches: Iterable[Stretch], signs: tuple[Marker, ...]) -> Iterator[_Named]:
    """Yield the names that the patterns find, the patterns by rank."""
    kept = tuple(stretches)
    for sign in signs:
        groups = [group for group in _GROUPS if group in sign.pattern.groupindex]
        for stretch in kept if groups else ():
            for match in stretch.find(sign.pattern):
                for group in groups:
                    if match[group]:
                        yield match[group], stretch.evidence(*match.span(group))


def _only(found: Iterable[_Named]) -> Iterator[_Named]:
    """Yield the longest name where all are one name, with its place before it or without."""
    kept = list(found)
    longest = max(kept, key=lambda each: len(each[0]), default=None)
    if longest is not None and all(longest[0].endswith(name) for name, _ in kept):
        yield longest


def _self(sheet: Sheet) -> str | None:
    """Return as what the text speaks of itself most: ``镇`` where it says 我镇."""
    counts = Counter(match["what"] for stretch in sheet.body for match in stretch.find(_SELF))
    return counts.most_common(1)[0][0] if counts else None


def _fits(name: str, own: str | None, *, strictly: bool) -> bool:
    """Say whether the text, which calls itself ``own``, can be by a body of this name."""
    if own is None:
        return not strictly
    bare = _bare(name).replace("办事处", "").replace("管理委员会", "管委会").replace("委员会", "委")
    return bare.endswith(own) or (own in {"区", "市"} and bare.endswith("管委会"))
