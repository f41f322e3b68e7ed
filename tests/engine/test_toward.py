"""Flips are the smallest there are, say how far a number may go, and can be asked for by name."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from advisor.engine.changing import changed, steps
from advisor.engine.decide import decide
from advisor.engine.evaluate import evaluate
from advisor.engine.flips import MOST_FLIPS, Search, flips
from advisor.engine.space import DOES_NOT_APPLY
from advisor.engine.tables import Tables
from advisor.engine.toward import flips_toward
from advisor.explain.changes import flip_parts, toward_lines

from .test_changes import KERAS_TEAM

PYTORCH_LAB: dict[str, Any] = {
    "goal": "research",
    "domain": "text",
    "task": "pretrain",
    "team-experience": "pytorch",
    "existing-code": "pytorch",
    "training-hardware": "nvidia-gpu",
    "targets": ("server",),
    "model-size": 0.5,
}
CASES = {"keras": KERAS_TEAM, "lab": PYTORCH_LAB}


@pytest.mark.parametrize("case", CASES)
def test_no_pair_of_steps_that_flips_is_ruled_out_by_a_bound(tables: Tables, case: str) -> None:
    answers = CASES[case]
    state = tables.space.encode(answers)
    evaluation = evaluate(tables, state)
    search = Search(tables, answers, state, evaluation, [], steps(tables, answers))
    seen = 0
    for pair in combinations(range(len(search.steps)), 2):
        taken = [search.steps[number] for number in pair]
        if taken[0].question == taken[1].question and taken[0].choice is None:
            continue
        then = evaluate(tables, tables.space.encode(changed(answers, taken))).leader
        if then != evaluation.leader:
            seen += 1
            assert search.reach.may_flip(pair)
            assert search.reach.may_flip([step.question for step in taken])
            if then is not None:
                assert search.reach.may_flip(pair, then)
    assert seen


@pytest.mark.parametrize("case", CASES)
def test_flips_come_cheapest_first_and_no_part_of_one_flips(tables: Tables, case: str) -> None:
    answers = CASES[case]
    decision = decide(tables, answers)
    found = decision.flips
    assert found and len(found) <= MOST_FLIPS
    assert [f.cost for f in found] == sorted(f.cost for f in found)
    for flip in found:
        for left_out in flip.steps:
            rest = [step for step in flip.steps if step is not left_out]
            then = evaluate(tables, tables.space.encode(changed(answers, rest)))
            assert then.leader == decision.evaluation.leader
    for one, other in combinations(found, 2):
        assert not one.change.keys() <= other.change.keys()


@pytest.mark.parametrize("option", ["pytorch", "tensorflow", "keras", "jax"])
@pytest.mark.parametrize("case", CASES)
def test_what_leads_toward_an_option_does(tables: Tables, case: str, option: str) -> None:
    answers = CASES[case]
    found = flips_toward(tables, answers, option)
    target = tables.options.index(option)
    leader = evaluate(tables, tables.space.encode(answers)).leader
    assert found.first == (leader == target)
    for flip in (*found.changes, *found.answers):
        after = {**answers, **flip.change}
        assert evaluate(tables, tables.space.encode(after)).leader == target == flip.to
    assert all(set(flip.change) <= set(answers) for flip in found.changes)
    assert not any(set(flip.change) & set(answers) for flip in found.answers)
    lines = toward_lines(tables, found)
    assert lines and all(line.endswith(".") for line in lines)


def test_where_nothing_leads_there_it_is_said_what_stands_in_the_way(tables: Tables) -> None:
    answers: dict[str, Any] = {"goal": "run-only", "targets": ("microcontroller",)}
    found = flips_toward(tables, answers, "jax")
    assert not found.changes and found.vetoes
    lines = toward_lines(tables, found)
    assert lines[0].startswith("No change of up to three")
    assert any(line.startswith("Rules it out: ") for line in lines)


def test_a_changed_number_says_from_where_on_it_does_it(tables: Tables) -> None:
    """Every cell that is named does it, and the next one in the other direction does not."""
    answers: dict[str, Any] = {
        "goal": "research",
        "team-experience": "tensorflow-keras",
        "task": "fine-tune",
        "targets": ("server",),
    }
    seen = 0
    for size in (0.05, 0.5, 3.0, 40.0, 200.0):
        given = {**answers, "model-size": size}
        for flip in decide(tables, given).flips:
            for name, (first, last) in flip.cells.items():
                seen += 1
                cuts = tables.space.cuts[name]
                for cell in range(first, last + 1):
                    value = cuts[cell - 1] if cell else cuts[0] / 2
                    after = {**given, **flip.change, name: value}
                    assert evaluate(tables, tables.space.encode(after)).leader == flip.to
    assert seen
    words = tables.space.range_words("model-size", 1, len(tables.space.cuts["model-size"]))
    assert words.endswith("or more")


def test_an_answer_that_does_not_apply_can_be_changed_too(tables: Tables) -> None:
    for name in ("targets", "priorities", "model-size", "task"):
        answers: dict[str, Any] = {"goal": "product", name: DOES_NOT_APPLY}
        state = tables.space.encode(answers)
        flips(tables, answers, state, evaluate(tables, state), [])
        offered = steps(tables, answers)[name]
        assert offered and all(step.answer != DOES_NOT_APPLY for step in offered)


def test_a_change_of_several_answers_is_said_as_what_is_added_or_dropped(tables: Tables) -> None:
    texts = [
        part.text
        for case in (*CASES.values(), {**PYTORCH_LAB, "targets": ("server", "android")})
        for part in flip_parts(tables, decide(tables, case))
        if "targets" in part.change
    ]
    assert texts
    assert all(": also " in text or ": without " in text for text in texts)
