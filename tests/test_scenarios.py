"""Golden scenarios: published decisions and hard technical facts keep the rules honest."""

from __future__ import annotations

import pytest

from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.answers import answer_from, fitting
from advisor.facts.fact import Fact
from advisor.reading.read import read
from advisor.record.judging import first_choice_is_right, stack_hits, stale, violations
from advisor.record.scenarios import Scenario, scenarios

BOOK = scenarios()
SAMPLES = 1000
STRUCTURED_RIGHT, TYPED_RIGHT, APART = 0.95, 0.90, 0.05
STACK_HITS = 0.90


def answered(tables: Tables, facts: list[Fact]) -> object:
    return advise(tables, facts, created="now", samples=SAMPLES)


@pytest.fixture(scope="module")
def structured(tables: Tables) -> dict[str, object]:
    return {s.name: answered(tables, s.facts(tables.knowledge)) for s in BOOK}


@pytest.fixture(scope="module")
def typed(tables: Tables) -> dict[str, object]:
    found = {}
    for scenario in BOOK:
        facts, _ = fitting(read(scenario.text, tables.knowledge).facts, tables.space.questions)
        found[scenario.name] = answered(tables, facts)
    return found


def share_right(answers: dict[str, object]) -> float:
    judged = [s for s in BOOK if s.choices]
    right = sum(first_choice_is_right(s, answers[s.name]) for s in judged)
    return right / len(judged)


def test_first_choices_are_right(structured: dict[str, object], typed: dict[str, object]) -> None:
    by_form, by_text = share_right(structured), share_right(typed)
    assert by_form >= STRUCTURED_RIGHT, by_form
    assert by_text >= TYPED_RIGHT, by_text
    assert abs(by_form - by_text) <= APART, (by_form, by_text)


@pytest.mark.parametrize("way", ["structured", "typed"])
def test_nothing_comes_first_that_must_not(way: str, request: pytest.FixtureRequest) -> None:
    answers = request.getfixturevalue(way)
    found = {s.name: list(violations(s, answers[s.name])) for s in BOOK}
    assert not {name: slips for name, slips in found.items() if slips}


def test_expected_systems_are_named(structured: dict[str, object]) -> None:
    hits = [hit for s in BOOK for _, hit in stack_hits(s, structured[s.name])]
    assert sum(hits) / len(hits) >= STACK_HITS


@pytest.mark.parametrize("way", ["structured", "typed"])
def test_nothing_is_named_that_has_ended(
    way: str, request: pytest.FixtureRequest, tables: Tables
) -> None:
    answers = request.getfixturevalue(way)
    found = {s.name: list(stale(s, answers[s.name], tables.knowledge)) for s in BOOK}
    assert not {name: systems for name, systems in found.items() if systems}


def test_toss_ups_are_called_so(structured: dict[str, object]) -> None:
    even = [s for s in BOOK if s.kind == "toss-up"]
    words = {s.name: structured[s.name].verdict.strength for s in even}
    firm = {name for name, word in words.items() if word in ("certain", "clear")}
    assert len(firm) <= len(even) // 5, words


@pytest.mark.parametrize("scenario", BOOK, ids=lambda s: s.name)
def test_a_scenario_rests_on_something(scenario: Scenario, tables: Tables) -> None:
    assert scenario.basis and scenario.sources and scenario.decided and scenario.text
    for name, value in scenario.answers.items():
        answer_from(tables.space.questions[name], value)
    named = [*scenario.choices, *scenario.expect.get("must_not", [])]
    assert set(named) <= {*tables.options, "none", "either"}
    systems = [
        *scenario.expect.get("instead_includes", []),
        *scenario.expect.get("must_not_name", []),
    ]
    assert set(systems) <= set(tables.knowledge.systems)


def test_there_are_enough_and_every_kind_of_answer_is_among_them() -> None:
    choices = {choice for s in BOOK for choice in s.choices}
    assert len(BOOK) >= 80
    assert {"pytorch", "tensorflow", "keras", "jax", "none", "either"} <= choices
    assert sum("pytorch" not in s.choices for s in BOOK if s.choices) >= 40
