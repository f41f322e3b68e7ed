"""House rules: an overlay adds, replaces and withdraws, and what comes from it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import MissingOverlayError, load
from knowledge.lint.run import lint

from .small_base import SMALL, loaded, problems_of, write

RULE = """\
- id: house-rule
  kind: value
  when:
    - {fact: goal, is: product}
  criterion: reach
  effects:
    tensorflow: [0.05, 0.1, 0.15]
  text: We run it everywhere.
  basis: judgement
  grade: D
  because: [tensorflow]
  as_of: "2026-11-20"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write(tmp_path, "house/rules/house.yaml", RULE)
    return tmp_path / "house"


def test_an_overlay_adds_entries_and_their_house_is_known(house: Path) -> None:
    knowledge = loaded(SMALL, house)
    assert "house-rule" in knowledge.rules
    assert len(knowledge.rules) == 8
    assert knowledge.overlays == ["house"]
    assert knowledge.house == {"house-rule": "house"}
    assert knowledge.digest != loaded(SMALL).digest


def test_an_overlay_replaces_an_entry_of_the_base(house: Path) -> None:
    text = RULE.replace("house-rule", "research-favours-pytorch")
    write(house, "rules/house.yaml", text)
    knowledge = loaded(SMALL, house)
    assert len(knowledge.rules) == 7
    assert knowledge.rules["research-favours-pytorch"].text == "We run it everywhere."
    assert knowledge.house == {"research-favours-pytorch": "house"}


def test_an_overlay_may_say_a_thing_only_once(house: Path) -> None:
    write(house, "rules/second.yaml", RULE)
    [problem] = problems_of(SMALL, house)
    assert str(problem) == (
        "house/rules/second.yaml:1: id: 'house-rule' is taken by house/rules/house.yaml:1"
    )


def test_an_overlay_withdraws_a_rule(house: Path) -> None:
    write(house, "withdrawn.yaml", "- {id: speed-first, reason: Not for us.}\n")
    knowledge = loaded(SMALL, house)
    assert "speed-first" not in knowledge.rules
    assert "house-rule" in knowledge.rules


def test_a_withdrawn_system_is_no_longer_recommended(house: Path) -> None:
    write(house, "withdrawn.yaml", "- {id: small-runtime, reason: Its licence.}\n")
    knowledge = loaded(SMALL, house)
    assert "small-runtime" not in knowledge.systems
    assert "serving-of-all" not in knowledge.picks
    assert knowledge.rules["no-framework-for-finished-models"].instead == ("small-runtime",)


