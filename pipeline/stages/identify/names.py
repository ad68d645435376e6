"""Names of bodies: what names none, the full name of a short one, what kind of body it is, how high it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook.lexicons import Marker
    from pipeline.stages.identify.place import Place

_HAN = regex.compile(r"\p{Han}")
_SHORTEST, _LONGEST = 3, 28
_ZONE = regex.compile(r"市\p{Han}{2,14}?区(?!域)")


def names_a_body(name: str, signs: Mapping[str, tuple[Marker, ...]]) -> bool:
    """Say whether the words name one body, and not just any, as ``县政府`` does."""
    if len(_HAN.findall(name)) < _SHORTEST or len(name) > _LONGEST:
        return any(sign.pattern.search(name) for sign in signs["short_name"])
    return not any(sign.pattern.search(name) for sign in signs["nobody"])


def full_name(printed: str, signs: Mapping[str, tuple[Marker, ...]]) -> str:
    """Return the name with what the printed one leaves out or shortens: ``云溪县`` is ``云溪县人民政府``."""
    name = printed
    for sign in signs["expanded"]:
        name = sign.pattern.sub(sign.reason, name)
    added = next((sign.reason for sign in signs["completed"] if sign.pattern.search(name)), "")
    return name + added


def key_of(name: str, place: Place, signs: Mapping[str, tuple[Marker, ...]]) -> str | None:
    """Return what no other body is called in any year, or null: its place and what it is there, else its name."""
    if place.key or place.has_namesakes:
        return place.key
    is_unique = tells_place(name) or any(sign.pattern.search(name) for sign in signs["unique_name"])
    return name if is_unique else None


def tells_place(name: str) -> bool:
    """Say whether the name holds a county or something larger, without which namesakes can't be told apart."""
    return any(mark in name[1:] for mark in "省市县区旗州盟") or name.startswith(("国家", "中国", "中华人民共和国"))


def type_of(name: str, signs: Mapping[str, tuple[Marker, ...]]) -> str | None:
    """Return the type of the body, as the contract lists them."""
    return next((sign.id for sign in signs["agency_type"] if sign.pattern.search(name)), None)


def level_of(name: str, place: Place, text: str, signs: Mapping[str, tuple[Marker, ...]]) -> str | None:
    """Return the level of the body: by its name, its place, or what stands below it in ``text``; a city can be two.

    An area in a city that is no division of it (岚汀市临港区) stands at a level that its name does not tell.
    """
    named = next((sign.id for sign in signs["level"] if sign.pattern.search(name)), None)
    if named is not None:
        return named
    if place.adcode and not place.adcode.endswith("0000") and place.adcode.endswith("00") and _ZONE.search(name):
        return None
    if place.adcode:
        return (
            "province" if place.adcode.endswith("0000") else "prefecture" if place.adcode.endswith("00") else "county"
        )
    if "市" not in name[1:]:
        return "county" if name.startswith(("县", "区")) else None
    return next((sign.id for sign in signs["level_words"] if sign.pattern.search(text)), None)
