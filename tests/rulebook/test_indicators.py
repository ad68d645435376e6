import json
import shutil
from pathlib import Path

import pytest

from pipeline.rulebook import RuleError, load_rulebook
from pipeline.rulebook.slots import refuse_unused_slots
from pipeline.rulecheck import examine, load_all_rules, require_sound

STANZA = """\
- id: proactive.leaflets
  names: {zh: 宣传单, en: Leaflets}
  unit: 份
  definition: {zh: 发放的宣传单。, en: Leaflets handed out.}
  prose:
    - id: handed_out
      pattern: '发放宣传单{count}'
      examples:
        - {text: 发放宣传单300份, value: 300, unit: 份}
        - {text: 张贴标语300条, none: true}
"""


@pytest.fixture
def rules(tmp_path: Path, rules_folder: Path) -> Path:
    return Path(shutil.copytree(rules_folder, tmp_path / "rules"))


def add(rules: Path, stanza: str) -> Path:
    path = rules / "indicators" / "leaflets.yaml"
    path.write_text(stanza, encoding="utf-8")
    return path


def test_a_new_indicator_is_one_stanza(rules: Path) -> None:
    add(rules, STANZA)
    added = [
        trial for trial in examine(load_rulebook(rules), attack=False) if trial.subject.startswith("proactive.leaflets")
    ]
    assert [trial.failure for trial in added] == [None, None, None]


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("pattern:", "patern:", 7, "unknown key 'patern' (did you mean 'pattern'?)"),
        ("{count}", "{coumt}", 7, "exactly one {count}"),
        ("发放宣传单{count}", "发放({leaf}{count}", 7, "unknown slot {leaf}"),
        ("none: true", "value: 300, unit: 条", 8, "at least one example must not match"),
        ("发放宣传单{count}", "发放(?P<item>宣传单){count}|(?P<item>传单)", 7, "names a group twice"),
        ("zh: 发放的宣传单。, ", "", 4, "key 'zh' is missing"),
        ("proactive.leaflets", "proactive.total", 1, "defined twice"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(rules: Path, old: str, new: str, line: int, complaint: str) -> None:
    path = add(rules, STANZA.replace(old, new))
    with pytest.raises(RuleError) as caught:
        load_rulebook(rules)
    assert str(caught.value).startswith(
        f"{path if 'defined twice' not in complaint else rules / 'indicators' / 'proactive.yaml'}:"
    )
    assert complaint in str(caught.value)
    assert caught.value.line == line or "defined twice" in complaint


def test_two_rules_of_one_id_are_told(rules: Path) -> None:
    path = add(rules, STANZA + STANZA[STANZA.index("    - id") :])
    with pytest.raises(RuleError, match=r"two rules of 'proactive\.leaflets' have the id 'handed_out'") as caught:
        load_rulebook(rules)
    assert (caught.value.path, caught.value.line) == (path, 11)


MORE = """\
- more_of: proactive.leaflets
  prose:
    - id: printed
      pattern: '印制宣传单{count}'
      examples:
        - {text: 印制宣传单300份, value: 300, unit: 份}
        - {text: 印制标语300条, none: true}
"""


def test_an_indicator_goes_on_in_another_file(rules: Path) -> None:
    add(rules, STANZA.replace("  definition", "  units: [份]\n  definition"))
    (rules / "indicators" / "a_file_before_it.yaml").write_text(MORE, encoding="utf-8")
    leaflets = next(each for each in load_rulebook(rules).indicators if each.id == "proactive.leaflets")
    assert [rule.id for rule in leaflets.rules] == ["proactive.leaflets/handed_out", "proactive.leaflets/printed"]
    assert [rule.units for rule in leaflets.rules] == [{"份"}, {"份"}]
    assert leaflets.rules[1].place.endswith("a_file_before_it.yaml:3")


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("proactive.leaflets", "proactive.leaflet", 1, "no indicator 'proactive.leaflet' (did you mean 'proactive."),
        ("id: printed", "id: handed_out", 3, "two rules of 'proactive.leaflets' have the id 'handed_out'"),
    ],
)
def test_what_goes_on_with_nothing_or_repeats_a_rule_is_told(
    rules: Path, old: str, new: str, line: int, complaint: str
) -> None:
    add(rules, STANZA)
    path = rules / "indicators" / "leaflets_more.yaml"
    path.write_text(MORE.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rulebook(rules)
    assert str(caught.value).startswith(f"{path}:{line}:")
    assert complaint in str(caught.value)


def test_what_is_no_pattern_is_told_with_file_and_line_when_it_is_tried(rules: Path) -> None:
    path = add(rules, STANZA.replace("发放宣传单{count}", "发放(宣传单{count}"))
    book = load_rulebook(rules)
    pattern = next(rule.pattern for rule in book.prose_rules if rule.indicator == "proactive.leaflets")
    for attempt in (book.compile, lambda: pattern.search(""), lambda: next(examine(book, attack=False))):
        with pytest.raises(RuleError, match="is no pattern") as caught:
            attempt()
        assert (caught.value.path, caught.value.line) == (path, 7)


def test_rules_that_have_changed_are_loaded_anew(rules: Path) -> None:
    before = load_rulebook(rules)
    assert load_rulebook(rules) is before
    add(rules, STANZA)
    assert [each.id for each in load_rulebook(rules).indicators if each not in before.indicators] == [
        "proactive.leaflets"
    ]


def test_an_indicator_only_if_asked_is_silent_until_it_is(rules: Path) -> None:
    add(rules, STANZA.replace("- id: proactive.leaflets\n", "- id: proactive.leaflets\n  only_if_asked: true\n"))
    silent, asked = load_rulebook(rules), load_rulebook(rules, frozenset({"proactive.leaflets"}))
    told = [sum(rule.indicator == "proactive.leaflets" for rule in book.prose_rules) for book in (silent, asked)]
    assert told == [0, 1]
    assert silent.version != asked.version
    assert {each.id for each in silent.indicators} == {each.id for each in asked.indicators}


def test_an_indicator_that_is_always_read_can_not_be_asked_for(rules_folder: Path) -> None:
    with pytest.raises(RuleError, match=r"no indicator 'proactive\.total' is read only if asked for; these are: busi"):
        load_rulebook(rules_folder, frozenset({"proactive.total"}))


def test_all_rules_are_examined_those_too_that_are_read_only_if_asked(rules_folder: Path) -> None:
    asked = {each.id for each in load_rulebook(rules_folder).indicators if each.only_if_asked}
    assert asked
    assert asked <= {rule.indicator for rule in load_all_rules(rules_folder).prose_rules}


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        ("value: 300", "value: 30", "must read 30"),
        ("张贴标语300条", "发放宣传单30份", "must not match"),
        ("发放宣传单300份", "发出宣传单300份", "reads nothing"),
    ],
)
def test_a_failing_example_is_reported(rules: Path, old: str, new: str, failure: str) -> None:
    add(rules, STANZA.replace(old, new))
    failed = [trial.failure for trial in examine(load_rulebook(rules), attack=False) if trial.failure]
    assert len(failed) == 1
    assert failure in failed[0]
    with pytest.raises(RuleError, match=r"leaflets\.yaml:6: proactive\.leaflets/handed_out"):
        require_sound(load_rulebook(rules))


def test_the_version_follows_the_content(rules: Path, rules_folder: Path) -> None:
    assert load_rulebook(rules).version == load_rulebook(rules_folder).version
    add(rules, STANZA)
    assert load_rulebook(rules).version != load_rulebook(rules_folder).version


def test_schemas_forbid_unknown_keys(rules_folder: Path) -> None:
    for path in (rules_folder / "schema").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text.count('"type": "object"') <= text.count('"additionalProperties": '), path.name
        assert json.loads(text)["$schema"].endswith("2020-12/schema")


def test_a_slot_that_no_pattern_uses_is_refused_with_its_line(rules: Path) -> None:
    path = rules / "lexicons" / "slots.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, "idle: '无人用'", ""]), encoding="utf-8")
    with pytest.raises(RuleError) as told:
        refuse_unused_slots(rules)
    assert str(told.value).startswith(f"{path}:{len(lines) + 1}: no pattern uses the slot 'idle'")
