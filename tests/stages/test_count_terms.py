from __future__ import annotations

import pytest

from pipeline.model import Cell, Document, Paragraph, Section, SectionKind, SourceFile, Span, Table, TermCount
from pipeline.stages.count_terms import count_terms, terms

STOP = frozenset({"公开", "我们"})


def section(kind: SectionKind, *spans: Span) -> Section:
    return Section("s1", 1, 1, None, spans, kind)


def counts(text: str, kind: SectionKind, *spans: Span) -> tuple[TermCount, ...]:
    table = Table("t1", (Cell("t1.c", 0, 0, "网站"),))
    document = Document(SourceFile("a.txt", 1, "00"), (Paragraph("b1", text), table))
    return count_terms(document, [section(kind, *spans)], STOP)


def test_words_are_counted_the_most_frequent_first() -> None:
    text = "网站更新不及时，网站栏目少。"
    found = counts(text, SectionKind.PROBLEMS, Span("b1", 0, len(text)))
    assert found == (
        TermCount(SectionKind.PROBLEMS, "网站", 2),
        TermCount(SectionKind.PROBLEMS, "及时", 1),
        TermCount(SectionKind.PROBLEMS, "更新", 1),
        TermCount(SectionKind.PROBLEMS, "栏目", 1),
    )


def test_only_the_text_of_the_section_counts() -> None:
    assert [each.term for each in counts("概述网站栏目", SectionKind.OVERVIEW, Span("b1", 2, 4))] == ["网站"]


def test_tables_are_left_out() -> None:
    assert counts("栏目", SectionKind.PROBLEMS, Span("t1", 0, 0)) == ()


@pytest.mark.parametrize("kind", [SectionKind.PROACTIVE, SectionKind.FURNITURE, SectionKind.ATTACHMENT])
def test_other_sections_are_left_out(kind: SectionKind) -> None:
    assert counts("网站栏目", kind, Span("b1", 0, 4)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们公开网站", ["网站"]),
        ("網站欄目", ["网站", "栏目"]),
        ("网\n站，栏　目", ["网站", "栏目"]),
        ("第3条abc，的", []),
        ("", []),
    ],
)
def test_what_counts_as_a_word(text: str, found: list[str]) -> None:
    assert list(terms(text, STOP)) == found
