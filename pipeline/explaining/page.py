"""An explanation as one page of HTML that needs nothing else: no network, no script, no other file.

First the report itself, each numeral coloured by what it turned out to be; then sections, matches, values and checks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.explaining import wording
from pipeline.explaining.report_text import report_text
from pipeline.text.markup import Markup, element, escaped, grid
from pipeline.text.markup import page as markup_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.explaining.explanation import Attempt, Explanation
    from pipeline.model import Evidence, Numeral

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.7 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1b1f24;
  background: #fff; max-width: 70rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.35rem; margin-bottom: .2rem; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid #d0d7de; }
.report { border: 1px solid #d0d7de; border-radius: 6px; padding: .6rem 1.2rem; overflow-x: auto; }
.report p { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; }
.report td { white-space: pre-wrap; }
.furniture, .spam { color: #8c959f; }
.spam { text-decoration: line-through; }
.kind { font-size: .72rem; color: #57606a; border: 1px solid #d0d7de; border-radius: 3px; padding: 0 .35em;
  margin-right: .4em; user-select: none; }
table { border-collapse: collapse; margin: .8rem 0; font-size: .9em; }
td, th { border: 1px solid #d0d7de; padding: .15em .5em; text-align: left; vertical-align: top; }
th { background: #f6f8fa; }
.list td { overflow-wrap: anywhere; }
mark { color: inherit; background: #eaeef2; border-radius: 2px; padding: 0 .1em; }
mark.extracted { background: #b7ebc4; }
mark.zero_stated { background: #dcf5e3; }
mark.date, mark.duration, mark.other_year { background: #d5e6fb; }
mark.percentage, mark.rank { background: #e6dcf7; }
mark.table_label, mark.ordinal, mark.page_furniture { background: #eaeef2; }
mark.out_of_scope, mark.placeholder { background: #fbe7c2; }
mark.unexplained { background: #ffc9c4; outline: 1px solid #cf222e; font-weight: 600; }
td.read { background: #eefaf1; }
.legend mark { margin-right: 1em; padding: .1em .4em; }
.weak, .rejected { color: #9a6700; }
.broken { color: #cf222e; font-weight: 600; }
.context { color: #8c959f; }
.context b { color: #1b1f24; }
"""


def page(explanation: Explanation) -> str:
    """Return the page as text in UTF-8, escaped throughout."""
    title = f"gongkai explain: {explanation.outcome.source.path}"
    return markup_page(title, _STYLE, *_parts(explanation))


def _parts(explanation: Explanation) -> Iterator[Markup]:
    outcome = explanation.outcome
    yield element("h1", outcome.source.path)
    yield element("p", f"status: {wording.status(explanation)}")
    if explanation.indicator is not None:
        yield element("p", f"only {_named(explanation, explanation.indicator)}")
    yield grid(("identity", "value", "words"), wording.identity_rows(explanation))
    yield element("p", wording.summary(explanation))
    yield _legend(explanation)
    if outcome.document is not None:
        yield element("div", *report_text(explanation, outcome.document), class_="report")
    yield from _section("Unexplained", grid(wording.UNEXPLAINED, _unexplained(explanation)))
    yield from _section("Sections", grid(wording.SECTIONS, wording.section_rows(explanation)))
    yield from _section("Rules that matched", grid(wording.ATTEMPTS, _attempts(explanation)))
    yield from _section("Values", grid(wording.VALUES, _values(explanation)))
    yield from _section("Rivals", grid(wording.RIVALS, _rivals(explanation)))
    yield from _section("Checks", grid(wording.CHECKS, _checks(explanation)))
    problems = ((each.stage, each.kind, each.message) for each in outcome.problems)
    yield from _section("Problems", grid(("stage", "kind", "what happened"), problems))
    yield element("p", f"rules {explanation.rules_version}", class_="context")


def _section(title: str, content: Markup) -> Iterator[Markup]:
    if content:
        yield element("h2", title)
        yield content


def _legend(explanation: Explanation) -> Markup:
    counts = Counter(each.numeral.disposition for each in explanation.numerals)
    marks = (element("mark", f"{what} {number}", class_=what) for what, number in counts.most_common())
    return element("p", *marks, class_="legend")


def _unexplained(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.unexplained(explanation):
        words, unit = _in_context(explanation, each.numeral), each.numeral.unit
        if each.remark is not None:
            yield wording.place(each), words, unit, None, each.remark
        for miss in each.near_misses:
            yield wording.place(each), words, unit, wording.rule(miss), wording.difference(miss)


def _attempts(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in explanation.attempts:
        rejected = element("span", each.rejected, class_="rejected") if each.rejected else None
        yield each.rule_id, each.value, each.unit, each.period, rejected, _in_context(explanation, each)


def _values(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.values(explanation):
        name = _named(explanation, each.indicator)
        value = each.status if each.value is None else each.value
        told = value, each.unit, each.period, each.source, each.rule_id, _in_context(explanation, each.evidence)
        yield name, each.applicant, each.item, *told


def _rivals(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.rivals(explanation):
        words = _in_context(explanation, each.evidence)
        yield _named(explanation, each.indicator), each.applicant, each.value, each.standing_reason, words


def _checks(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for identity, applicant, outcome, *rest in wording.check_rows(explanation):
        yield identity, applicant, element("span", outcome, class_=outcome), *rest


def _in_context(explanation: Explanation, words: Attempt | Evidence | Numeral) -> Markup:
    before, quote, after = explanation.in_context(words)
    return element("span", before, element("b", quote), after, class_="context")


def _named(explanation: Explanation, indicator: str) -> Markup:
    return escaped(f"{indicator} {explanation.names.get(indicator, '')}".strip())
