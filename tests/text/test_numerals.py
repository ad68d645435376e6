import pytest

from pipeline.model import Qualifier
from pipeline.text.numerals import find_numerals, parse_chinese
from tests.text.chinese import write_chinese


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("2532条", 2532, "条", Qualifier.EXACT),
        ("2,532条", 2532, "条", Qualifier.EXACT),
        ("1.2万条", 12000, "条", Qualifier.EXACT),
        ("1.2万元", 1.2, "万元", Qualifier.EXACT),
        ("70487元", 70487, "元", Qualifier.EXACT),
        ("600余万次", 6_000_000, "次", Qualifier.MORE_THAN),
        ("10万多元", 10, "万元", Qualifier.MORE_THAN),
        ("二千五百三十二件", 2532, "件", Qualifier.EXACT),
        ("两千余次", 2000, "次", Qualifier.MORE_THAN),
        ("8.2%", 8.2, "%", Qualifier.EXACT),
        ("三成", 30, "%", Qualifier.EXACT),
        ("约30人次", 30, "人次", Qualifier.APPROX),
        ("近200篇", 200, "篇", Qualifier.APPROX),
        ("不少于2次", 2, "次", Qualifier.AT_LEAST),
        ("不足10件", 10, "件", Qualifier.AT_MOST),
        ("200条左右", 200, "条", Qualifier.APPROX),
        ("30人以上", 30, "人", Qualifier.AT_LEAST),
        ("超过500次", 500, "次", Qualifier.MORE_THAN),
        ("48篇(条)", 48, "篇", Qualifier.EXACT),
        ("15通", 15, "通", Qualifier.EXACT),
        ("-8", -8, None, Qualifier.EXACT),
        ("24252.311082", 24252.311082, None, Qualifier.EXACT),
    ],
)
def test_reads_value_unit_and_qualifier(text: str, value: float, unit: str | None, qualifier: Qualifier) -> None:
    [found] = find_numerals(text)
    assert (found.value, found.unit, found.qualifier) == (pytest.approx(value), unit, qualifier)
    assert (found.token_start, found.token_end) == (0, len(text))


def test_a_comma_between_two_numbers_joins_nothing_that_is_no_thousands_group() -> None:
    assert [found.value for found in find_numerals("12,5条")] == [12, 5]


def test_a_chinese_numeral_needs_a_counter() -> None:
    assert find_numerals("一是统一思想") == []


def test_a_multiplier_alone_is_no_numeral() -> None:
    assert list(find_numerals("收取的费用万元")) == []
    assert [(each.text, each.value) for each in find_numerals("百余件")] == [("百", 100)]
    assert parse_chinese("万") is None


@pytest.mark.parametrize("text", ["一百五", "二千三", "一二十", ""])
def test_an_ambiguous_or_malformed_numeral_has_no_value(text: str) -> None:
    assert parse_chinese(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("二〇一八", 2018), ("十", 10), ("一百零五", 105), ("三万二千", 32000), ("两", 2)]
)
def test_reads_chinese_numerals(text: str, value: int) -> None:
    assert parse_chinese(text) == value


def test_writes_chinese_numerals() -> None:
    assert [write_chinese(value) for value in (0, 10, 105, 2532, 10010)] == [
        "零",
        "一十",
        "一百零五",
        "二千五百三十二",
        "一万零一十",
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("访问总量86 152人次", [86152]),
        ("公开信息12 480余条,培训2期", [12480, 2]),
        ("公开信息1 012 480条", [1012480]),
        ("采购4 120.5万元", [None]),
        ("采购4 0.5万元", [4, 0.5]),
        ("网上留言1 1 2条,电话6 0余人次", [112, 60]),
        ("到2018年底,公开2 480条", [2018, 2480]),
        ("公开12 480条,其中网站11560条", [None, 11560]),
        ("网上留言1 1 2条,电话60人次", [None, 60]),
        ("见附件1 200份", [None]),
        ("3月1 200人", [3, None]),
        ("行政许可14 268 31", [14, 268, 31]),
        ("申请3 26件", [None]),
        ("申请0 26件", [0, 26]),
        ("公开信息12,480条", [12480]),
        ("公开信息1 2 ,480条,网站8,9 36条,培训3 26人", [12480, 8936, 326]),
        ("公开信息1 ,012,4 80条", [1012480]),
        ("公开信息1 2,480条", [None]),
        ("收到5, 123条", [5, 123]),
        ("公开壹仟贰佰叁拾肆条,收费伍佰元,贰份", [1234, 500, 2]),
        ("公开1万2千条,其中2千2百余条,网站1万2345条", [12000, 2200, 12345]),
        ("队伍条件差,大陆人员", []),
        ("公开2 074条,其中网站1516条", [2074, 1516]),
        ("公开12 50条,其中1 05条", [None, 105]),
        ("见附件1 ,200份", [None]),
        ("合计81 100%", [81, 100]),
        ("公开几十条,张贴数百份,培训二十几人,来电好几千个", [None, None, None, None]),
        ("信息数十条,几条", [None]),
        ("信息数二十条", [20]),
        ("申请两三件,八九次,三五名,一二〇件", [None, None, None, 120]),
        ("申请10至15件,3~5件,100-200万次,网络3件", [None, None, None, None, None, None, 3]),
    ],
)
def test_figures_that_spaces_part_before_a_unit_are_one_number_or_none(text: str, values: list[float | None]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("公开信息8 63条,公示3 26件", [863, 326]),
        ("公开信息12 480条,其中网站11560条", [12480, 11560]),
        ("见附件1 200份", [None]),
        ("行政许可14 268 31", [14, 268, 31]),
    ],
)
def test_where_spaces_mean_nothing_all_figures_belong_together(text: str, values: list[float | None]) -> None:
    assert [numeral.value for numeral in find_numerals(text, spaced=True)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("点击达3 . 2万次", [32000]),
        ("免费发放4. 8万份", [48000]),
        ("4. 8万份", [4, 80000]),
        ("见附件4. 8万份", [None]),
        ("公开12. 8条", [12, 8]),
    ],
)
def test_spaces_at_a_decimal_point_part_no_number(text: str, values: list[float | None]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == values


@pytest.mark.parametrize("text", ["印发2通知", "设立3节约岗"])
def test_a_word_that_begins_like_a_counter_is_none(text: str) -> None:
    assert [numeral.unit for numeral in find_numerals(text)] == [None]
