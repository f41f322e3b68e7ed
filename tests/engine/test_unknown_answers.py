"""A missing answer is never scored as "no"."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engine.bounds import is_certain
from advisor.engine.changing import alternatives
from advisor.engine.evaluate import evaluate, firings
from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW
from advisor.engine.tables import Tables
from knowledge.base import load

from .answers import answer_to, answers

QUESTIONS = list(load().questions)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_missing_answer_leaves_every_rule_open_that_an_answer_would_settle(
    tables: Tables, name: str
) -> None:
    """With one question open, a rule counts in full only if it does so for every answer."""
    moved = 0
    for seed in range(40):
        # Whoever answers "how large is the existing code" has said that there is some.
        implied = {
            q.id for q in tables.space.questions.values() if name in {a.fact for a in q.applies}
        }
        background = {
            n: a for n, a in random_answers(tables, seed).items() if n not in {name, *implied}
        }
        missing = chances(tables, background)
        assert missing == chances(tables, {**background, name: DONT_KNOW})
        answered = [
            chances(tables, {**background, name: other.answer})
            for other in alternatives(tables, tables.space.questions[name])
        ]
        for rule in tables.rules:
            found = [by_rule.get(rule.id, 0.0) for by_rule in answered]
            if max(found) > min(found):
                moved += 1
                assert 0.0 < missing[rule.id] < 1.0, rule.id
    assert moved, f"no rule listens to {name}"


def chances(tables: Tables, given_answers: dict[str, Any]) -> dict[str, float]:
    return {rule.id: c for rule, c in firings(tables, tables.space.encode(given_answers))}


def random_answers(tables: Tables, seed: int) -> dict[str, Any]:
    random = Random(seed)
    return {
        question.id: random.choice([a.answer for a in alternatives(tables, question)])
        for question in tables.space.questions.values()
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_does_not_apply_switches_its_rules_off(tables: Tables, name: str) -> None:
    state = tables.space.encode({name: DOES_NOT_APPLY})
    indices = set(tables.space.of_question[name])
    for rule, _ in firings(tables, state):
        assert not indices & {index for index, _ in rule.tests}, rule.id


def test_a_veto_that_hangs_on_a_missing_answer_does_not_rule_out(tables: Tables) -> None:
    evaluation = evaluate(tables, tables.space.encode({}))
    assert all(0 <= chance < 1 for chance in evaluation.veto_chance)
    assert evaluation.leader is not None


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_nothing_is_wrong_under_certain(tables: Tables, data: st.DataObject) -> None:
    """Where bounds prove the leader, no completion of the open answers has another one."""
    questions = tables.space.questions
    decided = data.draw(st.sampled_from(CLEAR_CASES))
    known = {**decided, **data.draw(answers(questions))} if data.draw(st.booleans()) else decided
    state = tables.space.encode(known)
    evaluation = evaluate(tables, state)
    leader = evaluation.leader
    if leader is None or not is_certain(tables, state, evaluation, leader):
        return
    for _ in range(6):
        rest = {
            n: data.draw(answer_to(q))
            for n, q in questions.items()
            if known.get(n, DONT_KNOW) == DONT_KNOW
        }
        then = evaluate(tables, tables.space.encode({**known, **rest}))
        assert then.leader == leader


CLEAR_CASES = [
    {
        "goal": "research",
        "domain": "text",
        "task": "fine-tune",
        "model-source": "hugging-face",
        "team-experience": "pytorch",
        "existing-code": "pytorch",
        "targets": ("server",),
        "training-hardware": "nvidia-gpu",
        "operating-system": "linux",
        "existing-code-size": 5.0,
        "custom-research-code": "much",
        "model-stability": "constant",
        "existing-infrastructure": (),
        "language-binding": "python",
        "model-size": 0.5,
        "training-scale": "one-device",
    },
    {
        "goal": "maintain",
        "domain": "recommendation",
        "existing-code": "tensorflow-2",
        "existing-infrastructure": ("tf-serving", "tfx"),
        "team-experience": "tensorflow-keras",
        "model-stability": "stable",
        "targets": ("server",),
        "existing-code-size": 40.0,
        "model-source": "own-tensorflow",
        "training-hardware": "cpu",
        "operating-system": "linux",
        "horizon": "three-years-or-more",
    },
]


def test_the_clear_cases_are_proven(tables: Tables) -> None:
    """Keeps the property above from passing because nothing is ever certain."""
    state = tables.space.encode(CLEAR_CASES[0])
    evaluation = evaluate(tables, state)
    assert evaluation.leader is not None
    assert is_certain(tables, state, evaluation, evaluation.leader)
