"""What prose states against what the tables say of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import CheckOutcome, Paragraph, Period, Qualifier, ValueSource
from pipeline.rulebook.agreements import stands_for
from pipeline.stages.validate.values import compare, is_zero, number_of
from pipeline.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.model import Check, Document, Observation
    from pipeline.rulebook.agreements import Agreements, Calibre, StatedTwice
    from pipeline.stages.validate.identities import TestedIdentity
    from pipeline.stages.validate.values import Values

_SENTENCE_ENDS = "。！？!?"


def check_stated_twice(
    agreements: Agreements, observations: Iterable[Observation], tables: Values, document: Document
) -> Iterator[Check]:
    """Yield one check per number that prose states of something the tables have a cell for.

    Rivals are compared as well: they are what this is about. A number that is not stated exactly is not compared.
    """
    stated = _statements(observations)
    texts = {block.block_id: block.text for block in document.blocks if isinstance(block, Paragraph)}
    for agreement in agreements.stated_twice:
        for (indicator, _), statements in stated.items():
            if stands_for(agreement.prose, indicator):
                yield from _check(agreement, indicator, statements, tables, texts)


def is_mended(check: Check, tested: Iterable[TestedIdentity], cells: Values) -> bool:
    """Say whether the number in prose, put into the table, would make right a broken sum of the form.

    Then the report contradicts itself: two of its statements agree against a cell.
    """
    if check.outcome is not CheckOutcome.BROKEN or check.residual is None:
        return False
    for each in tested:
        if each.check.outcome is CheckOutcome.BROKEN and each.identity.relation == "=":
            for side, sign in ((each.left, 1), (each.right, -1)):
                concerned = any(cell.observation_id in check.observation_ids for cell in cells.at(side))
                if concerned and is_zero((each.check.residual or 0.0) + sign * check.residual):
                    return True
    return False


def _statements(observations: Iterable[Observation]) -> dict[tuple[str, float], tuple[Observation, ...]]:
    """Return what prose states of this year as a whole, by indicator and number."""
    stated: dict[tuple[str, float], tuple[Observation, ...]] = {}
    for each in observations:
        number = number_of(each)
        of_the_whole = each.source is ValueSource.PROSE and each.item is None and each.period is Period.THIS_YEAR
        if of_the_whole and number is not None and each.qualifier is Qualifier.EXACT and not each.derived:
            fact = each.indicator, number
            stated[fact] = (*stated.get(fact, ()), each)
    return stated


def _check(
    agreement: StatedTwice,
    indicator: str,
    statements: tuple[Observation, ...],
    tables: Values,
    texts: Mapping[str, str],
) -> Iterator[Check]:
    """Yield the check by the first calibre that agrees; it is broken only where every calibre could be tested."""
    words = " ".join(fold(each).text for each in dict.fromkeys(_sentence(each, texts) for each in statements))
    checks = [
        _compare(agreement, calibre, indicator, statements, tables)
        for calibre in agreement.calibres
        if set(calibre.terms or (indicator,)) <= tables.indicators
        and not (calibre.unless_said and calibre.unless_said.pattern.search(words))
    ]
    for outcome in (CheckOutcome.HOLDS, CheckOutcome.NOT_TESTABLE, CheckOutcome.BROKEN):
        found = [check for check in checks if check.outcome is outcome]
        if found:
            yield found[0]
            return


def _compare(
    agreement: StatedTwice, calibre: Calibre, indicator: str, statements: tuple[Observation, ...], tables: Values
) -> Check:
    places = tuple((term, None) for term in calibre.terms or (indicator,))
    used = (*statements, *tables.at(places))
    name = f"{agreement.id}:{calibre.id or indicator}"
    return compare(name, agreement.severity, (number_of(statements[0]), tables.total(places)), used)


def _sentence(observation: Observation, texts: Mapping[str, str]) -> str:
    """Return the sentence that the observation stands in."""
    proof = observation.evidence
    text = texts.get(proof.block_id, "")
    start = max(text.rfind(mark, 0, proof.start) for mark in _SENTENCE_ENDS) + 1
    ends = [end for mark in _SENTENCE_ENDS if (end := text.find(mark, proof.end)) >= 0]
    return text[start : min(ends, default=len(text))]
