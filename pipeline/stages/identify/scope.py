"""Scope: whether a report counts for the reporting office alone or for all the jurisdiction of a government."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook.lexicons import Marker

OWN, JURISDICTION = "own", "jurisdiction"
_GOVERN_NOBODY = {"department", "township", "street", "university", "other"}


def find_scope(agency_type: str | None, text: str, signs: Mapping[str, tuple[Marker, ...]]) -> str | None:
    """Return the scope, or null where neither the kind of body nor the words of ``text`` tell it.

    A government speaks for its jurisdiction where it counts for all of it or compiles what its units report. A bureau,
    a township or a school has no reporting units below it but its own.
    """
    jurisdiction = any(sign.pattern.search(text) for sign in signs["scope_jurisdiction"])
    own = any(sign.pattern.search(text) for sign in signs["scope_own"])
    if agency_type in _GOVERN_NOBODY:
        return OWN
    if jurisdiction:
        return JURISDICTION
    return OWN if own else None
