import pytest

from pipeline.model import Period, SectionKind
from pipeline.rulebook import Rulebook
from pipeline.rulebook.reading import read_text

ANYWHERE = SectionKind.OVERVIEW


def accepted(
    book: Rulebook, text: str, kind: SectionKind = ANYWHERE, year: int | None = 2016
) -> dict[str, tuple[float, str]]:
    readings = read_text(text, kind, year, book.prose_rules, book)
    return {each.rule.indicator: (each.value, str(each.period)) for each in readings if each.rejected is None}


def test_one_negation_states_several_zeros(book: Rulebook) -> None:
    text = "全年未发生因政府信息公开引起的行政复议、行政诉讼。"
    assert accepted(book, text) == {"review.total": (0, "this_year"), "litigation.total": (0, "this_year")}


@pytest.mark.parametrize(
    "text",
    [
        "未发生泄密事件。",
        "未发现应公开而未公开的情形。",
        "公开信息XX条。",
        "公布12345热线电话2部。",
        "根据云政办发〔2016〕46号文件,主动公开政府信息。",
        "自变更之日起20个工作日内公开政府信息。",
        "第一季度共公开政府信息31条。",
        "本单位全年报送信息73条,采用71条。",
        "下一步将召开政务公开工作会议6次。",
        "2017年,举办政务公开业务培训班4期。",
        "依申请公开信息收取的费用万元",
        "申请信息不存在数件43四、行政复议数量件46",
    ],
)
def test_what_looks_like_a_count_and_is_none_yields_nothing(book: Rulebook, text: str) -> None:
    assert accepted(book, text) == {}


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        ("2016年累计主动公开政府信息76条。", 76, Period.THIS_YEAR),
        ("自《条例》施行以来,主动公开政府信息1200条。", 1200, Period.CUMULATIVE),
        ("历年累计主动公开政府信息2400条。", 2400, Period.CUMULATIVE),
        ("截至2016年底,共主动公开政府信息64条。", 64, Period.THIS_YEAR),
        ("截至2016年底,累计主动公开政府信息64条。", 64, Period.TO_DATE),
        ("累计主动公开政府信息64条。", 64, Period.THIS_YEAR),
        ("2015年主动公开政府信息88条。", 88, Period.PREVIOUS_YEAR),
    ],
)
def test_the_words_before_a_number_decide_its_time(book: Rulebook, text: str, value: float, period: Period) -> None:
    assert accepted(book, text)["proactive.total"] == (value, period.value)


def test_a_count_serves_one_fact_only(book: Rulebook) -> None:
    readings = read_text(
        "共收到政府信息公开申请5件,其中网上申请5件。", SectionKind.ON_REQUEST, 2016, book.prose_rules, book
    )
    taken = [each.token.at for each in readings if each.token and each.rejected is None]
    assert len(taken) == len(set(taken)) == 2


def test_a_match_that_begins_with_a_separator_belongs_to_the_clause_behind_it(book: Rulebook) -> None:
    text = "公开政府信息60条,为2015年的2倍;依申请公开3件。"
    assert accepted(book, text)["requests.received.total"] == (3, "this_year")


def test_a_rejected_match_says_why(book: Rulebook) -> None:
    readings = read_text("各单位司法局受理行政复议申请56件。", ANYWHERE, 2016, book.prose_rules, book)
    reasons = {each.rule.id: each.rejected for each in readings}
    assert reasons["review.total/counted"] == "its sentence and heading lack the context the rule needs"


def test_words_of_its_paragraph_let_a_rule_speak(book: Rulebook) -> None:
    alone, told = (
        {
            each.rule.id: each.rejected
            for each in read_text(text, SectionKind.OVERVIEW, 2016, book.prose_rules, book)
            if each.rule.id == "meetings.count/held_in_its_paragraph"
        }
        for text in ("本学年召开推进会2次。", "学校重视信息公开。本学年召开推进会2次。")
    )
    assert alone == {"meetings.count/held_in_its_paragraph": "its paragraph and heading lack the words the rule needs"}
    assert told == {"meetings.count/held_in_its_paragraph": None}


