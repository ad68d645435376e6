"""Eligibility leaves out only rules whose readings would be rejected wherever they stand."""

from pipeline.model import SectionKind
from pipeline.rulebook import Rulebook
from pipeline.rulebook.matching import match_rules

YEARS = (2009, 2016, 2022, None)


def test_no_reading_is_lost_that_would_be_accepted(book: Rulebook) -> None:
    rules, periods, gate = book.prose_rules, book.lexicons.periods, book.prose_gate
    kept = left_out = 0
    for number, rule in enumerate(rules[::7]):
        for example in rule.examples:
            masked = book.mask(example.text)
            year = example.year or YEARS[number % len(YEARS)]
            for kind in (example.section, SectionKind.OVERVIEW, SectionKind.PROBLEMS):
                bounds = (0, len(masked.text))
                passage = book.passage(masked, bounds, year, kind, example.heading)
                readings = match_rules(rules, passage, periods, gate)
                eligible = match_rules(rules, passage, periods, gate, book.eligibility.of(passage))
                left = [reading for reading in readings if reading not in eligible]
                assert all(reading in readings for reading in eligible)
                assert all(reading.rejected for reading in left)
                kept += len(eligible)
                left_out += len(left)
    assert kept
    assert left_out
