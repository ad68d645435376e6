import pytest

from pipeline.model import Disposition
from pipeline.rulebook import Rulebook
from pipeline.rulebook.gate import Gate
from pipeline.rulebook.marks import COUNT, DATE, EARLIER, OTHER, PERCENT, TITLE
from pipeline.rulebook.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("2018年共公开信息2532条,占71.3%", f"{DATE}共公开信息{COUNT},占{PERCENT}"),
        ("根据《2016年工作要点》", f"根据{TITLE}"),
        ("云政办发〔2016〕46号", OTHER),
        ("电话:0988-2316525", OTHER),
        ("依照第二十条第(一)项", f"依照{OTHER}"),
        ("没有一个数", f"没有{COUNT}数"),
    ],
)
def test_every_numeral_becomes_one_mark(book: Rulebook, text: str, masked: str) -> None:
    assert book.mask(text).text == masked


def test_a_masked_span_leads_back_to_the_folded_one(book: Rulebook) -> None:
    text = "2018年共公开信息2532条,占71.3%。"
    masked = book.mask(text)
    start = masked.text.index(COUNT)
    assert text[slice(*masked.folded_span(start, start + 1))] == "2532条"
    assert text[slice(*masked.folded_span(1, start + 3))] == "共公开信息2532条,占"
    assert masked.index(text.index("占")) == masked.text.index("占")


def test_the_marks_of_earlier_years_differ(book: Rulebook) -> None:
    masked = book.mask("2015年收到3件,2016年收到5件")
    assert masked.in_year(2016) == f"{EARLIER}收到{COUNT},{DATE}收到{COUNT}"
    assert masked.in_year(None) == masked.text


def test_a_token_tells_what_decided_it(book: Rulebook) -> None:
    [token] = book.mask("邮编:399001").tokens
    assert (token.disposition, token.decided_by) == (Disposition.CONTACT, "contact.phone")


@pytest.mark.parametrize(("text", "year"), [("2016年度", 2016), ("二○一六年", 2016), ("3月15日", None), ("12条", None)])
def test_a_date_knows_its_year(book: Rulebook, text: str, year: int | None) -> None:
    [token] = book.mask(text).tokens
    assert token.year == year


def test_what_is_out_of_scope_stays_a_count_that_a_rule_may_read(book: Rulebook) -> None:
    masked = book.mask("覆盖全县16个乡镇")
    assert masked.text == f"覆盖全县{COUNT}乡镇"
    assert masked.tokens[0].disposition is Disposition.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "镇林业站全年散发护林传单约7000份。",
        "粮站现有危房超过60余间",
        "转办信访件64件,办结62件",
        "全年新建菜市场近11个。",
    ],
)
def test_rules_see_what_is_out_of_scope_as_if_nothing_had_named_it(book: Rulebook, text: str) -> None:
    named, free = book.mask(text), mask(text, (), Gate(()))
    assert {token.disposition for token in named.tokens} == {Disposition.OUT_OF_SCOPE}
    assert named.text == free.text
    assert [token.numerals for token in named.tokens] == [token.numerals for token in free.tokens]


def test_what_is_closed_is_a_count_for_no_rule(book: Rulebook) -> None:
    masked = book.mask("12329热线接听来电5.2万个")
    assert COUNT not in masked.text
    assert masked.tokens[-1].disposition is Disposition.OUT_OF_SCOPE


def test_a_figure_of_another_year_stays_a_count(book: Rulebook) -> None:
    masked = book.mask("较上年减少2件")
    assert masked.text == f"较上年减少{COUNT}"
    assert masked.tokens[0].disposition is Disposition.OTHER_YEAR