def test_a_section_may_say_as_much_as_words_of_its_paragraph(book: Rulebook) -> None:
    text = "全年收到行政复议申请9件,其中4件维持。"
    assert "review.upheld" not in accepted(book, text, SectionKind.OVERVIEW)
    assert accepted(book, text, SectionKind.REVIEW_LITIGATION)["review.upheld"] == (4, "this_year")


def test_a_list_that_two_beginnings_find_is_read_once(book: Rulebook) -> None:
    text = "全年公开政府信息91条,其中省级媒体公开33条,县级平台公开58条。"
    found = read_text(text, SectionKind.PROACTIVE, 2016, book.prose_rules, book)
    values = [each.value for each in found if each.rejected is None]
    assert sorted(values) == [33, 58, 91]


def test_what_is_to_be_improved_holds_no_counts(book: Rulebook) -> None:
    assert accepted(book, "设立了6个专门的信息申请受理点。", SectionKind.PROBLEMS) == {}
    assert accepted(book, "设立了6个专门的信息申请受理点。", SectionKind.ORGANISATION) != {}


@pytest.mark.parametrize(
    "text",
    [
        "法制办全年审理行政复议案件18件。",
        "受理占道经营许可申请77件。",
        "24小时接受申请,并在20个工作日内答复。",
        "领导小组由组长1名、副组长2名、成员12名组成。",
        "局行政编制32名,在编31名,领导职数9名。",
        "接受行政办事、信息公开等各类咨询20000余人次。",
        "信访接待咨询投诉信件47起。",
        "连续三年位列全市第二名,考核得98分。",
        "收到政府信息公开申请**件。",
        "申请3起,公开信息8条。",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请00000003",
        "网站日均点击量超过两千次。",
        "没有现成信息需要另行制作00000003.补正后不明确5000005(五)不予处理1.信访举报投诉",
    ],
)
def test_a_number_of_something_else_is_no_statistic_of_requests_or_disputes(book: Rulebook, text: str) -> None:
    told = accepted(book, text, SectionKind.ON_REQUEST)
    assert {
        name for name in told if name.startswith(("requests", "review", "litigation", "complaints", "org"))
    } == set()


def test_each_of_several_nouns_takes_the_number_that_is_said_of_each(book: Rulebook) -> None:
    text = "因政府信息公开引发行政复议、行政诉讼各2件。"
    assert accepted(book, text) == {"review.total": (2, "this_year"), "litigation.total": (2, "this_year")}


def test_what_was_taken_away_is_negative(book: Rulebook) -> None:
    told = accepted(book, "行政许可 6 减3 48", SectionKind.PROACTIVE, 2019)
    assert {name: value for name, (value, _) in told.items()} == {
        "license.items_prev": 6,
        "license.items_change": -3,
        "license.decisions": 48,
    }


@pytest.mark.parametrize(
    ("text", "value"), [("行政处罚 26480430", None), ("行政处罚 26", 26), ("行政处罚 1,048", 1048)]
)
def test_figures_that_may_be_those_of_several_cells_are_not_read(
    book: Rulebook, text: str, value: float | None
) -> None:
    told = accepted(book, text, SectionKind.PROACTIVE, 2019)
    assert told.get("penalty.decisions", (None, ""))[0] == value


def test_a_row_means_what_it_means_since_the_form_of_its_year(book: Rulebook) -> None:
    assert "normative.issued" in accepted(book, "规范性文件 3 2 14", SectionKind.PROACTIVE, 2022)
    assert "normative.made" in accepted(book, "规范性文件 3 2 14", SectionKind.PROACTIVE, 2020)
    assert "normative.issued" not in accepted(book, "规范性文件 3 2 14", SectionKind.PROACTIVE, None)


def test_all_of_them_takes_the_count_it_follows(book: Rulebook) -> None:
    readings = read_text(
        "收到政府信息公开申请9件,均为自然人申请,均已按时答复。", SectionKind.ON_REQUEST, 2016, book.prose_rules, book
    )
    derived = {each.rule.indicator: each.value for each in readings if each.base is not None}
    assert derived == {"requests.by_applicant.citizen": 9, "requests.processed.on_time": 9}


def test_all_of_them_says_nothing_where_another_count_stands_between(book: Rulebook) -> None:
    text = "收到政府信息公开申请9件,网上申请6件,均为自然人申请。"
    assert "requests.by_applicant.citizen" not in accepted(book, text, SectionKind.ON_REQUEST)
