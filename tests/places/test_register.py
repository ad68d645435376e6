from __future__ import annotations

from collections import Counter

import pytest

from pipeline.places import Register, near_names, read_below, read_name
from pipeline.shipped import shipped_folder

REGISTER = Register(shipped_folder("rules") / "places")
YEARS = (2008, 2012, 2016, 2020, 2024)


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_its_provinces_prefectures_and_counties(year: int) -> None:
    standing = [each for each in REGISTER.divisions if each.stands_in(year)]
    levels = Counter(each.level for each in standing)
    assert levels["province"] == 34
    assert 330 <= levels["prefecture"] <= 335
    assert 2800 <= levels["county"] <= 2900


@pytest.mark.parametrize("year", YEARS)
def test_a_code_means_one_division_a_year(year: int) -> None:
    codes = Counter(each.code for each in REGISTER.divisions if each.stands_in(year))
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_division_lies_in_one_that_stood_in_its_years() -> None:
    lost = [
        each.name
        for each in REGISTER.divisions
        if each.level != "province" and each.last >= 2007 and REGISTER.chain(each)[0].level != "province"
    ]
    assert lost == []


def test_every_code_has_six_digits_and_follows_its_level() -> None:
    odd = [
        each.code
        for each in REGISTER.divisions
        if not (each.code.isdigit() and len(each.code) == 6)
        or each.code.endswith("0000") != (each.level == "province")
        or (each.level == "prefecture" and not each.code.endswith("00"))
    ]
    assert odd == []


RENAMED = [
    ("揭东县", 2011, "445221", "揭东区", 2012, "445203"),
    ("静海县", 2014, "120223", "静海区", 2015, "120118"),
    ("南康市", 2012, "360782", "南康区", 2013, "360703"),
    ("襄樊市", 2009, "420600", "襄阳市", 2010, "420600"),
    ("蓟县", 2015, "120225", "蓟州区", 2016, "120119"),
    ("綦江县", 2010, "500222", "綦江区", 2011, "500110"),
    ("沙县", 2020, "350427", "沙县区", 2021, "350405"),
    ("横县", 2020, "450127", "横州市", 2021, "450181"),
]


@pytest.mark.parametrize(("old", "last", "code", "new", "first", "later"), RENAMED, ids=[each[0] for each in RENAMED])
def test_a_unit_is_followed_through_its_names(old: str, last: int, code: str, new: str, first: int, later: str) -> None:
    before, after = REGISTER.named(old, last)[0], REGISTER.named(new, first)[0]
    assert (before.code, before.last, after.code, after.first) == (code, last, later, first)
    assert REGISTER.in_year(before, first + 1) == after
    assert REGISTER.in_year(after, last) == before
    assert REGISTER.today(before) == REGISTER.today(after)


MERGED = [
    ("塘沽区", "滨海新区"),
    ("崇文区", "东城区"),
    ("南汇区", "浦东新区"),
    ("闸北区", "静安区"),
    ("邯郸县", "邯山区"),
]


@pytest.mark.parametrize(("gone", "into"), MERGED)
def test_a_unit_that_another_took_in_is_not_that_unit(gone: str, into: str) -> None:
    old = REGISTER.named(gone)[0]
    assert REGISTER.today(old).name == into
    assert REGISTER.in_year(old, 2020) is None


def test_a_name_given_up_in_the_year_still_counts_in_it() -> None:
    assert [each.code for each in REGISTER.named("静海县", 2015)] == ["120223"]
    assert REGISTER.named("静海县", 2016) == ()


def test_autonomous_counties_go_by_their_everyday_names() -> None:
    for name, everyday in [
        ("新平彝族傣族自治县", "新平县"),
        ("鄂温克族自治旗", "鄂温克旗"),
        ("大理白族自治州", "大理州"),
    ]:
        assert REGISTER.named(everyday, 2016) == REGISTER.named(name, 2016) != ()


def test_host_names_are_spelled_as_places_are() -> None:
    spelled = {host: [each.name for each in REGISTER.spelled(host, 2016)] for host in ("yueqing", "luan", "changyang")}
    assert spelled["yueqing"] == ["乐清市"]
    assert "六安市" in spelled["luan"]
    assert spelled["changyang"] == ["长阳土家族自治县"]
    assert {each.name for each in REGISTER.spelled("lanxi", 2016)} == {"兰西县", "兰溪市"}


def test_townships_have_the_code_that_both_authorities_give() -> None:
    codes = {each.county: each.code for each in REGISTER.townships.named("平山镇")}
    assert codes["130131"] == "130131100"
    assert codes["231222"] is None
    assert [each.code for each in REGISTER.townships.named("平掌乡")] == ["530427205"]


def test_most_townships_are_there_and_most_codes_agree() -> None:
    entries = [entry for listed in REGISTER.townships._by_stem.values() for entry in listed.split()]
    agreed = sum("/" not in entry for entry in entries)
    assert 38_000 < len(entries) < 44_000
    assert 0.6 < agreed / len(entries) < 0.8


def test_every_township_lies_in_a_division_of_today() -> None:
    counties = {entry[:6] for listed in REGISTER.townships._by_stem.values() for entry in listed.split()}
    still_valid = max(each.last for each in REGISTER.divisions)
    now = {each.code for each in REGISTER.divisions if each.last == still_valid}
    assert counties - now == set()


@pytest.mark.parametrize(
    ("name", "stems"),
    [
        ("凤山彝族乡", "凤山"),
        ("大水彝族苗族乡", "大水"),
        ("平山街道", "平山"),
        ("南京东路街道", "南京东路"),
        ("新镇", "新"),
    ],
)
def test_the_stem_leaves_kind_and_peoples_out(name: str, stems: str) -> None:
    assert {each.name for each in REGISTER.townships.namesakes(name)} >= {name} or stems in REGISTER.townships._by_stem


def test_townships_in_running_text_are_the_longest_that_end_there() -> None:
    assert list(REGISTER.townships.mentioned("在山河镇、榆林子镇和各街道设点")) == ["山河镇", "榆林子镇"]


@pytest.mark.parametrize(
    ("name", "codes", "rest"),
    [
        ("淮安市洪泽区人民政府", {"320813"}, "人民政府"),
        ("鼓楼区教育局", {"320106", "320302", "350102", "410204"}, "教育局"),
        ("福州市鼓楼区教育局", {"350102"}, "教育局"),
        ("岚汀县人民政府", set(), ""),
    ],
)
def test_a_name_is_read_from_the_outside_in(name: str, codes: set[str], rest: str) -> None:
    readings = read_name(name, REGISTER, 2018)
    assert {each.division.code for each in readings} == codes
    assert {each.rest for each in readings} == ({rest} if codes else set())


def test_a_short_name_inside_a_full_one_is_another_reading() -> None:
    (full,) = read_name("荆州市公安局", REGISTER, 2018)
    assert (full.division.code, full.rest) == ("421000", "公安局")
    assert [(each.division.code, each.rest) for each in read_below(full, REGISTER, 2018)] == [("421022", "局")]


def test_near_names_are_of_the_same_kind_and_length() -> None:
    suqian = REGISTER.named("宿迁市", 2018)[0]
    inside = [each for each in REGISTER.divisions if each.stands_in(2018) and REGISTER.holds(suqian, each)]
    assert {each.name for each in near_names("沐阳县", inside)} == {"沭阳县", "泗阳县"}
    assert near_names("县", inside) == ()
    assert near_names("沭阳县", inside[:0]) == ()
