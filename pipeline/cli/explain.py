"""``gongkai explain``: why one file was read as it was."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 — typer looks annotations up
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from pipeline.cli.terminal import ExitCode, give_up, print_rows, printable, say, telling_errors, write_text
from pipeline.explaining import as_plain, page, wording
from pipeline.explaining import explain as recompute
from pipeline.model import Disposition
from pipeline.rulebook import load_rulebook
from pipeline.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.explaining import Attempt, Explanation
    from pipeline.model import Evidence, Numeral

_STYLES = {
    Disposition.EXTRACTED: "green",
    Disposition.UNEXPLAINED: "bold red",
    Disposition.OUT_OF_SCOPE: "yellow",
    Disposition.PLACEHOLDER: "yellow",
}
_OTHER_STYLE = "cyan"
_OUTCOMES = {"holds": "green", "broken": "bold red", "not_testable": "dim"}


def explain(
    file: Annotated[Path, typer.Argument(help="One report.", exists=True, dir_okay=False)],
    *,
    indicator: Annotated[str | None, typer.Option(help="Only this indicator, by its id in the rules.")] = None,
    rules: Annotated[Path | None, typer.Option(help="Folder of rules in place of those that come with it.")] = None,
    also: Annotated[
        list[str] | None, typer.Option(help="An indicator that is read only if asked for, by its id; again for more.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; docs/explain.md tells its keys.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write one page with the coloured text instead of printing.", dir_okay=False)
    ] = None,
) -> None:
    """Tell how one file is read: sections, what each numeral is, rules that matched or nearly did, rivals, checks."""
    if html is not None and html.exists() and html.samefile(file):
        give_up(f"--html would overwrite the report '{file}': name another file.", ExitCode.USAGE)
    with telling_errors():
        rulebook = load_rulebook(rules or shipped_folder("rules"), frozenset(also or ()))
        if indicator is not None and indicator not in {each.id for each in rulebook.indicators}:
            give_up(f"'{indicator}' is no indicator of the rules.", ExitCode.USAGE)
        explanation = recompute(file, rulebook, indicator)
    if html is not None:
        write_text(html, page(explanation))
    if as_json:
        typer.echo(json.dumps(as_plain(explanation), ensure_ascii=False, indent=2))
    elif html is None:
        _print(explanation)


def _print(explanation: Explanation) -> None:
    say(f"status: {wording.status(explanation)}")
    for name, value, words in wording.identity_rows(explanation):
        say(f"{name}: {printable(value)}" + (f" — {printable(words)}" if words else ""))
    print_rows("Sections", wording.SECTIONS, wording.section_rows(explanation))
    print_rows("Numerals", wording.NUMERALS, _numerals(explanation))
    print_rows("Rules that matched", wording.ATTEMPTS, _attempts(explanation))
    print_rows("Values", wording.VALUES, _values(explanation))
    print_rows("Rivals", wording.RIVALS, _rivals(explanation))
    print_rows("Checks", wording.CHECKS, _checks(explanation))
    print_rows("Unexplained", wording.UNEXPLAINED, _unexplained(explanation))
    for problem in explanation.outcome.problems:
        say(f"problem in {problem.stage}: {printable(problem.message)}")
    say(wording.summary(explanation))


def _numerals(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in explanation.numerals:
        numeral = each.numeral
        what = Text(numeral.disposition, _style(numeral))
        words = _in_context(explanation, numeral, _style(numeral))
        yield wording.place(each), words, numeral.unit, what, numeral.decided_by, each.indicator


def _attempts(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in explanation.attempts:
        rejected = Text(each.rejected, "yellow") if each.rejected else None
        words = _in_context(explanation, each, "yellow" if rejected else "green")
        yield each.rule_id, each.value, each.unit, each.period, rejected, words


def _values(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.values(explanation):
        value = each.status if each.value is None else each.value
        words = _in_context(explanation, each.evidence, "green")
        told = value, each.unit, each.period, each.source, each.rule_id, words
        yield each.indicator, each.applicant, each.item, *told


def _rivals(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.rivals(explanation):
        words = _in_context(explanation, each.evidence, "yellow")
        yield each.indicator, each.applicant, each.value, each.standing_reason, words


def _checks(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for identity, applicant, outcome, *rest in wording.check_rows(explanation):
        yield identity, applicant, Text(str(outcome), _OUTCOMES[str(outcome)]), *rest


def _unexplained(explanation: Explanation) -> Iterator[tuple[object, ...]]:
    for each in wording.unexplained(explanation):
        words = _in_context(explanation, each.numeral, _style(each.numeral))
        numeral: tuple[object, ...] = (wording.place(each), words, each.numeral.unit)
        if each.remark is not None:
            yield *numeral, None, Text(each.remark, "dim")
        for miss in each.near_misses:
            yield *numeral, wording.rule(miss), wording.difference(miss)
            numeral = (None, None, None)


def _style(numeral: Numeral) -> str:
    return _STYLES.get(numeral.disposition, _OTHER_STYLE)


def _in_context(explanation: Explanation, words: Attempt | Evidence | Numeral, style: str) -> Text:
    """Return the words in their context, set apart by brackets too, for where there are no colours."""
    before, quote, after = explanation.in_context(words)
    marked = printable(f"【{quote}】")
    marked.stylize(style)
    return Text.assemble(printable(before), marked, printable(after))
