import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import SectionKind
from pipeline.rulebook import Rulebook, listing
from pipeline.rulebook.marks import COUNT, OTHER, PERCENT
from pipeline.rulebook.reading import read_text
from pipeline.text.fold import fold

CATEGORY = "proactive.by_category"


def items(book: Rulebook, text: str, indicator: str = CATEGORY) -> dict[str, float]:
    folded = fold(text).text
    masked = book.mask(folded)
    return {
        folded[slice(*masked.folded_span(*each.item))]: each.value
        for each in read_text(text, SectionKind.PROACTIVE, 2016, book.prose_rules, book)
        if each.rejected is None and each.item is not None and each.rule.indicator == indicator
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "公开政府信息84条，其中渔政类24条、港航类60条。",
            {"渔政类": 24, "港航类": 60},
        ),
        (
            "公开政府信息84条。按内容划分：渔政监督24条，占28.6%；港口航道60条，占71.4%。",
            {"渔政监督": 24, "港口航道": 60},
        ),
        (
            "公开政府信息84条：一是公开渔政监督信息24条；二是公开港口航道信息60条。",
            {"渔政监督信息": 24, "港口航道信息": 60},
        ),
        ("公开政府信息84条，其中①渔政监督24条②港口航道60条。", {"渔政监督": 24, "港口航道": 60}),
        ("公开政府信息84条，包括渔政监督（24条）、港口航道（60条）。", {"渔政监督": 24, "港口航道": 60}),
        ("公开政府信息84条，其中24条渔政信息，60条港航信息。", {"渔政信息": 24, "港航信息": 60}),
        (
            "公开政府信息84条，其中渔政、港航、渔港信息分别为4条、20条、60条。",
            {"渔政": 4, "港航": 20, "渔港": 60},
        ),
        ("公开政府信息84条，其中渔政监督、港口航道各42条。", {"渔政监督": 42, "港口航道": 42}),
        ("公开政府信息84条，其中渔政24，港航60。", {"渔政": 24, "港航": 60}),
        ("公开渔政监督信息24条、港口航道信息60条，合计84条。", {"渔政监督信息": 24, "港口航道信息": 60}),
        (
            "公开政府信息84条，比上年增加12条。其中渔政类24条，比上年增加2条；港航类60条，比上年增加10条。",
            {"渔政类": 24, "港航类": 60},
        ),
        (
            "公开政府信息84条，其中渔政类24条，主要公开执法结果；港航类60条，主要公开通航公告。",
            {"渔政类": 24, "港航类": 60},
        ),
        ("公开政府信息84条，其中“三公”经费信息4条，渔政类80条。", {"“三公”经费信息": 4, "渔政类": 80}),
        ("公开政府信息84条，其中2015年部门决算4条，渔政类80条。", {"2015年部门决算": 4, "渔政类": 80}),
        ("公开政府信息84条【渔政监督24条，港口航道60条】。", {"渔政监督": 24, "港口航道": 60}),
        ("公开政府信息84条，其中24条为渔政类，60条属于港航类。", {"渔政类": 24, "港航类": 60}),
        ("全年公开渔船检验证书条、渔政类24条、港航类60条。", {"渔政类": 24, "港航类": 60}),
        ("信息公开目录中渔政类24条，港航类60条。", {"渔政类": 24, "港航类": 60}),
        (
            "公开政府信息84条，其中渔政类24条，极速彩金，极速彩金投注20条，港航类40条。",
            {"渔政类": 24, "极速彩金,极速彩金投注": 20, "港航类": 40},
        ),
    ],
)
def test_each_way_to_write_a_list_yields_label_and_count(book: Rulebook, text: str, found: dict[str, float]) -> None:
    assert items(book, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "全年共收到网民留言信息84条，其中渔政类24条，港航类60条。",
        "公开政府信息84条，其中渔政局24条，港航局60条。",
        "公开政府信息84条，其中县政府网站24条，村务公开栏60条。",
        "信息公开目录共设置栏目84个，其中渔政类24个，港航类60个。",
        "共收到申请84件。从申请内容看，渔政类24件，港航类60件。",
    ],
)
def test_a_list_of_something_else_has_no_categories(book: Rulebook, text: str) -> None:
    assert items(book, text) == {}


def test_a_list_of_unlike_labels_counts_where_it_adds_up(book: Rulebook) -> None:
    assert items(book, "公开政府信息84条，其中甲24条，乙丙60条。") == {}
    assert items(book, "公开政府信息84条，其中垂钓24条，围网作业60条。") == {"垂钓": 24, "围网作业": 60}
    assert items(book, "公开政府信息90条，其中垂钓24条，围网作业60条。") == {}


def test_channels_inside_a_list_are_no_categories(book: Rulebook) -> None:
    text = "公开政府信息90条，其中渔政类24条，村务公开栏公开6条，港航类60条。"
    assert items(book, text) == {"渔政类": 24, "港航类": 60}
    assert items(book, text, "proactive.by_channel") == {"村务公开栏": 6}


@given(st.lists(st.integers(min_value=0, max_value=9999), min_size=2, max_size=12))
@settings(derandomize=True, deadline=None, max_examples=30)
def test_every_count_of_a_list_is_read_once(book: Rulebook, counts: list[int]) -> None:
    names = ["渔政", "港航", "人事", "财政", "规划", "统计", "法规", "公告", "农机", "水利", "教育", "卫生"]
    listed = "，".join(f"{name}类信息{count}条" for name, count in zip(names, counts, strict=False))
    found = items(book, f"全年主动公开政府信息{sum(counts)}条，其中{listed}。")
    assert list(found.values()) == [float(count) for count in counts]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet=f"其中公开条类的、,。:()/各分别为共{COUNT}{COUNT}{PERCENT}{OTHER}①", min_size=1, max_size=30))
def test_no_full_stop_stands_between_the_beginning_of_an_item_and_its_count(text: str) -> None:
    for pattern, counts in ((listing._ITEM, "count"), (listing._COUNT_FIRST, "count"), (listing._IN_TURN, "counts")):
        if match := pattern.match(text):
            assert "。" not in text[: match.start(counts)]


def test_each_item_of_a_list_is_read_once_however_many_words_a_list_can_begin_behind(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(length: int) -> int:
        calls = 0

        def counted(reader: listing.ListReader, here: int, behind_full_stop: bool) -> object:  # noqa: FBT001
            nonlocal calls
            calls += 1
            return step(reader, here, behind_full_stop)

        monkeypatch.setattr(listing.ListReader, "_step", counted)
        items(book, "公开政府信息9999条，其中：" + "通过网站公开渔政信息3条；" * length)
        return calls

    step = listing.ListReader._step
    assert 0 < steps(40) <= 2.2 * steps(20)
