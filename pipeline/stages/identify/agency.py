"""Agency: the body that reports, as printed and by its full name, its type and its level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Role
from pipeline.stages.identify.proofs import proofs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.model import Evidence, Paragraph
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.lexicons import Marker

_TITLE_BLOCKS = 25
_SIGNATURE_BLOCKS = 12
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Agency:
    """A body: the words that prove it, its full name, a key that is the same in every year, type and level."""

    proof: Evidence | None = None
    name: str | None = None
    key: str | None = None
    type: str | None = None
    level: str | None = None


def find_agency(paragraphs: Sequence[Paragraph], rulebook: Rulebook) -> Agency:
    """Return the body named in the title, else in the last lines."""
    signs = rulebook.lexicons.identity
    top = paragraphs[:_TITLE_BLOCKS]
    bottom = [block for block in paragraphs[-_SIGNATURE_BLOCKS:] if block.role is Role.BODY]
    for sign in signs["agency"]:
        for block in bottom if sign.id == "signature" else top:
            if len(block.text) > _LONGEST_TITLE and sign.id == "signature":
                continue
            for match, proof in proofs(block, sign.pattern, "agency"):
                if not any(spam.pattern.search(match["agency"]) for spam in rulebook.lexicons.spam):
                    return _described(match["agency"], proof, signs)
    return Agency()


def _described(printed: str, proof: Evidence, signs: Mapping[str, tuple[Marker, ...]]) -> Agency:
    name = _completed(printed, signs["completed"])
    key = name if _tells_place(name) else None
    return Agency(proof, name, key, _first(name, signs["agency_type"]), _first(name, signs["level"]))


def _completed(agency: str, signs: tuple[Marker, ...]) -> str:
    """Return the name with what the printed one leaves out: ``云溪县`` is ``云溪县人民政府``."""
    sign = next((sign for sign in signs if sign.pattern.search(agency)), None)
    return agency + sign.reason if sign else agency


def _tells_place(name: str) -> bool:
    """Say whether the name holds a county or something larger, without which namesakes can't be told apart."""
    return any(mark in name[1:] for mark in "省市县区旗州盟")


def _first(name: str, signs: tuple[Marker, ...]) -> str | None:
    return next((sign.id for sign in signs if sign.pattern.search(name)), None)
