"""An independent solver agrees: the cheapest flips are the cheapest, and certain is certain."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from advisor.engine.bounds import is_certain
from advisor.engine.changing import COST, alternatives, changed, steps
from advisor.engine.evaluate import evaluate
from advisor.engine.flips import MOST_STEPS, Flip, Search
from advisor.engine.tables import Tables
from knowledge.base import Knowledge

from .oracle import Oracle
from .test_unknown_answers import CLEAR_CASES

FREE_TO_CHANGE = (1, 2, 3, 4, 6, 9)
"""How many questions may be changed: the fewer, the more steps a flip takes, or there is none."""


@pytest.fixture(scope="module")
def oracle(knowledge: Knowledge) -> Oracle:
    return Oracle(knowledge)


def complete(tables: Tables, random: Random) -> dict[str, Any]:
    """An answer to every question, at random."""
    answers: dict[str, Any] = {}
    for name, question in tables.space.questions.items():
        members = [choice.id for choice in question.choices]
        if question.kind == "several":
            answers[name] = tuple(m for m in members if random.random() < 0.2)
        elif question.kind == "ranking":
            answers[name] = tuple(random.sample(members, random.randint(0, question.most)))
        else:
            answers[name] = random.choice([a.answer for a in alternatives(tables, question)])
    return answers


@pytest.mark.parametrize("seed", range(42))
def test_the_cheapest_flip_costs_what_the_solver_finds(
    tables: Tables, oracle: Oracle, seed: int
) -> None:
    random = Random(seed)
    answers = complete(tables, random)
    state = tables.space.encode(answers)
    evaluation = evaluate(tables, state)
    every = [n for n, q in tables.space.questions.items() if q.change != "fixed"]
    names = random.sample(every, FREE_TO_CHANGE[seed % len(FREE_TO_CHANGE)])
    offered = {n: found for n, found in steps(tables, answers).items() if n in names}
    leader = evaluation.leader
    search = Search(tables, answers, state, evaluation, [], offered)
    ours = search.cheapest(lambda then: then != leader)
    prices = {n: int(COST[tables.space.questions[n].change]) for n in names}
    theirs = oracle.cheapest_flip(leader, answers, prices, MOST_STEPS)
    assert (ours[0].cost if ours else None) == theirs
    for flip in ours:
        assert_minimal(tables, answers, leader, flip)


def assert_minimal(tables: Tables, answers: dict[str, Any], leader: int | None, flip: Flip) -> None:
    """All steps together flip, and no part of them does."""
    for left_out in (None, *flip.steps):
        taken = [step for step in flip.steps if step is not left_out]
        then = evaluate(tables, tables.space.encode(changed(answers, taken)))
        assert (then.leader != leader) == (left_out is None)


def test_the_seeds_hold_flips_of_every_size_and_none(tables: Tables, oracle: Oracle) -> None:
    """Keeps the test above from passing because every flip is a single step."""
    sizes = set()
    for seed in range(42):
        random = Random(seed)
        answers = complete(tables, random)
        evaluation = evaluate(tables, tables.space.encode(answers))
        every = [n for n, q in tables.space.questions.items() if q.change != "fixed"]
        names = random.sample(every, FREE_TO_CHANGE[seed % len(FREE_TO_CHANGE)])
        prices = dict.fromkeys(names, 1)
        sizes.add(oracle.cheapest_flip(evaluation.leader, answers, prices, MOST_STEPS))
    assert {None, 1, 2} <= sizes


@pytest.mark.parametrize("seed", range(30))
def test_the_solver_finds_no_completion_against_what_is_certain(
    tables: Tables, oracle: Oracle, seed: int
) -> None:
    """Answers are left out until nothing is certain; as long as it is, the solver must agree."""
    random = Random(seed)
    answers: dict[str, Any] = dict(CLEAR_CASES[0]) if seed % 2 else complete(tables, random)
    proven = 0
    while answers:
        state = tables.space.encode(answers)
        evaluation = evaluate(tables, state)
        leader = evaluation.leader
        if leader is None or not is_certain(tables, state, evaluation, leader):
            break
        proven += 1
        if proven % 3 == 1:  # the solver needs a tenth of a second
            assert not oracle.another_leader(leader, answers)
        del answers[random.choice(list(answers))]
    assert proven or not seed % 2


def test_the_solver_does_find_completions_where_nothing_is_certain(
    tables: Tables, oracle: Oracle
) -> None:
    leader = evaluate(tables, tables.space.encode({})).leader
    assert leader is not None
    assert oracle.another_leader(leader, {})
