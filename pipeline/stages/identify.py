"""Identify: who reports on which year, whether it is a report at all, a template or a page taken over by others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.model import Evidence, Identity, Paragraph, Role
from pipeline.text.fold import fold
from pipeline.text.script import is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from pipeline.model import Document, Observation
    from pipeline.rulebook import Rulebook
    from pipeline.rulebook.lexicons import Marker

_TITLE_BLOCKS = 25
_SIGNATURE_BLOCKS = 12
_LONGEST_TITLE = 90
_SPAM_REPEATS = 3
_SHORTEST_REPORT = 60
_FEWEST_BLANK = 20


def identify(document: Document, era: str, observations: tuple[Observation, ...], rulebook: Rulebook) -> Identity:
    """Return the identity of the report; every field is null that the document does not prove.

    ``era`` is the form really used, ``observations`` the cells read from its tables: a form without a value is a
    template.
    """
    signs = rulebook.lexicons.identity
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    body = [block for block in paragraphs if block.role is Role.BODY]
    year, year_proof = _year(paragraphs, signs["year"])
    short_name, agency_proof = _agency(paragraphs, signs["agency"], rulebook)
    name = _completed(short_name, signs["completed"])
    text = "\n".join(fold(block.text).text for block in body)
    blank = len(observations) >= _FEWEST_BLANK and all(each.value is None for each in observations)
    start, end = (
        (date(year, 1, 1), date(year, 12, 31)) if year and year_proof and _whole_year(year_proof) else (None, None)
    )
    return Identity(
        era=era,
        agency=agency_proof.quote if agency_proof else None,
        agency_name=name,
        agency_key=name if name and _tells_place(name) else None,
        agency_type=_first(name, signs["agency_type"]),
        level=_first(name, signs["level"]),
        year=year,
        period_start=start,
        period_end=end,
        is_template=blank or any(sign.pattern.search(text) for sign in signs["template"]),
        is_tampered=_spam_repeats(text, rulebook) >= _SPAM_REPEATS,
        is_traditional=is_traditional("".join(block.text for block in body)),
        evidence=tuple((name, proof) for name, proof in (("year", year_proof), ("agency", agency_proof)) if proof),
        rejected=_rejection(text, document, observations, rulebook),
    )


def _rejection(text: str, document: Document, observations: tuple[Observation, ...], rulebook: Rulebook) -> str | None:
    """Return why the file is no report, or null."""
    signs = rulebook.lexicons.identity
    whole = f"{fold(document.title or '').text}\n{text}"
    if len(text) < 10 * _SHORTEST_REPORT:
        for sign in signs["rejected"]:
            if sign.pattern.search(whole):
                return sign.reason
    if observations or any(sign.pattern.search(whole) for sign in signs["report"]):
        return None
    return "other"


def _matches(
    block: Paragraph, pattern: regex.Pattern[str], group: str | int
) -> Iterator[tuple[regex.Match[str], Evidence]]:
    """Yield every match in the folded block with the printed words of its ``group``."""
    folded = fold(block.text)
    for match in pattern.finditer(folded.text):
        start, end = folded.span(*match.span(group))
        yield match, Evidence(block.block_id, start, end, block.text[start:end])


def _year(paragraphs: Sequence[Paragraph], signs: tuple[Marker, ...]) -> tuple[int | None, Evidence | None]:
    """Return the year that the best proof names; null where proofs of that kind name several."""
    for sign in signs:
        found = [each for block in paragraphs for each in _matches(block, sign.pattern, 0)]
        years = {int(match["year"]) for match, _ in found}
        if len(years) == 1:
            return years.pop(), found[0][1]
        if years:
            return None, None
    return None, None


def _whole_year(proof: Evidence) -> bool:
    return "12" in proof.quote and "31" in proof.quote


def _agency(
    paragraphs: Sequence[Paragraph], signs: tuple[Marker, ...], rulebook: Rulebook
) -> tuple[str | None, Evidence | None]:
    """Return the folded name of the body in the title, else in the last lines, with the printed words."""
    top = paragraphs[:_TITLE_BLOCKS]
    bottom = [block for block in paragraphs[-_SIGNATURE_BLOCKS:] if block.role is Role.BODY]
    for sign in signs:
        blocks = bottom if sign.id == "signature" else top
        for block in blocks:
            if len(block.text) > _LONGEST_TITLE and sign.id == "signature":
                continue
            for match, proof in _matches(block, sign.pattern, "agency"):
                if not any(spam.pattern.search(match["agency"]) for spam in rulebook.lexicons.spam):
                    return match["agency"], proof
    return None, None


def _completed(agency: str | None, signs: tuple[Marker, ...]) -> str | None:
    """Return the name with what the printed one leaves out: ``云溪县`` is ``云溪县人民政府``."""
    sign = next((sign for sign in signs if agency and sign.pattern.search(agency)), None)
    return agency + sign.reason if agency and sign else agency


def _tells_place(name: str) -> bool:
    """Say whether the name holds a county or something larger, without which namesakes can't be told apart."""
    return any(mark in name[1:] for mark in "省市县区旗州盟")


def _first(agency: str | None, signs: tuple[Marker, ...]) -> str | None:
    return next((sign.id for sign in signs if agency and sign.pattern.search(agency)), None)


def _spam_repeats(text: str, rulebook: Rulebook) -> int:
    return sum(1 for sign in rulebook.lexicons.spam for _ in sign.pattern.finditer(text))
