"""Two sets of answers side by side: what differs, and what of it makes the difference."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.beside.comparison import compare
from advisor.documents.advice import Advice
from advisor.documents.comparison import Comparison
from advisor.engine.decide import preview
from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.fact import Fact

SERVER = {
    "goal": "product",
    "task": "train-from-scratch",
    "targets": ("server",),
    "team-experience": "pytorch",
}
CHIP = {**SERVER, "targets": ("microcontroller",), "team-experience": "tensorflow-keras"}


def answered(tables: Tables, answers: dict[str, Any]) -> Advice:
    facts = [Fact(name, value, "file") for name, value in answers.items()]
    return advise(tables, facts, created="now", samples=100)


def compared(tables: Tables, here: dict[str, Any], there: dict[str, Any]) -> Comparison:
    return compare(tables, answered(tables, here), answered(tables, there), "other.yaml")


def test_only_what_differs_is_listed(tables: Tables) -> None:
    found = compared(tables, SERVER, CHIP)
    assert {d.question for d in found.differences} == {"targets", "team-experience"}
    by_question = {d.question: d for d in found.differences}
    assert by_question["targets"].here == ("server",)
    assert by_question["targets"].there == ("microcontroller",)


def test_a_move_is_what_taking_that_answer_alone_does(tables: Tables) -> None:
    found = compared(tables, SERVER, CHIP)
    ahead, behind = (tables.options.index(name) for name in (found.option, found.against))
    for difference in found.differences:
        taken = {**SERVER, difference.question: difference.there}
        view = preview(tables, taken)
        margin = view.scores[ahead] - view.scores[behind]
        assert difference.moves == pytest.approx(margin - found.margin_here, abs=1e-12)
        start = preview(tables, SERVER).leader
        assert difference.decides == (view.leader != start)


def test_what_decides_alone_stands_first(tables: Tables) -> None:
    decides = [d.decides for d in compared(tables, SERVER, CHIP).differences]
    assert decides == sorted(decides, reverse=True)


def test_an_answer_that_one_side_lacks_is_a_difference(tables: Tables) -> None:
    found = compared(tables, SERVER, {k: v for k, v in SERVER.items() if k != "targets"})
    [difference] = found.differences
    assert (difference.question, difference.there) == ("targets", None)


def test_equal_answers_have_no_difference_and_say_so(tables: Tables) -> None:
    found = compared(tables, SERVER, SERVER)
    assert found.differences == ()
    assert found.summary.startswith("Both give the same answers")


def test_turning_the_sides_round_turns_the_margins_round(tables: Tables) -> None:
    there, back = compared(tables, SERVER, CHIP), compared(tables, CHIP, SERVER)
    if {there.option, there.against} == {back.option, back.against}:
        assert there.margin_here == pytest.approx(-back.margin_there)
    assert {d.question for d in there.differences} == {d.question for d in back.differences}