def test_an_overlay_itself_may_not_name_what_it_withdraws(house: Path) -> None:
    write(
        house, "rules/house.yaml", RULE.replace("because: [tensorflow]", "because: [small-runtime]")
    )
    write(house, "withdrawn.yaml", "- {id: small-runtime, reason: Its licence.}\n")
    [problem] = problems_of(SMALL, house)
    assert (problem.file, problem.line, problem.code) == ("house/rules/house.yaml", 11, "KB202")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "- {id: speed-frist, reason: x}",
            1,
            "there is no such entry; did you mean 'speed-first'?",
        ),
        ("- {id: speed-first, reason: x}\n- {id: keras, reason: x}", 2, "a veto rule that rules"),
        ("- {id: speed, reason: x}", 1, "an entry that replaces it"),
        ("- {id: speed-first}", 1, "lacks the key 'reason'"),
        ("- {id: speed-first, reason: x, why: y}", 1, "unknown key"),
        ("id: speed-first", 1, "(expected a list)"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_named(
    house: Path, text: str, line: int, words: str
) -> None:
    write(house, "withdrawn.yaml", text)
    problems = problems_of(SMALL, house)
    assert any(
        p.file == "house/withdrawn.yaml" and p.line == line and words in str(p) for p in problems
    )


def test_a_question_that_rules_ask_for_cannot_be_withdrawn(house: Path) -> None:
    write(house, "withdrawn.yaml", "- {id: offline, reason: We are online.}\n")
    [problem] = problems_of(SMALL, house)
    assert problem.file == "knowledge/small/rules/rules.yaml"
    assert "unknown question 'offline'" in str(problem)


def test_the_later_of_two_overlays_wins(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write(tmp_path, f"{name}/rules/r.yaml", RULE.replace("We run it", f"The {name} runs it"))
    first, second = tmp_path / "first", tmp_path / "second"
    both = loaded(SMALL, first, second)
    assert both.rules["house-rule"].text == "The second runs it everywhere."
    assert both.overlays == ["first", "second"]
    assert both.house == {"house-rule": "second"}
    assert loaded(SMALL, second, first).house == {"house-rule": "first"}


def test_a_later_overlay_may_bring_back_what_an_earlier_one_withdrew(tmp_path: Path) -> None:
    write(tmp_path, "first/withdrawn.yaml", "- {id: speed-first, reason: x}\n")
    write(tmp_path, "second/rules/r.yaml", RULE.replace("house-rule", "speed-first"))
    knowledge = loaded(SMALL, tmp_path / "first", tmp_path / "second")
    assert knowledge.rules["speed-first"].text == "We run it everywhere."


def test_the_directory_itself_has_a_name_too(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(house, "rules/house.yaml", RULE.replace("house-rule", "research-favours-pytorch"))
    monkeypatch.chdir(house)
    for here in (Path(), Path("../house"), Path("rules/..")):
        knowledge = loaded(SMALL, here)
        assert knowledge.overlays == ["house"]
        assert knowledge.house == {"research-favours-pytorch": "house"}
    write(house, "rules/broken.yaml", "a: [")
    [problem] = problems_of(SMALL, Path())
    assert str(problem).startswith("house/rules/broken.yaml:1: broken YAML")


def test_a_hostile_directory_name_is_made_printable(tmp_path: Path) -> None:
    folder = tmp_path / "house\x1b[2J\n\udcff"
    write(folder, "rules/r.yaml", RULE)
    knowledge = loaded(SMALL, folder)
    assert knowledge.overlays == ["house\ufffd[2J\ufffd\ufffd"]
    write(folder, "rules/r.yaml", "a: [")
    problems_of(SMALL, folder)


@pytest.mark.parametrize("name", ["missing", "file", "x" * 999, "a\0b"])
def test_a_missing_overlay_is_the_users_slip(tmp_path: Path, name: str) -> None:
    write(tmp_path, "file", "x")
    for use in (lambda where: load((where,), base=SMALL), lambda where: lint((where,), SMALL)):
        with pytest.raises(MissingOverlayError, match="is no directory"):
            use(tmp_path / name)


def test_an_overlay_with_an_unknown_criterion_is_refused_with_its_line(house: Path) -> None:
    write(house, "rules/house.yaml", RULE.replace("criterion: reach", "criterion: reech"))
    [problem] = problems_of(SMALL, house)
    assert str(problem) == (
        "house/rules/house.yaml:5: house-rule.criterion: unknown criterion 'reech'; "
        "did you mean 'reach'?"
    )


def test_an_overlay_that_breaks_the_scale_is_refused(house: Path) -> None:
    """Scores are sums that nothing clips: loading holds what an overlay adds to the bounds."""
    write(house, "rules/house.yaml", RULE.replace("[0.05, 0.1, 0.15]", "[0.2, 0.3, 0.4]"))
    [problem] = problems_of(SMALL, house)
    assert (problem.code, problem.key) == ("KB310", "tensorflow.base.reach.value")
    weight = """\
- id: house-weight
  kind: weight
  when: [{fact: goal, is: product}]
  points: {reach: -10}
  text: We do not care.
  basis: judgement
  grade: D
  because: []
  as_of: "2026-11-20"
"""
    write(house, "rules/house.yaml", weight)
    [problem] = problems_of(SMALL, house)
    assert (problem.code, problem.key) == ("KB311", "reach.points")


def test_an_overlay_may_replace_a_criterion(house: Path) -> None:
    text = (SMALL / "criteria" / "criteria.yaml").read_text()
    one = text[: text.index("- id: reach")].replace("points: 10", "points: 99")
    write(house, "criteria/speed.yaml", one)
    assert loaded(SMALL, house).criteria["speed"].points == 99
    write(house, "criteria/speed.yaml", one.replace("points: 99", "points: 0"))
    [problem] = problems_of(SMALL, house)
    assert (problem.file, problem.line) == ("house/criteria/speed.yaml", 5)
    assert "is not above 0" in str(problem)


def test_an_empty_overlay_changes_nothing_but_its_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    knowledge = loaded(SMALL, tmp_path / "empty")
    assert knowledge.digest == loaded(SMALL).digest
    assert knowledge.house == {}


def test_a_warm_start_with_overlays_does_not_mix_them_up(tmp_path: Path, house: Path) -> None:
    cache = tmp_path / "cache"
    for _ in range(2):
        assert "house-rule" in load((house,), cache=cache, base=SMALL).rules
        assert "house-rule" not in load(cache=cache, base=SMALL).rules
    write(house, "rules/house.yaml", RULE.replace("house-rule", "house-rool"))
    assert "house-rool" in load((house,), cache=cache, base=SMALL).rules
