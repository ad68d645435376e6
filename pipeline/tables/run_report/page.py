"""Write the report of a run as one page of HTML: no script, no network, readable on a phone and on paper.

What may be wrong stands first: broken identities with the words behind each number; then files that were not read
whole, what is covered, and what the numbers of the texts turned out to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.tables.run_report.counts import concepts_table, dispositions_table, identities_table, summary_cards
from pipeline.tables.run_report.coverage import coverage_parts
from pipeline.tables.run_report.documents import documents_parts
from pipeline.tables.run_report.evidence import finding_anchor, findings_parts
from pipeline.tables.run_report.findings import broken_identities
from pipeline.tables.styling import STYLE
from pipeline.text.markup import Markup, element, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.rulebook import Rulebook

REPORT = "report.html"

_TITLE = "运行报告 · Report of a run"
_PARTS = (
    ("identities", "勾稽核对", "Identities"),
    ("files", "文件读取", "Files"),
    ("coverage", "覆盖", "Coverage"),
    ("concepts", "可比指标", "Concepts"),
    ("numbers", "文中数字", "Numerals"),
    ("further", "下一步", "What next"),
)
_STYLE = """
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem; margin: 1rem 0; }
.cards div { border: 1px solid #d0d7de; border-radius: 6px; padding: .5rem .8rem; }
.cards b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.cards .bad { border-color: #cf222e; } .cards .bad b { color: #cf222e; }
details { border: 1px solid #d0d7de; border-radius: 6px; margin: .5rem 0; padding: .3rem .8rem; }
summary { cursor: pointer; }
details.hard > summary b { color: #cf222e; }
details.soft > summary b { color: #9a6700; }
details ul { margin: .4rem 0; padding-left: 1.1rem; }
.words { color: #59636e; overflow-wrap: anywhere; white-space: pre-wrap; } .words mark { color: #1b1f24; }
.bar { display: flex; min-width: 9rem; height: 1em; background: #eaeef2; }
.bar i { background: #2da44e; }
.matrix td { text-align: center; padding: .15em .3em; } .matrix td:first-child, .matrix th:first-child {
  text-align: left; position: sticky; left: 0; background: #fff; min-width: 7em; }
.matrix th { padding: .15em .3em; font-variant-numeric: tabular-nums; }
.prose { background: #e6dcf7; } .form_local { background: #fbe7c2; } .form_2014 { background: #d5e6fb; }
.form_2019 { background: #c9f0d4; } .form_2021 { background: #8fd9a8; }
.partial { outline: 2px dashed #9a6700; outline-offset: -3px; }
.legend span { padding: .1em .5em; margin-right: .6em; border-radius: 3px; white-space: nowrap; }
code { background: #f6f8fa; padding: .1em .3em; overflow-wrap: anywhere; }
"""


def report(folder: Path, manifest: Mapping[str, Any], book: Rulebook) -> str:
    """Return the page for the tables in ``folder``."""
    versions = f"gongkai {manifest['version']} · 规则 rules {manifest['rules_version']}"
    findings, total = broken_identities(folder)
    anchors = {each.check["document_id"]: finding_anchor(each) for each in reversed(findings)}
    contents = {
        "identities": [*findings_parts(findings, total, book), identities_table(folder, book)],
        "files": documents_parts(folder, book),
        "coverage": coverage_parts(folder, anchors, book),
        "concepts": concepts_table(folder, book),
        "numbers": dispositions_table(folder, book),
        "further": _further(),
    }
    body = [
        element("h1", _TITLE),
        element("p", versions, class_="quiet"),
        summary_cards(folder),
        element("nav", *(element("a", f"{zh} {en}", href=f"#{name}") for name, zh, en in _PARTS)),
    ]
    for name, zh, en in _PARTS:
        body += [element("h2", zh, " ", element("small", en), id=name), *contents[name]]
    return page(_TITLE, STYLE + _STYLE, *body)


def _further() -> Iterator[Markup]:
    """Yield the commands that lead on."""
    commands = (
        ("一份报告读出的全部内容 What was read from one report", "gongkai show OUT --document PATH"),
        ("为什么这样读 Why it was read so", "gongkai explain FILE"),
        ("导出到 Excel、Stata、SQLite Exports", "gongkai export OUT --to csv,xlsx,dta,sqlite"),
        ("指标和各列的含义 What everything means", "gongkai codebook OUT"),
    )
    yield element("ul", *(element("li", f"{words}：", element("code", command)) for words, command in commands))
