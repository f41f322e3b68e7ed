"""Flips really flip, questions are worth asking, measurements do what they say."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest

from advisor.engine.changing import COST
from advisor.engine.decide import decide
from advisor.engine.evaluate import evaluate
from advisor.engine.measured import Measurement, effect_of, rules_from
from advisor.engine.tables import Tables
from advisor.engine.verdict import judge
from advisor.engine.what_if import Gain
from advisor.explain.advice import advise
from advisor.facts.fact import Fact

KERAS_TEAM: dict[str, Any] = {
    "goal": "product",
    "domain": "text",
    "team-experience": "tensorflow-keras",
    "existing-code": "tensorflow-2",
    "existing-infrastructure": ("tf-serving",),
    "model-stability": "stable",
    "inference-hardware": "cpu",
    "targets": ("server",),
}


def test_every_flip_leads_to_the_choice_it_names(tables: Tables) -> None:
    decision = decide(tables, KERAS_TEAM)
    assert decision.flips
    for flip in decision.flips:
        then = evaluate(tables, tables.space.encode({**KERAS_TEAM, **flip.change}))
        assert then.leader == flip.to != decision.evaluation.leader


def test_no_flip_proposes_what_cannot_be_changed(tables: Tables) -> None:
    for flip in decide(tables, KERAS_TEAM).flips:
        efforts = [tables.space.questions[step.question].change for step in flip.steps]
        assert "fixed" not in efforts
        assert flip.cost == sum(COST[effort] for effort in efforts)


def test_weight_flips_are_break_even_weights(tables: Tables) -> None:
    facts = [Fact(name, value, "asked") for name, value in KERAS_TEAM.items()]
    advice = advise(tables, facts, created="now")
    weights = {w.criterion: w for w in advice.weights}
    first, second = (r.option for r in advice.ranking[:2])
    parts = [flip for flip in advice.flips if "weight" in flip.change]
    for part in parts:
        ((criterion, even),) = part.change["weight"].items()
        share = (1 - even) / (1 - weights[criterion].weight)
        scores = [
            sum(
                w.values[option] * (even if w.criterion == criterion else w.weight * share)
                for w in advice.weights
            )
            for option in (first, second)
        ]
        assert scores[0] == pytest.approx(scores[1], abs=1e-9)


def test_questions_are_ordered_by_what_they_can_change_and_never_repeat_an_answer(
    tables: Tables,
) -> None:
    asked: dict[str, Any] = {"goal": "product", "team-experience": "dont-know"}
    found = decide(tables, asked).gains
    assert found and not {gain.question for gain in found} & set(asked)
    rest = [gain for gain in found if not gain.decides_veto]
    assert [gain.gain for gain in rest] == sorted((gain.gain for gain in rest), reverse=True)


def measurement(ratio: float, low: float, high: float, verdict: str) -> Measurement:
    return Measurement(
        workload="transformer-block",
        device="cpu",
        pytorch_arm="eager",
        tensorflow_arm="function",
        ratio=ratio,
        low=low,
        high=high,
        verdict=verdict,
        measured_on="2026-11-20T10:00:00Z",  # type: ignore[arg-type]
        origin="test",
    )


@pytest.mark.parametrize("ratio", [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 9.0])
def test_a_ratio_becomes_a_quarter_per_doubling_flat_beyond_four(ratio: float) -> None:
    assert effect_of(ratio) == pytest.approx(max(-0.5, min(0.5, -log2(ratio) / 4)))


def test_a_measured_difference_moves_both_options_the_same_way_apart(tables: Tables) -> None:
    state = tables.space.encode(KERAS_TEAM)
    slower = rules_from(tables, state, [measurement(2.0, 1.9, 2.1, "slower")])
    assert slower, "no rule uses a measured transformer block on a CPU that answers on a CPU"
    rules = [rule for rule, _ in slower]
    plain, then = evaluate(tables, state), evaluate(tables, state, rules)
    torch, flow = tables.options.index("pytorch"), tables.options.index("tensorflow")
    assert then.scores[torch] < plain.scores[torch]
    assert then.scores[flow] > plain.scores[flow]


def test_an_undecided_measurement_moves_nothing_and_widens(tables: Tables) -> None:
    state = tables.space.encode(KERAS_TEAM)
    found = rules_from(tables, state, [measurement(1.2, 0.8, 1.8, "undecided")])
    assert found
    for rule, _ in found:
        assert all(likely == 0.0 and spread > 0 for _, _, likely, spread in rule.effects)


def test_a_measurement_on_a_cpu_says_nothing_about_a_gpu(tables: Tables) -> None:
    state = tables.space.encode(
        {**KERAS_TEAM, "inference-hardware": "nvidia-gpu", "training-hardware": "nvidia-gpu"}
    )
    assert not rules_from(tables, state, [measurement(2.0, 1.9, 2.1, "slower")])


class Shares:
    """A sample's result, by hand."""

    def __init__(self, first: float, pair: float, regret: float = 0.0, nobody: float = 0.0) -> None:
        self.first = [first, 1 - first]
        self.ahead = [[0.0, pair], [1 - pair, 0.0]]
        self.regret, self.nobody = regret, nobody


DECIDING = Gain("goal", 0.05, 0.4, 0.1, False, {})


@pytest.mark.parametrize(
    ("support", "veto", "proven", "gains", "strength"),
    [
        (Shares(0.97, 0.97), 0.0, True, [], "certain"),
        (Shares(0.90, 0.90), 0.0, True, [], "clear"),
        (Shares(0.97, 0.97), 0.0, False, [], "clear"),
        (Shares(0.85, 0.85, regret=0.03), 0.0, False, [], "leaning"),
        (Shares(0.70, 0.70), 0.0, False, [], "leaning"),
        (Shares(0.50, 0.55), 0.0, False, [], "toss-up"),
        (Shares(0.50, 0.55), 0.0, False, [DECIDING], "depends"),
        (Shares(0.90, 0.90), 0.4, False, [DECIDING], "depends"),
        (Shares(0.50, 0.75), 0.0, False, [], "leaning"),
    ],
)
def test_the_word_follows_from_the_numbers(
    support: Any, veto: float, proven: bool, gains: list[Gain], strength: str
) -> None:
    assert judge(0, 1, support, veto, proven, gains).strength == strength


def test_without_a_feasible_option_the_word_is_none() -> None:
    assert judge(None, 1, Shares(0.0, 0.0), 1.0, False, []).strength == "none"  # type: ignore[arg-type]


def test_where_nothing_is_needed_only_what_could_change_that_is_asked(tables: Tables) -> None:
    facts = [Fact("goal", "run-only", "asked"), Fact("targets", ("browser",), "asked")]
    advice = advise(tables, facts, created="now")
    assert advice.verdict.choice == "none" and advice.instead
    assert "needed" in advice.verdict.summary
    for gain in decide(tables, {fact.id: fact.value for fact in facts}).gains:
        assert gain.changes > 0
    assert not advice.next_questions or "changes the choice" in advice.next_questions[0].why
