"""The rules as a whole: nobody wins everything, both sides are treated alike, more is not less."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import msgspec
import pytest

from advisor.engine.attribution import pushes
from advisor.engine.decide import decide
from advisor.engine.evaluate import evaluate
from advisor.engine.tables import Tables
from benchmarks.answer_space import FIRST, SEED, draw
from knowledge.base import Knowledge
from knowledge.model.rule import ValueRule, VetoRule

from .test_ranking import CASES, rebuilt

MOST = 0.70
"""The largest share of the answer space that one option may win before the questions are idle."""
CASES_DRAWN = 600

MOBILE_READY = "tensorflow"
"""More targets on phones must never count against the option whose runtime is made for them."""
MOBILE = ("android", "ios")


@pytest.fixture(scope="module")
def won(tables: Tables) -> Counter[str]:
    random, counts = Random(SEED), Counter[str]()
    order = [*FIRST, *(name for name in tables.space.questions if name not in FIRST)]
    for _ in range(CASES_DRAWN):
        leader = evaluate(tables, tables.space.encode(draw(tables, random, order))).leader
        counts["none" if leader is None else tables.options[leader]] += 1
    return counts


def test_every_option_wins_some_of_the_answer_space_and_none_nearly_all(
    tables: Tables, won: Counter[str]
) -> None:
    shares = {name: won[name] / CASES_DRAWN for name in (*tables.options, "none")}
    print(shares)
    assert all(share > 0 for share in shares.values()), shares
    assert max(shares.values()) <= MOST, shares


@pytest.mark.parametrize("seed", range(40))
def test_more_mobile_targets_never_lower_a_mobile_ready_option(tables: Tables, seed: int) -> None:
    """Its reach does not fall; where it may be used at all it may still be used."""
    answers = draw(tables, Random(seed), list(tables.space.questions))
    fewer = tuple(t for t in answers["targets"] if t not in MOBILE)
    option, reach = tables.options.index(MOBILE_READY), tables.criterion_of["deployment-reach"]
    before = None
    for targets in (fewer, (*fewer, MOBILE[0]), (*fewer, *MOBILE)):
        found = evaluate(tables, tables.space.encode({**answers, "targets": targets}))
        if before is not None:
            assert found.values[option][reach] >= before.values[option][reach] - 1e-12
            assert found.weights[reach] >= before.weights[reach] - 1e-12
        before = found


def mirrored(knowledge: Knowledge) -> Tables:
    """The base with everything that is said of PyTorch said of TensorFlow, and the reverse."""
    other = {"pytorch": "tensorflow", "tensorflow": "pytorch"}
    options = knowledge.options
    swapped = [
        msgspec.structs.replace(o, base=options[other.get(o.id, o.id)].base)
        for o in options.values()
    ]
    rules: list[Any] = []
    for rule in knowledge.rules.values():
        if isinstance(rule, ValueRule):
            effects = {other.get(o, o): effect for o, effect in rule.effects.items()}
            rule = msgspec.structs.replace(rule, effects=effects)
        elif isinstance(rule, VetoRule):
            names = tuple(other.get(o, o) for o in rule.options)
            rule = msgspec.structs.replace(rule, options=names)
        rules.append(rule)
    return rebuilt(knowledge, option=swapped, rule=rules)


@pytest.mark.parametrize("case", CASES)
def test_swapping_the_two_frameworks_swaps_every_term_of_the_explanation(
    knowledge: Knowledge, tables: Tables, case: dict[str, Any]
) -> None:
    turned = mirrored(knowledge)
    torch, flow = tables.options.index("pytorch"), tables.options.index("tensorflow")
    terms = []
    for mine, ahead, behind in ((tables, torch, flow), (turned, flow, torch)):
        found = evaluate(mine, mine.space.encode(case))
        terms.append({(t.rule, t.criterion): t.push for t in pushes(mine, found, ahead, behind)})
    assert terms[0].keys() == terms[1].keys()
    assert terms[0] == pytest.approx(terms[1], abs=1e-12)
    one, other = decide(tables, case), decide(turned, case)
    swap = {torch: flow, flow: torch}
    assert [swap.get(o, o) for o in one.order] == other.order
    assert [f.change for f in one.flips] == [f.change for f in other.flips]
    assert [swap.get(f.to, f.to) for f in one.flips] == [f.to for f in other.flips]
    assert [g.question for g in one.gains] == [g.question for g in other.gains]
