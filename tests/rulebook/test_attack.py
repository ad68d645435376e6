import pytest

from pipeline.rulebook.attack import find_slow_text, find_weakness
from pipeline.rulebook.patterns import Pattern


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        (r"(?:[0-9],?)+件", "unbounded"),
        (r"信息.*公开", "unbounded"),
        (r"(?:信{0,20}息{0,20}){0,20}公开", "ways at one place"),
        (r"(?=信*)息", "unbounded"),
    ],
)
def test_a_pattern_that_may_be_slow_is_refused(pattern: str, complaint: str) -> None:
    assert complaint in str(find_weakness(Pattern(pattern)))


@pytest.mark.parametrize(
    "pattern",
    [r"主动公开[^。]{0,12}信息\ue000", r"(?:第[一二三]|\p{Han}{2,8}[\p{Han}、])条", r"(?<!未)收到(?:申请|件)?"],
)
def test_a_bounded_pattern_passes(pattern: str) -> None:
    assert find_weakness(Pattern(pattern)) is None
    assert find_slow_text(Pattern(pattern)) is None
