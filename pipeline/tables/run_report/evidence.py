"""Show the broken identities one by one, each with its numbers in the words of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.tables.run_report.findings import MOST_FINDINGS
from pipeline.tables.run_report.writing import number, words_of
from pipeline.text.markup import element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.rulebook import Rulebook
    from pipeline.tables.run_report.findings import Finding, Proof
    from pipeline.text.markup import Markup


_OPEN = 2


def findings_parts(findings: Sequence[Finding], total: int, book: Rulebook) -> Iterator[Markup]:
    """Yield the findings, the first of which are unfolded; there are ``total`` in all."""
    if not findings:
        yield element("p", "没有发现不符。No broken identity.")
    for place, finding in enumerate(findings):
        yield _finding(finding, book, is_open=place < _OPEN)
    if total > len(findings):
        more = f"以上为最重要的 {MOST_FINDINGS} 条，共 {total} 条，全部见 checks.parquet。"
        yield element("p", more, f"The gravest {MOST_FINDINGS} of {total}.", class_="quiet")


def finding_anchor(finding: Finding) -> str:
    """Return the anchor of a finding."""
    parts = (finding.check["document_id"], finding.check["identity"], finding.check["applicant"] or "")
    return "-".join(filter(None, parts))


def _finding(finding: Finding, book: Rulebook, *, is_open: bool) -> Markup:
    check, document = finding.check, finding.document
    who = " ".join(filter(None, (document["agency_name"] or document["path"], str(document["year"] or ""))))
    identity = book.labels.code("identity", check["identity"])
    applicant = f"（{words_of('applicant', check['applicant'], book)}）" if check["applicant"] else ""
    sides = f"{number(check['left'])} 对 {number(check['right'])}，差 {number(check['residual'])}"
    verdict = words_of("verdict", check["verdict"], book) if check["verdict"] else ""
    head = element("summary", f"{who} · {identity.zh}{applicant}：", element("b", sides), f" {verdict}")
    about = f"{document['path']} · {check['identity']} · {identity.en}"
    return element(
        "details",
        head,
        element("p", about, class_="quiet"),
        element("ul", *(_proof(proof, book) for proof in finding.proofs)),
        class_=check["severity"],
        id=finding_anchor(finding),
        open="open" if is_open else None,
    )


def _proof(proof: Proof, book: Rulebook) -> Markup:
    seen = proof.observation
    name = book.labels.code("indicator", seen["indicator"]).zh
    about = [words_of("applicant", seen["applicant"], book), seen["item"], words_of("period", seen["period"], book)]
    value = words_of("value_status", seen["status"], book) if seen["value"] is None else number(seen["value"])
    place = f"第 {seen['page']} 页" if seen["page"] else ""
    told = " · ".join(filter(None, [name, *about, place]))
    return element(
        "li",
        told,
        "：",
        element("b", value),
        " ",
        element("span", proof.before, element("mark", proof.quote or "（空白）"), proof.after, class_="words"),
        id=f"o-{seen['observation_id']}",
    )
