from __future__ import annotations

import pytest

from pipeline.explaining.elements import PatternSplitter
from pipeline.explaining.near_words import find_gap, sentence_around, weigh_characters
from pipeline.rulebook.marks import COUNT, DATE
from pipeline.rulebook.slots import fill_slots

PATTERN = "召开(?:政务公开)(?:工作|专题)会议?{count}"


def gap(text: str, pattern: str = PATTERN) -> tuple[str | None, str, str] | None:
    """Return what is expected, what stands there, and the whole match; ``@`` is the number in ``text``."""
    (elements,) = PatternSplitter({}).split(fill_slots(pattern, {}, count=f"(?P<count>{COUNT})"))
    text = text.replace("@", COUNT).replace("#", DATE)
    found = find_gap(elements, text, text.index(COUNT), {})
    if found is None:
        return None
    expected = found.expected.written if found.expected else None
    return expected, text[found.gap_start : found.gap_end], text[found.start : found.end].replace(COUNT, "@")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局召开政务公开推进会@,", ("(?:工作|专题)", "推进", "召开政务公开推进会@")),
        ("我局召集政务公开工作会议@,", ("召开", "召集", "召集政务公开工作会议@")),
        ("我局召开政务公开会议@", ("(?:工作|专题)", "", "召开政务公开会议@")),
        ("我局召开政务公开工作调度会议@", (None, "调度", "召开政务公开工作调度会议@")),
        ("我局举办业务培训班@", None),
        ("召开#政务公开工作会议@", ("召开", "", "政务公开工作会议@")),
        ("召开政务公开。工作会议@", None),
        ("召开政务公开工作会议", None),
    ],
)
def test_the_one_stretch_that_does_not_fit(text: str, expected: tuple[str | None, str, str] | None) -> None:
    assert (gap(text) if "@" in text else None) == expected


def test_words_behind_the_number_count_too() -> None:
    assert gap("配备@兼职的工作人员", "配备{count}专职的工作人员") == (
        "专职的工作人员",
        "兼职的工作人员",
        "配备@兼职的工作人员",
    )


def test_a_pattern_whose_number_stands_inside_a_group_is_left_alone() -> None:
    assert gap("召开会议@", "(?:召开会议{count}|会议{count}召开)") is None


def test_what_all_patterns_say_tells_little() -> None:
    assert weigh_characters(["公开会", "公开", "开", "开"]) == {"公": 0.5, "开": 0.0, "会": 0.75}


def test_a_sentence_is_cut_where_it_is_long() -> None:
    assert sentence_around(f"前。召开{COUNT};后", 4) == (2, 5)
    assert sentence_around(f"{'长' * 100}{COUNT}{'长' * 100}", 100) == (40, 120)
