"""Scope: whether a report counts for the reporting office alone or for all the jurisdiction of a government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.rulebook.lexicons import Marker

_GOVERN_NOBODY = {"department", "township", "street", "university", "other"}


def find_scope(
    name: str | None, agency_type: str | None, text: str, signs: Mapping[str, tuple[Marker, ...]]
) -> str | None:
    """Return the scope, or null where neither the kind of body nor the words of ``text`` tell it.

    A bureau, a township or a school has no reporting units below it. A government speaks for its jurisdiction where it
    counts for all of it, compiles what its units report, or at least speaks of 我县; its office does so only in the
    first two cases.
    """
    if agency_type in _GOVERN_NOBODY:
        return Scope.OWN

    def says(kind: str) -> bool:
        return any(sign.pattern.search(text) for sign in signs[kind])

    is_office = name is not None and name.endswith(("办公室", "办公厅"))
    if says("scope_jurisdiction") or (not is_office and says("speaks_for_all")):
        return Scope.JURISDICTION
    return Scope.OWN if says("scope_own") else None
