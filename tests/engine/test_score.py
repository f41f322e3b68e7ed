"""The score is additive, exact, and the same every time."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engine import rulebook
from advisor.engine.attribution import pushes
from advisor.engine.decide import decide
from advisor.engine.drawing import Drawer
from advisor.engine.evaluate import evaluate, firings_of, weigh
from advisor.engine.shift import Shifter
from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.fact import Fact

from .answers import answers

NONE: frozenset[int] = frozenset()
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUICK
@given(data=st.data())
def test_pushes_of_every_pair_add_up_to_its_margin(tables: Tables, data: st.DataObject) -> None:
    given_answers = data.draw(answers(tables.space.questions))
    evaluation = evaluate(tables, tables.space.encode(given_answers))
    for ahead in range(len(tables.options)):
        for behind in range(len(tables.options)):
            total = sum(term.push for term in pushes(tables, evaluation, ahead, behind))
            margin = evaluation.scores[ahead] - evaluation.scores[behind]
            assert total == pytest.approx(margin, abs=1e-9)


@QUICK
@given(data=st.data())
def test_values_stay_on_the_scale_and_weights_add_up(tables: Tables, data: st.DataObject) -> None:
    given_answers = data.draw(answers(tables.space.questions, complete=True))
    evaluation = evaluate(tables, tables.space.encode(given_answers))
    assert all(-1e-9 <= v <= 1 + 1e-9 for row in evaluation.values for v in row)
    assert sum(evaluation.weights) == pytest.approx(1.0, abs=1e-12)
    assert all(w > 0 for w in evaluation.weights)


@settings(QUICK, max_examples=15)
@given(data=st.data(), seed=st.integers(0, 2**31))
def test_the_same_answers_give_the_same_bytes(
    tables: Tables, data: st.DataObject, seed: int
) -> None:
    facts = [Fact(k, v, "asked") for k, v in data.draw(answers(tables.space.questions)).items()]
    documents = [
        msgspec.json.encode(advise(tables, facts, created="now", seed=seed, samples=100))
        for _ in range(2)
    ]
    assert documents[0] == documents[1]


@settings(QUICK, max_examples=20)
@given(data=st.data())
def test_the_order_of_answers_does_not_matter(tables: Tables, data: st.DataObject) -> None:
    first = data.draw(answers(tables.space.questions))
    second = dict(reversed(first.items()))
    one, other = (evaluate(tables, tables.space.encode(a)) for a in (first, second))
    assert one.scores == other.scores
    assert one.veto_chance == other.veto_chance


@settings(QUICK, max_examples=30)
@given(data=st.data())
def test_remembered_sums_are_what_the_rules_add_up_to(tables: Tables, data: st.DataObject) -> None:
    """Nothing left over from other states: each is compared with adding its rules one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rulebook, "REMEMBERED", 8)  # so that sums are also forgotten
        for _ in range(4):
            known = data.draw(answers(tables.space.questions, complete=True))
            state = tables.space.encode(known)
            found, plain = evaluate(tables, state), firings_of(tables, state, tables.rules, NONE)
            assert [rule.id for rule, _ in found.firings] == [rule.id for rule, _ in plain]
            added = weigh(tables, plain)
            assert found.scores == pytest.approx(added.scores, abs=1e-12)
            assert list(found.veto_chance) == added.veto_chance


def test_support_is_a_share_and_another_seed_changes_it_little(tables: Tables) -> None:
    first, second = (decide(tables, {}, seed=s, samples=2000).support for s in (1, 2))
    assert sum(first.first) + first.nobody == pytest.approx(1.0)
    assert first.first != second.first
    assert all(abs(a - b) < 0.06 for a, b in zip(first.first, second.first, strict=True))


@QUICK
@given(data=st.data())
def test_a_neighbour_evaluated_from_its_neighbour_is_what_it_is(
    tables: Tables, data: st.DataObject
) -> None:
    before = data.draw(answers(tables.space.questions))
    after = {**before, **data.draw(answers(tables.space.questions))}
    state, other = tables.space.encode(before), tables.space.encode(after)
    shifted = Shifter(tables, state, evaluate(tables, state)).evaluate(other)
    whole = evaluate(tables, other)
    assert shifted.scores == pytest.approx(whole.scores, abs=1e-12)
    assert shifted.weights == pytest.approx(whole.weights, abs=1e-12)
    assert shifted.veto_chance == pytest.approx(whole.veto_chance, abs=1e-12)
    assert shifted.leader == whole.leader


@settings(QUICK, max_examples=25)
@given(data=st.data())
def test_a_drawn_completion_is_what_its_answers_come_to(
    tables: Tables, data: st.DataObject
) -> None:
    """With nothing open, a draw is the evaluation itself; every draw leaves nothing open."""
    known = data.draw(answers(tables.space.questions, complete=True))
    state = tables.space.encode(known)
    evaluation = evaluate(tables, state)
    outcome = Drawer(tables, state, evaluation).draw(numbers(tables, Random(0)))
    for drawn, row in zip(outcome.values, evaluation.values, strict=True):
        assert drawn == pytest.approx(row, abs=1e-12)
    assert outcome.vetoed == {o for o, c in enumerate(evaluation.veto_chance) if c >= 1}


def numbers(tables: Tables, random: Random) -> list[float]:
    return [random.random() for _ in tables.space.variables]


def test_draws_agree_on_average_with_the_expected_values(tables: Tables) -> None:
    """Independent priors: the mean of many draws is the expectation the score is made of."""
    state = tables.space.encode({"goal": "product", "task": "fine-tune"})
    evaluation = evaluate(tables, state)
    drawer, random = Drawer(tables, state, evaluation), Random(7)
    count = 3000
    totals = [[0.0] * len(tables.criteria) for _ in tables.options]
    for _ in range(count):
        for total, row in zip(totals, drawer.draw(numbers(tables, random)).values, strict=True):
            for c, value in enumerate(row):
                total[c] += value / count
    for total, row in zip(totals, evaluation.values, strict=True):
        assert total == pytest.approx(row, abs=0.02)
