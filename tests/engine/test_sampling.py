"""Support: the same seed gives the same numbers, and both ways to draw agree."""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import msgspec
import pytest

from advisor.engine.decide import decide
from advisor.engine.drawing import Drawer
from advisor.engine.evaluate import evaluate
from advisor.engine.sampling import Support, sample, sample_plainly, weights_around
from advisor.engine.tables import HALF_WIDTH, Tables, old
from knowledge.base import Knowledge

from .test_ranking import rebuilt

CASES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "phone": {"goal": "product", "team-experience": "tensorflow-keras", "targets": ("android",)},
    "ranked": {"goal": "research", "priorities": ("team-fit", "longevity", "scale-out")},
    "tables": {"goal": "product", "domain": "tabular", "targets": ("batch",)},
}


def support(tables: Tables, answers: dict[str, Any], seed: int, samples: int) -> Support:
    return decide(tables, answers, seed=seed, samples=samples).support


@pytest.mark.parametrize("samples", [200, 2_000])
@pytest.mark.parametrize("case", CASES)
def test_the_same_seed_gives_the_same_numbers_and_another_one_others(
    tables: Tables, case: str, samples: int
) -> None:
    one, again = (support(tables, CASES[case], 5, samples) for _ in range(2))
    assert one == again
    assert one.causes != support(tables, CASES[case], 6, samples).causes
    assert one.sampler == ("plain" if samples < 1_000 else "numpy")


@pytest.mark.parametrize("case", CASES)
def test_plain_and_precise_samples_agree(tables: Tables, case: str) -> None:
    """Two samples of 4,000 and 20,000 draws: four standard errors of a share are below 0.036."""
    answers = CASES[case]
    state = tables.space.encode(answers)
    evaluation = evaluate(tables, state)
    ranked = [tables.criterion_of[name] for name in answers.get("priorities", ())]
    precise = sample(tables, state, evaluation, seed=1, samples=20_000, ranked=ranked)
    plain = sample_plainly(tables, state, evaluation, 1, 4_000, ranked)
    assert (precise.sampler, plain.sampler) == ("numpy", "plain")
    assert precise.first == pytest.approx(plain.first, abs=0.036)
    assert precise.nobody == pytest.approx(plain.nobody, abs=0.036)
    for one, other in zip(precise.ahead, plain.ahead, strict=True):
        assert one == pytest.approx(other, abs=0.036)
    assert precise.regret == pytest.approx(plain.regret, abs=0.003)
    assert precise.causes == pytest.approx(plain.causes, abs=0.05)


def test_without_numpy_a_large_sample_is_drawn_plainly(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "advisor.engine.precise", raising=False)
    found = support(tables, CASES["phone"], 0, 1_000)
    assert (found.sampler, found.samples) == ("plain", 1_000)


def test_an_answer_leaves_the_chance_of_all_other_questions_as_it_was(tables: Tables) -> None:
    """Common random numbers: a what-if differs by its answer and not by its luck."""
    numbers = [Random(3).random() for _ in tables.space.variables]
    drawn = []
    for horizon in ("months", "three-years-or-more"):
        state = tables.space.encode({"goal": "product", "horizon": horizon})
        drawn.append(Drawer(tables, state, evaluate(tables, state)).draw(numbers))
    here = tables.criterion_of["hardware-fit"]
    one, other = ([row[here] for row in outcome.values] for outcome in drawn)
    assert one == pytest.approx(other, abs=1e-12)
    assert drawn[0].values != drawn[1].values or drawn[0].points != drawn[1].points


def test_named_priorities_keep_their_order_in_every_draw() -> None:
    points, wide, narrow = [10.0, 40.0, 20.0, 30.0], Random(1), Random(2)
    for _ in range(200):
        weights = weights_around(points, [2, 0, 1], wide, narrow)
        assert weights[2] >= weights[0] >= weights[1]
        assert sum(weights) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("as_of", "is_old"),
    [
        ("2025-11-19", True),
        ("2025-11-20", False),
        ("2026-11-20", False),
        ("2024-12-31", True),
        ("", False),
    ],
)
def test_what_is_more_than_a_year_older_than_the_base_is_old(as_of: str, is_old: bool) -> None:
    assert old(as_of, "2026-11-20") is is_old


def test_old_knowledge_is_worth_one_grade_less(knowledge: Knowledge) -> None:
    """Nothing moves but the spread, and only that of what is old."""
    rules = list(knowledge.rules.values())
    aged = next(r for r in rules if getattr(r, "effects", None) and r.grade == "B")
    options = [
        msgspec.structs.replace(o, as_of="2020-01-01") if o.id == "jax" else o
        for o in knowledge.options.values()
    ]
    turned = [msgspec.structs.replace(r, as_of="2020-01-01") if r is aged else r for r in rules]
    before, after = rebuilt(knowledge), rebuilt(knowledge, rule=turned, option=options)
    assert after.base == before.base
    jax = after.options.index("jax")
    for option, (old_row, row) in enumerate(
        zip(before.base_spread, after.base_spread, strict=True)
    ):
        assert all(b >= a for a, b in zip(old_row, row, strict=True))
        assert (row != old_row) == (option == jax)
    for one, other in zip(before.rules, after.rules, strict=True):
        if one.id == aged.id:
            ratio = HALF_WIDTH["C"] / HALF_WIDTH["B"]
            assert [e[:3] for e in one.effects] == [e[:3] for e in other.effects]
            assert [e[3] * ratio for e in one.effects] == pytest.approx(
                [e[3] for e in other.effects]
            )
        else:
            assert one == other
